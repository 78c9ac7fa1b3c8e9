"""Clocks: when something that began on a day is due, counted in the unit that the policy names."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from notoneless.rules.calendar import ONE_DAY, SchoolCalendar, days_from
from notoneless.rules.policy.measures import DurationUnit


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which a thing is still in time."""

    on: date
    is_provisional: bool = False
    """A day between start and ``on`` may still change its kind; no lateness may count yet."""


def due_on(
    *, started: date, within: int, counted_in: DurationUnit, calendar: SchoolCalendar
) -> Due:
    """The last day in time for a clock that began on ``started``.

    The starting day is not counted, the last day is. In school or working days exactly
    ``within`` counted days lie after ``started`` up to the answer, which is itself one. Weeks,
    months and years end on the same weekday or day of the month, or on the month's last day
    where it is shorter. ``within`` 0 means the same day. A clock in calendar days or longer
    units may end on a rest day; where the statute moves it, ask ``calendar.next_working_day``.

    Raises ``ValueError`` when ``within`` is negative and ``NoSuchDay`` when a clock in school
    days runs past the school years that are loaded. Source: requirement R-306, the clock's own
    source in its policy pack; counting of days as in the Civil Code, articles 201-203.
    """
    if within < 0:
        raise ValueError(f"a clock cannot run for {within} {counted_in}")
    match counted_in:
        case DurationUnit.CALENDAR_DAYS:
            return Due(started + timedelta(days=within))
        case DurationUnit.WEEKS:
            return Due(started + timedelta(weeks=within))
        case DurationUnit.MONTHS:
            return Due(_months_later(started, within))
        case DurationUnit.YEARS:
            return Due(_months_later(started, within * 12))
        case DurationUnit.SCHOOL_DAYS | DurationUnit.WORKING_DAYS:
            return _due_on_counted_day(started, within, counted_in, calendar)


def due_in_every_unit(
    *, started: date, within: int, calendar: SchoolCalendar
) -> Mapping[DurationUnit, Due]:
    """The same figure counted in each unit, so that whoever chooses one sees its effect.

    Raises as ``due_on`` does. Source: requirement R-306.
    """
    return {
        unit: due_on(started=started, within=within, counted_in=unit, calendar=calendar)
        for unit in DurationUnit
    }


def days_between(
    *, started: date, until: date, counted_in: DurationUnit, calendar: SchoolCalendar
) -> int:
    """How many of the unit lie after ``started`` up to and including ``until``.

    Whole weeks, months and years only. Negative when ``until`` is the earlier day, so that
    "days left" and "days late" are one subtraction. Raises ``NoSuchDay`` in school days.
    """
    if until < started:
        return -days_between(started=until, until=started, counted_in=counted_in, calendar=calendar)
    match counted_in:
        case DurationUnit.CALENDAR_DAYS:
            return (until - started).days
        case DurationUnit.WEEKS:
            return (until - started).days // 7
        case DurationUnit.MONTHS:
            return _whole_months(started, until)
        case DurationUnit.YEARS:
            return _whole_months(started, until) // 12
        case DurationUnit.SCHOOL_DAYS | DurationUnit.WORKING_DAYS:
            counts = _counter(counted_in, calendar)
            return sum(map(counts, days_from(started + ONE_DAY, until + ONE_DAY)))


def _due_on_counted_day(
    started: date, within: int, counted_in: DurationUnit, calendar: SchoolCalendar
) -> Due:
    counts = _counter(counted_in, calendar)
    is_open_question = (
        calendar.is_provisional
        if counted_in is DurationUnit.SCHOOL_DAYS
        else calendar.is_working_day_provisional
    )
    day, left, is_provisional = started, within, False
    while left:
        day += ONE_DAY
        left -= counts(day)
        is_provisional = is_provisional or is_open_question(day)
    return Due(day, is_provisional)


def _counter(counted_in: DurationUnit, calendar: SchoolCalendar) -> Callable[[date], bool]:
    if counted_in is DurationUnit.SCHOOL_DAYS:
        return calendar.is_school_day
    return calendar.is_working_day


def _months_later(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _whole_months(started: date, until: date) -> int:
    months = (until.year - started.year) * 12 + until.month - started.month
    return months if _months_later(started, months) <= until else months - 1
