"""Where each duty is done: the button on its line leads straight there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import pgettext_lazy

from notoneless.access.actor import Actor
from notoneless.duties.queries.rows import Bucket, DutyLine
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.duties.kinds import CASE_RULES, UNIT_RULES, DutyRule
from notoneless.rules.roles import Capability

C, S = Capability, StepKind


@dataclass(frozen=True, slots=True)
class Way:
    """A button: what it says and where it leads."""

    url: str
    label: str | Promise
    icon: str


@dataclass(frozen=True, slots=True)
class _Way:
    address: Callable[[DutyLine], str]
    label: str | Promise
    icon: str
    needs: Capability


def _roll(line: DutyLine) -> str:
    return reverse("roll-first", args=[line.unit_id, line.opened_on.isoformat()])


def _contact(kind: str) -> Callable[[DutyLine], str]:
    def address(line: DutyLine) -> str:
        about = {"child": str(line.child_id)} if line.child_id else {}
        return (
            f"{reverse('contact-new')}?{urlencode({**about, 'kind': kind, 'duty': str(line.id)})}"
        )

    return address


def _report(line: DutyLine) -> str:
    return (
        f"{reverse('report-new')}?{urlencode({'child': str(line.child_id), 'duty': str(line.id)})}"
    )


def _case(step: StepKind | None = None) -> Callable[[DutyLine], str]:
    """The child's open case, or at once the form of a step in it."""

    def address(line: DutyLine) -> str:
        said = f"?{urlencode({'step': step.value})}" if step else ""
        return reverse("case-of", args=[line.child_id]) + said

    return address


def _step(
    kind: StepKind | None, label: str | Promise, icon: str, needs: Capability = C.WORK_CASES
) -> _Way:
    return _Way(_case(kind), label, icon, needs)


def _workplan(label: str | Promise, icon: str, needs: Capability) -> _Way:
    """Where a unit's report is written, a meeting noted, a campaign kept, a decision answered."""
    return _Way(lambda line: reverse("workplan-duty", args=[line.id]), label, icon, needs)


_CALL = _Way(
    _contact("call"), pgettext_lazy("duty button", "记电话"), "phone-call", Capability.LOG_CONTACTS
)
_VISIT = _Way(
    _contact("visit"),
    pgettext_lazy("duty button", "记家访"),
    "home-heart",
    Capability.LOG_CONTACTS,
)
_TALK = _Way(
    _contact("talk"), pgettext_lazy("duty button", "记谈话"), "message", Capability.LOG_CONTACTS
)
_LETTER = _Way(
    _contact("letter"), pgettext_lazy("duty button", "记送达"), "mail", Capability.LOG_CONTACTS
)
_REPORT = _Way(_report, pgettext_lazy("duty button", "报告"), "report", Capability.LOG_CONTACTS)

_SEND = _workplan(pgettext_lazy("duty button", "填报"), "send", C.SEND_RETURNS)
_MEET = _workplan(pgettext_lazy("duty button", "记会议"), "users-group", C.KEEP_WORKPLANS)
_CAMPAIGN = _workplan(pgettext_lazy("duty button", "去办理"), "volume", C.KEEP_WORKPLANS)
_ANSWER = _workplan(pgettext_lazy("duty button", "报落实情况"), "check", C.SEE_DIRECTORY)

