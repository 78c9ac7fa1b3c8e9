"""The village's calendar: terms of 2026-27 at the bureau, the packaged days of 2024 to 2027."""

from __future__ import annotations

from datetime import date, timedelta

from notoneless.flows.official_days import load_official_days
from notoneless.places.models import CalendarChange
from notoneless.places.queries.calendar import calendar_for
from notoneless.places.services.calendar.days import NewOverride, close_for, override_days
from notoneless.places.services.calendar.terms import NewTerms, set_terms
from notoneless.rules.calendar import Period, SchoolCalendar
from tests.rows import kept
from tests.world import TODAY, Village

AUTUMN = Period("第一学期", date(2026, 9, 1), date(2027, 1, 23))
SPRING = Period("第二学期", date(2027, 3, 1), date(2027, 7, 10))
WEDNESDAY = date(2026, 11, 25)
YEAR = (date(2026, 8, 1), date(2027, 8, 1))


@kept(CalendarChange)
def give_calendar(village: Village) -> None:
    load_official_days(range(2024, 2028), stamp=village.stamp())
    enter_terms(village, "bureau")


def enter_terms(village: Village, at: str, *terms: Period, version: int = 0, year: int = 2026):
    new = NewTerms(village.units[at].pk, year, terms or (AUTUMN, SPRING))
    return set_terms(new, version=version, stamp=village.stamp("lu"))


def switch(village: Village, at: str, on: date, *, has_class: bool, reason: str, days: int = 1):
    span = Period(reason, on, on + timedelta(days=days))
    new = NewOverride(village.units[at].pk, span, has_class)
    return override_days(new, stamp=village.stamp("lu"))


def close(village: Village, at: str, on: date, *, days: int = 1, reason: str = "大雪"):
    span = Period(reason, on, on + timedelta(days=days))
    return close_for(village.units[at].pk, span, stamp=village.stamp("lu"))


def calendar_at(village: Village, at: str, **known) -> SchoolCalendar:
    return calendar_for(village.units[at].pk, on=TODAY, **known)
