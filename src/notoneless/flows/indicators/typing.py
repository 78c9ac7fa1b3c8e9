"""Who may enter headcounts by hand, and for which places."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from notoneless.access.actor import Actor
from notoneless.flows.overview.units import ABOVE_CLASSES, WHOLE_COUNTY
from notoneless.journal.services import Stamp
from notoneless.numbers.queries.tree import TreeUnit, tree_of
from notoneless.numbers.queries.typed import Typed, typed_counts
from notoneless.numbers.services.typed import NewTyped, write_typed
from notoneless.places.models import Unit
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability

CLERKS = Capability.IMPORT_ROSTERS
"""Whoever brings the lists of a place answers for its headcounts."""


def may_type_for(actor: Actor) -> None:
    """Raise ``NotAllowed`` for somebody who brings no lists."""
    actor.must(CLERKS)


def places_to_type(actor: Actor, *, today: date) -> list[TreeUnit]:
    """The schools, centres, townships and counties for which the actor may enter headcounts: those
    above first, then by name. One statement while no unit has changed."""
    tree = tree_of(actor.county_id, Period(today, today))
    reach = actor.reach(CLERKS)
    kinds = ABOVE_CLASSES | WHOLE_COUNTY
    found = {
        unit.id: unit
        for path, unit in sorted(tree.units.items())
        if unit.kind in kinds and any(is_below(path, top) for top in reach)
    }
    return sorted(found.values(), key=lambda unit: (len(unit.path), unit.name))


def typed_seen(actor: Actor, units: Collection[TreeUnit]) -> list[Typed]:
    """What stands entered for these units, newest year first; one statement."""
    ids = {unit.id for unit in units}
    return [typed for typed in typed_counts(actor.county_id) if typed.unit_id in ids]


def type_count(actor: Actor, new: NewTyped, *, today: date, stamp: Stamp) -> None:
    """Enter a headcount. Raises ``NotAllowed``, ``Unit.DoesNotExist`` out of reach."""
    may_type_for(actor)
    if new.unit_id not in {unit.id for unit in places_to_type(actor, today=today)}:
        raise Unit.DoesNotExist
    write_typed(new, stamp=stamp)
