"""Area events: snow, flood, flu; one cause instead of a thousand alarms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notoneless.access.actor import Actor, NotAllowed
from notoneless.attendance.queries.events import (
    EventLine,
    area_event,
    area_events,
    covered_by,
    event_places,
    suggested_events,
)
from notoneless.flows.rolls.events import (
    begin_area_event,
    end_area_event,
    withdraw_area_event,
)
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.paths import is_below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.web.exports import send_list
from notoneless.web.presence.forms import EventEndForm, EventForm
from notoneless.web.presence.scope import frame
from notoneless.web.request import Request

PAGE_ROWS = 50


def events(request: Request) -> HttpResponse:
    """The events around here, and the form to name one."""
    _must_read(request.actor)
    places = (
        event_places(request.actor, on=request.today)
        if request.actor.may(Capability.MANAGE_CALENDAR)
        else []
    )
    initial = {
        "from_on": request.today,
        "unit": request.GET.get("unit", "") or (places[0].id if len(places) == 1 else ""),
    }
    form = EventForm(request.POST or None, initial=initial, places=places)
    status, refusal = 200, None
    if request.method == "POST":
        request.actor.must(Capability.MANAGE_CALENDAR)
        status = 422
        if form.is_valid():
            try:
                event_id = begin_area_event(
                    request.actor, form.new_event(), today=request.today, now=request.now
                )
            except NotAllowed:
                raise
            except Refusal as problem:
                status, refusal = 409, problem
            else:
                messages.success(request, _("已登记。这段时间没说明原因的缺勤不再计入连续缺勤。"))
                return redirect("presence-event", event_id)
    rows = area_events(request.actor)
    context = frame(request, "presence-events") | {
        "form": form if places else None,
        "refusal": refusal,
        "opened": status != 200 or "unit" in request.GET,
        "rows": Paginator(_with_state(request, rows), PAGE_ROWS).get_page(request.GET.get("page")),
        "suggested": suggested_events(request.actor, day=request.today)
        if request.actor.may(Capability.SEE_CHILDREN)
        else [],
        "may_name": bool(places),
    }
    return render(request, "presence/events.html", context, status=status)


@require_safe
def events_export(request: Request) -> HttpResponseBase:
    """The list as a file; it names no child."""
    _must_read(request.actor)
    rows = [
        [
            line.unit_name,
            line.cause,
            line.from_on.isoformat(),
            line.last_on.isoformat() if line.last_on else "",
            line.by,
            _("已撤销") if line.withdrawn_at else "",
        ]
        for line in area_events(request.actor)
    ]
    headings = [_("哪里"), _("原因"), _("从哪天起"), _("最后一天"), _("登记人"), _("状态")]
    return send_list(request, headings, rows, title=_("区域事件"))


@require_safe
def event(request: Request, event_id: UUID) -> HttpResponse:
    """One event: whose absences it covers, and how to end it."""
    return _event_page(request, event_id, EventEndForm(initial={"last_on": request.today}))


@require_POST
def event_end(request: Request, event_id: UUID) -> HttpResponse:
    """Write down its last day."""
    form = EventEndForm(request.POST)
    if not form.is_valid():
        return _event_page(request, event_id, form, status=422)

    def end() -> None:
        end_area_event(
            request.actor,
            event_id,
            to_on=form.cleaned_data["last_on"] + ONE_DAY,
            today=request.today,
            now=request.now,
        )

    return _done(request, event_id, form, end, _("已登记结束。"))


@require_POST
def event_withdraw(request: Request, event_id: UUID) -> HttpResponse:
    """There was no such event after all."""

    def withdraw() -> None:
        withdraw_area_event(request.actor, event_id, today=request.today, now=request.now)

    return _done(request, event_id, EventEndForm(), withdraw, _("已撤销，缺勤重新计入。"))


def _done(
    request: Request, event_id: UUID, form: EventEndForm, act: Callable[[], None], said: str
) -> HttpResponse:
    area_event(request.actor, event_id)
    try:
        act()
    except NotAllowed:
        raise
    except Refusal as problem:
        return _event_page(request, event_id, form, status=409, refusal=problem)
    messages.success(request, said)
    return redirect("presence-event", event_id)


def _event_page(
    request: Request, event_id: UUID, form: EventEndForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    _must_read(request.actor)
    line = area_event(request.actor, event_id)
    covered = covered_by(request.actor, line, today=request.today)
    context = frame(request, "presence-events") | {
        "event": line,
        "is_open": line.is_open(request.today),
        "form": form,
        "rows": covered,
        "absences": sum(row.absences for row in covered),
        "may_end": _may_end(request.actor, line),
        **more,
    }
    return render(request, "presence/event.html", context, status=status)


def _must_read(actor: Actor) -> None:
    if not actor.may(Capability.MANAGE_CALENDAR):
        actor.must(Capability.SEE_CHILDREN)


def _may_end(actor: Actor, line: EventLine) -> bool:
    return line.withdrawn_at is None and any(
        Capability.MANAGE_CALENDAR in held.capabilities and is_below(line.path, held.path)
        for held in actor.holdings
    )


def _with_state(request: Request, rows: list[EventLine]) -> list[tuple[EventLine, bool]]:
    pairs = [(row, row.is_open(request.today)) for row in rows]
    return sorted(pairs, key=lambda pair: not pair[1])
