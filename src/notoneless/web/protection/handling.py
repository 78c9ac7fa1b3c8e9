"""Flags for their few readers: the list, one flag, what was done, closing by two, the paper."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe
from uuid_utils.compat import uuid7

from notoneless.access.actor import Actor
from notoneless.children.queries.listing import ChildFilter, list_children
from notoneless.flows.protection.handling import (
    answer_closing,
    find_child,
    name_concerned,
    note_step,
    propose_closing,
    read_flag,
    read_flags,
)
from notoneless.flows.protection.raising import people_to_name
from notoneless.journal.services import Listed, note_reading
from notoneless.protection.queries.flags import FlagPage
from notoneless.protection.services import NewStep
from notoneless.rules.protection.life_cycle import FlagState, StepKind
from notoneless.web.protection.forms import AnswerForm, ConcernedForm, ProposeForm, StepForm
from notoneless.web.protection.words import (
    CONCERNED,
    DOUBTS,
    GROUNDS,
    SITUATIONS,
    STATES,
    STEP_ICONS,
    STEPS,
    TO_DO,
)
from notoneless.web.request import Request, stamp_of


class _Write(Protocol):
    def __call__(
        self, actor: Actor, flag_id: UUID, new: NewStep, *, today: date, now: datetime
    ) -> None: ...


OFFICERS_STEPS = (StepKind.SUPERIOR, StepKind.DEPARTMENT)


@never_cache
@require_safe
def flags(request: Request) -> HttpResponse:
    """110 first; then what waits for this officer, and what this person raised."""
    office, own = read_flags(request.actor, today=request.today, now=request.now)
    context = {"office": office, "own": own, "states": STATES}
    return render(request, "protection/home.html", context)


@never_cache
@require_safe
def flag(request: Request, flag_id: UUID) -> HttpResponse:
    """One flag, for its reporter or the officer who has it; 404 for everybody else."""
    page = read_flag(request.actor, flag_id, today=request.today, now=request.now)
    return _page(request, page, {})


@never_cache
@require_safe
def printed(request: Request, flag_id: UUID) -> HttpResponse:
    """The report form on paper, marked, in the words that this reader may read."""
    page = read_flag(request.actor, flag_id, today=request.today, now=request.now)
    return render(request, "protection/print.html", _shown(page))


@never_cache
@sensitive_post_parameters()
@require_POST
def step(request: Request, flag_id: UUID) -> HttpResponse:
    """More facts, or one step that was taken."""
    name = request.POST.get("kind", "")
    return _take(request, flag_id, name, StepForm(request.POST), note_step)


@never_cache
@sensitive_post_parameters()
@require_POST
def concerned(request: Request, flag_id: UUID) -> HttpResponse:
    """Somebody more whom it concerns."""
    page = read_flag(request.actor, flag_id, today=request.today, now=request.now)
    form = ConcernedForm(request.POST, people=_people(request, page))
    if not form.is_valid():
        return _again(request, flag_id, "concerned", form)
    for person in form.people():
        name_concerned(request.actor, flag_id, person, today=request.today, now=request.now)
    return _done(request, flag_id)


@never_cache
@require_POST
def child(request: Request, flag_id: UUID) -> HttpResponse:
    """Which child of his reach the reporter's words mean, as an officer knows."""
    try:
        chosen = UUID(request.POST.get("child", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    find_child(request.actor, flag_id, chosen, today=request.today, now=request.now)
    return _done(request, flag_id)


@never_cache
@sensitive_post_parameters()
@require_POST
def propose(request: Request, flag_id: UUID) -> HttpResponse:
    """One officer's grounds for closing."""
    return _take(request, flag_id, "propose", ProposeForm(request.POST), propose_closing)


@never_cache
@sensitive_post_parameters()
@require_POST
def answer(request: Request, flag_id: UUID) -> HttpResponse:
    """A second officer closes the flag or keeps it open."""
    return _take(request, flag_id, "answer", AnswerForm(request.POST), answer_closing)


def _take(
    request: Request,
    flag_id: UUID,
    name: str,
    form: StepForm | ProposeForm | AnswerForm,
    write: _Write,
) -> HttpResponse:
    """A form that is one step; ``name`` is the fold in which it is shown again when it is wrong."""
    if not form.is_valid():
        return _again(request, flag_id, name, form)
    write(request.actor, flag_id, form.step(), today=request.today, now=request.now)
    return _done(request, flag_id)


def _done(request: Request, flag_id: UUID) -> HttpResponse:
    messages.success(request, _("已记下。"))
    return redirect("protection-flag", flag_id)


def _again(request: Request, flag_id: UUID, name: str, form: Form) -> HttpResponse:
    page = read_flag(request.actor, flag_id, today=request.today, now=request.now)
    return _page(request, page, {name: form}, status=422)


def _page(
    request: Request, page: FlagPage, wrong: dict[str, Form], *, status: int = 200
) -> HttpResponse:
    context = {
        **_shown(page),
        "forms": _forms(request, page) | wrong if page.state is not FlagState.CLOSED else {},
        "unfolded": next(iter(wrong), ""),
        "is_sent": "sent" in request.GET,
        "found": _found(request, page),
        "query": request.GET.get("q", ""),
    }
    return render(request, "protection/flag.html", context, status=status)


def _forms(request: Request, page: FlagPage) -> dict[str, Form]:
    kinds = [StepKind.ADDED, StepKind.POLICE]
    if page.is_officer:
        kinds += [StepKind.SEEN, *OFFICERS_STEPS]
    forms: dict[str, Form] = {
        kind.value: StepForm(kind=kind, initial={"id": uuid7(), "kind": kind.value})
        for kind in kinds
        if kind is not StepKind.SEEN or kind not in page.done
    }
    if not page.is_officer:
        return forms
    forms["concerned"] = ConcernedForm(people=_people(request, page))
    if page.state is FlagState.OPEN:
        forms["propose"] = ProposeForm(initial={"id": uuid7()}, auto_id="id_propose_%s")
    if page.may_answer and page.proposal:
        initial = {"id": uuid7(), "proposal": page.proposal.id}
        forms["answer"] = AnswerForm(initial=initial, auto_id="id_answer_%s")
    return forms


def _people(request: Request, page: FlagPage) -> list[Any]:
    about = page.children[0].id if page.children else None
    return people_to_name(request.actor, about, today=request.today)


def _found(request: Request, page: FlagPage) -> list[Any]:
    """Children of the officer's reach who are called as he typed; looking is noted."""
    typed = request.GET.get("q", "").strip()
    if not typed or not page.is_officer or page.state is FlagState.CLOSED:
        return []
    wanted = ChildFilter(text=typed)
    rows = list_children(request.actor, wanted, on=request.today, page_rows=10).rows
    listed = Listed.of(wanted.told(), [row.id for row in rows])
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    return list(rows)


def _shown(page: FlagPage) -> dict[str, Any]:
    """A flag in words."""
    return {
        "flag": page,
        "situation": SITUATIONS[page.situation],
        "state": STATES[page.state],
        "is_closed": page.state is FlagState.CLOSED,
        "has_police": StepKind.POLICE in page.done,
        "doubts": [DOUBTS[child.doubt] for child in page.children if child.doubt],
        "people": [(CONCERNED[line.kind], line.name, line.words) for line in page.concerned],
        "ground": GROUNDS[page.proposal.ground] if page.proposal and page.proposal.ground else "",
        "story": [
            {
                "at": line.at,
                "title": STEPS[line.kind],
                "by": line.by,
                "icon": STEP_ICONS[line.kind],
                "text": _text(line.words, line.receipt, line.ground),
                "tone": "accent" if line.kind is StepKind.CLOSED else "neutral",
            }
            for line in reversed(page.steps)
        ],
        "to_do": _to_do(page),
    }


def _text(words: str, receipt: str, ground: Any) -> str:
    parts = [
        str(GROUNDS[ground]) if ground else "",
        _("回执号 %(number)s") % {"number": receipt} if receipt else "",
        words,
    ]
    return " · ".join(part for part in parts if part)


def _to_do(page: FlagPage) -> list[dict[str, object]]:
    states = ["done" if kind in page.done else "todo" for kind, _label, _law in TO_DO]
    if "todo" in states:
        states[states.index("todo")] = "current"
    return [
        {"label": label, "note": law, "state": state}
        for (_kind, label, law), state in zip(TO_DO, states, strict=True)
    ]
