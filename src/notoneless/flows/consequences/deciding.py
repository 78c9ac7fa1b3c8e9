"""An exception is filed and verified; the second person decides line by line and confirms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.access.actor import Actor, NotAllowed
from notoneless.consequences.models import Confirmation, Settlement, SettlementLine
from notoneless.consequences.queries.settlements import (
    LineRow,
    line_rows,
    lines_of_settlement,
    waiting,
)
from notoneless.consequences.services.settlements import (
    NewStep,
    write_confirmation,
    write_statement,
    write_steps,
)
from notoneless.flows.consequences.approving import (
    heads,
    is_bearer,
    must_approve,
)
from notoneless.flows.consequences.exempting import after_exception, conditions_of
from notoneless.flows.consequences.gathering import people_of
from notoneless.flows.consequences.honours import cancel_blocked
from notoneless.flows.consequences.proposing import school_seen
from notoneless.flows.consequences.refusals import (
    OF_OBSTACLE,
    AlreadyConfirmed,
    BearerUnnamed,
    ComputedAnew,
    ConditionUnanswered,
    FiledBefore,
    LinesWait,
    MoreThanComputed,
    NothingToExcuse,
    NotOnThatDay,
    NotOver,
    OneBearsIt,
    OneMadeIt,
    ReasonMissing,
)
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit
from notoneless.policy.queries.inforce import kept_policy
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.holders import ANSWERABLE
from notoneless.rules.consequences.life import LineState, LineStep, obstacle, unanswered
from notoneless.rules.indicators.periods import Period
from notoneless.rules.roles import Capability

EITHER = (Capability.SETTLE, Capability.CONFIRM_SETTLEMENT)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver says about one line."""

    step: LineStep
    reason: str = ""
    fen: int | None = None
    """Of a change of money: what it comes to instead, with its sign."""
    points: Decimal | None = None
    person_id: UUID | None = None
    """Who bears a line for which the fault named nobody."""


@dataclass(frozen=True, slots=True)
class Held:
    """A line with its settlement, both locked."""

    settlement: Settlement
    line: LineRow
    is_confirmed: bool

    def must(self, step: LineStep) -> None:
        """Raise the refusal for why ``step`` is not open."""
        why = obstacle(
            step,
            self.line.state,
            kind=self.line.kind,
            standing=self.line.standing,
            is_confirmed=self.is_confirmed,
        )
        if why is not None:
            raise OF_OBSTACLE[why]()


@transaction.atomic
def file_exception(
    actor: Actor,
    line_id: UUID,
    *,
    circumstances: str,
    children: Collection[UUID],
    today: date,
    now: datetime,
) -> None:
    """The bearer, or whoever settles for the unit, says why a line should not hold (R-206, F-073).

    ``children``: those of the line's children that it is about; all of them when none is named.
    Raises ``SettlementLine.DoesNotExist``, ``ReasonMissing``, ``NothingToExcuse``, ``FiledBefore``,
    and as the line's state says.
    """
    held = _locked(actor, line_id, today=today, is_bearer_enough=True)
    held.must(LineStep.FILE)
    if held.line.statement is not None:
        raise FiledBefore()
    losses = [loss.child for loss in held.line.evidence]
    named = [child for child in losses if child in set(children)] or losses
    if not named:
        raise NothingToExcuse()
    stamp = _stamp(actor, held, now)
    write_statement(
        line_id,
        held.settlement,
        circumstances=_said(circumstances),
        children=named,
        on=today,
        stamp=stamp,
    )
    _write(held, NewStep(step=LineStep.FILE), today=today, stamp=stamp)


