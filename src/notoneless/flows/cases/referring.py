"""What departments are asked: they see the fields that were frozen for them, and answer (R-122).

A department has no door to the case, nor to the child: it answers from its form alone. Whoever
asked, and those who read the case's court papers besides, follow how far it has come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from notoneless.access.actor import Actor, Holding
from notoneless.cases.models import Case, CaseStep, Referral, ReferralState, SubCase
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.sight import Sight, sight_of
from notoneless.cases.services.handovers import acknowledge as write_acknowledged
from notoneless.cases.services.handovers import answer_referral, settle_subcase
from notoneless.cases.services.steps import NewStep, add_step
from notoneless.duties.models import Duty
from notoneless.flows.cases.planning import plan_case
from notoneless.flows.cases.refusals import AnsweredAlready, StepFaulty, StepIdUsed
from notoneless.journal.services import Stamp
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import CLOSED, Level, StepKind
from notoneless.rules.cases.referrals import Field, ReferralKind
from notoneless.rules.cases.said import answers_of, faults_in
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.roles import Capability

MOST_LISTED = 200
NO_SIGHT = Sight(None, contacts=False, statements=False, court=False, leads=False)
_Write = Callable[[CaseStep, Stamp], None]


@dataclass(frozen=True, slots=True)
class ReferralPage:
    """One thing that a unit was asked, with no more of the child than it needs for that."""

    id: UUID
    child_id: UUID
    """For the log of readings only: no page leads there."""
    kind: ReferralKind
    from_unit: str
    to_unit: str
    sent_on: date
    due_on: date | None
    asked_for: str
    shown: tuple[tuple[Field, str], ...]
    state: ReferralState
    acknowledged_on: date | None
    answered_on: date | None
    answered_by: str
    answer: str
    paper_id: UUID | None
    case_id: UUID | None = None
    """For whoever follows it from the case; ``None`` for those who answer."""

    @property
    def is_open(self) -> bool:
        return self.state in (ReferralState.SENT, ReferralState.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class SubCasePage:
    """Conduct of a grown-up that a unit looks into; of the child it says nothing."""

    id: UUID
    child_id: UUID
    kind: SubCaseKind
    at_unit: str
    about: str
    opened_on: date
    settled_on: date | None
    result: SubCaseResult | None
    finding: str
    case_id: UUID | None = None
    """For whoever follows it from the case; ``None`` for those who settle it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a unit answers; the same id twice is the same as once."""

    id: UUID
    said: Mapping[str, object]


def referrals_for(actor: Actor, *, is_open: bool = True) -> list[ReferralPage]:
    """What the actor's own units were asked, the longest waiting first; two statements."""
    rows = Referral.objects.filter(county=actor.county_id, to_unit__in=_units(actor))
    waits = (ReferralState.SENT, ReferralState.ACKNOWLEDGED)
    rows = rows.filter(state__in=waits) if is_open else rows.exclude(state__in=waits)
    order = ("sent_on", "pk") if is_open else ("-answered_on", "-pk")
    found = list(_selected(rows).order_by(*order)[:MOST_LISTED])
    due = _due(found)
    return [_page(row, due.get(row.pk)) for row in found]


def referral_for(actor: Actor, referral_id: UUID) -> ReferralPage:
    """One of them; two statements. Raises ``Referral.DoesNotExist`` for any other."""
    row = _selected(Referral.objects.all()).get(pk=_mine(actor, referral_id).pk)
    return _page(row, _due([row]).get(row.pk))


def referral_followed(actor: Actor, referral_id: UUID, *, today: date) -> ReferralPage:
    """One of a case that the actor sees, its state and its answer; not the fields it carries.

    For those who are shown the case's referrals: whoever asked, and those above. Raises
    ``Referral.DoesNotExist`` for any other.
    """
    row = _selected(Referral.objects.filter(county=actor.county_id)).get(pk=referral_id)
    if not _sight(actor, row.case, today).court:
        raise Referral.DoesNotExist
    page = _page(row, _due([row]).get(row.pk))
    return replace(page, shown=(), paper_id=None, case_id=row.case_id)


