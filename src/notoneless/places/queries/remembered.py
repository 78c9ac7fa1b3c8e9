"""School calendars kept in memory: put together once, asked again with each roll."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Max, Subquery
from django.db.models.functions import Coalesce

from notoneless.places.models import CalendarChange
from notoneless.places.queries.calendar import (
    calendar_for,
    calendar_of,
    calendar_rows,
    holders_by_path,
)
from notoneless.rules.calendar import SchoolCalendar, days_from
from notoneless.rules.paths import Line, ancestors, line_of

_REMEMBERED: dict[tuple[UUID, tuple[str, ...], CalendarMark], Remembered] = {}
_REMEMBER_AT_MOST = 20_000
FEW = 3
"""So many are asked one by one."""


@dataclass(frozen=True, slots=True)
class CalendarMark:
    """How many times a county's calendars have changed, and when last."""

    count: int
    newest: object


@dataclass(frozen=True, slots=True)
class Remembered:
    """A calendar, and the days with class in the school years that are loaded."""

    calendar: SchoolCalendar
    school_days: tuple[date, ...]

    def days(self, from_on: date, to_on: date) -> list[date]:
        """School days from ``from_on`` (inclusive) to ``to_on`` (exclusive), oldest first.

        Unlike the calendar's own answer it never raises: years that are not loaded have none.
        """
        return [day for day in self.school_days if from_on <= day < to_on]

    def knows(self, day: date) -> bool:
        """Whether a loaded school year holds the day."""
        return any(year.from_on <= day < year.to_on for year in self.calendar.years)


def calendar_marks(county_id: UUID) -> dict[str, Coalesce | Subquery]:
    """Columns for a query of one's own, from which ``remembered_calendar`` knows what changed.

    Every change of a calendar writes a row and none is ever deleted, so that the number of rows
    grows with each. The county is given, not read from the row, so that the database counts once.
    """
    rows = CalendarChange.objects.filter(county=county_id).order_by().values("county")
    return {
        "calendar_count": Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0),
        "calendar_newest": Subquery(rows.annotate(at=Max("recorded_at")).values("at")),
    }


def remembered_calendar(
    unit_id: UUID, *, paths: tuple[str, ...], mark: CalendarMark, on: date
) -> Remembered:
    """The calendar of a unit that stands at ``paths``; no statement while nothing has changed.

    ``mark`` was read in the caller's transaction through ``calendar_marks``. The answer may be
    shared. Raises ``Unit.DoesNotExist``.
    """
    key = (unit_id, paths, mark)
    found = _REMEMBERED.get(key)
    if found is None:
        if len(_REMEMBERED) >= _REMEMBER_AT_MOST:
            _REMEMBERED.clear()
        calendar = calendar_for(unit_id, on=on)
        found = _REMEMBERED[key] = Remembered(calendar, _days_with_class(calendar))
    return found


def remember_calendars(
    asked: Mapping[UUID, tuple[tuple[str, ...], CalendarMark]], *, county_id: UUID, on: date
) -> None:
    """Put together the calendars of many units of a county at once, by unit its paths and mark.

    Eight statements, however many are not yet remembered; none when all are. Units outside the
    education line are left to be asked one by one.
    """
    new = [unit for unit, key in asked.items() if (unit, *key) not in _REMEMBERED]
    if len(new) < FEW:
        return
    holders_at = holders_by_path(county_id, on=on)
    rows = calendar_rows([h.id for h in holders_at.values()], county_id=county_id)
    alike: dict[tuple[UUID, ...], Remembered] = {}
    if len(_REMEMBERED) + len(new) > _REMEMBER_AT_MOST:
        _REMEMBERED.clear()
    for unit in new:
        paths, mark = asked[unit]
        own = next((path for path in paths if line_of(path) is Line.EDUCATION), "")
        above = ancestors(own) if own else ()
        holders = [holders_at[path] for path in above if path in holders_at]
        # Schools that have nothing of their own share what stands above them.
        key = tuple(holder.id for holder in holders if holder.id in rows.units)
        if holders and key not in alike:
            calendar = calendar_of(holders, rows)
            alike[key] = Remembered(calendar, _days_with_class(calendar))
        if holders:
            _REMEMBERED[unit, paths, mark] = alike[key]


def _days_with_class(calendar: SchoolCalendar) -> tuple[date, ...]:
    return tuple(
        day
        for year in calendar.years
        for term in year.terms
        for day in days_from(term.from_on, term.to_on)
        if calendar.is_school_day(day)
    )
