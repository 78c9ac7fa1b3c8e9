"""What classes are called and where they stand, for lists of children."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from notoneless.access.actor import Actor
from notoneless.attendance.queries.members import CHILD, registered_on
from notoneless.attendance.queries.schools import units_in_reach
from notoneless.children.models import Child
from notoneless.children.queries.units import ClassName, class_name
from notoneless.places.models import UnitPlace
from notoneless.rules.paths import Line, ancestors, below, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import Stage


@dataclass(frozen=True, slots=True)
class ClassAt:
    """A class as lists name it."""

    id: UUID
    name: ClassName
    school_id: UUID
    school_name: str
    paths: tuple[str, ...]
    """Where it stands now, one path a line."""

    @property
    def order(self) -> tuple[str, bool, int, int, str]:
        """Schools by name; in a school by stage, grade and number."""
        number = int(self.name.number) if self.name.number.isdigit() else 99
        return (
            self.school_name,
            self.name.stage is Stage.JUNIOR,
            -self.name.entered_in,
            number,
            self.name.number,
        )


@dataclass(frozen=True, slots=True)
class ChildAt:
    """A child and its class of a day."""

    id: UUID
    name: str
    at: ClassAt


def classes_at(class_ids: Collection[UUID]) -> dict[UUID, ClassAt]:
    """Names, schools and paths of classes; two statements. Closed ones have no path and are left
    out."""
    rows = list(
        UnitPlace.objects.filter(unit__in=set(class_ids), to_on=None)
        .select_related("unit")
        .order_by("line")
    )
    tops = {ancestors(row.path)[-3] for row in rows if row.line == Line.EDUCATION}
    schools = {
        place.path: place.unit
        for place in UnitPlace.objects.filter(path__in=tops, to_on=None).select_related("unit")
    }
    found: dict[UUID, ClassAt] = {}
    for row in rows:
        name, school = class_name(row.unit), None
        if row.line == Line.EDUCATION:
            school = schools.get(ancestors(row.path)[-3])
        if name is None or school is None:
            continue
        paths = tuple(other.path for other in rows if other.unit_id == row.unit_id)
        found[row.unit_id] = ClassAt(row.unit_id, name, school.pk, school.name, paths)
    return found


def child_at(actor: Actor, child_id: UUID, *, on: date) -> ChildAt:
    """A child registered on ``on`` in a class of the actor's reach; four statements.

    Whoever sees a child for another reason (its village, a department) finds nothing here. Raises
    ``Child.DoesNotExist``.
    """
    spell: Any = (
        registered_on(on)
        .annotate(who=CHILD)
        .filter(who=child_id, county=actor.county_id, school_class__in=units_in_reach(actor))
        .values_list("school_class", flat=True)
        .first()
    )
    at = classes_at([spell]).get(spell) if spell else None
    if at is None:
        raise Child.DoesNotExist
    return ChildAt(child_id, names([child_id])[child_id], at)


def class_paths(actor: Actor, child_id: UUID, *, on: date) -> tuple[str, ...]:
    """Where a child's class stands, for what may be done there; empty when it is out of reach."""
    try:
        return child_at(actor, child_id, on=on).at.paths
    except Child.DoesNotExist:
        return ()


def names(child_ids: Collection[UUID]) -> dict[UUID, str]:
    """Names of children that the caller may show; one statement."""
    rows = Child.objects.filter(pk__in=set(child_ids))
    return dict(rows.values_list("pk", "name"))


def units_of_school(
    actor: Actor, school_path: str, to: Capability = Capability.SEE_CHILDREN
) -> QuerySet[UnitPlace, Any]:
    """Subquery: the units of one school at or below which the actor holds ``to`` today."""
    low, high = below(school_path)
    return units_in_reach(actor, to).filter(path__gte=low, path__lt=high)


def may_at(actor: Actor, capability: Capability, at: ClassAt) -> bool:
    """Whether the actor holds ``capability`` at the class, in whatever line he looks down."""
    return any(
        capability in held.capabilities and is_below(path, held.path)
        for held in actor.holdings
        for path in at.paths
    )
