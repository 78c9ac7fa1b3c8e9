"""A settlement, or one of its lines, held while somebody acts on it: one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.consequences.models import Confirmation, Settlement, SettlementLine
from notoneless.consequences.queries.settlements import LineRow, StepLine, line_rows
from notoneless.consequences.services.settlements import NewStep, write_steps
from notoneless.flows.consequences.approving import heads, is_bearer
from notoneless.flows.consequences.proposing import school_seen, take_turns
from notoneless.flows.consequences.refusals import (
    OF_OBSTACLE,
    ComputedAnew,
    ReasonMissing,
)
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.rules.consequences.life import LineStep, obstacle
from notoneless.rules.roles import Capability

EITHER = (Capability.SETTLE, Capability.CONFIRM_SETTLEMENT)


@dataclass(frozen=True, slots=True)
class Held:
    """A line with its settlement, while the school is locked."""

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

    def last_by(self, actor: Actor, step: LineStep) -> StepLine | None:
        """The last step where it is this one and the actor's own: perhaps the same page again."""
        last = self.line.steps[-1] if self.line.steps else None
        is_own = last is not None and (last.step, last.by_id) == (step, actor.person_id)
        return last if is_own else None


def hold_settlement(actor: Actor, settlement_id: UUID) -> tuple[Settlement, Confirmation | None]:
    """The settlement as it stands while its school is locked, and its confirmation.

    Raises ``Settlement.DoesNotExist``; the reach is the caller's to ask.
    """
    found = Settlement.objects.only("unit").get(pk=settlement_id, county=actor.county_id)
    take_turns(found.unit_id)
    row = Settlement.objects.get(pk=settlement_id)
    return row, Confirmation.objects.filter(settlement=row).first()


def hold_line(actor: Actor, line_id: UUID, *, today: date, is_bearer_enough: bool = False) -> Held:
    """A line for somebody who settles or approves for its school, or bears it.

    Raises ``SettlementLine.DoesNotExist`` for others, ``NotAllowed`` for a bearer where that is
    not enough, ``ComputedAnew``.
    """
    found = SettlementLine.objects.only("settlement").get(pk=line_id, county=actor.county_id)
    settlement, confirmation = hold_settlement(actor, found.settlement_id)
    (line,) = line_rows(SettlementLine.objects.filter(pk=line_id))
    if not reaches(actor, settlement.unit_id, today=today):
        if not (is_bearer(actor, [line]) or heads(actor, line.bearing_unit_id)):
            raise SettlementLine.DoesNotExist
        if not is_bearer_enough:
            raise NotAllowed(capability=Capability.SETTLE.value)
    if settlement.superseded_at is not None:
        raise ComputedAnew()
    return Held(settlement, line, confirmation is not None)


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


def said(text: str) -> str:
    """What somebody wrote, without blanks around it. Raises ``ReasonMissing``."""
    text = text.strip()
    if not text:
        raise ReasonMissing()
    return text


def stamp_of(actor: Actor, settlement: Settlement, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=settlement.unit_id)


def write_step(held: Held, step: NewStep, *, today: date, stamp: Stamp) -> None:
    """Write the next step of the line."""
    number = len(held.line.steps) + 1
    write_steps([(held.line.id, number, step)], held.settlement, on=today, stamp=stamp)
