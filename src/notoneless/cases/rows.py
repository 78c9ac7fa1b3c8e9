"""Stored cases as the values that rules look at."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet

from notoneless.cases.models import CaseStep
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, StepKind

_COLUMNS = (
    *("case", "pk", "kind", "happened_on", "hour", "level"),
    *("unit", "by", "paper_id", "deadline_on", "answers", "said"),
)


def facts_among(rows: QuerySet[CaseStep]) -> Iterator[tuple[UUID, StepFact]]:
    """Steps as rules see them, each with its case, in the order of ``rows``; one statement."""
    for (
        case_id,
        pk,
        kind,
        on,
        hour,
        level,
        unit,
        by,
        paper,
        deadline,
        answers,
        said,
    ) in rows.values_list(*_COLUMNS):
        yield (
            case_id,
            StepFact(
                id=pk,
                kind=StepKind(kind),
                on=on,
                hour=hour,
                level=Level(level),
                unit_id=unit,
                by=by,
                paper_id=paper,
                deadline_on=deadline,
                answers=answers,
                said=said,
            ),
        )


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
