"""Leave: the lists, one leave, deciding, proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.leave import (
    LeaveFile,
    LeaveLine,
    LeaveList,
    LeaveWanted,
    leave_page,
)
from notoneless.attendance.queries.leave import leave_file as file_of
from notoneless.children.queries.units import SchoolUnit
from notoneless.flows.rolls.leave import decide_leave, note_proof
from notoneless.flows.rolls.permission import answers_for
from notoneless.journal.services import note_reading
from notoneless.rules.attendance.leave import NEXT, LeaveState
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.leave.forms import ProofForm, VerdictForm
from notoneless.web.paging import number_in, page_of
from notoneless.web.presence.exporting import NamedList, export_named, note_listed
from notoneless.web.presence.scope import frame, scope_of
from notoneless.web.presence.words import (
    LEAVE_LISTS,
    LEAVE_STATES,
    class_at_words,
    kind_words,
)
from notoneless.web.request import Request, stamp_of

MOST_EXPORTED = 20_000


def _which(request: Request) -> LeaveList:
    asked = request.GET.get("which", LeaveList.ASKED.value)
    try:
        return LeaveList(asked)
    except ValueError as problem:
        raise Http404 from problem


@require_safe
def leave(request: Request) -> HttpResponse:
    """The leave of my classes: asked first, then running, owing proof, long, all."""
    scope, which = scope_of(request), _which(request)
    context = frame(request, "leave-list", scope)
    if scope.school is None:
        return render(request, "presence/schools.html", context | {"heading": _("请假")})
    wanted = LeaveWanted(which, number_in(request.GET.get("page", "")))
    found = leave_page(request.actor, scope.school, wanted, today=request.today)
    note_listed(
        request, f"leave {which.value} school={scope.school.id}", [r.child_id for r in found.rows]
    )
    context |= {
        "which": which.value,
        "lists": [
            {
                "label": label,
                "url": f"?which={key.value}&school={scope.school.id}",
                "is_current": key is which,
                "count": found.counts[key],
            }
            for key, label in LEAVE_LISTS.items()
        ],
        "rows": page_of(
            found.rows, total=found.total, number=found.page, per_page=wanted.page_rows
        ),
        "lines": [(row, row.is_proof_late(request.today)) for row in found.rows],
        "total": found.total,
    }
    return render(request, "leave/list.html", context)


def leave_export(request: Request) -> HttpResponseBase:
    """The list as it is shown, as a file."""
    which = _which(request)
    return export_named(
        request,
        scope_of(request),
        lambda school: _named(request, school, which),
        back=reverse("leave-list"),
    )


def _named(request: Request, school: SchoolUnit, which: LeaveList) -> NamedList:
    wanted = LeaveWanted(which, page_rows=MOST_EXPORTED)
    to = Capability.EXPORT_CHILDREN
    rows = leave_page(request.actor, school, wanted, today=request.today, to=to).rows
    return NamedList(
        title=_("请假"),
        headings=[
            _("班级"),
            _("姓名"),
            _("种类"),
            _("从哪天起"),
            _("最后一天"),
            _("状态"),
            _("证明"),
        ],
        rows=[_cells(request, row) for row in rows],
        child_ids=[row.child_id for row in rows],
        told=f"leave {which.value} school={school.id}",
    )


def _cells(request: Request, row: LeaveLine) -> list[str]:
    proof = ""
    if row.has_proof:
        proof = _("已看过")
    elif row.owes_proof and row.due:
        proof = _("应在 %(on)s 前交") % {"on": row.due.on.isoformat()}
    return [
        class_at_words(row.at, request.today),
        row.child_name,
        kind_words(row.kind),
        row.from_on.isoformat(),
        row.last_on.isoformat(),
        str(LEAVE_STATES[row.state]),
        proof,
    ]


@never_cache
@require_safe
def leave_file(request: Request, leave_id: UUID) -> HttpResponse:
    """One leave: what was asked, decided and seen."""
    return _file_page(request, file_of(request.actor, leave_id, today=request.today))


@require_POST
def leave_decide(request: Request, leave_id: UUID) -> HttpResponse:
    """Approve, refuse or withdraw."""
    form = VerdictForm(request.POST)
    file = file_of(request.actor, leave_id, today=request.today)
    if not form.is_valid():
        raise Http404
    verdict = LeaveState(form.cleaned_data["verdict"])

    def decide() -> None:
        decide_leave(
            request.actor,
            leave_id,
            verdict,
            note=form.cleaned_data["note"].strip(),
            today=request.today,
            now=request.now,
        )

    said = _("请假：%(state)s。") % {"state": LEAVE_STATES[verdict]}
    return _done(request, file, decide, said)


@require_POST
def leave_proof(request: Request, leave_id: UUID) -> HttpResponse:
    """Note that the proof was seen: issuer, date, period."""
    form = ProofForm(request.POST)
    file = file_of(request.actor, leave_id, today=request.today)
    if not form.is_valid():
        return _file_page(request, file, status=422, proof_form=form)

    def note() -> None:
        note_proof(request.actor, leave_id, form.new_proof(), today=request.today, now=request.now)

    return _done(request, file, note, _("证明已登记，原件请还给家长。"), proof_form=form)


def _done(
    request: Request, file: LeaveFile, act: Callable[[], None], said: str, **more: Any
) -> HttpResponse:
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as problem:
        return _file_page(request, file, status=409, refusal=problem, **more)
    messages.success(request, said)
    return redirect("leave-file", file.line.id)


def _file_page(
    request: Request, file: LeaveFile, *, status: int = 200, **more: Any
) -> HttpResponse:
    note_reading(
        "child.opened",
        stamp=stamp_of(request),
        child_id=file.child.id,
        fields=["leave", *(["leave_reason"] if file.reason else [])],
    )
    line = file.line
    may = answers_for(request.actor, file.child.at.paths)
    initial = {"dated_on": request.today, "from_on": line.from_on, "last_on": line.last_on}
    context = frame(request, "leave-list") | {
        "file": file,
        "line": line,
        "verdicts": {state.value for state in NEXT[line.state]} if may else set(),
        "verdict_form": VerdictForm(),
        "proof_form": ProofForm(initial=initial)
        if may and line.state is LeaveState.APPROVED
        else None,
        "is_proof_late": line.is_proof_late(request.today),
        **more,
    }
    return render(request, "leave/leave.html", context, status=status)
