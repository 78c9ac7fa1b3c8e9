"""Say who covers what in the government line (R-008)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Coverage, Person, Unit
from notoneless.places.services.ends import end_rows
from notoneless.rules.coverage import COVERS, Level
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import UnitKind


class LevelNotHere(Refusal):
    """This level does not cover units of this kind."""

    code = "COVER-01"


@dataclass(frozen=True, slots=True)
class CoverageWanted:
    unit_id: UUID
    level: Level
    area: str = ""


@transaction.atomic
def cover(
    wanted: CoverageWanted, *, person_id: UUID | None, on: date, stamp: Stamp
) -> Coverage | None:
    """Make one person cover a unit (or part of it) at a level from ``on``; ``None`` ends it.

    Who covered it before keeps a history. The same person again changes nothing.
    Raises ``LevelNotHere``.
    """
    unit = Unit.objects.select_for_update().get(pk=wanted.unit_id, county=stamp.county_id)
    if UnitKind(unit.kind) not in COVERS.get(wanted.level, frozenset()):
        raise LevelNotHere(unit=unit.name)
    standing = unit.coverages.filter(level=wanted.level, area=wanted.area, to_on=None).first()
    if standing and standing.person_id == person_id:
        return standing
    if standing:
        end_rows("coverage.ended", [standing], on=on, stamp=stamp)
    if person_id is None:
        return None
    row = Coverage.objects.create(
        unit=unit,
        level=wanted.level,
        area=wanted.area,
        person=Person.objects.get(pk=person_id, county=stamp.county_id, left_on=None),
        from_on=on,
    )
    record("coverage.begun", row, subject=("unit", unit.pk), happened_on=on, stamp=stamp)
    return row
