"""Write hardship alerts, the measures taken, and the way to school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.attendance.models import HardshipAlert, HardshipMeasure, Travel
from notoneless.journal.services import Stamp, record
from notoneless.rules.attendance.travel import Boarding, Way


@dataclass(frozen=True, slots=True)
class NewHardship:
    id: UUID
    """Made when the form was opened; the same id twice is once."""
    child_id: UUID
    on: date
    """The day from which the child could not come on time."""
    difficulty: str


@dataclass(frozen=True, slots=True)
class NewMeasure:
    id: UUID
    on: date
    measure: str


@dataclass(frozen=True, slots=True)
class NewTravel:
    id: UUID
    child_id: UUID
    way: Way
    minutes: int | None
    """One way, as ``metres``."""
    metres: int | None
    boarding: Boarding
    from_on: date
    based_on: UUID | None = None
    """The row that the form was showing."""


@transaction.atomic(savepoint=False)
def write_hardship(new: NewHardship, *, school_id: UUID, stamp: Stamp) -> HardshipAlert:
    """Write that a pupil cannot arrive on time because of family difficulty."""
    alert = HardshipAlert.objects.create(
        pk=new.id,
        county_id=stamp.county_id,
        school_id=school_id,
        child_id=new.child_id,
        on=new.on,
        difficulty=new.difficulty,
        noted_by_id=stamp.by,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    subject = ("child", new.child_id)
    record("hardship.noted", alert, subject=subject, happened_on=new.on, stamp=stamp)
    return alert


@transaction.atomic(savepoint=False)
def write_measure(alert: HardshipAlert, new: NewMeasure, *, stamp: Stamp) -> HardshipMeasure:
    """Write what was done about it."""
    measure = HardshipMeasure.objects.create(
        pk=new.id,
        county_id=stamp.county_id,
        alert=alert,
        on=new.on,
        measure=new.measure,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    subject = ("child", alert.child_id)
    record("hardship.measure", measure, subject=subject, happened_on=new.on, stamp=stamp)
    return measure


@transaction.atomic(savepoint=False)
def write_travel(new: NewTravel, *, before: Travel | None, stamp: Stamp) -> Travel:
    """Write how a child comes to school; ``before``, locked by the caller, is superseded."""
    subject = ("child", new.child_id)
    if before is not None:
        before.superseded_at = stamp.now
        before.save(update_fields=["superseded_at"])
        record("travel.superseded", before, subject=subject, happened_on=new.from_on, stamp=stamp)
    travel = Travel.objects.create(
        pk=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        way=new.way.value,
        minutes=new.minutes,
        metres=new.metres,
        boarding=new.boarding.value,
        from_on=new.from_on,
        noted_by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("travel.noted", travel, subject=subject, happened_on=new.from_on, stamp=stamp)
    return travel
