"""A class's week as a strip of days, each leading to its roll."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from notoneless.attendance.queries.sheet import DayOfWeek, week_of
from notoneless.rules.roles import Capability
from notoneless.web.request import Request
from notoneless.web.rolls.place import day_in

SATURDAY = 5


def week_strip(request: Request, class_id: UUID, *, day: date) -> dict[str, Any] | None:
    """What ``rolls/parts/week.html`` shows for the week of ``day``; ``None`` where nobody was in
    the class by then."""
    monday = day - timedelta(days=day.weekday())
    try:
        days = week_of(request.actor, class_id, monday=monday, today=request.today)
    except ObjectDoesNotExist:
        return None
    shown = [d for d in days if d.on.weekday() < SATURDAY or d.rolls or d.is_school_day]
    return {
        "days": [_day(request, class_id, d) for d in shown],
        "monday": monday,
        "before": monday - timedelta(days=7),
        "after": monday + timedelta(days=7)
        if monday + timedelta(days=7) <= request.today
        else None,
    }


def class_week(request: Request, class_id: UUID) -> dict[str, Any] | None:
    """The strip on a class's own page: the week asked for by ``?week=``, else this one; nothing for
    whoever sees no children."""
    if not request.actor.may(Capability.SEE_CHILDREN):
        return None
    asked = request.GET.get("week", "")
    day = min(day_in(asked), request.today) if asked else request.today
    return week_strip(request, class_id, day=day)


def _day(request: Request, class_id: UUID, day: DayOfWeek) -> dict[str, Any]:
    is_ahead = day.on > request.today
    state, label = _state(day, request.today)
    page = "roll-result" if day.is_complete or day.is_contended else "roll-sheet"
    url = reverse(page, args=[class_id, day.on.isoformat(), day.first_open])
    return {
        "on": day.on,
        "state": state,
        "label": label,
        "url": "" if is_ahead else url,
        "is_today": day.on == request.today,
    }


def _state(day: DayOfWeek, today: date) -> tuple[str, str]:
    if day.is_contended:
        return "missing", pgettext("roll", "待裁定")
    rolls = day.whole
    if not rolls:
        if day.is_school_day is False:
            return "off", pgettext("roll", "不上课")
        if day.on > today:
            return "later", pgettext("roll", "未到")
        # Nothing is known of such a day: it is never shown as present.
        return ("later" if day.on == today else "missing"), pgettext("roll", "未点名")
    held = [roll for roll in rolls if roll.is_held]
    if not held:
        return "off", pgettext("roll", "没上课")
    if not day.is_complete:
        return "later", pgettext("roll", "%(n)s/%(all)s 次") % {
            "n": len(rolls),
            "all": len(day.expected),
        }
    missing = max(roll.absent_count for roll in held)
    return "held", (_("缺 %(n)s") % {"n": missing} if missing else pgettext("roll", "到齐"))
