"""Reads units, people and posts; rows in, plain values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.paths import Line, ancestors, below
from notoneless.rules.units import UnitKind


def county_by_code(code: str) -> UUID | None:
    """The county with this six-digit division code, if it has been founded."""
    return Unit.objects.filter(kind=UnitKind.COUNTY, code=code).values_list("pk", flat=True).first()


def counties() -> list[tuple[UUID, str, str]]:
    """Every county: id, code, name, in the order of codes."""
    rows = Unit.objects.filter(kind=UnitKind.COUNTY).order_by("code")
    return [(unit.pk, unit.code, unit.name) for unit in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit where it stands in one line on a day."""

    id: UUID
    kind: UnitKind
    name: str
    path: str


def paths_of(unit_id: UUID, *, on: date) -> tuple[str, ...]:
    """The unit's paths on ``on``, one per line in which it stands; for ``actor.must(at=…)``."""
    rows = UnitPlace.objects.filter(_standing(on), unit=unit_id).order_by("line")
    return tuple(rows.values_list("path", flat=True))


def chain_above(unit_id: UUID, line: Line, *, on: date) -> list[Place]:
    """The units above in ``line`` on ``on``, topmost first, the unit itself last; two statements.

    Empty when the unit has no place in that line.
    """
    path = (
        UnitPlace.objects.filter(_standing(on), unit=unit_id, line=line)
        .values_list("path", flat=True)
        .first()
    )
    if path is None:
        return []
    rows = UnitPlace.objects.filter(_standing(on), path__in=ancestors(path))
    return _places(rows.order_by("path"))


def units_below(paths: Iterable[str], *, on: date, kinds: Iterable[UnitKind] = ()) -> list[Place]:
    """Units at or below any of ``paths`` on ``on``, by path; all kinds when none is named."""
    ranges = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    rows = UnitPlace.objects.filter(_standing(on), ranges)
    if wanted := list(kinds):
        rows = rows.filter(unit__kind__in=wanted)
    return _places(rows.order_by("path"))


def _places(rows: Iterable[UnitPlace]) -> list[Place]:
    if hasattr(rows, "select_related"):
        rows = rows.select_related("unit")
    return [Place(r.unit_id, UnitKind(r.unit.kind), r.unit.name, r.path) for r in rows]


def _standing(on: date) -> Q:
    return Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gt=on))
