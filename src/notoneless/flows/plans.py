"""Implementation plans, and which units lack a valid leading group or a plan (R-004)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.reach import day_of, must_at, must_see
from notoneless.flows.groups import checks_below
from notoneless.journal.services import Stamp
from notoneless.places.queries.groups import GroupCheck
from notoneless.places.queries.plans import PlanFacts, plans_of
from notoneless.places.services import plans
from notoneless.places.services.plans import PlanWanted
from notoneless.rules.plans import NEED_PLAN
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import school_year_of

OF_OWN_VILLAGE = frozenset({Role.VILLAGE_HEAD, Role.VILLAGE_OFFICER})
"""Whoever holds such a post writes the plan of that very unit, and nothing else of it."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """One unit's leading group and its plan of the year."""

    check: GroupCheck
    plan: PlanFacts | None

    @property
    def needs_plan(self) -> bool:
        return self.check.place.kind in NEED_PLAN

    @property
    def has_plan(self) -> bool:
        return self.plan is not None and self.plan.is_valid

    @property
    def is_ready(self) -> bool:
        return self.check.is_valid and (self.has_plan or not self.needs_plan)


def may_plan(actor: Actor, unit_id: UUID, *, home_path: str) -> bool:
    """Whether the actor keeps the plan of the unit that stands at ``home_path``."""
    if actor.may(Capability.MANAGE_COVERAGE, at=home_path):
        return True
    return any(h.unit_id == unit_id and h.role in OF_OWN_VILLAGE for h in actor.holdings)


def must_plan(actor: Actor, unit_id: UUID, *, on: date) -> None:
    """Raise ``NotAllowed`` unless ``may_plan``; ``Unit.DoesNotExist`` out of reach."""
    must_see(actor, unit_id, on=on)
    if not any(h.unit_id == unit_id and h.role in OF_OWN_VILLAGE for h in actor.holdings):
        must_at(actor, Capability.MANAGE_COVERAGE, unit_id, on=on)


def save_plan(
    unit_id: UUID, wanted: PlanWanted, *, basis: UUID | None, actor: Actor, stamp: Stamp
) -> UUID:
    """Enter or change a unit's plan of a year; answers its row's id.

    Raises ``NotAllowed``, ``NoApprover``, ``NoPlanHere``, ``StaleVersion``;
    ``Unit.DoesNotExist`` out of reach.
    """
    must_plan(actor, unit_id, on=day_of(stamp))
    return plans.save_plan(unit_id, wanted, basis=basis, stamp=stamp).pk


def withdraw_plan(
    unit_id: UUID,
    school_year: int,
    *,
    reason: str,
    basis: UUID,
    actor: Actor,
    stamp: Stamp,
) -> None:
    """Withdraw a unit's plan of a year. Raises as ``save_plan``, and ``PlanWithdrawn``."""
    must_plan(actor, unit_id, on=day_of(stamp))
    plans.withdraw_plan(unit_id, school_year, reason=reason, basis=basis, stamp=stamp)


def readiness_below(paths: Iterable[str], *, county_id: UUID, today: date) -> list[Readiness]:
    """Units at or below ``paths`` that need a leading group, with this school year's plan.

    Those that lack one or the other come first (R-004). A constant number of statements.
    """
    checks = checks_below(paths, county_id=county_id, on=today)
    standing = plans_of([c.place.id for c in checks], school_year_of(today))
    rows = [Readiness(check, standing.get(check.place.id)) for check in checks]
    return sorted(rows, key=lambda r: (r.is_ready, r.check.place.kind.value, r.check.place.name))
