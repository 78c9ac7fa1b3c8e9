"""One case: where it stands, what can be done next, what happened, who may see it and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.cases.queries.file import CaseBeside, StepLine, SubCaseLine, beside, steps_shown
from notoneless.cases.queries.sight import Sight, sight_of
from notoneless.children.queries.doors import why_visible
from notoneless.contacts.queries.lines import ContactLine
from notoneless.contacts.queries.timeline import timeline_of
from notoneless.documents.queries.listing import documents_of_file
from notoneless.duties.queries.in_tray import duties_of_child
from notoneless.duties.queries.rows import Bucket
from notoneless.flows.cases.choosing import in_the_way
from notoneless.flows.cases.doors import case_known
from notoneless.flows.cases.papers.numbered import may_number
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.stepping import Choice, Taking, choices, take_back_step, take_step
from notoneless.flows.oversight.pointers import subcases_to_raise
from notoneless.journal.services import note_reading
from notoneless.rules.cases.kinds import Outcome, StepKind
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.cases.forms import AnswerForm, TakeBackForm
from notoneless.web.cases.heads import head_of
from notoneless.web.cases.obstacles import obstacle_words
from notoneless.web.cases.timeline import entries_of
from notoneless.web.cases.words import (
    PLACEMENTS,
    REFERRALS,
    SOURCES,
    STEPS,
    SUBCASE_RESULTS,
    SUBCASES,
)
from notoneless.web.duties.lines import Shown, shown
from notoneless.web.duties.ways import STEP_OF
from notoneless.web.request import Request, stamp_of

MOST_CONTACTS = 60
NOT_BUTTONS = frozenset(
    {
        StepKind.ACCEPTED,
        StepKind.SENT_BACK,
        StepKind.REFERRAL_ANSWERED,
        StepKind.SUBCASE_SETTLED,
    }
)
"""They answer something and stand beside it."""
STAYS = NOT_BUTTONS | {
    StepKind.OPENED,
    StepKind.CLOSED,
    StepKind.SUBCASE_OPENED,
    StepKind.PLAN_REVIEWED,
}
"""Another unit has acted on them, or a record stands beside them: they are not taken back."""
SELDOM = frozenset(
    {
        StepKind.ASSIGNED,
        StepKind.CRITICISED,
        StepKind.VIOLATION_NOTED,
        StepKind.POLICY_MOVED,
        StepKind.REFERRED,
        StepKind.SUBCASE_OPENED,
        StepKind.ADVICE_RECEIVED,
        StepKind.RELAPSED,
        StepKind.VILLAGE_ANSWERED,
        StepKind.CHALLENGED,
    }
)
"""Possible at almost any time: folded, so that the next step of the ladder is seen."""


@dataclass(frozen=True, slots=True)
class Next:
    """One step that could be taken, or what is missing for it."""

    kind: StepKind
    words: str | Promise
    url: str
    missing: tuple[str, ...]
    is_owed: bool
    """An open duty of the case asks for it."""


@never_cache
@require_safe
def case(request: Request, case_id: UUID) -> HttpResponse:
    """A case that the reader may see; opening it is noted."""
    known = case_known(request.actor, case_id, today=request.today)
    note_reading("case.opened", stamp=stamp_of(request), child_id=known.fact.child_id)
    return _page(request, known)


@require_POST
def case_answer(request: Request, case_id: UUID) -> HttpResponse:
    """Accept a hand-over, or send it back with a reason."""
    known = case_known(request.actor, case_id, today=request.today)
    form = AnswerForm(request.POST)
    accepts = request.POST.get("answer") == "accept"
    if form.is_valid() and not accepts and not form.cleaned_data["words"].strip():
        form.add_error("words", _("请写明退回的理由。"))
    if form.errors:
        return _page(request, known, status=422, answer_form=form)
    kind = StepKind.ACCEPTED if accepts else StepKind.SENT_BACK
    data = form.cleaned_data
    taking = Taking(
        id=data["id"],
        kind=kind,
        on=request.today,
        said={"words": data["words"]},
        answers=data["answers"],
    )
    try:
        take_step(request.actor, case_id, taking, today=request.today, now=request.now)
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _again(request, case_id, refusal)
    messages.success(request, _("已接收。") if accepts else _("已退回，理由已记下。"))
    return redirect("case", case_id)


@require_POST
def case_take_back(request: Request, case_id: UUID) -> HttpResponse:
    """Take back the last step, with a reason."""
    known = case_known(request.actor, case_id, today=request.today)
    form = TakeBackForm(request.POST)
    if not form.is_valid():
        return _page(request, known, status=422, take_back_form=form)
    try:
        take_back_step(
            request.actor,
            case_id,
            form.cleaned_data["step"],
            reason=form.cleaned_data["reason"],
            today=request.today,
            now=request.now,
        )
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _again(request, case_id, refusal)
    messages.success(request, _("已撤回这一步。"))
    return redirect("case", case_id)


def _again(request: Request, case_id: UUID, refusal: Refusal) -> HttpResponse:
    """The case as it is by now, with why the step was not taken."""
    fresh = case_known(request.actor, case_id, today=request.today)
    return _page(request, fresh, status=409, refusal=refusal)


def _page(request: Request, known: KnownCase, *, status: int = 200, **more: Any) -> HttpResponse:
    actor, today, child_id = request.actor, request.today, known.fact.child_id
    sight = sight_of(actor, child_id, on=today)
    steps = steps_shown(known.row, sight)
    papers = documents_of_file(actor, "case", known.row.pk, on=today)
    duties = _duties(request, known)
    newest_first = request.GET.get("order") != "oldest"
    found = beside(known.row, sight)
    context = {
        "head": head_of(known, request),
        "source": SOURCES[known.fact.source],
        **_next(request, known, duties),
        "entries": entries_of(
            steps,
            _contacts(request, known, sight),
            papers,
            newest_first=newest_first,
            number_for=child_id if may_number(actor, child_id, today=today) else None,
        ),
        "newest_first": newest_first,
        "papers": papers,
        "duties": [each for each in duties if each.line.bucket is not Bucket.DONE],
        "beside": found,
        **_spoken(found),
        "subcases": _subcases(request, known, found),
        "asked_of_me": _asked_of_me(request, found),
        "answer_form": AnswerForm(),
        "take_back_form": TakeBackForm(),
        "last": _may_take_back(request, steps),
        "doors": why_visible(actor, child_id, on=today),
        "new_id": uuid7(),
        **more,
    }
    return render(request, "cases/case.html", context, status=status)


def _contacts(request: Request, known: KnownCase, sight: Sight) -> list[ContactLine]:
    """Contacts since the child is away, as far as the reader deals with families at all."""
    if not sight.contacts:
        return []
    found = timeline_of(
        request.actor, known.fact.child_id, on=request.today, page_rows=MOST_CONTACTS
    )
    return [line for line in found.lines if line.happened_on >= known.fact.away_since]


def _duties(request: Request, known: KnownCase) -> list[Shown]:
    lines = duties_of_child(
        request.actor, known.fact.child_id, today=request.today, to=Capability.SEE_CASES
    )
    return [
        shown(line, request.actor, today=request.today)
        for line in lines
        if line.matter_id == known.row.matter_id
    ]


def _next(request: Request, known: KnownCase, duties: list[Shown]) -> dict[str, Any]:
    owed = {STEP_OF.get(each.line.rule) for each in duties if each.line.bucket is not Bucket.DONE}
    found = [
        _one(known, choice, owed)
        for choice in choices(request.actor, known, today=request.today)
        if choice.step not in NOT_BUTTONS
    ]
    ready = sorted((n for n in found if not n.missing), key=lambda n: not n.is_owed)
    return {
        "ready": [n for n in ready if n.is_owed or n.kind not in SELDOM],
        "seldom": [n for n in ready if not n.is_owed and n.kind in SELDOM],
        "waiting": [n for n in found if n.missing],
        "may_error": _may_error(request, known),
    }


def _one(known: KnownCase, choice: Choice, owed: set[StepKind | None]) -> Next:
    return Next(
        kind=choice.step,
        words=STEPS[choice.step],
        url=reverse("case-step", args=[known.row.pk, choice.step.value]),
        missing=tuple(obstacle_words(each) for each in choice.missing),
        is_owed=choice.step in owed,
    )


def _may_error(request: Request, known: KnownCase) -> bool:
    """Whether the case can be closed as a fault in the data by this reader alone."""
    said = {"outcome": Outcome.IDENTITY_ERROR.value}
    taking = Taking(id=known.row.pk, kind=StepKind.CLOSED, on=request.today, said=said)
    try:
        return not in_the_way(request.actor, known, taking)
    except Refusal:
        return False


def _asked_of_me(request: Request, found: CaseBeside) -> set[UUID]:
    """The hand-overs that wait for an answer of one of the reader's units."""
    units = {
        held.unit_id
        for held in request.actor.holdings
        if Capability.WORK_CASES in held.capabilities
    }
    return {h.id for h in found.handovers if h.answered_on is None and h.to_unit_id in units}


