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
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Capability


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

WAYS: Mapping[DutyRule, _Way] = MappingProxyType(
    {
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
    }
)
"""Each rule's one way."""


def way_of(line: DutyLine, actor: Actor) -> Way | None:
    """The button of an open duty for a reader who may press it."""
    way = WAYS[line.rule]
    if line.bucket is Bucket.DONE or not actor.may(way.needs):
        return None
    return Way(way.address(line), way.label, way.icon)
