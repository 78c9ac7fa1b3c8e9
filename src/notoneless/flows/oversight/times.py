"""Until when somebody has time in a matter: by the plan that it keeps and his unit's calendar."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.flows.oversight.refusals import FaultBlocked
from notoneless.places.queries.calendar import calendar_for
from notoneless.policy.queries.inforce import kept_policy
from notoneless.rules.calendar import NoSuchDay, SchoolCalendar
from notoneless.rules.faults.guards import Missing, Obstacle
from notoneless.rules.faults.kinds import FaultStep
from notoneless.rules.faults.times import Times, last_day, length_of, times_of
from notoneless.rules.policy.measures import DurationUnit
from notoneless.rules.policy.pack import Rule

_COUNTED = {DurationUnit.SCHOOL_DAYS, DurationUnit.WORKING_DAYS}
_NO_CALENDAR = SchoolCalendar(years=())


def times_for(policy_digest: str) -> Times:
    """The times of a matter that keeps this policy; one statement."""
    return times_of(kept_policy(policy_digest))


def statement_until(times: Times, unit_id: UUID, *, on: date) -> date:
    """The earliest day that a notice of ``on`` may name as the last for the statement.

    No statement for a time in plain days. Raises ``FaultBlocked`` where it runs past the calendar.
    """
    return _last(times.statement, FaultStep.NOTICE_GIVEN, unit_id, on)


def review_until(times: Times, unit_id: UUID, *, on: date) -> date:
    """The last day on which a review of a decision shown on ``on`` can be asked for; as above."""
    return _last(times.review, FaultStep.SHOWN, unit_id, on)


def _last(time: Rule, step: FaultStep, unit_id: UUID, on: date) -> date:
    counts = length_of(time).unit in _COUNTED
    calendar = calendar_for(unit_id, on=on) if counts else _NO_CALENDAR
    try:
        return last_day(time, started=on, calendar=calendar)
    except NoSuchDay:
        raise FaultBlocked(step, [Obstacle(Missing.NO_CALENDAR)]) from None