def _may_take_back(request: Request, steps: tuple[StepLine, ...]) -> StepLine | None:
    """The last step, if somebody wrote it, no paper went out with it and no record proves it."""
    standing = [step for step in steps if not step.ended_reason]
    last = standing[-1] if standing else None
    if last is None or last.paper_id or last.record_id or last.by_id is None:
        return None
    return None if last.kind in STAYS or not request.actor.may(Capability.WORK_CASES) else last


def _spoken(found: CaseBeside) -> dict[str, Any]:
    plan = found.plan
    return {
        "placement": PLACEMENTS[plan.placement] if plan else "",
        "referrals": [(each, REFERRALS[each.kind]) for each in found.referrals],
    }


@dataclass(frozen=True, slots=True)
class SubCaseShown:
    """A sub-case in words, and where it is raised as a matter of accountability."""

    line: SubCaseLine
    words: str | Promise
    result: str | Promise
    raise_url: str
    """Empty for whoever may not raise it, and where there is nothing to raise."""


def _subcases(request: Request, known: KnownCase, found: CaseBeside) -> list[SubCaseShown]:
    raised = subcases_to_raise(request.actor, known.row, found.subcases, today=request.today)
    shown = []
    for line in found.subcases:
        at, url = raised.get(line.id), ""
        if at is not None:
            query = urlencode({"unit": str(at.unit_id), "pointer": at.pointer})
            url = f"{reverse('fault-new')}?{query}"
        result = SUBCASE_RESULTS[line.result] if line.result else ""
        shown.append(SubCaseShown(line, SUBCASES[line.kind], result, url))
    return shown
