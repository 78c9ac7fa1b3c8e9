"""The units whose child-protection officer can have a flag, nearest first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.paths import ancestors
from notoneless.rules.protection.concerned import RANK
from notoneless.rules.units import UnitKind

ORDER = (Relation.SCHOOL, Relation.RESIDENCE, Relation.HUKOU)
"""A child's school line; where it has none, where it lives, then where its hukou is."""


def line_of_child(child_id: UUID, *, county_id: UUID, on: date) -> Mapping[UUID, int]:
    """The line of a child on ``on``: its school's, its township's, the bureau; three statements."""
    rows = ChildPlace.objects.filter(standing(on), child=child_id, county=county_id)
    places = list(rows.values_list("relation", "path"))
    for relation in ORDER:
        paths = [path for kind, path in places if kind == relation]
        if paths:
            return _line(paths, county_id=county_id, on=on)
    return _line([], county_id=county_id, on=on)


def line_of_actor(actor: Actor, *, on: date) -> Mapping[UUID, int]:
    """The line of whoever describes a child without a file: his own units'; two or three
    statements."""
    units = {held.unit_id for held in actor.holdings}
    rows = UnitPlace.objects.filter(standing(on), unit__in=units)
    return _line(rows.values_list("path", flat=True), county_id=actor.county_id, on=on)


def paths_of_schools(line: Collection[UUID], *, on: date) -> tuple[str, ...]:
    """The education paths of the schools in a line, whose staff can be named."""
    rows = UnitPlace.objects.filter(
        standing(on), unit__in=line, unit__kind__in=[k.value for k, r in RANK.items() if r == 0]
    )
    return tuple(rows.order_by("line").values_list("path", flat=True))


def _line(paths: Iterable[str], *, county_id: UUID, on: date) -> Mapping[UUID, int]:
    above = {top for path in paths for top in ancestors(path)}
    kinds = [kind.value for kind in RANK]
    rows = UnitPlace.objects.filter(standing(on), path__in=above, unit__kind__in=kinds)
    found = {unit: RANK[UnitKind(kind)] for unit, kind in rows.values_list("unit", "unit__kind")}
    bureaus = Unit.objects.filter(
        Q(active_to=None) | Q(active_to__gt=on), county=county_id, kind=UnitKind.BUREAU
    )
    return found | dict.fromkeys(bureaus.values_list("pk", flat=True), RANK[UnitKind.BUREAU])
