"""Cases as they stood on a cut-off day, as far as that was known at a moment."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from notoneless.cases.models import Case, CaseStep
from notoneless.cases.rows import fact_of
from notoneless.children.queries.prepared import read
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.cases.facts import StepFact, stand
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.tally import LAWFUL_ENDS, CaseAt

Row = tuple[UUID, CaseAt]
"""A child's row and one case of it."""
_COLUMNS = (
    "child",
    "school_class",
    "school",
    "opened_on",
    "confirmed_on",
    "returned_on",
    "closed_on",
    "outcome",
    "pk",
    "is_changed",
)


def relevant_cases(county_id: UUID, period: Period) -> QuerySet[Case]:
    """Cases that can change a number of the period: opened by its end, and open in its year, or
    ended as lawfully elsewhere at any time before."""
    open_in_it = Q(closed_on=None) | Q(closed_on__gte=period.base_day)
    return Case.objects.filter(
        open_in_it | Q(outcome__in=[each.value for each in LAWFUL_ENDS]),
        county=county_id,
        opened_on__lte=period.until,
    )


def cases_at(scope: Scope, tree: Tree, rows: QuerySet[Case], *, today: date) -> list[Row]:
    """These cases as they stood on the scope's cut-off day.

    One statement for the present; a second where something has happened, or been written down,
    since the day or moment asked about.
    """
    found = read(_changed(rows, scope, today).order_by().values_list(*_COLUMNS))
    late = [row[8] for row in found if row[9]]
    steps = _steps(late, scope.period.until, scope.known_at) if late else {}
    cases = []
    for child, group, school, opened, confirmed, back, closed, outcome, case_id, changed in found:
        leaf = tree.leaf_of(group, school)
        if not changed:
            ended = closed if _is_by(closed, scope) else None
            case = CaseAt(
                leaf,
                opened,
                confirmed if _is_by(confirmed, scope) else None,
                back if _is_by(back, scope) else None,
                ended,
                outcome if ended else "",
                case_id,
            )
            cases.append((child, case))
        elif taken := steps.get(case_id):
            cases.append((child, _folded(leaf, opened, taken, case_id)))
    return cases


def _is_by(day: date | None, scope: Scope) -> bool:
    return day is not None and day <= scope.period.until


def _changed(rows: QuerySet[Case], scope: Scope, today: date) -> QuerySet[Case, Any]:
    """Whether steps were taken, or written down, after the day or moment asked about."""
    if scope.period.until >= today and scope.known_at is None:
        return rows.annotate(is_changed=Value(False))
    later = Q(happened_on__gt=scope.period.until)
    if scope.known_at is not None:
        later |= Q(recorded_at__gt=scope.known_at) | Q(superseded_at__gt=scope.known_at)
    return rows.annotate(is_changed=Exists(CaseStep.objects.filter(later, case=OuterRef("pk"))))


def _steps(
    case_ids: Collection[UUID], until: date, known_at: datetime | None
) -> dict[UUID, list[StepFact]]:
    stood = Q(superseded_at=None)
    if known_at is not None:
        stood = (stood | Q(superseded_at__gt=known_at)) & Q(recorded_at__lte=known_at)
    rows = CaseStep.objects.filter(stood, case__in=case_ids, happened_on__lte=until)
    found: dict[UUID, list[StepFact]] = {}
    for row in rows.order_by("happened_on", "recorded_at", "pk"):
        found.setdefault(row.case_id, []).append(fact_of(row))
    return found


def _folded(leaf: UUID, opened_on: date, steps: list[StepFact], case_id: UUID) -> CaseAt:
    standing = stand(steps)
    ended = None if standing.is_open else standing.steps[-1]
    back = standing.returned
    return CaseAt(
        leaf,
        opened_on,
        standing.confirmed_on,
        back.on if back else None,
        ended.on if ended else None,
        (standing.outcome or "") if ended else "",
        case_id,
    )
