"""Reads under which telephones units are reached (R-017)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notoneless.places.models import Person, UnitTelephone
from notoneless.rules.telephones import Telephone


@dataclass(frozen=True, slots=True)
class TelephoneFacts:
    """How a unit is reached, by one saving."""

    id: UUID
    unit_id: UUID
    unit_name: str
    told: Telephone
    recorded_at: datetime
    is_standing: bool
    by_name: str = ""


def telephone_of(unit_id: UUID) -> TelephoneFacts | None:
    """What stands; ``None`` where nobody has said. One statement."""
    return telephones_of([unit_id]).get(unit_id)


def telephones_of(unit_ids: Iterable[UUID]) -> dict[UUID, TelephoneFacts]:
    """What stands for those of the units that have one; one statement."""
    rows = UnitTelephone.objects.filter(unit__in=list(unit_ids), superseded_at=None)
    return {row.unit_id: _facts(row) for row in rows.select_related("unit")}


def telephone_history(unit_id: UUID) -> list[TelephoneFacts]:
    """Every saving, newest first, with who saved it; two statements."""
    rows = list(
        UnitTelephone.objects.filter(unit=unit_id)
        .select_related("unit")
        .order_by("-recorded_at", "-pk")
    )
    people = Person.objects.in_bulk({row.recorded_by for row in rows if row.recorded_by})
    return [
        _facts(row, by.name if row.recorded_by and (by := people.get(row.recorded_by)) else "")
        for row in rows
    ]


def _facts(row: UnitTelephone, by_name: str = "") -> TelephoneFacts:
    return TelephoneFacts(
        id=row.pk,
        unit_id=row.unit_id,
        unit_name=row.unit.name,
        told=Telephone(row.phone, row.contact, row.address),
        recorded_at=row.recorded_at,
        is_standing=row.superseded_at is None,
        by_name=by_name,
    )
