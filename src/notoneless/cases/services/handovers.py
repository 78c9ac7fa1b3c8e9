"""Writes hand-overs, referrals, sub-cases and plans beside the steps that they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

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
from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.cases.plans import Placement
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult


@transaction.atomic(savepoint=False)
def hand_over(
    step: CaseStep, to_units: Sequence[UUID], *, from_unit: UUID, stamp: Stamp
) -> list[Handover]:
    """Write that a report went to each of these units; three statements."""
    rows = [
        Handover(
            county_id=stamp.county_id,
            case_id=step.case_id,
            step=step,
            paper_id=step.paper_id,
            from_unit_id=from_unit,
            to_unit_id=unit,
            sent_on=step.happened_on,
            state=HandoverState.PENDING,
            recorded_at=stamp.now,
        )
        for unit in to_units
    ]
    Handover.objects.bulk_create(rows)
    subjects = [("child", step.case.child_id)] * len(rows)
    record_many("handover.sent", rows, subjects=subjects, happened_on=step.happened_on, stamp=stamp)
    return rows


@transaction.atomic(savepoint=False)
def answer_handover(row: Handover, *, accepts: bool, reason: str, on: date, stamp: Stamp) -> None:
    """Write a receiver's answer to a hand-over that the caller has locked; three statements."""
    row.state = HandoverState.ACCEPTED if accepts else HandoverState.SENT_BACK
    row.answered_on, row.answered_by_id, row.reason = on, stamp.by, reason
    row.save(update_fields=["state", "answered_on", "answered_by", "reason"])
    subject = ("child", row.case.child_id)
    record("handover.answered", row, subject=subject, happened_on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def withdraw_handovers(step_ids: Sequence[UUID], *, on: date, stamp: Stamp) -> None:
    """Say that what was handed over or referred with these steps waits for no answer any more."""
    sent = Handover.objects.filter(step__in=step_ids, state=HandoverState.PENDING)
    for row in sent.select_for_update(of=("self",)).select_related("case"):
        row.state, row.answered_on, row.answered_by_id = HandoverState.WITHDRAWN, on, stamp.by
        row.save(update_fields=["state", "answered_on", "answered_by"])
        subject = ("child", row.case.child_id)
        record("handover.withdrawn", row, subject=subject, happened_on=on, stamp=stamp)
    asked = Referral.objects.filter(step__in=step_ids).exclude(state=ReferralState.ANSWERED)
    asked.update(state=ReferralState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewReferral:
    kind: ReferralKind
    from_unit: UUID
    to_unit: UUID
    shown: dict[str, str]
    due_on: date | None


@transaction.atomic(savepoint=False)
def refer(step: CaseStep, new: NewReferral, *, stamp: Stamp) -> Referral:
    """Write what a department was asked, with the fields that it is shown; three statements."""
    row = Referral.objects.create(
        county_id=stamp.county_id,
        case_id=step.case_id,
        step=step,
        kind=new.kind.value,
        paper_id=step.paper_id,
        from_unit_id=new.from_unit,
        to_unit_id=new.to_unit,
        sent_on=step.happened_on,
        due_on=new.due_on,
        shown=new.shown,
        state=ReferralState.SENT,
        recorded_at=stamp.now,
    )
    subject = ("child", step.case.child_id)
    record("referral.sent", row, subject=subject, happened_on=row.sent_on, stamp=stamp)
    return row


def acknowledge(row: Referral, *, on: date) -> None:
    """Write that a department has seen a referral; one statement."""
    row.state, row.acknowledged_on = ReferralState.ACKNOWLEDGED, on
    row.save(update_fields=["state", "acknowledged_on"])


@transaction.atomic(savepoint=False)
def answer_referral(row: Referral, *, answer: str, on: date, stamp: Stamp) -> None:
    """Write a department's answer; three statements."""
    row.state, row.answered_on = ReferralState.ANSWERED, on
    row.answered_by_id, row.answer = stamp.by, answer
    row.acknowledged_on = row.acknowledged_on or on
    row.save(update_fields=["state", "answered_on", "answered_by", "answer", "acknowledged_on"])
    subject = ("child", row.case.child_id)
    record("referral.answered", row, subject=subject, happened_on=on, stamp=stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSubCase:
    id: UUID
    """That of the step which opens it."""
    kind: SubCaseKind
    at_unit: UUID
    about: str
    due_on: date | None


@transaction.atomic(savepoint=False)
def open_subcase(case: Case, new: NewSubCase, *, on: date, stamp: Stamp) -> SubCase:
    """Write a sub-case; three statements."""
    row = SubCase.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        case=case,
        kind=new.kind.value,
        at_unit_id=new.at_unit,
        about=new.about,
        opened_on=on,
        opened_by_id=stamp.by,
        due_on=new.due_on,
        recorded_at=stamp.now,
    )
    subject = ("child", case.child_id)
    record("subcase.opened", row, subject=subject, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def settle_subcase(
    row: SubCase, *, result: SubCaseResult, finding: str, on: date, stamp: Stamp
) -> None:
    """Write how a sub-case ended; three statements."""
    row.settled_on, row.settled_by_id = on, stamp.by
    row.result, row.finding = result.value, finding
    row.save(update_fields=["settled_on", "settled_by", "result", "finding"])
    subject = ("child", row.case.child_id)
    record("subcase.settled", row, subject=subject, happened_on=on, stamp=stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    placement: Placement
    placed_in: UUID | None
    is_other_grade: bool = False
    goals: str
    measures: str
    helper: UUID | None = None
    review_on: tuple[date, ...] = field(default=())


@transaction.atomic(savepoint=False)
def write_plan(step: CaseStep, new: NewPlan, *, stamp: Stamp) -> SupportPlan:
    """Write the plan of a returned child; the plan before it ends. Four to seven statements."""
    subject = ("child", step.case.child_id)
    for old in SupportPlan.objects.filter(case=step.case_id, superseded_at=None):
        old.superseded_at = stamp.now
        old.save(update_fields=["superseded_at"])
        record("plan.ended", old, subject=subject, happened_on=step.happened_on, stamp=stamp)
    row = SupportPlan.objects.create(
        county_id=stamp.county_id,
        case_id=step.case_id,
        step=step,
        placement=new.placement.value,
        placed_in_id=new.placed_in,
        is_other_grade=new.is_other_grade,
        goals=new.goals,
        measures=new.measures,
        helper_id=new.helper,
        from_on=step.happened_on,
        review_on=[day.isoformat() for day in new.review_on],
        recorded_at=stamp.now,
    )
    record("plan.made", row, subject=subject, happened_on=step.happened_on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_review(
    plan: SupportPlan,
    *,
    planned_on: date,
    found: str,
    goes_on: bool,
    on: date,
    stamp: Stamp,
) -> PlanReview:
    """Write that a plan was looked at; three statements."""
    row = PlanReview.objects.create(
        county_id=stamp.county_id,
        plan=plan,
        planned_on=planned_on,
        happened_on=on,
        by_id=stamp.by,
        found=found,
        goes_on=goes_on,
        recorded_at=stamp.now,
    )
    subject = ("child", plan.case.child_id)
    record("plan.reviewed", row, subject=subject, happened_on=on, stamp=stamp)
    return row
