"""What time and the rolls do to a case by themselves: expiry, return, relapse, end of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from notoneless.rules.attendance.days import Mark
from notoneless.rules.calendar import ONE_DAY, SchoolCalendar
from notoneless.rules.cases.facts import CaseFact, Standing
from notoneless.rules.cases.kinds import AWAY, BACK, State, StepKind


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that has come about, and on which day."""

    kind: StepKind
    on: date


def passed(
    case: CaseFact,
    marks: Mapping[date, Mark],
    suspected: Iterable[date],
    calendar: SchoolCalendar,
    *,
    today: date,
) -> Passed | None:
    """The next step that time or the rolls have taken by ``today``; ask again after writing it.

    ``marks`` are the child's school days as far as they were called, ``suspected`` the days on
    which a duty of suspicion opened. A child is back on the first day after the case opened on
    which a roll saw it, and away again once the plan's days of absence are reached. Raises
    nothing. Source: T16, T19, T22, T25.
    """
    standing = case.standing
    found = [
        *_returned(case, standing, marks),
        *_relapsed(standing, suspected),
        *_expired(standing, today),
        *_year_ended(case, standing, calendar, today),
    ]
    return min(found, key=lambda step: step.on, default=None)


def _returned(case: CaseFact, standing: Standing, marks: Mapping[date, Mark]) -> Iterator[Passed]:
    if standing.state not in AWAY:
        return
    relapse = standing.last(StepKind.RELAPSED)
    since = relapse.on if relapse else case.opened_on
    last_absent = max((d for d, mark in marks.items() if mark is Mark.UNEXPLAINED), default=None)
    for day in sorted(marks):
        is_after = day >= since and (last_absent is None or day > last_absent)
        if marks[day] is Mark.PRESENT and is_after:
            yield Passed(StepKind.RETURNED, day)
            return


def _relapsed(standing: Standing, suspected: Iterable[date]) -> Iterator[Passed]:
    back = standing.returned
    if standing.state not in BACK or back is None:
        return
    for day in sorted(suspected):
        if day > back.on:
            yield Passed(StepKind.RELAPSED, day)
            return


def _expired(standing: Standing, today: date) -> Iterator[Passed]:
    for state, served, expired in (
        (State.NOTICE_SERVED, StepKind.NOTICE_SERVED, StepKind.NOTICE_EXPIRED),
        (State.ORDERED, StepKind.ORDER_SERVED, StepKind.ORDER_EXPIRED),
    ):
        step = standing.last(served)
        last = step.deadline_on if step is not None else None
        if standing.state is state and last is not None and last < today:
            yield Passed(expired, last + ONE_DAY)


def _year_ended(
    case: CaseFact, standing: Standing, calendar: SchoolCalendar, today: date
) -> Iterator[Passed]:
    if standing.state not in AWAY:
        return
    told = {step.on for step in standing.all(StepKind.YEAR_ENDED)}
    for year in calendar.years:
        last = year.to_on - ONE_DAY
        if case.opened_on <= last < today and last not in told:
            yield Passed(StepKind.YEAR_ENDED, last)
            return
