"""Say under which telephone an office is reached; its papers print it (R-017, R-299)."""

from __future__ import annotations

from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.access.reach import day_of, must_see
from notoneless.journal.services import Stamp
from notoneless.places.queries.units import home_path
from notoneless.places.services import telephones
from notoneless.rules.roles import Capability
from notoneless.rules.telephones import Telephone

KEEPERS = (Capability.MANAGE_UNITS, Capability.ISSUE_PAPERS)
"""Who administers the unit, and who signs its papers."""


def may_keep_telephone(actor: Actor, *, home_path: str) -> bool:
    """Whether the actor says how the unit that stands at ``home_path`` is reached."""
    return any(actor.may(capability, at=home_path) for capability in KEEPERS)


def save_telephone(
    unit_id: UUID, wanted: Telephone, *, basis: UUID | None, actor: Actor, stamp: Stamp
) -> UUID:
    """Let a unit be reached as ``wanted`` from now on; answers the row's id.

    Raises ``NotAllowed``, ``NotANumber``, ``NoTelephoneHere``, ``StaleVersion``;
    ``Unit.DoesNotExist`` out of reach.
    """
    must_keep_telephone(actor, unit_id, stamp=stamp)
    return telephones.save_telephone(unit_id, wanted, basis=basis, stamp=stamp).pk


def must_keep_telephone(actor: Actor, unit_id: UUID, *, stamp: Stamp) -> None:
    """Raise ``NotAllowed`` unless ``may_keep_telephone``; ``Unit.DoesNotExist`` out of reach."""
    on = day_of(stamp)
    must_see(actor, unit_id, on=on)
    if not may_keep_telephone(actor, home_path=home_path(unit_id, on=on)):
        raise NotAllowed(capability=Capability.MANAGE_UNITS.value)
