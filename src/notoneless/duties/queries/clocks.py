"""How the clock of a duty ended: met in time, met late, missed and still open; or it runs."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from django.db.models import Q

from notoneless.rules.duties.kinds import DutyState


class ClockEnd(StrEnum):
    IN_TIME = "in_time"
    LATE = "late"
    """Done after its time."""
    MISSED = "missed"
    """Its time is over and it is still to be done."""
    RUNNING = "running"
    """There is still time, or the calendar of its last day is not sure yet."""


COUNTED = (DutyState.OPEN.value, DutyState.DONE.value)
"""A duty that was withdrawn is no longer wanted, and its clock says nothing."""


def is_overdue(today: date) -> Q:
    """Its day, or its hour of today, has passed; never before the calendar is sure."""
    return Q(is_due_provisional=False) & (Q(due_on__lt=today) | Q(late_since__lte=today))


def ended(how: ClockEnd, *, today: date) -> Q:
    """Duties whose clock ended so; together the four are all that count (R-307)."""
    if how is ClockEnd.IN_TIME:
        return Q(state=DutyState.DONE, late_since=None)
    if how is ClockEnd.LATE:
        return Q(state=DutyState.DONE, late_since__isnull=False)
    if how is ClockEnd.MISSED:
        return Q(state=DutyState.OPEN) & is_overdue(today)
    return Q(state=DutyState.OPEN) & (
        Q(is_due_provisional=True)
        | (Q(late_since=None) | Q(late_since__gt=today)) & (Q(due_on=None) | Q(due_on__gte=today))
    )
