"""Schools and classes in somebody's reach, and what a class is called from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.paths import ancestors, below, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, Stage, UnitKind, grade_of


@dataclass(frozen=True, slots=True)
class ClassName:
    """What a class is called from; the words depend on the day and the reader's language."""

    stage: Stage
    entered_in: int
    number: str
    nickname: str = ""

    def grade(self, *, school_year: int) -> int:
        return grade_of(self.stage, self.entered_in, school_year=school_year)


@dataclass(frozen=True, slots=True)
class SchoolUnit:
    id: UUID
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class ClassUnit:
    """An active class with its school."""

    id: UUID
    name: ClassName
    school_id: UUID
    school_name: str
    grade_id: UUID
    path: str
    version: int


def class_name(unit: Unit | None) -> ClassName | None:
    """The name of a class; ``None`` for any other unit."""
    if unit is None or unit.kind != UnitKind.CLASS or unit.entered_in is None:
        return None
    return ClassName(
        Stage(unit.stage or Stage.PRIMARY), unit.entered_in, unit.name, unit.short_name
    )


def schools_in_reach(
    actor: Actor, *, on: date, to: Capability = Capability.SEE_CHILDREN
) -> list[SchoolUnit]:
    """Schools at or below the actor's reach, and those in which a class is in reach, by name."""
    paths = actor.reach(to)
    above = {p for path in paths for p in ancestors(path)}
    rows = _standing(on, actor, Q(path__in=above) | _ranges(paths)).filter(unit__kind__in=SCHOOLS)
    return _schools(rows)


def schools_wholly_in_reach(actor: Actor, *, on: date, to: Capability) -> list[SchoolUnit]:
    """Schools all of whose classes are in reach, by name; one statement."""
    rows = _standing(on, actor, _ranges(actor.reach(to))).filter(unit__kind__in=SCHOOLS)
    return _schools(rows)


def classes_in_reach(
    actor: Actor,
    *,
    on: date,
    to: Capability = Capability.SEE_CHILDREN,
    school_id: UUID | None = None,
) -> list[ClassUnit]:
    """Active classes in reach, by school, grade and number; two statements.

    ``school_id`` keeps those of one school.
    """
    paths = actor.reach(to)
    if school_id is not None:
        own = _standing(on, actor, Q(unit=school_id)).values_list("path", flat=True)
        paths = _overlap(paths, tuple(own))
    rows = _standing(on, actor, _ranges(paths)).filter(unit__kind=UnitKind.CLASS)
    found = {place.unit_id: place for place in rows}
    return _with_schools(found.values(), on=on)


def class_in_reach(
    actor: Actor, class_id: UUID, *, on: date, to: Capability = Capability.SEE_CHILDREN
) -> ClassUnit:
    """One active class in reach; two statements. Raises ``Unit.DoesNotExist``."""
    rows = _standing(on, actor, _ranges(actor.reach(to)) & Q(unit=class_id))
    place = rows.filter(unit__kind=UnitKind.CLASS).first()
    if place is None:
        raise Unit.DoesNotExist()
    return _with_schools([place], on=on)[0]


def school_in_reach(
    actor: Actor, school_id: UUID, *, on: date, to: Capability = Capability.SEE_CHILDREN
) -> SchoolUnit:
    """One school wholly in reach. Raises ``Unit.DoesNotExist``."""
    rows = _standing(on, actor, _ranges(actor.reach(to)) & Q(unit=school_id))
    found = _schools(rows.filter(unit__kind__in=SCHOOLS))
    if not found:
        raise Unit.DoesNotExist()
    return found[0]


def paths_in_reach(
    actor: Actor, unit_id: UUID, *, on: date, to: Capability = Capability.SEE_CHILDREN
) -> tuple[str, ...]:
    """The part of a unit that is in reach, as paths; empty when nothing is."""
    own = _standing(on, actor, Q(unit=unit_id)).values_list("path", flat=True)
    return _overlap(actor.reach(to), tuple(own))


def _overlap(reach: Iterable[str], own: Iterable[str]) -> tuple[str, ...]:
    found = set()
    for top in reach:
        for path in own:
            if is_below(path, top):
                found.add(path)
            elif is_below(top, path):
                found.add(top)
    return tuple(sorted(found))


def _standing(on: date, actor: Actor, which: Q) -> QuerySet[UnitPlace]:
    return UnitPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on), which, from_on__lte=on, unit__county=actor.county_id
    ).select_related("unit")


def _ranges(paths: Iterable[str]) -> Q:
    ranges = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    return ranges


def _schools(rows: QuerySet[UnitPlace]) -> list[SchoolUnit]:
    found: dict[UUID, SchoolUnit] = {}
    for place in rows.order_by("unit__pinyin", "unit__name", "line"):
        found.setdefault(place.unit_id, SchoolUnit(place.unit_id, place.unit.name, place.path))
    return list(found.values())


def _with_schools(places: Iterable[UnitPlace], *, on: date) -> list[ClassUnit]:
    rows = list(places)
    above = {path for place in rows for path in ancestors(place.path)[-3:-1]}
    standing = Q(to_on=None) | Q(to_on__gt=on)
    units = {
        place.path: place.unit
        for place in UnitPlace.objects.filter(standing, path__in=above).select_related("unit")
    }
    classes = []
    for place in rows:
        name = class_name(place.unit)
        school, grade = (units.get(path) for path in ancestors(place.path)[-3:-1])
        if name is None or school is None or grade is None:
            continue
        classes.append(
            ClassUnit(
                place.unit_id,
                name,
                school.pk,
                school.name,
                grade.pk,
                place.path,
                place.unit.version,
            )
        )
    return sorted(classes, key=_in_school_order)


def _in_school_order(school_class: ClassUnit) -> tuple[str, bool, int, int, str]:
    name = school_class.name
    number = int(name.number) if name.number.isdigit() else 99
    is_junior = name.stage is Stage.JUNIOR
    return (school_class.school_name, is_junior, -name.entered_in, number, name.number)