@transaction.atomic
def verify_exception(
    actor: Actor,
    line_id: UUID,
    answers: Mapping[str, bool],
    *,
    reason: str,
    today: date,
    now: datetime,
) -> None:
    """Somebody who prepares settlements, neither bearer nor filer, answers the policy's conditions
    after looking into them (R-216). Raises as ``file_exception``, ``OneBearsIt``, ``OneMadeIt``."""
    held = _locked(actor, line_id, today=today)
    held.must(LineStep.VERIFY)
    if is_bearer(actor, [held.line]):
        raise OneBearsIt()
    if held.line.statement and held.line.statement.filed_by_id == actor.person_id:
        raise OneMadeIt()
    asked = conditions_of(kept_policy(held.settlement.policy))
    answered = {each: answers.get(each) is True for each in asked}
    step = NewStep(step=LineStep.VERIFY, answers=answered, reason=_said(reason))
    _write(held, step, today=today, stamp=_stamp(actor, held, now))


@transaction.atomic
def decide(actor: Actor, line_id: UUID, decision: Decision, *, today: date, now: datetime) -> None:
    """The approver accepts, changes with a reason or rejects a line, or grants its exception.

    Nothing of it has effect before the settlement is confirmed. Raises as ``file_exception``,
    ``NotAllowed``, ``OneBearsIt``, ``OneMadeIt``, ``ApproverElsewhere``, ``ConditionUnanswered``,
    ``BearerUnnamed``, ``MoreThanComputed``.
    """
    held = _locked(actor, line_id, today=today)
    held.must(decision.step)
    must_approve(actor, held.settlement, [held.line], today=today)
    is_grant = decision.step is LineStep.GRANT
    step = _granted(held, decision) if is_grant else _decided(held, decision)
    _write(held, step, today=today, stamp=_stamp(actor, held, now))


@transaction.atomic
def confirm(actor: Actor, settlement_id: UUID, *, today: date, now: datetime) -> None:
    """The second person confirms: what is in force and was not decided otherwise holds as computed,
    vetoed honours of the year are cancelled (R-208). Rules that are off stay without effect.

    Raises ``Settlement.DoesNotExist``, ``NotAllowed``, ``AlreadyConfirmed``, ``NotOver`` before the
    period has ended, ``LinesWait``, ``ComputedAnew``, ``OneBearsIt``, ``OneMadeIt``,
    ``ApproverElsewhere``.
    """
    settlement, is_confirmed = _settlement(actor, settlement_id)
    if not reaches(actor, settlement.unit_id, today=today):
        raise Settlement.DoesNotExist
    if is_confirmed:
        raise AlreadyConfirmed()
    if settlement.superseded_at is not None:
        raise ComputedAnew()
    if settlement.counted_until < settlement.until:
        raise NotOver(on=settlement.until)
    lines = lines_of_settlement(settlement_id, county_id=actor.county_id)
    must_approve(actor, settlement, [line for line in lines if line.may_take_effect], today=today)
    if open_ := waiting(lines):
        raise LinesWait(count=len(open_))
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=settlement.unit_id)
    accepted = [
        (line.id, 1, NewStep(step=LineStep.APPROVE))
        for line in lines
        if line.may_take_effect and line.state is LineState.COMPUTED
    ]
    write_steps(accepted, settlement, on=today, stamp=stamp)
    write_confirmation(settlement, on=today, stamp=stamp)
    cancel_blocked(settlement, on=today, stamp=stamp)


@transaction.atomic
def settle_line(
    actor: Actor, line_id: UUID, *, done_on: date, receipt: str, today: date, now: datetime
) -> None:
    """Write down that a line was paid, deducted or carried out, with its receipt (R-200).

    Raises as ``file_exception``, ``NotConfirmed``, ``NotOnThatDay``.
    """
    held = _locked(actor, line_id, today=today)
    held.must(LineStep.SETTLE)
    confirmed = Confirmation.objects.get(settlement=held.settlement)
    first = timezone.localtime(confirmed.at).date()
    if not first <= done_on <= today:
        raise NotOnThatDay(first=first, last=today)
    step = NewStep(step=LineStep.SETTLE, done_on=done_on, receipt=receipt.strip())
    _write(held, step, today=today, stamp=_stamp(actor, held, now))


def _settlement(actor: Actor, settlement_id: UUID) -> tuple[Settlement, bool]:
    """The settlement locked, and whether it is confirmed."""
    row = Settlement.objects.select_for_update().get(pk=settlement_id, county=actor.county_id)
    return row, Confirmation.objects.filter(settlement=row).exists()


