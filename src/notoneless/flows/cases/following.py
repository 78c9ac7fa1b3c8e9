"""A case follows what others write: contacts, reports, services of papers, rolls, and time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.cases.services.handovers import withdraw_handovers
from notoneless.cases.services.steps import NewStep, add_step, take_back
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import NotTakenBack
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import AWAY, CLOSED, Level, StepKind
from notoneless.rules.documents.kinds import DocumentKind

SERVED: Mapping[DocumentKind, StepKind] = MappingProxyType(
    {
        DocumentKind.PERSUASION_LETTER: StepKind.LETTER_SERVED,
        DocumentKind.RETURN_NOTICE: StepKind.NOTICE_SERVED,
        DocumentKind.CORRECTION_ORDER: StepKind.ORDER_SERVED,
        DocumentKind.PENALTY_DECISION: StepKind.PENALTY_SERVED,
        DocumentKind.DEMAND: StepKind.DEMAND_SERVED,
    }
)
"""What a service of a paper is in the case."""
EXPIRES: Mapping[StepKind, StepKind] = MappingProxyType(
    {
        StepKind.NOTICE_SERVED: StepKind.NOTICE_EXPIRED,
        StepKind.ORDER_SERVED: StepKind.ORDER_EXPIRED,
    }
)
"""What time makes of a service whose deadline ran out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Something that happened elsewhere and is a step of a case."""

    kind: StepKind
    on: date
    record_kind: str
    record_id: UUID
    hour: str = ""
    paper_id: UUID | None = None
    deadline_on: date | None = None


def follow_children(child_ids: Iterable[UUID], seen: Seen, *, today: date, stamp: Stamp) -> None:
    """Write a step into the open cases of these children; call it in the fact's transaction.

    For contacts and reports: visits and words count while the child is away. One statement where
    no case stands open. The same record is written once.
    """
    rows = Case.objects.select_for_update(of=("self",)).filter(
        child__in=list(child_ids), county=stamp.county_id, state__in=AWAY
    )
    for case in rows.order_by("pk"):
        _follow(case, seen, today=today, stamp=stamp)


def follow_service(case_id: UUID, seen: Seen, *, today: date, stamp: Stamp) -> None:
    """Write into its case that a paper was served."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id, county=stamp.county_id)
    if case.state not in CLOSED:
        _follow(case, seen, today=today, stamp=stamp)


def unfollow(record_ids: Iterable[UUID], *, reason: str, today: date, stamp: Stamp) -> None:
    """Take back the steps that rested on records which no longer stand; then plan anew."""
    steps = CaseStep.objects.filter(
        record_id__in=list(record_ids), county=stamp.county_id, superseded_at=None
    )
    _take_back(steps, reason=reason, today=today, stamp=stamp)


def unfollow_paper(paper_id: UUID, *, reason: str, today: date, stamp: Stamp) -> None:
    """Take back the steps that a paper made, and its services, because it was withdrawn.

    What was handed over with it is withdrawn too. Raises ``NotTakenBack`` for the paper that
    closed its case.
    """
    steps = CaseStep.objects.filter(paper_id=paper_id, county=stamp.county_id, superseded_at=None)
    if steps.filter(kind=StepKind.CLOSED).exists():
        raise NotTakenBack()
    withdraw_handovers([step.pk for step in steps], on=today, stamp=stamp)
    _take_back(steps, reason=reason, today=today, stamp=stamp)


def _take_back(steps: Iterable[CaseStep], *, reason: str, today: date, stamp: Stamp) -> None:
    for step in steps:
        case = Case.objects.select_for_update(of=("self",)).get(pk=step.case_id)
        take_back(case, step, reason=reason, stamp=stamp)
        for expired in _run_out(step):
            take_back(case, expired, reason=reason, stamp=stamp)
        plan_case(case.pk, today=today, stamp=stamp)


def _run_out(served: CaseStep) -> list[CaseStep]:
    """The end of a deadline that began with a service, unless another service bears it out."""
    expired = EXPIRES.get(StepKind(served.kind))
    standing = CaseStep.objects.filter(case=served.case_id, superseded_at=None)
    if expired is None or served.deadline_on is None:
        return []
    others = standing.filter(kind=served.kind)
    return [
        step
        for step in standing.filter(kind=expired, happened_on__gt=served.deadline_on)
        if not others.filter(deadline_on__lt=step.happened_on).exists()
    ]


def _follow(case: Case, seen: Seen, *, today: date, stamp: Stamp) -> None:
    known = CaseStep.objects.filter(
        case=case, kind=seen.kind.value, record_id=seen.record_id, superseded_at=None
    )
    if seen.on < case.away_since or known.exists():
        return
    fact = StepFact(
        id=uuid7(),
        kind=seen.kind,
        on=max(seen.on, case.opened_on),
        hour=seen.hour,
        level=Level.SYSTEM,
        unit_id=stamp.unit_id,
        by=stamp.by,
        paper_id=seen.paper_id,
        deadline_on=seen.deadline_on,
    )
    new = NewStep(fact=fact, record_kind=seen.record_kind, record_id=seen.record_id)
    add_step(case, new, stamp=stamp)
    plan_case(case.pk, today=today, stamp=stamp)
