"""An exception is filed and verified; the second person decides line by line and confirms."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.consequences.models import Settlement
from notoneless.consequences.queries.settlements import (
    LineRow,
    StepLine,
    lines_of_settlement,
    waiting,
)
from notoneless.consequences.services.settlements import (
    NewStep,
    write_confirmation,
    write_statement,
    write_steps,
)
from notoneless.flows.consequences.approving import is_bearer, must_approve
from notoneless.flows.consequences.exempting import after_exception, conditions_of
from notoneless.flows.consequences.gathering import people_of
from notoneless.flows.consequences.holding import (
    Held,
    hold_line,
    hold_settlement,
    reaches,
    said,
    stamp_of,
    write_step,
)
from notoneless.flows.consequences.honours import cancel_blocked
from notoneless.flows.consequences.refusals import (
    AlreadyConfirmed,
    BearerUnnamed,
    ComputedAnew,
    ConditionUnanswered,
    FiledBefore,
    LinesWait,
    MoreThanComputed,
    MovedOn,
    NothingToExcuse,
    NotOver,
    OneBearsIt,
    OneMadeIt,
)
from notoneless.places.models import Person
from notoneless.policy.queries.inforce import kept_policy
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.holders import ANSWERABLE
from notoneless.rules.consequences.life import LineState, LineStep, unanswered
from notoneless.rules.indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Decision:
    """What the approver says about one line."""

    step: LineStep
    seen: int
    """How many steps the line had on the page on which it was decided."""
    reason: str = ""
    fen: int | None = None
    """Of a change of money: what it comes to instead, with its sign."""
    points: Decimal | None = None
    person_id: UUID | None = None
    """Who bears a line for which the fault named nobody."""

    def is_said_in(self, step: StepLine) -> bool:
        """Whether a step of the same kind says just this."""
        said = (step.reason, step.fen, step.points)
        asked = (self.reason.strip(), self.fen, self.points)
        return said == asked if self.step is LineStep.CHANGE else said[0] == asked[0]


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
    The same page twice is once.
    Raises ``SettlementLine.DoesNotExist``, ``ReasonMissing``, ``NothingToExcuse``, ``FiledBefore``,
    and as the line's state says.
    """
    held = hold_line(actor, line_id, today=today, is_bearer_enough=True)
    before = held.line.statement
    if before and (before.filed_by_id, before.circumstances) == (
        actor.person_id,
        circumstances.strip(),
    ):
        return
    held.must(LineStep.FILE)
    if before is not None:
        raise FiledBefore()
    losses = [loss.child for loss in held.line.evidence]
    named = [child for child in losses if child in set(children)] or losses
    if not named:
        raise NothingToExcuse()
    stamp = stamp_of(actor, held.settlement, now)
    write_statement(
        line_id,
        held.settlement,
        circumstances=said(circumstances),
        children=named,
        on=today,
        stamp=stamp,
    )
    write_step(held, NewStep(step=LineStep.FILE), today=today, stamp=stamp)


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
    after looking into them (R-216); the same page twice is once.

    Raises as ``file_exception``, ``OneBearsIt``, ``OneMadeIt``.
    """
    held = hold_line(actor, line_id, today=today)
    asked = conditions_of(kept_policy(held.settlement.policy))
    answered = {each: answers.get(each) is True for each in asked}
    again = held.last_by(actor, LineStep.VERIFY)
    if again and (again.answers, again.reason) == (answered, reason.strip()):
        return
    held.must(LineStep.VERIFY)
    if is_bearer(actor, [held.line]):
        raise OneBearsIt()
    if held.line.statement and held.line.statement.filed_by_id == actor.person_id:
        raise OneMadeIt()
    step = NewStep(step=LineStep.VERIFY, answers=answered, reason=said(reason))
    write_step(held, step, today=today, stamp=stamp_of(actor, held.settlement, now))


@transaction.atomic
def decide(actor: Actor, line_id: UUID, decision: Decision, *, today: date, now: datetime) -> None:
    """The approver accepts, changes with a reason or rejects a line, or grants its exception.

    Nothing of it has effect before the settlement is confirmed; the same page twice is once.
    Raises as ``file_exception``, ``MovedOn`` when somebody acted after the page was opened,
    ``NotAllowed``, ``OneBearsIt``, ``OneMadeIt``, ``ApproverElsewhere``, ``ConditionUnanswered``,
    ``BearerUnnamed``, ``MoreThanComputed``.
    """
    held = hold_line(actor, line_id, today=today)
    since = len(held.line.steps) - decision.seen
    last = held.last_by(actor, decision.step)
    if since == 1 and last is not None and decision.is_said_in(last):
        return
    held.must(decision.step)
    if since:
        raise MovedOn()
    must_approve(actor, held.settlement, [held.line], today=today)
    is_grant = decision.step is LineStep.GRANT
    step = _granted(held, decision) if is_grant else _decided(held, decision)
    write_step(held, step, today=today, stamp=stamp_of(actor, held.settlement, now))


@transaction.atomic
def confirm(actor: Actor, settlement_id: UUID, *, seen: int, today: date, now: datetime) -> None:
    """The second person confirms: what is in force and was not decided otherwise holds as computed,
    vetoed honours of the year are cancelled (R-208). Rules that are off stay without effect.

    ``seen``: how many steps its lines had together on the page that is confirmed. Twice by one
    person is once. Raises ``Settlement.DoesNotExist``, ``NotAllowed``, ``AlreadyConfirmed``,
    ``NotOver`` before the period has ended, ``LinesWait``, ``ComputedAnew``, ``MovedOn`` when
    somebody acted since, ``OneBearsIt``, ``OneMadeIt``, ``ApproverElsewhere``.
    """
    settlement, confirmation = hold_settlement(actor, settlement_id)
    if not reaches(actor, settlement.unit_id, today=today):
        raise Settlement.DoesNotExist
    if confirmation is not None:
        if confirmation.by_id == actor.person_id:
            return
        raise AlreadyConfirmed()
    if settlement.superseded_at is not None:
        raise ComputedAnew()
    if settlement.counted_until < settlement.until:
        raise NotOver(on=settlement.until)
    lines = lines_of_settlement(settlement_id, county_id=actor.county_id)
    must_approve(actor, settlement, [line for line in lines if line.may_take_effect], today=today)
    if open_ := waiting(lines):
        raise LinesWait(count=len(open_))
    if sum(len(line.steps) for line in lines) != seen:
        raise MovedOn()
    stamp = stamp_of(actor, settlement, now)
    accepted = [
        (line.id, 1, NewStep(step=LineStep.APPROVE))
        for line in lines
        if line.may_take_effect and line.state is LineState.COMPUTED
    ]
    write_steps(accepted, settlement, on=today, stamp=stamp)
    write_confirmation(settlement, on=today, stamp=stamp)
    cancel_blocked(settlement, on=today, stamp=stamp)


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
    reason = decision.reason.strip() if is_plain else said(decision.reason)
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