def _locked(actor: Actor, line_id: UUID, *, today: date, is_bearer_enough: bool = False) -> Held:
    """A line for somebody who settles or approves for its school, or bears it.

    Raises ``SettlementLine.DoesNotExist`` for others, ``NotAllowed`` for a bearer where that is
    not enough, ``ComputedAnew``.
    """
    found = SettlementLine.objects.only("settlement").get(pk=line_id, county=actor.county_id)
    settlement, is_confirmed = _settlement(actor, found.settlement_id)
    (line,) = line_rows(SettlementLine.objects.filter(pk=line_id))
    if not reaches(actor, settlement.unit_id, today=today):
        if not (is_bearer(actor, [line]) or heads(actor, line.bearing_unit_id)):
            raise SettlementLine.DoesNotExist
        if not is_bearer_enough:
            raise NotAllowed(capability=Capability.SETTLE.value)
    if settlement.superseded_at is not None:
        raise ComputedAnew()
    return Held(settlement, line, is_confirmed)


def reaches(actor: Actor, school_id: UUID, *, today: date) -> bool:
    """Whether the actor settles or approves for a school; at most two statements."""
    for capability in EITHER:
        if not actor.may(capability):
            continue
        try:
            school_seen(actor, school_id, capability, on=today)
        except Unit.DoesNotExist:
            continue
        return True
    return False


def _granted(held: Held, decision: Decision) -> NewStep:
    policy = kept_policy(held.settlement.policy)
    verified = next(s for s in reversed(held.line.steps) if s.step is LineStep.VERIFY)
    if unanswered(conditions_of(policy), verified.answers):
        raise ConditionUnanswered()
    rest = after_exception(held.settlement, held.line, policy)
    return NewStep(
        step=LineStep.GRANT,
        reason=decision.reason.strip(),
        is_rest=rest is not None,
        fen=rest.fen if rest else None,
        points=rest.points if rest else None,
    )


def _decided(held: Held, decision: Decision) -> NewStep:
    line, step = held.line, decision.step
    names_nobody = line.role == ANSWERABLE and line.person_id is None
    if names_nobody and step is not LineStep.REJECT and decision.person_id is None:
        raise BearerUnnamed()
    if decision.person_id is not None and decision.person_id not in _nameable(held):
        raise Person.DoesNotExist
    is_plain = step is LineStep.APPROVE and line.standing is Standing.IN_FORCE
    reason = decision.reason.strip() if is_plain else _said(decision.reason)
    if step is LineStep.CHANGE:
        _must_not_add(line, decision)
    is_change = step is LineStep.CHANGE
    return NewStep(
        step=step,
        reason=reason,
        fen=decision.fen if is_change and line.is_money else None,
        points=decision.points if is_change and line.computed_points is not None else None,
        person_id=decision.person_id if names_nobody else None,
    )


def _nameable(held: Held) -> set[UUID]:
    row = held.settlement
    period = Period(row.since, row.counted_until)
    return {person for person, _ in people_of({row.unit_id, held.line.unit_id}, period)}


def _must_not_add(line: LineRow, decision: Decision) -> None:
    """A change lies between nothing and what was computed."""
    pairs: Sequence[tuple[int | Decimal | None, int | Decimal | None]] = (
        (line.computed_fen, decision.fen),
        (line.computed_points, decision.points),
    )
    for computed, wanted in pairs:
        if computed is None:
            continue
        low, high = sorted((computed, type(computed)(0)))
        if wanted is None or not low <= wanted <= high:
            raise MoreThanComputed()


def _said(text: str) -> str:
    said = text.strip()
    if not said:
        raise ReasonMissing()
    return said


def _stamp(actor: Actor, held: Held, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=held.settlement.unit_id)


def _write(held: Held, step: NewStep, *, today: date, stamp: Stamp) -> None:
    number = len(held.line.steps) + 1
    write_steps([(held.line.id, number, step)], held.settlement, on=today, stamp=stamp)
