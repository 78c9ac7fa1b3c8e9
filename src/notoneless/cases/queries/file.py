"""One case as a reader may see it: its steps, and what stands beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from notoneless.cases.models import (
    Case,
    CaseStep,
    Handover,
    HandoverState,
    PlanReview,
    Referral,
    ReferralState,
    SubCase,
    SupportPlan,
)
from notoneless.cases.queries.sight import Sight
from notoneless.children.queries.units import ClassName, class_name
from notoneless.rules.cases.kinds import Level, Source, StepKind
from notoneless.rules.cases.plans import Placement
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the timeline."""

    id: UUID
    kind: StepKind
    on: date
    hour: str
    level: Level
    unit_name: str
    class_name: ClassName | None
    """The unit where that is a class."""
    by: str
    by_id: UUID | None
    paper_id: UUID | None
    record_kind: str
    record_id: UUID | None
    deadline_on: date | None
    said: Mapping[str, object]
    """Empty where the reader is not shown it."""
    is_hidden: bool
    """Something was said that this reader is not shown."""
    due_on: date | None
    is_late: bool
    ended_reason: str
    """Why it was taken back; empty while it stands."""


@dataclass(frozen=True, slots=True)
class HandoverLine:
    id: UUID
    step_id: UUID
    paper_id: UUID | None
    from_unit: str
    to_unit: str
    to_unit_id: UUID
    sent_on: date
    state: HandoverState
    answered_on: date | None
    answered_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReferralLine:
    id: UUID
    kind: ReferralKind
    to_unit: str
    sent_on: date
    state: ReferralState
    answered_on: date | None
    answer: str
    paper_id: UUID | None


@dataclass(frozen=True, slots=True)
class SubCaseLine:
    id: UUID
    kind: SubCaseKind
    at_unit: str
    about: str
    opened_on: date
    settled_on: date | None
    result: SubCaseResult | None
    finding: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    planned_on: date
    happened_on: date | None
    by: str
    found: str
    goes_on: bool


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The plan in force with each of its reviews, held or not."""

    placement: Placement
    placed_in: str
    goals: str
    measures: str
    helper: str
    from_on: date
    reviews: tuple[ReviewLine, ...]


@dataclass(frozen=True, slots=True)
class CaseBeside:
    handovers: tuple[HandoverLine, ...]
    referrals: tuple[ReferralLine, ...]
    subcases: tuple[SubCaseLine, ...]
    plan: PlanLine | None


def steps_shown(case: Case, sight: Sight) -> tuple[StepLine, ...]:
    """The steps of a case that the reader is shown, taken-back ones too; one statement."""
    rows = CaseStep.objects.filter(case=case).select_related("unit", "by")
    found = rows.order_by("happened_on", "recorded_at", "pk")
    source = Source(case.source)
    return tuple(_step(row, sight, source) for row in found if sight.sees(StepKind(row.kind)))


def beside(case: Case, sight: Sight) -> CaseBeside:
    """Hand-overs, referrals, sub-cases and the plan of a case; five statements at most.

    Referrals and sub-cases show to those who read court papers: a village is asked itself.
    """
    return CaseBeside(
        handovers=_handovers(case, sight),
        referrals=_referrals(case) if sight.court else (),
        subcases=_subcases(case, sight) if sight.court else (),
        plan=_plan(case) if sight.statements else None,
    )


def _step(row: CaseStep, sight: Sight, source: Source) -> StepLine:
    reads = sight.reads(row, source)
    return StepLine(
        id=row.pk,
        kind=StepKind(row.kind),
        on=row.happened_on,
        hour=row.hour,
        level=Level(row.level),
        unit_name=row.unit.name if row.unit else "",
        class_name=class_name(row.unit),
        by=row.by.name if row.by else "",
        by_id=row.by_id,
        paper_id=row.paper_id,
        record_kind=row.record_kind,
        record_id=row.record_id,
        deadline_on=row.deadline_on,
        said=dict(row.said) if reads else _NOTHING,
        is_hidden=not reads and bool(row.said),
        due_on=row.due_on,
        is_late=row.is_late,
        ended_reason=row.ended_reason,
    )


def _handovers(case: Case, sight: Sight) -> tuple[HandoverLine, ...]:
    rows = Handover.objects.filter(case=case).select_related("from_unit", "to_unit", "answered_by")
    return tuple(
        HandoverLine(
            row.pk,
            row.step_id,
            row.paper_id,
            row.from_unit.name,
            row.to_unit.name,
            row.to_unit_id,
            row.sent_on,
            HandoverState(row.state),
            row.answered_on,
            row.answered_by.name if row.answered_by else "",
            row.reason if sight.statements or row.answered_by_id == sight.person_id else "",
        )
        for row in rows.order_by("sent_on", "recorded_at", "pk")
    )


def _referrals(case: Case) -> tuple[ReferralLine, ...]:
    rows = Referral.objects.filter(case=case).select_related("to_unit")
    return tuple(
        ReferralLine(
            row.pk,
            ReferralKind(row.kind),
            row.to_unit.name,
            row.sent_on,
            ReferralState(row.state),
            row.answered_on,
            row.answer,
            row.paper_id,
        )
        for row in rows.order_by("sent_on", "pk")
    )


def _subcases(case: Case, sight: Sight) -> tuple[SubCaseLine, ...]:
    rows = SubCase.objects.filter(case=case).select_related("at_unit")
    return tuple(
        SubCaseLine(
            row.pk,
            SubCaseKind(row.kind),
            row.at_unit.name,
            row.about if sight.leads else "",
            row.opened_on,
            row.settled_on,
            SubCaseResult(row.result) if row.result else None,
            row.finding if sight.leads else "",
        )
        for row in rows.order_by("opened_on", "pk")
    )


def _plan(case: Case) -> PlanLine | None:
    rows = SupportPlan.objects.select_related("placed_in", "helper")
    row = rows.filter(case=case, superseded_at=None).first()
    if row is None:
        return None
    held: defaultdict[date, list[PlanReview]] = defaultdict(list)
    for review in PlanReview.objects.filter(plan=row).select_related("by"):
        held[review.planned_on].append(review)
    days = sorted({date.fromisoformat(day) for day in row.review_on} | set(held))
    return PlanLine(
        placement=Placement(row.placement),
        placed_in=row.placed_in.name if row.placed_in else "",
        goals=row.goals,
        measures=row.measures,
        helper=row.helper.name if row.helper else "",
        from_on=row.from_on,
        reviews=tuple(_review(day, held[day]) for day in days),
    )


def _review(day: date, held: list[PlanReview]) -> ReviewLine:
    if not held:
        return ReviewLine(day, None, "", "", goes_on=True)
    row = held[0]
    return ReviewLine(day, row.happened_on, row.by.name if row.by else "", row.found, row.goes_on)
