"""What was confirmed is paid, deducted or carried out, with its day and receipt (R-200)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.consequences.models import Confirmation, Settlement, SettlementLine
from notoneless.consequences.queries.settlements import StepLine, lines_of_settlement
from notoneless.consequences.services.settlements import NewStep, write_steps
from notoneless.flows.consequences.holding import (
    Held,
    hold_line,
    hold_settlement,
    reaches,
    said,
    stamp_of,
    write_step,
)
from notoneless.flows.consequences.refusals import ComputedAnew, NothingChosen, NotOnThatDay
from notoneless.rules.consequences.life import LineStep


@dataclass(frozen=True, slots=True)
class Done:
    """When it was carried out, and the receipt's number; empty where there is none."""

    on: date
    receipt: str = ""

    def is_said_in(self, step: StepLine | None) -> bool:
        """Whether a step says just this: the same page was sent twice."""
        said = None if step is None else (step.done_on, step.receipt)
        return said == (self.on, self.receipt.strip())

    def step(self, kind: LineStep, reason: str = "") -> NewStep:
        return NewStep(step=kind, reason=reason, done_on=self.on, receipt=self.receipt.strip())


@transaction.atomic
def settle_line(actor: Actor, line_id: UUID, done: Done, *, today: date, now: datetime) -> None:
    """Write down that a line was paid, deducted or carried out; the same page twice is once.

    Raises ``SettlementLine.DoesNotExist``, ``NotAllowed``, ``ComputedAnew``, ``NotConfirmed``,
    ``StepNotNow``, ``NotOnThatDay``.
    """
    held = hold_line(actor, line_id, today=today)
    if done.is_said_in(held.last_by(actor, LineStep.SETTLE)):
        return
    held.must(LineStep.SETTLE)
    _must_be_since(held.settlement, done.on, today)
    stamp = stamp_of(actor, held.settlement, now)
    write_step(held, done.step(LineStep.SETTLE), today=today, stamp=stamp)


@transaction.atomic
def correct_line(
    actor: Actor, line_id: UUID, done: Done, *, reason: str, today: date, now: datetime
) -> None:
    """The day or receipt was written down wrongly: the newer stands, both are kept.

    Raises as ``settle_line``, ``ReasonMissing``.
    """
    held = hold_line(actor, line_id, today=today)
    if done.is_said_in(held.last_by(actor, LineStep.CORRECT)):
        return
    held.must(LineStep.CORRECT)
    _must_be_since(held.settlement, done.on, today)
    step = done.step(LineStep.CORRECT, said(reason))
    write_step(held, step, today=today, stamp=stamp_of(actor, held.settlement, now))


@transaction.atomic
def settle_lines(  # of which, which, when, by whom
    actor: Actor,
    settlement_id: UUID,
    line_ids: Collection[UUID],
    done: Done,
    *,
    today: date,
    now: datetime,
) -> int:
    """Several lines of a settlement on one day and receipt, all or none; answers how many.

    Sent twice it is once. Raises ``Settlement.DoesNotExist``, ``SettlementLine.DoesNotExist`` for
    a line of another settlement, ``NothingChosen``, and as ``settle_line``.
    """
    settlement, confirmation = hold_settlement(actor, settlement_id)
    if not reaches(actor, settlement.unit_id, today=today):
        raise Settlement.DoesNotExist
    if settlement.superseded_at is not None:
        raise ComputedAnew()
    found = _chosen(actor, settlement, line_ids, is_confirmed=confirmation is not None)
    open_ = [each for each in found if not done.is_said_in(each.last_by(actor, LineStep.SETTLE))]
    for each in open_:
        each.must(LineStep.SETTLE)
    _must_be_since(settlement, done.on, today)
    steps = [(held.line.id, len(held.line.steps) + 1, done.step(LineStep.SETTLE)) for held in open_]
    write_steps(steps, settlement, on=today, stamp=stamp_of(actor, settlement, now))
    return len(found)


def _chosen(
    actor: Actor, settlement: Settlement, line_ids: Collection[UUID], *, is_confirmed: bool
) -> Sequence[Held]:
    wanted = set(line_ids)
    lines = lines_of_settlement(settlement.pk, county_id=actor.county_id)
    found = [Held(settlement, line, is_confirmed) for line in lines if line.id in wanted]
    if not wanted:
        raise NothingChosen()
    if len(found) != len(wanted):
        raise SettlementLine.DoesNotExist
    return found


def _must_be_since(settlement: Settlement, day: date, today: date) -> None:
    """Raise ``NotOnThatDay`` before the confirmation, which there is, and in the future."""
    confirmed = Confirmation.objects.get(settlement=settlement)
    first = timezone.localtime(confirmed.at).date()
    if not first <= day <= today:
        raise NotOnThatDay(first=first, last=today)
