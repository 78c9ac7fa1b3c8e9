"""Where a child that came back is placed, and when its plan is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import due_on
from notoneless.rules.policy.measures import DurationUnit


class Placement(StrEnum):
    """Education that fits a returned child (national rules §1.2 row 10)."""

    OWN_CLASS = "own_class"
    OTHER_CLASS = "other_class"
    """Another class or grade with a lower demand, where the plan allows it."""
    SEPARATE_CLASS = "separate_class"
    """单独编班."""
    VOCATIONAL = "vocational"
    """普职融合."""
    HOME_TEACHING = "home_teaching"
    """送教上门."""
    SPECIAL_SCHOOL = "special_school"


def review_days(
    *, returned_on: date, months: Iterable[int], calendar: SchoolCalendar
) -> tuple[date, ...]:
    """The days on which a plan is to be looked at, so many months after the return, in order.

    A day without work moves to the next working day.
    """
    days = []
    for length in sorted(set(months)):
        due = due_on(
            started=returned_on, within=length, counted_in=DurationUnit.MONTHS, calendar=calendar
        )
        days.append(
            due.on if calendar.is_working_day(due.on) else calendar.next_working_day(due.on)
        )
    return tuple(days)
