"""Where the schools of a county stand, and which of their classes call the roll."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from notoneless.access.actor import Actor
from notoneless.attendance.queries.members import (
    STANDING_COLUMNS,
    SchoolStanding,
    paths_in,
    registered_on,
    school_in,
    standing_columns,
)
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.remembered import remember_calendars
from notoneless.policy.queries.many import remember_policies
from notoneless.rules.paths import below, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS


@dataclass(frozen=True, slots=True)
class ClassStanding:
    """A class with children on a day."""

    id: UUID
    name: str
    """Its number within the grade."""
    entered_in: int
    stage: str
    school_id: UUID
    school_name: str
    paths: tuple[str, ...]
    enrolled: int
    boarders: int


def school_standings(
    county_id: UUID, *, on: date, only: Collection[UUID] | None = None
) -> list[SchoolStanding]:
    """Every active school of the county, or those of ``only``; one statement.

    Calendars and policies of many that this process was not asked about yet are read together.
    """
    schools = Unit.objects.filter(
        Q(active_to=None) | Q(active_to__gt=on), county=county_id, kind__in=SCHOOLS
    )
    if only is not None:
        schools = schools.filter(pk__in=list(only))
    rows = (
        schools.annotate(**standing_columns(OuterRef("pk"), county_id=county_id))
        .order_by("pk")
        .values("pk", *STANDING_COLUMNS)
    )
    found = [school_in(row, row["pk"], up=0) for row in rows]
    asked = {school.school_id: (school.paths, school.calendar_mark) for school in found}
    remember_calendars(asked, county_id=county_id, on=on)
    remember_policies((s.standing for s in found if s.is_placed), county_id=county_id, on=on)
    return found


def standing_of_school(school_id: UUID, *, county_id: UUID) -> SchoolStanding:
    """One school; one statement. Raises ``Unit.DoesNotExist``."""
    row: Any = (
        Unit.objects.filter(pk=school_id, county=county_id, kind__in=SCHOOLS)
        .annotate(**standing_columns(OuterRef("pk"), county_id=county_id))
        .values("pk", *STANDING_COLUMNS)
        .get()
    )
    return school_in(row, row["pk"], up=0)


def classes_with_children(
    actor: Actor,
    *,
    day: date,
    school_id: UUID | None = None,
    class_ids: Collection[UUID] | None = None,
    to: Capability = Capability.SEE_CHILDREN,
) -> list[ClassStanding]:
    """Classes in reach that had children on ``day``, by school, grade and number; one statement.

    ``school_id`` or ``class_ids`` narrow it. Reach is judged by where classes stand today.
    """
    rows = (
        registered_on(day)
        .filter(county=actor.county_id, school_class__in=units_in_reach(actor, to))
        .exclude(school_class=None)
    )
    if school_id is not None:
        rows = rows.filter(school=school_id)
    if class_ids is not None:
        rows = rows.filter(school_class__in=list(class_ids))
    found = (
        rows.values("school_class", "school")
        .annotate(
            enrolled=Count("pk"),
            boarders=Count("pk", filter=Q(child__is_boarding=True)),
            number=Subquery(_class("name")),
            entered=Subquery(_class("entered_in")),
            stage=Subquery(_class("stage")),
            school_name=Subquery(Unit.objects.filter(pk=OuterRef("school")).values("name")),
            **_paths(actor.county_id),
        )
        .order_by()
    )
    classes = [
        ClassStanding(
            row["school_class"],
            row["number"],
            row["entered"],
            row["stage"],
            row["school"],
            row["school_name"],
            paths_in(row),
            row["enrolled"],
            row["boarders"],
        )
        for row in found
    ]
    return sorted(classes, key=_in_school_order)


def units_in_reach(
    actor: Actor, to: Capability = Capability.SEE_CHILDREN
) -> QuerySet[UnitPlace, Any]:
    """Subquery: the units at or below which the actor holds ``to`` today."""
    ranges = Q(pk__in=[])
    for top in actor.reach(to):
        low, high = below(top)
        ranges |= Q(path__gte=low, path__lt=high)
    rows: QuerySet[UnitPlace, Any] = UnitPlace.objects.filter(ranges, to_on=None).values("unit")
    return rows


def _class(column: str) -> QuerySet[Unit, Any]:
    rows: QuerySet[Unit, Any] = Unit.objects.filter(pk=OuterRef("school_class")).values(column)
    return rows


def _paths(county_id: UUID) -> dict[str, Any]:
    columns = standing_columns(OuterRef("school_class"), county_id=county_id)
    return {name: columns[name] for name in ("path_e", "path_g")}


def _in_school_order(row: ClassStanding) -> tuple[str, bool, int, int, str]:
    number = int(row.name) if row.name.isdigit() else 99
    return (row.school_name, row.stage == "junior", -row.entered_in, number, row.name)


def school_seen(actor: Actor, school_id: UUID) -> SchoolStanding:
    """A school that lies wholly in the actor's reach; one statement.

    Raises ``Unit.DoesNotExist``.
    """
    school = standing_of_school(school_id, county_id=actor.county_id)
    tops = actor.reach(Capability.SEE_CHILDREN)
    if not any(is_below(path, top) for path in school.paths for top in tops):
        raise Unit.DoesNotExist
    return school
