"""Who the second person may be: at the level that the policy names, neither bearer nor maker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol
from uuid import UUID

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.consequences.queries.settlements import LineRow
from notoneless.flows.consequences.refusals import ApproverElsewhere, OneBearsIt, OneMadeIt
from notoneless.places.queries.units import paths_of
from notoneless.policy.queries.inforce import kept_policy
from notoneless.rules.paths import is_below
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import SCHOOLS, UnitKind

APPROVER = "reward_penalty_approver"
CONFIRM = Capability.CONFIRM_SETTLEMENT


class Approvable(Protocol):
    """A settlement, as a table's row or as a page shows it."""

    @property
    def unit_id(self) -> UUID: ...
    @property
    def made_by_id(self) -> UUID: ...
    @property
    def policy(self) -> str: ...


def must_approve(
    actor: Actor, settlement: Approvable, lines: Iterable[LineRow], *, today: date
) -> None:
    """Raise why the actor is not the second person for these lines.

    ``NotAllowed``; ``OneMadeIt`` for who had it computed; ``OneBearsIt`` for a bearer, and for the
    head of a unit that bears one; ``ApproverElsewhere`` below the level that the policy names.
    """
    paths = paths_of(settlement.unit_id, on=today)
    held = [
        each
        for each in actor.holdings
        if CONFIRM in each.capabilities and any(is_below(path, each.path) for path in paths)
    ]
    if not held:
        raise NotAllowed(capability=CONFIRM.value)
    if actor.person_id == settlement.made_by_id:
        raise OneMadeIt()
    lines = list(lines)
    if is_bearer(actor, lines) or any(heads(actor, line.bearing_unit_id) for line in lines):
        raise OneBearsIt()
    level = approver_level(kept_policy(settlement.policy))
    if not any(_stands_at(each, level) for each in held):
        raise ApproverElsewhere(level=level)


def may_approve(
    actor: Actor, settlement: Approvable, lines: Iterable[LineRow], *, today: date
) -> bool:
    """Whether ``must_approve`` lets the actor pass."""
    try:
        must_approve(actor, settlement, lines, today=today)
    except Refusal:
        return False
    return True


def approver_level(policy: ResolvedPolicy) -> str:
    """``principal``, ``centre_school`` or ``county_bureau``; the principal where the policy says
    nothing, and anybody above him."""
    return policy.choice(APPROVER) if policy.is_on(APPROVER) else "principal"


def is_bearer(actor: Actor, lines: Iterable[LineRow]) -> bool:
    """Whether the actor bears one of the lines himself."""
    return actor.person_id is not None and any(line.person_id == actor.person_id for line in lines)


def heads(actor: Actor, unit_id: UUID | None) -> bool:
    """Whether the actor answers for a unit that bears a line: a class teacher for the class, a
    principal for the school."""
    answering = {Role.PRINCIPAL, Role.HOMEROOM_TEACHER, Role.GRADE_HEAD}
    return unit_id is not None and any(
        held.unit_id == unit_id and held.role in answering for held in actor.holdings
    )


def _stands_at(held: Holding, level: str) -> bool:
    if level == "county_bureau":
        return held.unit_kind is UnitKind.BUREAU
    return level == "principal" or held.unit_kind not in SCHOOLS
