"""Take a step of a case: door, post, guard, answers, paper, fact, duties; all of it or nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.cases.models import Case, CaseStep
from notoneless.cases.services.steps import NewStep, add_step, take_back
from notoneless.duties.models import Duty
from notoneless.flows.cases.addressees import receivers_of
from notoneless.flows.cases.beside import STAYS, what_it_answers, write_beside
from notoneless.flows.cases.doors import Acting, acting_in, case_seen
from notoneless.flows.cases.papers import paper_for
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.reading import KnownCase, known_cases
from notoneless.flows.cases.refusals import (
    ContactPaused,
    NotTakenBack,
    PlanIncomplete,
    StepBlocked,
    StepFaulty,
    StepIdUsed,
    StepOutOfTime,
)
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.guards import Asking, Obstacle, obstacles
from notoneless.rules.cases.kinds import ELSEWHERE, Missing, Outcome, StepKind
from notoneless.rules.cases.ladder import Guard, Transition, transition_of
from notoneless.rules.cases.said import QUESTIONS, answers_of, faults_in
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.policy.resolved import PolicyHole


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A step as somebody wants to take it."""

    id: UUID
    """Made by the page: the same form sent twice is one step."""
    kind: StepKind
    on: date
    hour: str = ""
    said: Mapping[str, object] = field(default_factory=dict)
    answers: UUID | None = None
    """The step that is answered: a report, a referral, a challenge."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A step that the actor could take here, with what is still missing for it."""

    step: StepKind
    row: Transition
    acting: Acting
    missing: tuple[Obstacle, ...]


def take_step(actor: Actor, case_id: UUID, taking: Taking, *, today: date, now: datetime) -> UUID:
    """Take one step of a case and plan what follows; the same id twice is the same as once.

    Issues the paper that the ladder names for the step, in the same transaction. Raises
    ``Case.DoesNotExist``, ``NotAllowed``, the refusals of ``flows.cases.refusals`` and
    ``PaperIncomplete``. Source: requirements §7.1; R-101 - R-123.
    """
    try:
        with transaction.atomic():
            return _take(actor, case_id, taking, today=today, now=now)
    except IntegrityError:
        # The other sending of the same form came first.
        with transaction.atomic():
            return _take(actor, case_id, taking, today=today, now=now)


def choices(actor: Actor, known: KnownCase, *, today: date) -> list[Choice]:
    """The steps that the actor's posts could take, in the order of the ladder.

    Those that the state or his level rule out are left out; others say what is missing.
    """
    found = []
    for kind in QUESTIONS:
        row = transition_of(kind)
        if kind is StepKind.OPENED:
            continue
        try:
            acting = acting_in(actor, known, row)
            missing = _obstacles(known, kind, acting, {}, actor, today)
        except (NotAllowed, PlanIncomplete):
            continue
        if not {o.missing for o in missing} & {Missing.STATE, Missing.LEVEL, Missing.NOT_ON_LADDER}:
            found.append(Choice(kind, row, acting, missing))
    return found


@transaction.atomic
def take_back_step(
    actor: Actor, case_id: UUID, step_id: UUID, *, reason: str, today: date, now: datetime
) -> None:
    """Take back the last step of a case, by whoever wrote it or somebody of his level.

    What a roll, a service or a paper that was issued proves is ended there, not here. Raises
    ``Case.DoesNotExist``, ``NotAllowed``, ``NotTakenBack``.
    """
    row = case_seen(actor, case_id, today=today)
    case = Case.objects.select_for_update(of=("self",)).get(pk=row.pk)
    (known,) = known_cases([case], county_id=actor.county_id, today=today)
    last = known.fact.standing.steps[-1]
    step = CaseStep.objects.filter(case=case, pk=step_id, superseded_at=None).first()
    if step is None or step.pk != last.id or step.paper_id or step.record_id or not reason.strip():
        raise NotTakenBack()
    if step.kind in {StepKind.OPENED, StepKind.CLOSED} | STAYS:
        raise NotTakenBack()
    acting_in(actor, known, transition_of(StepKind(step.kind)))
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=case.school_class_id)
    take_back(case, step, reason=reason.strip(), stamp=stamp)
    plan_case(case.pk, today=today, stamp=stamp)


