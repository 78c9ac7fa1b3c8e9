"""The printed year: twelve months of days with their marks, and the counts beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from notoneless.rules.calendar import (
    ONE_DAY,
    Day,
    DayKind,
    Period,
    SchoolCalendar,
    SchoolYear,
    days_from,
)

MARKED = {
    DayKind.MAKE_UP,
    DayKind.ADDED,
    DayKind.PATTERN_CLASS,
    DayKind.HOLIDAY,
    DayKind.DROPPED,
    DayKind.CLOSED,
}
"""Kinds that bear a sign besides their number; the rest speak by their shade."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a printed month."""

    on: date
    day: Day
    is_campaign: bool = False

    @property
    def css(self) -> str:
        names = [f"day-{self.day.kind.value.replace('_', '-')}"]
        names += ["is-provisional"] * self.day.is_provisional
        names += ["is-campaign"] * self.is_campaign
        return " ".join(names)

    @property
    def is_marked(self) -> bool:
        return self.day.kind in MARKED


@dataclass(frozen=True, slots=True)
class Week:
    number: int | None
    """The teaching week; ``None`` in a vacation."""
    cells: tuple[Cell | None, ...]
    """Monday to Sunday; ``None`` where the day belongs to another month."""


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: tuple[Week, ...]
    school_days: int
    provisional: int
    """School days of the month whose answer waits for the notice."""


@dataclass(frozen=True, slots=True)
class TermLine:
    term: Period
    last: date
    school_days: int
    provisional: int
    weeks: int


@dataclass(frozen=True, slots=True)
class NamedDays:
    """A run of days with one mark and one reason, for the list under the months."""

    kind: DayKind
    reason: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class YearSheet:
    months: tuple[Month, ...]
    terms: tuple[TermLine, ...]
    named: tuple[NamedDays, ...]
    school_days: int
    provisional: int


def year_sheet(calendar: SchoolCalendar, year: SchoolYear) -> YearSheet:
    """Lay out one school year, August to July, of a calendar that holds it."""
    days = [calendar.day_kind(day) for day in days_from(year.from_on, year.to_on)]
    by_date = {day.on: day for day in days}
    months = tuple(_month(calendar, year, first, by_date) for first in by_date if first.day == 1)
    return YearSheet(
        months=months,
        terms=tuple(_term_line(calendar, term) for term in year.terms),
        named=tuple(_named(days)),
        school_days=sum(day.is_school_day for day in days),
        provisional=sum(day.is_school_day and day.is_provisional for day in days),
    )


def _month(calendar: SchoolCalendar, year: SchoolYear, first: date, days: dict[date, Day]) -> Month:
    in_month = [on for on in days if (on.year, on.month) == (first.year, first.month)]
    cells = {on: Cell(on, days[on], any(on in each for each in year.campaigns)) for on in in_month}
    monday = first - timedelta(days=first.weekday())
    weeks = []
    while monday <= in_month[-1]:
        of_week = [cells.get(monday + timedelta(days=n)) for n in range(7)]
        numbers = {calendar.week_of_term(cell.on) for cell in of_week if cell} - {None}
        weeks.append(Week(min((n for n in numbers if n), default=None), tuple(of_week)))
        monday += timedelta(days=7)
    with_class = [days[on] for on in in_month if days[on].is_school_day]
    provisional = sum(day.is_provisional for day in with_class)
    return Month(first, tuple(weeks), len(with_class), provisional)


def _term_line(calendar: SchoolCalendar, term: Period) -> TermLine:
    days = calendar.school_days(term.from_on, term.to_on)
    last = term.to_on - ONE_DAY
    return TermLine(
        term,
        last,
        len(days),
        sum(map(calendar.is_provisional, days)),
        calendar.week_of_term(last) or 0,
    )


def _named(days: list[Day]) -> Iterator[NamedDays]:
    run: list[Day] = []
    for day in [*days, None]:
        if run and (day is None or (day.kind, day.reason) != (run[0].kind, run[0].reason)):
            if run[0].kind in MARKED - {DayKind.PATTERN_CLASS}:
                yield NamedDays(run[0].kind, run[0].reason, run[0].on, run[-1].on)
            run = []
        if day is not None:
            run.append(day)
