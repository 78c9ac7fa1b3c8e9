"""Found, move, describe and close units, with the children's doors below them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import day_of, must_at
from notoneless.children.services.places import has_children, move_branch
from notoneless.journal.services import Stamp
from notoneless.places.models import UnitPlace
from notoneless.places.queries import paths_of
from notoneless.places.services import units
from notoneless.places.services.units import NewUnit
from notoneless.rules.paths import Line
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import home_line


class ChildrenThere(Refusal):
    """Children still belong to the unit."""

    code = "UNIT-08"


class NoParent(Refusal):
    """A new unit needs the unit above it in its home line."""

    code = "UNIT-09"


def found_unit(
    new: NewUnit,
    *,
    parents: Mapping[Line, UUID],
    actor: Actor,
    on: date,
    stamp: Stamp,
) -> UUID:
    """Found a unit under ``parents`` and answer its id.

    The actor administers the parent of its home line; in the other line any unit of the county
    will do. Raises ``NoParent``, ``NotAllowed``, ``CodeTaken``, ``WrongParent``;
    ``Unit.DoesNotExist`` for a parent out of reach.
    """
    above = parents.get(home_line(new.kind)) or next(iter(parents.values()), None)
    if above is None:
        raise NoParent(unit=new.name)
    must_at(actor, Capability.MANAGE_UNITS, above, on=day_of(stamp))
    unit = units.found_unit(new, parents=dict(parents), on=on, stamp=stamp)
    return unit.pk


@transaction.atomic
def move_unit(
    unit_id: UUID, line: Line, *, parent_id: UUID, actor: Actor, on: date, stamp: Stamp
) -> None:
    """Put a unit under another parent from ``on``, with all units and children below it.

    The actor administers both the unit and the new parent. Doors move with it; numbers of earlier
    days keep the earlier tree. Raises ``NotAllowed``, ``WrongParent``, ``UnderItself``,
    ``TooEarly``; ``Unit.DoesNotExist`` out of reach.
    """
    must_at(actor, Capability.MANAGE_UNITS, unit_id, on=day_of(stamp))
    must_at(actor, Capability.MANAGE_UNITS, parent_id, on=day_of(stamp))
    rows = UnitPlace.objects.filter(unit=unit_id, line=line, to_on=None)
    old_path = rows.values_list("path", flat=True).first()
    units.move_unit(unit_id, line, parent_id=parent_id, on=on, stamp=stamp)
    new_path = units.current_path(unit_id, line)
    if old_path is not None and old_path != new_path:
        move_branch(stamp.county_id, old_path=old_path, new_path=new_path, on=on)


def describe_unit(
    unit_id: UUID,
    *,
    version: int,
    actor: Actor,
    today: date,
    stamp: Stamp,
    changes: Mapping[str, object],
) -> None:
    """Correct a unit's name, short name, code, stage or boarding.

    Raises ``StaleVersion``, ``CodeTaken``, ``NotAllowed``; ``Unit.DoesNotExist`` out of reach.
    """
    must_at(actor, Capability.MANAGE_UNITS, unit_id, on=today)
    units.describe_unit(unit_id, version=version, stamp=stamp, **changes)


@transaction.atomic
def close_unit(
    unit_id: UUID, *, version: int, actor: Actor, on: date, today: date, stamp: Stamp
) -> None:
    """Close a unit from ``on``, its posts with it.

    Raises ``ChildrenThere``, ``StillInUse``, ``AlreadyClosed``, ``StaleVersion``, ``NotAllowed``;
    ``Unit.DoesNotExist`` out of reach.
    """
    must_at(actor, Capability.MANAGE_UNITS, unit_id, on=today)
    if has_children(paths_of(unit_id, on=today)):
        raise ChildrenThere(unit=units.unit_name(unit_id))
    units.close_unit(unit_id, version=version, on=on, stamp=stamp)