WAYS: Mapping[DutyRule, _Way] = MappingProxyType(
    {
        **dict.fromkeys((r for r in UNIT_RULES if r.value.startswith("report.")), _SEND),
        **dict.fromkeys((r for r in UNIT_RULES if r.value.startswith("meeting.")), _MEET),
        **dict.fromkeys((r for r in UNIT_RULES if r.value.startswith("campaign.")), _CAMPAIGN),
        DutyRule.MEETING_DECISION: _ANSWER,
        DutyRule.CALL_ROLL: _Way(
            _roll, pgettext_lazy("duty button", "点名"), "list-check", Capability.CALL_ROLL
        ),
        DutyRule.GUARDIAN_CONTACT: _CALL,
        DutyRule.INVESTIGATE: _CALL,
        DutyRule.NO_SHOW_CONTACT: _CALL,
        DutyRule.NO_SHOW_SETTLE: _CALL,
        DutyRule.LESSON_ABSENCE: _CALL,
        DutyRule.NEXT_TRY: _CALL,
        DutyRule.VISIT: _VISIT,
        DutyRule.VISIT_ALL: _VISIT,
        DutyRule.VISIT_TOTAL: _VISIT,
        DutyRule.VISIT_KEY: _VISIT,
        DutyRule.VISIT_RETURNED: _VISIT,
        DutyRule.STABILITY: _CALL,
        DutyRule.TALK_KEY: _TALK,
        DutyRule.PERSUASION_LETTER: _LETTER,
        DutyRule.ABSENCE_REPORT: _REPORT,
        DutyRule.DROPOUT_REPORT: _REPORT,
        DutyRule.LEAVE_PROOF: _Way(
            lambda line: reverse("leave-list"),
            pgettext_lazy("duty button", "看证明"),
            "certificate",
            Capability.CALL_ROLL,
        ),
        DutyRule.NUMBER_CHECK: _Way(
            lambda line: reverse("contacts-numbers"),
            pgettext_lazy("duty button", "核对电话"),
            "phone",
            Capability.LOG_CONTACTS,
        ),
        DutyRule.CASE_DETERMINE: _step(
            S.DETERMINED, pgettext_lazy("duty button", "认定"), "clipboard-check"
        ),
        DutyRule.CASE_VISIT: _VISIT,
        DutyRule.CASE_REPORT: _step(
            S.REPORTED, pgettext_lazy("duty button", "写报告"), "send", C.ISSUE_PAPERS
        ),
        DutyRule.CASE_ACCEPT: _step(None, pgettext_lazy("duty button", "接收"), "inbox"),
        DutyRule.CASE_NOTICE: _step(
            S.NOTICE_ISSUED, pgettext_lazy("duty button", "签发"), "mail", C.ISSUE_PAPERS
        ),
        DutyRule.CASE_SERVE: _step(None, pgettext_lazy("duty button", "去送达"), "mail"),
        DutyRule.CASE_ORDER: _step(
            None, pgettext_lazy("duty button", "去办理"), "gavel", C.ORDER_GUARDIANS
        ),
        DutyRule.CASE_DECIDE: _step(
            None, pgettext_lazy("duty button", "去办理"), "gavel", C.ORDER_GUARDIANS
        ),
        DutyRule.CASE_ENFORCE: _step(
            S.APPLIED_TO_COURT,
            pgettext_lazy("duty button", "写申请"),
            "gavel",
            C.ORDER_GUARDIANS,
        ),
        DutyRule.CASE_ADVICE: _step(
            S.ADVICE_ANSWERED, pgettext_lazy("duty button", "回复"), "mail", C.ISSUE_PAPERS
        ),
        DutyRule.CASE_REFERRAL: _step(None, pgettext_lazy("duty button", "看个案"), "transfer"),
        DutyRule.CASE_SUBCASE: _step(None, pgettext_lazy("duty button", "看个案"), "briefcase"),
        DutyRule.CASE_RETURN_REPORT: _step(
            S.RETURN_REPORTED, pgettext_lazy("duty button", "写报告"), "send", C.ISSUE_PAPERS
        ),
        DutyRule.CASE_PLACE: _step(
            S.PLACED, pgettext_lazy("duty button", "安置"), "heart-handshake"
        ),
        DutyRule.CASE_REVIEW: _step(S.PLAN_REVIEWED, pgettext_lazy("duty button", "回看"), "eye"),
        DutyRule.CASE_WATCH: _step(None, pgettext_lazy("duty button", "看个案"), "eye"),
        DutyRule.CASE_CLOSE: _step(
            S.CLOSING_ASKED, pgettext_lazy("duty button", "申请销号"), "archive"
        ),
        DutyRule.CASE_CONFIRM: _step(
            S.CLOSED, pgettext_lazy("duty button", "复核"), "archive", C.CONFIRM_CLOSING
        ),
    }
)
"""Each rule's one way."""
STEP_OF: Mapping[DutyRule, StepKind] = MappingProxyType(
    {
        DutyRule.CASE_DETERMINE: S.DETERMINED,
        DutyRule.CASE_REPORT: S.REPORTED,
        DutyRule.CASE_NOTICE: S.NOTICE_ISSUED,
        DutyRule.CASE_ORDER: S.ORDER_ISSUED,
        DutyRule.CASE_DECIDE: S.DEMAND_ISSUED,
        DutyRule.CASE_ENFORCE: S.APPLIED_TO_COURT,
        DutyRule.CASE_ADVICE: S.ADVICE_ANSWERED,
        DutyRule.CASE_RETURN_REPORT: S.RETURN_REPORTED,
        DutyRule.CASE_PLACE: S.PLACED,
        DutyRule.CASE_REVIEW: S.PLAN_REVIEWED,
        DutyRule.CASE_WATCH: S.WATCH_ENDED,
        DutyRule.CASE_CLOSE: S.CLOSING_ASKED,
        DutyRule.CASE_CONFIRM: S.CLOSED,
    }
)
"""The step of a case that ends a duty of it."""


def way_of(line: DutyLine, actor: Actor) -> Way | None:
    """The button of an open duty for a reader who may press it."""
    way = WAYS[line.rule]
    if line.bucket is Bucket.DONE or not actor.may(way.needs):
        return None
    if line.rule in CASE_RULES and not actor.may(Capability.SEE_CASES):
        return None
    return Way(way.address(line), way.label, way.icon)
