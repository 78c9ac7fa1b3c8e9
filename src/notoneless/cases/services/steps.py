"""Opens cases, adds steps, takes a step back; a case's columns follow its steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.cases.models import Case, CaseStep
from notoneless.cases.rows import fact_of
from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.cases.facts import StepFact, stand
from notoneless.rules.cases.kinds import CLOSED, Source, State, StepKind
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened; where the child belongs is as of the opening."""

    id: UUID
    child_id: UUID
    school_id: UUID
    class_id: UUID | None
    township_id: UUID | None
    village_id: UUID | None
    matter_id: UUID
    opened_on: date
    away_since: date
    source: Source
    policy_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStep:
    """A step to be written; guards have been asked."""

    fact: StepFact
    by_role: Role | None = None
    record_kind: str = ""
    record_id: UUID | None = None
    due_on: date | None = None
    """Of the duty that it meets."""
    leaves: bool = False
    """An end without a return (T24)."""


@transaction.atomic(savepoint=False)
def open_case(new: NewCase, opening: NewStep, *, stamp: Stamp) -> Case:
    """Write a case with its first step; six statements.

    Raises ``IntegrityError`` when the child has an open case already.
    """
    row = Case.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        school_id=new.school_id,
        school_class_id=new.class_id,
        township_id=new.township_id,
        village_id=new.village_id,
        matter_id=new.matter_id,
        opened_on=new.opened_on,
        away_since=new.away_since,
        source=new.source.value,
        state=State.SUSPECTED.value,
        state_since=new.opened_on,
        policy_digest=new.policy_digest,
        recorded_at=stamp.now,
    )
    record(
        "case.opened", row, subject=("child", row.child_id), happened_on=row.opened_on, stamp=stamp
    )
    add_step(row, opening, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def add_step(case: Case, new: NewStep, *, stamp: Stamp) -> CaseStep:
    """Write a step of a case, locked by the caller, and let the case follow; five statements."""
    fact = new.fact
    before = State(case.state)
    steps = [*standing_steps(case.pk), fact]
    standing = stand(_in_order(steps))
    row = CaseStep.objects.create(
        id=fact.id,
        county_id=stamp.county_id,
        case=case,
        kind=fact.kind.value,
        tid=transition_of(fact.kind, leaves=new.leaves).tid,
        happened_on=fact.on,
        hour=fact.hour,
        level=fact.level.value,
        unit_id=fact.unit_id,
        by_id=fact.by,
        by_role=new.by_role.value if new.by_role else "",
        from_state="" if fact.kind is StepKind.OPENED else before.value,
        to_state=standing.state.value,
        paper_id=fact.paper_id,
        record_kind=new.record_kind,
        record_id=new.record_id,
        deadline_on=fact.deadline_on,
        answers_id=fact.answers,
        said=dict(fact.said),
        due_on=new.due_on,
        is_late=new.due_on is not None and new.due_on < fact.on,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    _follow(case, _in_order(steps))
    subject = ("child", case.child_id)
    record(f"case.{fact.kind.value}", row, subject=subject, happened_on=fact.on, stamp=stamp)
    if fact.kind is StepKind.CLOSED:
        _record_end(case, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def take_back(case: Case, step: CaseStep, *, reason: str, stamp: Stamp) -> None:
    """Say that a step, its case locked by the caller, did not happen so. The row stays."""
    step.superseded_at, step.ended_reason = stamp.now, reason
    step.save(update_fields=["superseded_at", "ended_reason"])
    _follow(case, standing_steps(case.pk))
    record_many(
        "case.taken_back",
        [step],
        subjects=[("child", case.child_id)],
        happened_on=step.happened_on,
        stamp=stamp,
    )


def standing_steps(case_id: UUID) -> list[StepFact]:
    """The steps of a case that stand, in the order in which they happened; one statement."""
    rows = CaseStep.objects.filter(case=case_id, superseded_at=None)
    return [fact_of(row) for row in rows.order_by("happened_on", "recorded_at", "pk")]


def _in_order(steps: Sequence[StepFact]) -> list[StepFact]:
    """By the day on which they happened; of one day in the order of writing."""
    return sorted(steps, key=lambda step: step.on)


def _follow(case: Case, steps: Sequence[StepFact]) -> None:
    standing = stand(steps)
    case.state, case.state_since = standing.state.value, standing.since
    case.confirmed_on = standing.confirmed_on
    back = standing.returned
    case.returned_on = back.on if back else None
    case.relapses = standing.relapses
    ended = standing.last(StepKind.CLOSED)
    is_closed = standing.state in CLOSED
    case.closed_on = ended.on if is_closed and ended else None
    case.outcome = (standing.outcome or "") if is_closed else ""
    year = standing.last(StepKind.YEAR_ENDED)
    case.year_end_on = year.on if year else None
    case.planned_at = None
    if is_closed:
        case.turn_role, case.turn_unit, case.due_on, case.waits_at = "", None, None, None
    case.save(update_fields=FOLLOWING)


FOLLOWING = [
    "state",
    "state_since",
    "confirmed_on",
    "returned_on",
    "relapses",
    "closed_on",
    "outcome",
    "year_end_on",
    "planned_at",
    "turn_role",
    "turn_unit",
    "due_on",
    "waits_at",
    "persuader",
    "main_cause",
]


def _record_end(case: Case, *, stamp: Stamp) -> None:
    if case.closed_on is not None:
        subject = ("child", case.child_id)
        record("case.ended", case, subject=subject, happened_on=case.closed_on, stamp=stamp)