def _take(actor: Actor, case_id: UUID, taking: Taking, *, today: date, now: datetime) -> UUID:
    case_seen(actor, case_id, today=today)
    case = Case.objects.select_for_update(of=("self",)).select_related("child").get(pk=case_id)
    if (same := _same(taking, case, actor)) is not None:
        return same
    (known,) = known_cases([case], county_id=actor.county_id, today=today)
    said = answers_of(taking.kind, taking.said)
    row = transition_of(taking.kind, leaves=leaves_in(said))
    acting = acting_in(actor, known, row)
    must_be_allowed(known, taking, acting, said, actor, today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=acting.holding.unit_id)
    answers = what_it_answers(known, taking.kind, taking.answers, acting)
    more = receivers_of(known, taking.kind, said)
    fact = fact_for(actor, taking, acting, said | more, answers=answers)
    fact = paper_for(known, fact, row, acting, stamp=stamp)
    new = NewStep(
        fact=fact,
        by_role=acting.holding.role,
        due_on=_met_due(known, taking.kind),
        leaves=row.tid == "T24",
    )
    step = add_step(case, new, stamp=stamp)
    write_beside(known, step, fact, acting, stamp=stamp)
    plan_case(case.pk, today=today, stamp=stamp)
    return step.pk


def _same(taking: Taking, case: Case, actor: Actor) -> UUID | None:
    known = CaseStep.objects.filter(pk=taking.id).first()
    if known is None:
        return None
    is_his = known.case_id == case.pk and known.by_id == actor.person_id
    if not is_his or known.kind != taking.kind.value:
        raise StepIdUsed()
    return known.pk


def must_be_allowed(
    known: KnownCase,
    taking: Taking,
    acting: Acting,
    said: Mapping[str, object],
    actor: Actor,
    today: date,
) -> None:
    """Raise what stands in the way of a step: its place, its answers, its days, a silence."""
    must_not_be_barred(known, taking, acting, said, actor, today)
    faults = faults_in(taking.kind, taking.said)
    if faults:
        raise StepFaulty(taking.kind, faults)
    deadline = deadline_in(said)
    is_early = taking.on < known.fact.opened_on or (deadline is not None and deadline <= taking.on)
    if taking.on > today or is_early:
        raise StepOutOfTime()


def must_not_be_barred(
    known: KnownCase,
    taking: Taking,
    acting: Acting,
    said: Mapping[str, object],
    actor: Actor,
    today: date,
) -> None:
    """Raise what no answer can mend: the step's place, ``StepBlocked``, or ``ContactPaused``."""
    must_be_open(known, taking, acting, said, actor)
    if reaches_home(taking.kind) and is_paused(known, today):
        raise ContactPaused()


def fact_for(
    actor: Actor,
    taking: Taking,
    acting: Acting,
    said: Mapping[str, object],
    *,
    answers: UUID | None,
) -> StepFact:
    """The step as a fact, of whoever takes it in the post in which he does."""
    return StepFact(
        id=taking.id,
        kind=taking.kind,
        on=taking.on,
        hour=taking.hour,
        level=acting.level,
        unit_id=acting.holding.unit_id,
        by=actor.person_id,
        deadline_on=deadline_in(said),
        answers=answers,
        said=dict(said),
    )


def must_be_open(
    known: KnownCase,
    taking: Taking,
    acting: Acting,
    said: Mapping[str, object],
    actor: Actor,
) -> None:
    """Raise ``StepBlocked`` while something stands in the step's way."""
    found = _obstacles(known, taking.kind, acting, said, actor, taking.on)
    if found:
        raise StepBlocked(taking.kind, found)


