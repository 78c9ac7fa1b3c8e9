"""Write events that empty a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.attendance.models import AreaEvent
from notoneless.journal.services import Stamp, record


@dataclass(frozen=True, slots=True)
class NewEvent:
    unit_id: UUID
    from_on: date
    to_on: date | None
    """Exclusive; none while nobody knows."""
    cause: str


@transaction.atomic(savepoint=False)
def write_event(new: NewEvent, *, path: str, stamp: Stamp) -> AreaEvent:
    """Write an event for everything below the unit at ``path``."""
    event = AreaEvent.objects.create(
        county_id=stamp.county_id,
        unit_id=new.unit_id,
        path=path,
        from_on=new.from_on,
        to_on=new.to_on,
        cause=new.cause,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    _record("area_event.begun", event, stamp)
    return event


@transaction.atomic(savepoint=False)
def end_event(event: AreaEvent, *, to_on: date, stamp: Stamp) -> None:
    """Write that an event, locked by the caller, ended: ``to_on`` is the first day without it."""
    event.to_on, event.ended_at = to_on, stamp.now
    event.save(update_fields=["to_on", "ended_at"])
    _record("area_event.ended", event, stamp)


@transaction.atomic(savepoint=False)
def withdraw_event(event: AreaEvent, *, stamp: Stamp) -> None:
    """Write that there was no such event after all."""
    event.withdrawn_at = stamp.now
    event.save(update_fields=["withdrawn_at"])
    _record("area_event.withdrawn", event, stamp)


def _record(kind: str, event: AreaEvent, stamp: Stamp) -> None:
    subject = ("unit", event.unit_id)
    record(kind, event, subject=subject, happened_on=event.from_on, stamp=stamp)
