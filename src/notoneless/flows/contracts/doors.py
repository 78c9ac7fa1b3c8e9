"""Opens one contract for an act: seen, locked, possible now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.contracts.models import Contract
from notoneless.contracts.queries.doors import contracts_seen, kept_units
from notoneless.contracts.queries.listing import standing_of
from notoneless.flows.contracts.refusals import NotNow
from notoneless.places.queries import paths_of
from notoneless.rules.contracts.states import Act, may
from notoneless.rules.paths import Line, line_of
from notoneless.rules.roles import Capability


def locked(actor: Actor, contract_id: UUID, *, today: date) -> Contract:
    """A contract that the actor may open, locked. Raises ``Contract.DoesNotExist``."""
    seen = contracts_seen(actor, on=today).filter(pk=contract_id).values("pk")
    return Contract.objects.select_for_update(of=("self",)).get(pk__in=seen)


def must_be_possible(contract: Contract, act: Act, *, today: date) -> None:
    """Raise ``NotNow`` unless ``act`` may follow what the contract is today."""
    now = standing_of(contract, today=today)
    if not may(act, now):
        raise NotNow(standing=now.value)


def opened(actor: Actor, contract_id: UUID, act: Act, *, today: date) -> Contract:
    """A contract locked for an act of whoever keeps it on the side of A.

    Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``.
    """
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    must_be_possible(contract, act, today=today)
    return contract


@dataclass(frozen=True, slots=True)
class Keeping:
    """What the actor may do to a contract besides signing his own line."""

    keeps: bool
    """He keeps contracts at party A, or above it in their line."""
    keeps_bound: bool
    """He keeps those of the unit that is bound."""


def keeping(actor: Actor, contract: Contract, *, today: date) -> Keeping:
    """Whose contract it is to keep; one statement."""
    paths = [
        path
        for path in paths_of(contract.unit_a_id, on=today)
        if line_of(path) is Line(contract.line)
    ]
    keeps = any(actor.may(Capability.KEEP_CONTRACTS, at=path) for path in paths)
    return Keeping(keeps, contract.unit_b_id in kept_units(actor))


def must_keep(actor: Actor, contract: Contract, *, today: date) -> None:
    """Raise ``NotAllowed`` unless the actor keeps the contract on the side of A."""
    if not keeping(actor, contract, today=today).keeps:
        raise NotAllowed(capability=Capability.KEEP_CONTRACTS.value)