TO_GUARDIANS = frozenset(
    {
        StepKind.NOTICE_ISSUED,
        StepKind.ORDER_ISSUED,
        StepKind.PENALTY_ISSUED,
        StepKind.DEMAND_ISSUED,
    }
)
"""Steps whose paper somebody has to bring to the guardian."""


def reaches_home(kind: StepKind) -> bool:
    """Whether a step sends somebody, or a paper, to the family."""
    return kind in TO_GUARDIANS or transition_of(kind).guard is Guard.NOT_SILENCED


def is_paused(known: KnownCase, on: date) -> bool:
    """Whether nobody is to be sent to this child's family now."""
    return any(s.ended_on is None or s.ended_on > on for s in known.fact.silences)


def _obstacles(
    known: KnownCase,
    kind: StepKind,
    acting: Acting,
    said: Mapping[str, object],
    actor: Actor,
    on: date,
) -> tuple[Obstacle, ...]:
    outcome = said.get("outcome")
    asking = Asking(
        on=on,
        level=acting.level,
        policy=known.policy,
        calendar=known.calendar,
        by=actor.person_id,
        outcome=Outcome(str(outcome)) if outcome in set(Outcome) else None,
        measure=str(said.get("measure", "")) if kind is StepKind.RETURNED_BY_MEASURE else "",
    )
    try:
        return obstacles(kind, known.fact, asking)
    except PolicyHole as hole:
        raise PlanIncomplete(key=hole.key) from hole


def leaves_in(said: Mapping[str, object]) -> bool:
    """Whether an end without a return is meant (T24)."""
    return said.get("outcome") in ELSEWHERE


def deadline_in(said: Mapping[str, object]) -> date | None:
    """The deadline that was typed; ``None`` for none, or for what is no date."""
    try:
        return date.fromisoformat(str(said["deadline"])) if "deadline" in said else None
    except ValueError:
        return None


CLOSES: Mapping[StepKind, DutyRule] = {
    StepKind.DETERMINED: DutyRule.CASE_DETERMINE,
    StepKind.REPORTED: DutyRule.CASE_REPORT,
    StepKind.ACCEPTED: DutyRule.CASE_ACCEPT,
    StepKind.SENT_BACK: DutyRule.CASE_ACCEPT,
    StepKind.NOTICE_ISSUED: DutyRule.CASE_NOTICE,
    StepKind.ORDER_ISSUED: DutyRule.CASE_ORDER,
    StepKind.PENALTY_ISSUED: DutyRule.CASE_DECIDE,
    StepKind.DEMAND_ISSUED: DutyRule.CASE_DECIDE,
    StepKind.APPLIED_TO_COURT: DutyRule.CASE_ENFORCE,
    StepKind.ADVICE_ANSWERED: DutyRule.CASE_ADVICE,
    StepKind.REFERRAL_ANSWERED: DutyRule.CASE_REFERRAL,
    StepKind.SUBCASE_SETTLED: DutyRule.CASE_SUBCASE,
    StepKind.RETURN_REPORTED: DutyRule.CASE_RETURN_REPORT,
    StepKind.PLACED: DutyRule.CASE_PLACE,
    StepKind.PLAN_REVIEWED: DutyRule.CASE_REVIEW,
    StepKind.CLOSING_ASKED: DutyRule.CASE_CLOSE,
    StepKind.CLOSING_REFUSED: DutyRule.CASE_CONFIRM,
    StepKind.CLOSED: DutyRule.CASE_CONFIRM,
}
"""The duty whose clock a step meets or misses."""


def _met_due(known: KnownCase, kind: StepKind) -> date | None:
    rule = CLOSES.get(kind)
    if rule is None:
        return None
    rows = Duty.objects.filter(
        matter=known.row.matter_id,
        rule=rule,
        state=DutyState.OPEN,
        is_due_provisional=False,
    ).exclude(due_on=None)
    return rows.order_by("due_on").values_list("due_on", flat=True).first()
