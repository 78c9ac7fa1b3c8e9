"""What a unit's period came to: whom consequences are drawn from, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.units import Stage, UnitKind


class How(StrEnum):
    """Why a child counts as lost."""

    CASE = "case"
    """A determined case, not returned by the cut-off."""
    BETWEEN = "between"
    """Finished primary school and is in no junior school (小升初流生)."""
    UNFILED = "unfiled"
    """Studies elsewhere without the papers that the policy asks for (借读未备案)."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One child that a unit lost, as known at the cut-off."""

    child: UUID
    how: How
    lost_on: date
    """The first day of the absence, or the day on which it should have been registered."""
    school_class: UUID | None = None
    case: UUID | None = None
    known_on: date | None = None
    """When the school knew; ``None`` where nobody has written it down."""
    reported_on: date | None = None
    """When the class teacher or the school reported it in writing."""
    returned_on: date | None = None
    """Back, and not lost again by the cut-off: counts in no rate and costs nobody anything."""
    is_concealed: bool = False
    """A decided fault says that it was hidden or its numbers were false."""
    is_teacher_caused: bool = False
    """A decided fault says that a teacher's conduct caused it."""
    is_exempt: bool = False
    """An exception was filed, verified and granted; still counted, not charged (S1-26)."""

    @property
    def counts(self) -> bool:
        """Whether it is lost at the cut-off."""
        return self.returned_on is None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A unit's base and losses of a period that ends with ``until``, both days included."""

    unit: UUID
    kind: UnitKind
    since: date
    until: date
    base: int
    """Pupils that the rate is counted from, by the policy's ``baseline_kind``."""
    losses: tuple[Loss, ...] = ()
    """Lost at the cut-off or back since; in the order of the children's names."""
    stage: Stage | None = None
    """``None`` for all stages together."""

    @property
    def lost(self) -> tuple[Loss, ...]:
        return tuple(loss for loss in self.losses if loss.counts)

    @property
    def returned(self) -> tuple[Loss, ...]:
        """Children that came back: what they restore is shown, never charged."""
        return tuple(loss for loss in self.losses if not loss.counts)

    @property
    def rate(self) -> Ratio:
        """Lost of the base, in the contract's sense (``contract_rate``)."""
        return Ratio(len(self.lost), self.base)
