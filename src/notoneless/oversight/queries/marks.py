"""What decided faults say about the losses of a county; consequences and targets read it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from notoneless.oversight.models import FaultDecision
from notoneless.rules.consequences.outcome import Marks
from notoneless.rules.faults.kinds import FaultState, LinkKind, Outcome


def marks_of(county_id: UUID, *, case_ids: Collection[UUID]) -> dict[UUID, Marks]:
    """The marks of dropout cases, by case; cases without any are left out. One statement.

    Answerable is who made the child stay away where that was decided, else who hid it; of several
    the one decided first.

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
    # Who caused it comes before who hid it: a charge for the cause must not reach the other.
    for case, conceals, is_cause, person in rows.order_by(
        "-is_cause", "decided_on", "pk"
    ).values_list(F("fault__links__target_id"), "conceals", "is_cause", "fault__person"):
        if not (conceals or is_cause):
            continue
        known = found.get(case, Marks())
        found[case] = Marks(
            known.is_concealed or conceals,
            known.is_teacher_caused or is_cause,
            known.answerable or person,
        )
    return found
