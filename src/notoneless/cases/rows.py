"""Stored cases as the values that rules look at."""

from __future__ import annotations

from notoneless.cases.models import CaseStep
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, StepKind


def fact_of(row: CaseStep) -> StepFact:
    """A stored step as rules see it."""
    return StepFact(
        id=row.pk,
        kind=StepKind(row.kind),
        on=row.happened_on,
        hour=row.hour,
        level=Level(row.level),
        unit_id=row.unit_id,
        by=row.by_id,
        paper_id=row.paper_id,
        deadline_on=row.deadline_on,
        answers=row.answers_id,
        said=row.said,
    )
