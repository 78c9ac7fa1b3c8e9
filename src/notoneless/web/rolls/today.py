"""My classes today: how far each roll has come, and the way into it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.sheet import contended_rolls
from notoneless.flows.rolls.today import CallState, ClassToday, rolls_today
from notoneless.rules.roles import Capability
from notoneless.web.request import Request

MOST_CARDS = 4
"""More classes than these are shown as a list: that is somebody's school, not his class."""


@require_safe
def roll(request: Request) -> HttpResponse:
    """The rolls of today that the reader calls; who calls none is led to what is missing."""
    if not request.actor.may(Capability.CALL_ROLL):
        request.actor.must(Capability.SEE_CHILDREN)
        return redirect("roll-missing")
    classes = rolls_today(request.actor, today=request.today, now=request.now)
    states = [session.state for each in classes for session in each.sessions]
    context = {
        "classes": classes,
        "is_list": len(classes) > MOST_CARDS,
        "total": len(states),
        "called": sum(state not in {CallState.OPEN, CallState.OVERDUE} for state in states),
        "overdue": states.count(CallState.OVERDUE),
        "contended": len(contended_rolls(request.actor)),
        "is_school_day": _is_school_day(classes),
    }
    return render(request, "rolls/today.html", context)


def _is_school_day(classes: list[ClassToday]) -> bool:
    """False only where no class has school today."""
    return {each.is_school_day for each in classes} != {False}
