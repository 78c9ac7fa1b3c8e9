"""The children behind a dropout or retention figure, as far as the reader may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.listing import ChildRow, child_rows
from notoneless.flows.overview.units import UnitSeen
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.numbers.queries.outcomes import Wanted, outcomes_by_stage
from notoneless.oversight.queries.marks import marks_of
from notoneless.policy.queries.many import policies_of
from notoneless.rules.consequences.outcome import Loss, Outcome
from notoneless.rules.indicators.periods import statistical_year, year_of
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.roles import Capability
from notoneless.rules.units import Stage


@dataclass(frozen=True, slots=True)
class Named:
    """One loss with its child; ``row`` is ``None`` for a child out of the reader's reach."""

    loss: Loss
    row: ChildRow | None


@dataclass(frozen=True, slots=True)
class Losses:
    """Who was lost in a year, and who came back."""

    outcome: Outcome
    lost: tuple[Named, ...]
    returned: tuple[Named, ...]

    @property
    def hidden(self) -> int:
        """Children who are counted and whose names the reader may not see."""
        return sum(1 for each in (*self.lost, *self.returned) if each.row is None)

    @property
    def kept(self) -> Ratio:
        """The retention now."""
        return Ratio(self.outcome.base - len(self.outcome.lost), self.outcome.base)

    @property
    def restored(self) -> Ratio:
        """The retention of the base without those who came back: what they have restored is the
        difference to it."""
        outcome = self.outcome
        away = len(outcome.lost) + len(outcome.returned)
        return Ratio(outcome.base - away, outcome.base)


def losses_of(
    actor: Actor, unit: UnitSeen, stage: Stage | None, *, today: date, stamp: Stamp
) -> Losses:
    """The losses of a unit's school year so far, by name, noted as one reading.

    Raises ``NotAllowed`` for who may not see cases there, ``KeyError`` where the unit did not stand
    this year.
    """
    actor.must(Capability.SEE_CASES, at=[unit.path])
    period = year_of(statistical_year(today)).up_to(today)
    policies = policies_of([unit.id], county_id=actor.county_id, on=today)
    wanted = Wanted(actor.county_id, [unit.id], period, stages=(stage,))
    outcome = outcomes_by_stage(wanted, policies, today=today)[unit.id, stage]
    cases = [loss.case for loss in outcome.losses if loss.case is not None]
    outcome = outcome.marked(marks_of(actor.county_id, case_ids=cases) if cases else {})
    seen = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CASES)
    own = seen.filter(pk__in=[loss.child for loss in outcome.losses], merged_into=None)
    rows = {row.id: row for row in child_rows(own, actor, on=today)}
    told = f"targets unit={unit.id} until={period.until} stage={stage or ''}"
    listed = Listed.of(told, list(rows))
    note_reading("targets.opened", stamp=stamp, fields=["name", "losses"], listed=listed)
    return Losses(
        outcome,
        tuple(Named(loss, rows.get(loss.child)) for loss in outcome.lost),
        tuple(Named(loss, rows.get(loss.child)) for loss in outcome.returned),
    )