def subcases_for(actor: Actor) -> list[SubCasePage]:
    """The sub-cases that were given to the actor's own units, open ones first; one statement."""
    rows = SubCase.objects.filter(county=actor.county_id, at_unit__in=_units(actor))
    order = (F("settled_on").desc(nulls_first=True), "opened_on", "pk")
    found = rows.select_related("at_unit", "case").order_by(*order)[:MOST_LISTED]
    return [_subcase(row) for row in found]


def subcase_for(actor: Actor, subcase_id: UUID) -> SubCasePage:
    """One of them. Raises ``SubCase.DoesNotExist`` for any other."""
    rows = SubCase.objects.filter(county=actor.county_id, at_unit__in=_units(actor))
    return _subcase(rows.select_related("at_unit", "case").get(pk=subcase_id))


def subcase_followed(actor: Actor, subcase_id: UUID, *, today: date) -> SubCasePage:
    """One of a case that the actor sees, for those who are shown whose conduct it is about.

    Raises ``SubCase.DoesNotExist`` for any other.
    """
    rows = SubCase.objects.filter(county=actor.county_id).select_related("at_unit", "case")
    row = rows.get(pk=subcase_id)
    sight = _sight(actor, row.case, today)
    if not (sight.court and (sight.leads or row.opened_by_id == actor.person_id)):
        raise SubCase.DoesNotExist
    return replace(_subcase(row), case_id=row.case_id)


def _sight(actor: Actor, case: Case, today: date) -> Sight:
    """What the actor is shown of a case; of one that he does not see nothing."""
    if not cases_seen(actor, on=today).filter(pk=case.pk).exists():
        return NO_SIGHT
    return sight_of(actor, case.child_id, on=today)


@transaction.atomic
def acknowledge(actor: Actor, referral_id: UUID, *, today: date) -> None:
    """Say that a department has seen what it was asked; a second time changes nothing.

    Raises ``Referral.DoesNotExist``.
    """
    row = Referral.objects.select_for_update().get(pk=_mine(actor, referral_id).pk)
    if row.state == ReferralState.SENT:
        write_acknowledged(row, on=today)


def answer(actor: Actor, referral_id: UUID, given: Answer, *, today: date, now: datetime) -> UUID:
    """Write a department's answer into the case, and plan what follows.

    Raises ``Referral.DoesNotExist``, ``AnsweredAlready``, ``StepFaulty``, ``StepIdUsed``.
    """
    found = _mine(actor, referral_id)

    def write(step: CaseStep, stamp: Stamp) -> None:
        row = Referral.objects.select_for_update(of=("self",)).select_related("case")
        locked = row.get(pk=found.pk)
        if locked.state in (ReferralState.ANSWERED, ReferralState.WITHDRAWN):
            raise AnsweredAlready()
        words = str(step.said["words"])
        answer_referral(locked, answer=words, on=today, stamp=stamp)

    asked = _Asked(found.case_id, found.to_unit_id, found.step_id, StepKind.REFERRAL_ANSWERED)
    return _step(actor, asked, given, write, today=today, now=now)


def settle(actor: Actor, subcase_id: UUID, given: Answer, *, today: date, now: datetime) -> UUID:
    """Write how a sub-case ended into its case, and plan what follows.

    Raises ``SubCase.DoesNotExist``, ``AnsweredAlready``, ``StepFaulty``, ``StepIdUsed``.
    """
    rows = SubCase.objects.filter(county=actor.county_id, at_unit__in=_units(actor))
    found = rows.get(pk=subcase_id)

    def write(step: CaseStep, stamp: Stamp) -> None:
        row = SubCase.objects.select_for_update(of=("self",)).select_related("case")
        locked = row.get(pk=found.pk)
        if locked.settled_on is not None:
            raise AnsweredAlready()
        result, finding = SubCaseResult(str(step.said["result"])), str(step.said["finding"])
        settle_subcase(locked, result=result, finding=finding, on=today, stamp=stamp)

    asked = _Asked(found.case_id, found.at_unit_id, found.pk, StepKind.SUBCASE_SETTLED)
    return _step(actor, asked, given, write, today=today, now=now)


@dataclass(frozen=True, slots=True)
class _Asked:
    case_id: UUID
    unit_id: UUID
    step_id: UUID
    kind: StepKind


