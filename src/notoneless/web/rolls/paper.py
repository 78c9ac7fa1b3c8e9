"""An empty roll on paper, for a power cut."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.missing import kind_of_day, sessions_expected
from notoneless.attendance.queries.schools import (
    classes_with_children,
    standing_of_school,
)
from notoneless.attendance.queries.sheet import Line
from notoneless.rules.attendance.sessions import DAY
from notoneless.web.request import Request
from notoneless.web.rolls.place import day_in, roll_place

WEEK = timedelta(days=7)
FRIDAY = 4
ONE_BLOCK = 30
"""More names stand in two blocks side by side, as long as their columns stay wide enough."""
MOST_COLUMNS = 10


@dataclass(frozen=True, slots=True)
class PaperDay:
    on: date
    sessions: list[str]


@never_cache
@require_safe
def roll_paper(request: Request, class_id: UUID) -> HttpResponse:
    """The class and a grid of one week, only its school days, a column for each roll asked for."""
    at = roll_place(request, class_id, request.today.isoformat())
    asked = request.GET.get("week", "")
    monday = _monday(day_in(asked) if asked else request.today)
    days = _days(request, class_id, at.unit.school_id, monday)
    if not asked and not any(day.on >= request.today for day in days):
        # The week is over: what is needed is next week's.
        monday += WEEK
        days = _days(request, class_id, at.unit.school_id, monday)
    columns = sum(len(day.sessions) for day in days)
    lines = list(enumerate(at.sheet.lines, start=1))
    context = {
        "unit": at.unit,
        "sheet": at.sheet,
        "days": days,
        "columns": columns,
        "cells": range(columns),
        "blocks": _blocks(lines, columns),
        "is_dense": len(lines) > ONE_BLOCK and columns > MOST_COLUMNS,
        "has_sessions": any(day.sessions != [DAY] for day in days),
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "before": monday - WEEK,
        "after": monday + WEEK,
    }
    return render(request, "rolls/paper.html", context)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _days(request: Request, class_id: UUID, school_id: UUID, monday: date) -> list[PaperDay]:
    """The days of the week on which a roll is asked for; Monday to Friday where no calendar
    speaks."""
    school = standing_of_school(school_id, county_id=request.actor.county_id)
    calendar, rules = school.calendar(request.today), school.roll_rules(request.today)
    found = classes_with_children(request.actor, day=request.today, class_ids=[class_id])
    week = [monday + timedelta(days=n) for n in range(7)]
    if not all(calendar.knows(day) for day in week) or not found:
        return [PaperDay(day, [DAY]) for day in week if day.weekday() <= FRIDAY]
    days = [
        PaperDay(day, sessions_expected(found[0], rules, *kind_of_day(calendar.school_days, day)))
        for day in week
    ]
    return [day for day in days if day.sessions]


def _blocks(lines: list[tuple[int, Line]], columns: int) -> list[list[tuple[int, Line]]]:
    if len(lines) <= ONE_BLOCK or columns > MOST_COLUMNS:
        return [lines]
    half = -(-len(lines) // 2)
    return [lines[:half], lines[half:]]
