"""Which school, township and village have to do with a child's case."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.children.models import ChildPlace
from notoneless.children.models.places import Relation
from notoneless.flows.contacts.whom import ChildAt, where_they_are
from notoneless.flows.duties.gathering import school_class
from notoneless.places.models import UnitPlace
from notoneless.rules.cases.facts import Around
from notoneless.rules.paths import Line, ancestors, line_of
from notoneless.rules.units import UnitKind

_TOWNSHIPS = frozenset({UnitKind.TOWNSHIP, UnitKind.EDUCATION_OFFICE})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a child stands today, with the units that its case concerns."""

    at: ChildAt
    around: Around
    paths: tuple[str, ...]
    """Where the child is registered and where its home is: whoever stands above has a say."""

    @property
    def school(self) -> SchoolStanding:
        return self.at.school


def surroundings(
    child_ids: Collection[UUID], *, county_id: UUID, today: date
) -> dict[UUID, Surroundings]:
    """The surroundings of those of the children who are registered at a school.

    Township and village are those of the home, where it is known and lies in the county; else the
    township of the school. Three statements, one more the first time for each school.
    """
    places = where_they_are(child_ids, county_id=county_id, today=today)
    homes = _homes(places, today=today)
    paths = {at: homes.get(at) or _government(places[at].paths) for at in places}
    units = _units_on({path for path in paths.values() if path})
    found = {}
    for child_id, at in places.items():
        line = _line(paths[child_id], units)
        of = school_class(at.school, at.class_id or at.school_id)
        found[child_id] = Surroundings(
            at,
            Around(
                of=of,
                township_id=next((u for u, k in line if k in _TOWNSHIPS), None),
                village_id=next((u for u, k in line if k is UnitKind.VILLAGE), None),
                community_id=next((u for u, k in line if k is UnitKind.COMMUNITY), None),
            ),
            tuple(dict.fromkeys([*at.paths, *filter(None, [homes.get(child_id, "")])])),
        )
    return found


def _homes(child_ids: Iterable[UUID], *, today: date) -> dict[UUID, str]:
    """The path of each child's home in the government line; where it lives before its hukou."""
    rows = ChildPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=today),
        child__in=list(child_ids),
        relation__in=(Relation.RESIDENCE, Relation.HUKOU),
        line=Line.GOVERNMENT,
        from_on__lte=today,
    ).order_by("relation")  # hukou first, so that residence overwrites it
    return {row.child_id: row.path for row in rows}


def _government(paths: Iterable[str]) -> str:
    return next((path for path in paths if line_of(path) is Line.GOVERNMENT), "")


def _units_on(paths: Collection[str]) -> dict[str, tuple[UUID, UnitKind]]:
    steps = {step for path in paths for step in ancestors(path)}
    rows = UnitPlace.objects.filter(path__in=steps, to_on=None)
    return {
        path: (unit, UnitKind(kind))
        for path, unit, kind in rows.values_list("path", "unit", "unit__kind")
    }


def _line(path: str, units: Mapping[str, tuple[UUID, UnitKind]]) -> list[tuple[UUID, UnitKind]]:
    return [units[step] for step in ancestors(path) if step in units] if path else []