def _step(
    actor: Actor,
    asked: _Asked,
    given: Answer,
    write: _Write,
    *,
    today: date,
    now: datetime,
) -> UUID:
    faults = faults_in(asked.kind, given.said)
    if faults:
        raise StepFaulty(asked.kind, faults)
    try:
        with transaction.atomic():
            return _write(actor, asked, given, write, today=today, now=now)
    except IntegrityError:
        # The other sending of the same form came first.
        with transaction.atomic():
            return _write(actor, asked, given, write, today=today, now=now)


def _write(
    actor: Actor,
    asked: _Asked,
    given: Answer,
    write: _Write,
    *,
    today: date,
    now: datetime,
) -> UUID:
    cases = Case.objects.select_for_update(of=("self",)).select_related("child")
    case = cases.get(pk=asked.case_id)
    same = CaseStep.objects.filter(pk=given.id).first()
    if same is not None:
        if (same.case_id, same.kind, same.answers_id) != (case.pk, asked.kind, asked.step_id):
            raise StepIdUsed()
        return same.pk
    if case.state in CLOSED:
        raise AnsweredAlready()
    held = _held(actor, asked.unit_id)
    fact = StepFact(
        id=given.id,
        kind=asked.kind,
        on=today,
        level=Level.DEPARTMENT,
        unit_id=asked.unit_id,
        by=actor.person_id,
        answers=asked.step_id,
        said=answers_of(asked.kind, given.said),
    )
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=asked.unit_id)
    step = add_step(case, NewStep(fact=fact, by_role=held.role), stamp=stamp)
    write(step, stamp)
    plan_case(case.pk, today=today, stamp=stamp)
    return step.pk


def _units(actor: Actor) -> list[UUID]:
    """The units for which the actor answers; not those below them."""
    return [h.unit_id for h in actor.holdings if Capability.ANSWER_REFERRALS in h.capabilities]


def _held(actor: Actor, unit_id: UUID) -> Holding:
    return next(
        held
        for held in actor.holdings
        if held.unit_id == unit_id and Capability.ANSWER_REFERRALS in held.capabilities
    )


def _mine(actor: Actor, referral_id: UUID) -> Referral:
    rows = Referral.objects.filter(county=actor.county_id, to_unit__in=_units(actor))
    return rows.get(pk=referral_id)


def _selected(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("case", "step", "from_unit", "to_unit", "answered_by")


def _due(rows: Iterable[Referral]) -> dict[UUID, date]:
    """Until when each is to be answered: its duty's date."""
    found = list(rows)
    duties = Duty.objects.filter(
        subject_id__in=[row.case.child_id for row in found],
        rule=DutyRule.CASE_REFERRAL,
        due_on__isnull=False,
    )
    due = {(d.subject_id, d.occurrence): d.due_on for d in duties}
    keyed = {row.pk: due.get((row.case.child_id, row.step_id.hex[-12:])) for row in found}
    return {pk: on for pk, on in keyed.items() if on is not None}


def _page(row: Referral, due_on: date | None) -> ReferralPage:
    return ReferralPage(
        id=row.pk,
        child_id=row.case.child_id,
        kind=ReferralKind(row.kind),
        from_unit=row.from_unit.name,
        to_unit=row.to_unit.name,
        sent_on=row.sent_on,
        due_on=row.due_on or due_on or row.step.deadline_on,
        asked_for=str(row.step.said.get("asked_for", "")),
        shown=tuple((Field(name), text) for name, text in dict(row.shown).items()),
        state=ReferralState(row.state),
        acknowledged_on=row.acknowledged_on,
        answered_on=row.answered_on,
        answered_by=row.answered_by.name if row.answered_by else "",
        answer=row.answer,
        paper_id=row.paper_id,
    )


def _subcase(row: SubCase) -> SubCasePage:
    return SubCasePage(
        id=row.pk,
        child_id=row.case.child_id,
        kind=SubCaseKind(row.kind),
        at_unit=row.at_unit.name,
        about=row.about,
        opened_on=row.opened_on,
        settled_on=row.settled_on,
        result=SubCaseResult(row.result) if row.result else None,
        finding=row.finding,
    )
