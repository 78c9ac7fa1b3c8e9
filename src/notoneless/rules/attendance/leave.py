"""Leave asked for beforehand, and the proof that long leave owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from notoneless.rules.attendance.sessions import Reason, RollRules
from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import Due, days_between, due_on
from notoneless.rules.policy.measures import DurationUnit


class LeaveKind(StrEnum):
    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"


class LeaveState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


NEXT: dict[LeaveState, frozenset[LeaveState]] = {
    LeaveState.ASKED: frozenset({LeaveState.APPROVED, LeaveState.REFUSED, LeaveState.WITHDRAWN}),
    LeaveState.APPROVED: frozenset({LeaveState.WITHDRAWN}),
    LeaveState.REFUSED: frozenset(),
    LeaveState.WITHDRAWN: frozenset(),
}
"""What may follow what. Approved leave is withdrawn when it turns out not to be true."""


class AskedBy(StrEnum):
    GUARDIAN = "guardian"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class LeavePeriod:
    kind: LeaveKind
    from_on: date
    to_on: date
    """Exclusive."""


def premark(leave: LeavePeriod) -> Reason:
    """What the roll shows for a child whose leave is approved."""
    return Reason(leave.kind.value)


def is_long(leave: LeavePeriod, rules: RollRules, calendar: SchoolCalendar) -> bool:
    """Whether the leave is so long that it owes proof (``long_leave_from``).

    Raises ``NoSuchDay`` when the calendar does not reach so far.
    """
    if rules.long_leave is None:
        return False
    last = date.fromordinal(leave.to_on.toordinal() - 1)
    before = date.fromordinal(leave.from_on.toordinal() - 1)
    unit = rules.long_leave.unit
    # Weeks and months are measured from the first day itself, single days counted one by one.
    started = before if unit in _COUNTED else leave.from_on
    until = last if unit in _COUNTED else leave.to_on
    length = days_between(started=started, until=until, counted_in=unit, calendar=calendar)
    return length >= rules.long_leave.length


_COUNTED = frozenset(
    {DurationUnit.SCHOOL_DAYS, DurationUnit.WORKING_DAYS, DurationUnit.CALENDAR_DAYS}
)


def proof_due(leave: LeavePeriod, rules: RollRules, calendar: SchoolCalendar) -> Due | None:
    """By when the proof of long leave must have been seen; ``None`` when none is owed.

    Counted from the first day of leave (``leave_proof_within``). The leave goes on excusing: what
    is overdue is a duty of the homeroom teacher, not an absence of the child.
    """
    if rules.proof_within is None or not is_long(leave, rules, calendar):
        return None
    within = rules.proof_within
    return due_on(
        started=leave.from_on, within=within.length, counted_in=within.unit, calendar=calendar
    )
