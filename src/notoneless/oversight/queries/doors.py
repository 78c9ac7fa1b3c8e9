"""Who may open which matter of accountability."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.oversight.models import Fault
from notoneless.places.queries.units import paths_of, unit_ids_below
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability

HEARS = Capability.RAISE_FAULTS
DECIDES = Capability.DECIDE_FAULTS
EITHER = (HEARS, DECIDES)


class Door(StrEnum):
    """As what somebody sees a matter."""

    OWN = "own"
    """He is the person charged: never who complained, whatever posts he holds."""
    HEARER = "hearer"
    DECIDER = "decider"


def faults_seen(actor: Actor, *, on: date) -> QuerySet[Fault]:
    """Every matter that the actor may open: his own, and those within the reach of his posts."""
    own = Q(person=actor.person_id) if actor.person_id else Q(pk__in=[])
    reached = Q(pk__in=[])
    for capability in EITHER:
        reached |= _reached(actor, capability, on=on)
    return Fault.objects.filter(own | reached, county=actor.county_id)


def faults_of_others(actor: Actor, capability: Capability, *, on: date) -> QuerySet[Fault]:
    """Matters of other people in which the actor may act with ``capability``."""
    rows = Fault.objects.filter(_reached(actor, capability, on=on), county=actor.county_id)
    return rows.exclude(person=actor.person_id)


def door_of(actor: Actor, fault: Fault, *, on: date) -> frozenset[Door]:
    """As what the actor sees a matter that ``faults_seen`` let through; one statement."""
    if fault.person_id == actor.person_id:
        return frozenset({Door.OWN})
    paths = paths_of(fault.unit_id, on=on)
    found = set()
    for capability, door in ((HEARS, Door.HEARER), (DECIDES, Door.DECIDER)):
        if acts_at(actor, capability, fault.unit_id, paths, is_head=fault.is_head):
            found.add(door)
    return frozenset(found)


def acts_at(
    actor: Actor,
    capability: Capability,
    unit_id: UUID,
    paths: tuple[str, ...],
    *,
    is_head: bool,
) -> bool:
    """Whether the actor may act about a post at a unit that stands at ``paths``.

    What is held against a unit's head is for those above the unit: nobody judges his own head.
    """
    return any(
        capability in held.capabilities
        and any(is_below(path, held.path) for path in paths)
        and not (is_head and (held.unit_id == unit_id or held.path in paths))
        for held in actor.holdings
    )


def _reached(actor: Actor, capability: Capability, *, on: date) -> Q:
    holdings = [held for held in actor.holdings if capability in held.capabilities]
    found = Q(pk__in=[])
    for held in holdings:
        below = Q(unit__in=unit_ids_below([held.path], on=on))
        found |= below & (Q(is_head=False) | ~Q(unit=held.unit_id))
    return found
