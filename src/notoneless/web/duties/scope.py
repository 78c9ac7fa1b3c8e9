"""Whose duties a reader may look at besides his own."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.queries.units import schools_in_reach
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

ABOVE_CLASSES = frozenset(
    {
        *SCHOOLS,
        UnitKind.GRADE,
        UnitKind.CENTRE_SCHOOL,
        UnitKind.TOWNSHIP,
        UnitKind.EDUCATION_OFFICE,
        UnitKind.BUREAU,
    }
)


def sees_units(actor: Actor) -> bool:
    """Whether the reader looks after more than the classes that he teaches."""
    return any(
        Capability.SEE_CHILDREN in held.capabilities and held.unit_kind in ABOVE_CLASSES
        for held in actor.holdings
    )


def units_named(actor: Actor, *, on: date) -> list[tuple[UUID, str]]:
    """The schools that a list can be narrowed to, by name; none for whoever has just one."""
    if not sees_units(actor):
        return []
    schools = schools_in_reach(actor, on=on)
    return [(school.id, school.name) for school in schools] if len(schools) > 1 else []
