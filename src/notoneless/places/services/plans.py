"""Enter a unit's implementation plan of a school year, hand it in, withdraw it (R-004)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.journal.services import Stamp, record
from notoneless.places.models import ImplementationPlan, Unit
from notoneless.places.services.units import StaleVersion
from notoneless.rules.plans import MAY_PLAN, PlanState
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import UnitKind


class NoApprover(Refusal):
    """An approved plan says who approved it."""

    code = "PLAN-01"


class NoPlanHere(Refusal):
    """Units of this kind have no plan of their own."""

    code = "PLAN-02"


class PlanWithdrawn(Refusal):
    """There is no plan left to withdraw."""

    code = "PLAN-03"


@dataclass(frozen=True, slots=True)
class PlanWanted:
    """A plan as the page shows it when it is saved."""

    school_year: int
    title: str
    goals: str
    state: PlanState
    approver: str = ""


@transaction.atomic
def save_plan(
    unit_id: UUID, wanted: PlanWanted, *, basis: UUID | None, stamp: Stamp
) -> ImplementationPlan:
    """Make the unit's plan of a year be as ``wanted``; what it was before keeps its row.

    ``basis`` is the row that the page was made from, ``None`` when there was none. The same words
    again change nothing. Raises ``NoApprover``, ``NoPlanHere``, ``StaleVersion``.
    """
    unit = _locked(unit_id, stamp)
    if UnitKind(unit.kind) not in MAY_PLAN:
        raise NoPlanHere(unit=unit.name)
    if wanted.state is PlanState.APPROVED and not wanted.approver:
        raise NoApprover()
    standing = _standing(unit, wanted.school_year)
    if standing and _is_same(standing, wanted):
        return standing
    if (standing.pk if standing else None) != basis:
        raise StaleVersion(what=unit.name)
    approver = wanted.approver if wanted.state is PlanState.APPROVED else ""
    row = ImplementationPlan(
        county_id=stamp.county_id,
        unit=unit,
        school_year=wanted.school_year,
        title=wanted.title,
        goals=wanted.goals,
        state=wanted.state,
        approver=approver,
    )
    return _put(row, standing, stamp)


@transaction.atomic
def withdraw_plan(
    unit_id: UUID, school_year: int, *, reason: str, basis: UUID, stamp: Stamp
) -> ImplementationPlan:
    """Withdraw the unit's plan of a year. Raises ``PlanWithdrawn``, ``StaleVersion``."""
    unit = _locked(unit_id, stamp)
    standing = _standing(unit, school_year)
    if standing is None or standing.state == PlanState.WITHDRAWN:
        raise PlanWithdrawn(unit=unit.name)
    if standing.pk != basis:
        raise StaleVersion(what=unit.name)
    row = ImplementationPlan(
        county_id=stamp.county_id,
        unit=unit,
        school_year=school_year,
        title=standing.title,
        goals=standing.goals,
        state=PlanState.WITHDRAWN,
        reason=reason,
    )
    return _put(row, standing, stamp)


def _locked(unit_id: UUID, stamp: Stamp) -> Unit:
    return Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)


def _standing(unit: Unit, school_year: int) -> ImplementationPlan | None:
    rows = ImplementationPlan.objects.filter(unit=unit, school_year=school_year)
    return rows.filter(superseded_at=None).first()


def _is_same(row: ImplementationPlan, wanted: PlanWanted) -> bool:
    approver = wanted.approver if wanted.state is PlanState.APPROVED else ""
    was = (row.title, row.goals, row.state, row.approver)
    return was == (wanted.title, wanted.goals, wanted.state.value, approver)


def _put(
    row: ImplementationPlan, standing: ImplementationPlan | None, stamp: Stamp
) -> ImplementationPlan:
    on = timezone.localtime(stamp.now).date()
    subject = ("unit", row.unit_id)
    if standing is not None:
        standing.superseded_at = stamp.now
        standing.save(update_fields=["superseded_at"])
        record("plan.superseded", standing, subject=subject, happened_on=on, stamp=stamp)
    row.recorded_at, row.recorded_by = stamp.now, stamp.by
    row.save(force_insert=True)
    record(f"plan.{row.state}", row, subject=subject, happened_on=on, stamp=stamp)
    return row
