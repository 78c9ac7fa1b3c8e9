"""Reads units' implementation plans (R-004)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notoneless.places.models import ImplementationPlan, Person
from notoneless.rules.plans import VALID, PlanState


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as it was saved once; ``is_standing`` of what holds now."""

    id: UUID
    unit_id: UUID
    school_year: int
    title: str
    goals: str
    approver: str
    state: PlanState
    reason: str
    recorded_at: datetime
    recorded_by: UUID | None
    is_standing: bool
    by_name: str = ""

    @property
    def is_valid(self) -> bool:
        """Whether the unit has a plan by it: handed in or approved, neither draft nor withdrawn."""
        return self.is_standing and self.state in VALID


def plan_of(unit_id: UUID, school_year: int) -> PlanFacts | None:
    """What stands as the unit's plan of the year, a withdrawn one too."""
    return plans_of([unit_id], school_year).get(unit_id)


def plans_of(unit_ids: Iterable[UUID], school_year: int) -> dict[UUID, PlanFacts]:
    """What stands as the plan of each unit in the year; one statement."""
    rows = ImplementationPlan.objects.filter(
        unit__in=list(unit_ids), school_year=school_year, superseded_at=None
    )
    return {row.unit_id: _facts(row) for row in rows}


def plan_history(unit_id: UUID) -> list[PlanFacts]:
    """Every row of the unit's plans, newest first, with who saved it; two statements."""
    rows = list(ImplementationPlan.objects.filter(unit=unit_id).order_by("-recorded_at", "-pk"))
    people = Person.objects.in_bulk({row.recorded_by for row in rows if row.recorded_by})
    return [
        _facts(row, by.name if row.recorded_by and (by := people.get(row.recorded_by)) else "")
        for row in rows
    ]


def _facts(row: ImplementationPlan, by_name: str = "") -> PlanFacts:
    return PlanFacts(
        id=row.pk,
        unit_id=row.unit_id,
        school_year=row.school_year,
        title=row.title,
        goals=row.goals,
        approver=row.approver,
        state=PlanState(row.state),
        reason=row.reason,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        is_standing=row.superseded_at is None,
        by_name=by_name,
    )
