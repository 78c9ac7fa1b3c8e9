"""Enters headcounts by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.numbers.models import TypedCount
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import base_day
from notoneless.rules.units import Stage


@dataclass(frozen=True, slots=True)
class NewTyped:
    """A headcount as somebody read it from an older return or list."""

    unit_id: UUID
    count: Count
    """One of ``BY_HAND``."""
    school_year: int
    """The autumn at whose beginning it was counted."""
    value: int
    source: str
    stage: Stage | None = None
    entered_in: int | None = None
    """Of one cohort; needs its stage."""


@transaction.atomic(savepoint=False)
def write_typed(new: NewTyped, *, stamp: Stamp) -> TypedCount:
    """Write a headcount; the row that stood for the same is superseded, not changed."""
    key = {
        "county_id": stamp.county_id,
        "unit_id": new.unit_id,
        "stage": new.stage.value if new.stage else "",
        "entered_in": new.entered_in or 0,
        "count": new.count.value,
        "school_year": new.school_year,
    }
    counted_on = base_day(new.school_year)
    for row in TypedCount.objects.select_for_update().filter(superseded_at=None, **key):
        _supersede(row, counted_on, stamp=stamp)
    row = TypedCount.objects.create(
        value=new.value, source=new.source, by_id=stamp.by, recorded_at=stamp.now, **key
    )
    _record("count.typed", row, counted_on, stamp=stamp)
    return row


def _supersede(row: TypedCount, counted_on: date, *, stamp: Stamp) -> None:
    row.superseded_at = stamp.now
    row.save(update_fields=["superseded_at"])
    _record("count.superseded", row, counted_on, stamp=stamp)


def _record(kind: str, row: TypedCount, counted_on: date, *, stamp: Stamp) -> None:
    record(kind, row, subject=("unit", row.unit_id), happened_on=counted_on, stamp=stamp)
