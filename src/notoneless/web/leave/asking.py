"""Write down leave for a child: choose the child, then the slip."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.queries.leave import BeforeAsking, before_asking
from notoneless.children.queries.classes import class_children
from notoneless.children.queries.units import classes_in_reach
from notoneless.flows.rolls.leave import ask_leave
from notoneless.flows.rolls.permission import answers_for, must_answer_for
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.leave.forms import LeaveForm
from notoneless.web.presence.scope import frame
from notoneless.web.request import Request, stamp_of


def leave_new(request: Request) -> HttpResponse:
    """The slip for the child in the address, or first the choice of class and child."""
    request.actor.must(Capability.CALL_ROLL)
    child_id = _key(request, "child")
    if child_id is None:
        return _choose(request)
    before = before_asking(request.actor, child_id, today=request.today)
    must_answer_for(request.actor, before.child.at.paths)
    if request.method != "POST":
        return _form_page(request, before, LeaveForm(initial=_initial(request, before)))
    form = LeaveForm(request.POST)
    if not form.is_valid():
        return _form_page(request, before, form, status=422)
    approve = request.POST.get("approve") == "1"
    try:
        leave_id = ask_leave(
            request.actor,
            form.new_leave(child_id),
            today=request.today,
            now=request.now,
            approve=approve,
        )
    except NotAllowed:
        raise
    except Refusal as problem:
        return _form_page(request, before, form, status=409, refusal=problem)
    said = _("已登记并批准，点名时会预先标好。") if approve else _("已登记，等待批准。")
    messages.success(request, said)
    return redirect("leave-file", leave_id)


def _initial(request: Request, before: BeforeAsking) -> dict[str, Any]:
    """A run that nobody has explained is offered as the days of the leave."""
    return {
        "id": uuid7(),
        "asked_by": "guardian",
        "from_on": before.away_since or request.today,
        "last_on": before.away_until or request.today,
    }


def _form_page(
    request: Request, before: BeforeAsking, form: LeaveForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = frame(request, "leave-list") | {"before": before, "form": form, **more}
    return render(request, "leave/new.html", context, status=status)


def _choose(request: Request) -> HttpResponse:
    """Classes for which the actor answers; the children of the chosen or only one."""
    classes = [
        row
        for row in classes_in_reach(request.actor, on=request.today, to=Capability.CALL_ROLL)
        if answers_for(request.actor, [row.path])
    ]
    asked = _key(request, "class")
    chosen = next((row for row in classes if row.id == asked), None)
    if asked is not None and chosen is None:
        raise Http404
    if len(classes) == 1:
        chosen = classes[0]
    rows = class_children(request.actor, chosen.id, on=request.today) if chosen else []
    if rows:
        listed = Listed.of(f"class={chosen.id if chosen else None}", [row.id for row in rows])
        note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    context = frame(request, "leave-list") | {"classes": classes, "chosen": chosen, "rows": rows}
    return render(request, "leave/choose.html", context)


def _key(request: Request, name: str) -> UUID | None:
    """A key in the address; 404 for what is none."""
    asked = request.GET.get(name, "")
    try:
        return UUID(asked) if asked else None
    except ValueError as problem:
        raise Http404 from problem
