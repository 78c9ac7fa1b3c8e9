"""Announces that days count differently, so that whoever keeps due dates can plan them anew."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import CalendarChange, Unit
from notoneless.places.queries.calendar import SCOPES


def holder_to_change(unit_id: UUID, *, stamp: Stamp) -> Unit:
    """The unit, locked until the transaction ends: two people's changes come one after the other.

    Raises ``Unit.DoesNotExist`` for another county's unit and for one that holds no calendar.
    """
    kinds = [kind.value for kind in SCOPES]
    rows = Unit.objects.select_for_update()
    return rows.get(pk=unit_id, county=stamp.county_id, kind__in=kinds)


def announce_change(
    kind: str, unit_id: UUID, *, from_on: date, to_on: date, stamp: Stamp
) -> CalendarChange:
    """Journal that the days from ``from_on`` to ``to_on`` (exclusive) may count differently.

    It holds for everyone at or below the unit. No due date is stored anywhere yet, so nothing is
    planned anew here. The duties app will: it reads ``unplanned_changes``, computes again every
    open clock whose span meets the period (keeping the old date and this change as its reason)
    and calls ``mark_planned``. Call this in the transaction of the change itself.
    """
    change = CalendarChange.objects.create(
        county_id=stamp.county_id,
        unit_id=unit_id,
        kind=kind,
        from_on=from_on,
        to_on=to_on,
        recorded_at=stamp.now,
    )
    record("calendar.changed", change, subject=("unit", unit_id), happened_on=from_on, stamp=stamp)
    return change


@transaction.atomic
def mark_planned(change_id: UUID, *, now: datetime) -> None:
    """Note that every due date which the change could touch has been computed anew."""
    CalendarChange.objects.filter(pk=change_id, planned_at=None).update(planned_at=now)
