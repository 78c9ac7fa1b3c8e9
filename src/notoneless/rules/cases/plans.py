"""Where a child that came back is placed, and when its plan is looked at again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.cases.facts import Standing, StepFact
from notoneless.rules.cases.kinds import StepKind
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


def back_since(steps: Iterable[StepFact]) -> date | None:
    """From when a child's time back is counted after these steps; ``None`` while it is away.

    From the first return since it was lost last: a measure that is noted later only tells how.
    """
    back: date | None = None
    for step in steps:
        if step.kind in (StepKind.RETURNED, StepKind.RETURNED_BY_MEASURE):
            back = back or step.on
        elif step.kind is StepKind.RELAPSED:
            back = None
    return back


def reviews_of(
    standing: Standing, placed: StepFact, *, months: Iterable[int], calendar: SchoolCalendar
) -> dict[date, StepFact | None]:
    """The days on which the plan made at ``placed`` is to be looked at, and who has."""
    before = standing.steps[: standing.steps.index(placed)]
    days = review_days(
        returned_on=back_since(before) or placed.on, months=months, calendar=calendar
    )
    made = {step.text("planned_on"): step for step in reversed(_reviews(standing, placed))}
    return {day: made.get(day.isoformat()) for day in days}


def _reviews(standing: Standing, placed: StepFact) -> tuple[StepFact, ...]:
    return standing.all_after(placed, StepKind.PLAN_REVIEWED)


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
