"""The in-tray of whoever receives and signs: accept several, write several, see what ran out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.cases.queries.trays import (
    answers_received,
    cases_without_letter,
    open_cases_of,
    steps_named,
    waiting_handovers,
)
from notoneless.documents.queries.listing import to_serve
from notoneless.duties.queries.in_tray import own_tray
from notoneless.flows.cases.batches import Batch, Done, Wanted, take_several
from notoneless.flows.cases.doors import acting_in, case_known
from notoneless.flows.cases.papers.proposals import proposals
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.said import LONGEST, faults_in
from notoneless.rules.duties.kinds import CASE_RULES, DutyRule
from notoneless.rules.roles import Capability
from notoneless.web.cases.answers import FAULTS
from notoneless.web.cases.forms import keys_in
from notoneless.web.cases.heads import head_in
from notoneless.web.cases.pages import tabs_of
from notoneless.web.cases.words import REFERRALS, STEPS
from notoneless.web.children.forms import DayInput
from notoneless.web.duties.lines import Shown, shown
from notoneless.web.refusals import sentence_of
from notoneless.web.request import Request, stamp_of

RAN_OUT = (DutyRule.CASE_ORDER, DutyRule.CASE_DECIDE, DutyRule.CASE_ENFORCE)
"""A notice or an order has run out: what comes next is decided."""
TO_CONFIRM = (DutyRule.CASE_CONFIRM,)
LETTERS = {"notices": StepKind.NOTICE_ISSUED, "letters": StepKind.LETTER_ISSUED}
_SECTIONS = frozenset({DutyRule.CASE_ACCEPT, DutyRule.CASE_NOTICE, *RAN_OUT, *TO_CONFIRM})


@dataclass(frozen=True, slots=True)
class Notice:
    """A case in which a return notice is to be written by the reader."""

    case_id: UUID
    duty: Shown


class LetterForm(forms.Form):
    """One deadline for all that were chosen."""

    batch = forms.UUIDField(widget=forms.HiddenInput())
    deadline = forms.DateField(
        label=gettext_lazy("期限（含这一天）"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("所选的每一份都用这个期限。"),
    )
    contact = forms.CharField(
        label=gettext_lazy("联系人和电话"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("印在文书上，家长好打电话。"),
    )


@never_cache
@require_safe
def tray(request: Request) -> HttpResponse:
    """What waits for my units in cases; each view is noted."""
    request.actor.must(Capability.WORK_CASES)
    return _page(request)


@require_POST
def tray_accept(request: Request) -> HttpResponse:
    """Accept the reports that were chosen."""
    request.actor.must(Capability.WORK_CASES)
    chosen = steps_named(request.actor, keys_in(request.POST.getlist("handover")))
    wanted = [Wanted(case, step) for case, step in chosen.values()]
    return _taken(request, StepKind.ACCEPTED, wanted, {})


@require_POST
def tray_letters(request: Request, kind: str) -> HttpResponse:
    """Write the chosen notices, or letters, with one deadline."""
    step = LETTERS.get(kind)
    if step is None:
        raise Http404
    request.actor.must(Capability.ISSUE_PAPERS)
    form = LetterForm(request.POST)
    said = _said(form) if form.is_valid() else {}
    for fault in faults_in(step, said) if form.is_valid() else ():
        form.add_error(fault.name, str(FAULTS[fault.fault]))
    if form.errors:
        return _page(request, status=422, **{f"{kind}_form": form})
    wanted = [Wanted(case) for case in keys_in(request.POST.getlist("case"))]
    return _taken(request, step, wanted, said)


def _said(form: LetterForm) -> dict[str, object]:
    deadline, contact = form.cleaned_data["deadline"], form.cleaned_data["contact"].strip()
    said: dict[str, object] = {"deadline": deadline.isoformat()} if deadline else {}
    return said | ({"contact": contact} if contact else {})


def _taken(
    request: Request, kind: StepKind, wanted: list[Wanted], said: dict[str, object]
) -> HttpResponse:
    (key,) = keys_in([request.POST.get("batch", "")])[:1] or [uuid7()]
    batch = Batch(key, kind, said)
    done = take_several(request.actor, batch, wanted, today=request.today, now=request.now)
    context = {
        "words": STEPS[kind],
        "went": [each for each in done if each.refusal is None],
        "stayed": [(each, sentence_of(each.refusal)) for each in done if each.refusal],
        "print_url": _print_url(done),
        "was_empty": not wanted,
    }
    return render(request, "cases/taken.html", context)


def _print_url(done: list[Done]) -> str:
    papers = [str(each.paper_id) for each in done if each.paper_id and each.refusal is None]
    return f"{reverse('papers-bound')}?ids={','.join(papers)}" if papers else ""


def _page(request: Request, *, status: int = 200, **more: Any) -> HttpResponse:
    actor, today = request.actor, request.today
    handovers = waiting_handovers(actor, on=today)
    owed = _owed(request)
    unlettered = cases_without_letter(actor, on=today)
    notices = _notices(request, owed) if actor.may(Capability.ISSUE_PAPERS) else []
    unserved = to_serve(actor, on=today)
    context = {
        "case_tabs": tabs_of(request, "case-tray"),
        "handovers": handovers,
        "notices": notices,
        "letters": [head_in(line, today) for line in unlettered],
        "unserved": len(unserved),
        "ran_out": [each for each in owed if each.line.rule in RAN_OUT],
        "to_confirm": [each for each in owed if each.line.rule in TO_CONFIRM],
        "others": [each for each in owed if each.line.rule not in _SECTIONS],
        "answers": [(each, REFERRALS[each.kind]) for each in answers_received(actor, on=today)],
        "batch": uuid7(),
        "notices_form": _letter_form(
            request, StepKind.NOTICE_ISSUED, [each.case_id for each in notices]
        ),
        "letters_form": _letter_form(
            request, StepKind.LETTER_ISSUED, [line.id for line in unlettered]
        ),
        **more,
    }
    ids = [each.child_id for each in handovers] + [line.child_id for line in unlettered]
    ids += [each.line.child_id for each in owed if each.line.child_id]
    listed = Listed.of("cases tray", ids)
    note_reading("cases.listed", stamp=stamp_of(request), listed=listed)
    return render(request, "cases/tray.html", context, status=status)


def _letter_form(request: Request, step: StepKind, case_ids: list[UUID]) -> LetterForm:
    """Deadline and contact as the first of the cases would have them filled in."""
    initial: dict[str, object] = {"batch": uuid7()}
    if case_ids:
        known = case_known(request.actor, case_ids[0], today=request.today)
        acting = acting_in(request.actor, known, transition_of(step))
        initial |= proposals(known, step, request.today, acting)
    return LetterForm(initial=initial)


def _owed(request: Request) -> list[Shown]:
    """My own open duties of cases, the most urgent first."""
    mine = own_tray(request.actor, today=request.today)
    lines = [*mine.overdue.rows, *mine.today.rows, *mine.coming.rows]
    return [
        shown(line, request.actor, today=request.today, names_school=True)
        for line in lines
        if line.rule in CASE_RULES
    ]


def _notices(request: Request, owed: list[Shown]) -> list[Notice]:
    wanted = [each for each in owed if each.line.rule is DutyRule.CASE_NOTICE]
    ids = [each.line.child_id for each in wanted if each.line.child_id]
    cases = open_cases_of(request.actor, ids, on=request.today)
    return [
        Notice(cases[each.line.child_id], each)
        for each in wanted
        if each.line.child_id and each.line.child_id in cases
    ]
