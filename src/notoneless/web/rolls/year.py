"""One child's attendance over a school year, as months of days with words."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notoneless.attendance.queries.year import ChildYear, child_year, sessions_of_day
from notoneless.children.queries.file import child_file
from notoneless.journal.services import note_reading
from notoneless.rules.attendance.days import Mark, Missed
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.units import school_year_of
from notoneless.rules.visibility import FieldGroup
from notoneless.web.children.tabs import child_tabs
from notoneless.web.request import Request, stamp_of
from notoneless.web.rolls.words import SHORT_MARKS, mark_words, session_words

YEARS_BACK = 9


@dataclass(frozen=True, slots=True)
class DayCell:
    on: date
    mark: Mark | None
    """``None`` where there is no school, or the day is still to come."""
    word: str
    told: str
    """All of it in words, for a reader who does not see the grid."""


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[list[DayCell | None]]


@never_cache
@require_safe
def child_attendance(request: Request, child_id: UUID) -> HttpResponse:
    """The year of a child in reach; opening it is noted. Why a child was away shows only to those
    who may know of its health."""
    file = child_file(request.actor, child_id, on=request.today)
    if file.kept_id is not None:
        return redirect("child-attendance", file.kept_id)
    if FieldGroup.REGISTRATION not in file.groups:
        raise Http404
    note_reading("child.opened", stamp=stamp_of(request), child_id=file.id, fields=["attendance"])
    this_year = school_year_of(request.today)
    asked = request.GET.get("year", "")
    school_year = int(asked) if asked.isdecimal() and len(asked) == 4 else this_year
    school_year = min(max(school_year, this_year - YEARS_BACK), this_year)
    sees_why = FieldGroup.HEALTH in file.groups
    year = (
        child_year(
            file.id,
            school_id=file.registration.school_id,
            county_id=request.actor.county_id,
            school_year=school_year,
            today=request.today,
        )
        if file.registration
        else None
    )
    context = {
        "file": file,
        "tabs": child_tabs(request.actor, file.id, current="child-attendance"),
        "year": year,
        "months": _months(year, sees_why=sees_why) if year else [],
        "school_year": school_year,
        "is_this_year": school_year == this_year,
        "before": school_year - 1,
        "after": school_year + 1 if school_year < this_year else None,
        "sees_why": sees_why,
        "counts": {mark.value: year.count(mark) for mark in Mark} if year else {},
    }
    return render(request, "rolls/year.html", context)


def _months(year: ChildYear, *, sees_why: bool) -> list[Month]:
    """The months that have school days so far, the newest first."""
    firsts = sorted({day.replace(day=1) for day in year.days}, reverse=True)
    grid = calendar.Calendar()
    return [
        Month(
            first,
            [
                [
                    _cell(day, year, sees_why=sees_why) if day.month == first.month else None
                    for day in week
                ]
                for week in grid.monthdatescalendar(first.year, first.month)
            ],
        )
        for first in firsts
    ]


def _cell(day: date, year: ChildYear, *, sees_why: bool) -> DayCell:
    mark = year.marks.get(day)
    if mark is None:
        return DayCell(day, None, "", "")
    missed = year.missed.get(day, {})
    word = str(SHORT_MARKS[mark])
    if mark is Mark.PRESENT and any(m.reason is Reason.LATE for m in missed.values()):
        word = mark_words(Reason.LATE)
    return DayCell(day, mark, word, _told(missed) if sees_why else "")


def _told(missed: Mapping[str, Missed]) -> str:
    return " ".join(
        f"{session_words(session)} {mark_words(m.reason, m.minutes_late)}"
        for session, m in sessions_of_day(missed)
    )
