"""The stretches of time that an overview is asked about."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.indicators.periods import Period, statistical_year, year_of


class Stretch(StrEnum):
    WEEK = "week"
    """Monday to Sunday."""
    MONTH = "month"
    TERM = "term"
    """The school's term, in a vacation the one before."""
    YEAR = "year"
    """1 September to 31 August."""


def period_of(stretch: Stretch, *, today: date, calendar: SchoolCalendar | None) -> Period:
    """The stretch that holds ``today``, whole; the year where no calendar tells of a term."""
    if stretch is Stretch.WEEK:
        monday = monday_of(today)
        return Period(monday, monday + timedelta(days=6))
    if stretch is Stretch.MONTH:
        _, days = monthrange(today.year, today.month)
        return Period(today.replace(day=1), today.replace(day=days))
    if stretch is Stretch.TERM and (term := _term(today, calendar)) is not None:
        return term
    return year_of(statistical_year(today))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _term(today: date, calendar: SchoolCalendar | None) -> Period | None:
    begun = [
        term
        for year in (calendar.years if calendar else ())
        for term in year.terms
        if term.from_on <= today
    ]
    if not begun:
        return None
    last = max(begun, key=lambda term: term.from_on)
    return Period(last.from_on, last.to_on - timedelta(days=1))
