"""When lost children were missed, known of and reported, from the steps of their cases."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.cases.models import Case, CaseStep
from notoneless.numbers.queries.scope import Scope
from notoneless.rules.cases.kinds import StepKind

REPORTS = frozenset({StepKind.REPORTED_TO_SCHOOL, StepKind.REPORTED})
"""The class teacher's to the school, and the school's to those above."""


@dataclass(frozen=True, slots=True)
class Told:
    """Days of the round that a case is in: since it opened or, after a relapse, since that."""

    lost_on: date
    known_on: date
    reported_on: date | None


def told_of(case_ids: Collection[UUID], scope: Scope) -> dict[UUID, Told]:
    """The days of each case as they stood at the scope's cut-off; two statements.

    Known is the day of the round's first step; a case without any is known since it opened.
    """
    cases = Case.objects.filter(pk__in=case_ids).values_list("pk", "away_since", "opened_on")
    stood = Q(superseded_at=None)
    if scope.known_at is not None:
        stood = (stood | Q(superseded_at__gt=scope.known_at)) & Q(recorded_at__lte=scope.known_at)
    rows = (
        CaseStep.objects.filter(stood, case__in=case_ids, happened_on__lte=scope.period.until)
        .order_by("happened_on", "recorded_at", "pk")
        .values_list("case", "kind", "happened_on")
    )
    steps: dict[UUID, list[tuple[StepKind, date]]] = {}
    for case, kind, on in rows:
        if kind == StepKind.RELAPSED:
            steps[case] = []
        steps.setdefault(case, []).append((StepKind(kind), on))
    return {pk: _told(steps.get(pk, []), away, opened) for pk, away, opened in cases}


def _told(steps: list[tuple[StepKind, date]], away_since: date, opened_on: date) -> Told:
    known_on = steps[0][1] if steps else opened_on
    is_relapse = bool(steps) and steps[0][0] is StepKind.RELAPSED
    reported = next((on for kind, on in steps if kind in REPORTS), None)
    return Told(known_on if is_relapse else away_since, known_on, reported)
