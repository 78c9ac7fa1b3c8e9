"""What decided faults say about the losses of a county; consequences and targets read it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from notoneless.oversight.models import FaultDecision
from notoneless.rules.faults.kinds import FaultState, LinkKind, Outcome


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands decided about one dropout case."""

    is_concealed: bool = False
    """It was hidden, or its figures were false."""
    is_teacher_caused: bool = False
    """Conduct of school staff made the child stay away."""


def marks_of(county_id: UUID, *, case_ids: Collection[UUID]) -> dict[UUID, Marks]:
    """The marks of dropout cases, by case; cases without any are left out. One statement.

    Only faults that were decided and upheld count: nothing raised, proposed or withdrawn, nothing
    that a review overturned, and nothing while a review is under way. Raises nothing.
    """
    rows = FaultDecision.objects.filter(
        county=county_id,
        outcome=Outcome.UPHELD,
        superseded_at=None,
        fault__links__kind=LinkKind.CASE,
        fault__links__target_id__in=list(case_ids),
    ).exclude(fault__state__in=[FaultState.APPEALED, FaultState.WITHDRAWN])
    found: dict[UUID, Marks] = {}
    for case, conceals, is_cause in rows.values_list(
        F("fault__links__target_id"), "conceals", "is_cause"
    ):
        known = found.get(case, Marks())
        found[case] = Marks(known.is_concealed or conceals, known.is_teacher_caused or is_cause)
    return {case: marks for case, marks in found.items() if marks != Marks()}
