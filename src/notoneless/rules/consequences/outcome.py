"""What a unit's period came to: whom consequences are drawn from, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.units import Stage, UnitKind


class How(StrEnum):
    """Why a child counts as lost."""

    CASE = "case"
    """A determined case, not returned by the cut-off."""
    BETWEEN = "between"
    """Finished primary school and is in no junior school (小升初流生)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What was decided about one loss outside the numbers: by faults and exceptions."""

    is_concealed: bool = False
    is_teacher_caused: bool = False
    answerable: UUID | None = None
    """The person whom that fault names; ``None`` where it names nobody, or there is none."""
    is_exempt: bool = False


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
    answerable: UUID | None = None
    """The person whom that fault names; ``None`` where it names nobody, or there is none."""
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
    lacks: Count | None = None
    """The headcount that the plan counts from and that nobody has entered; ``base`` is 0 then."""

    def marked(self, marks: Mapping[UUID, Marks]) -> Outcome:
        """The same with what was decided about its losses, by the id of a case or a child."""
        return replace(self, losses=tuple(_marked(loss, marks) for loss in self.losses))

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


def _marked(loss: Loss, marks: Mapping[UUID, Marks]) -> Loss:
    keys = [key for key in (loss.case, loss.child) if key is not None]
    said = [marks[key] for key in keys if key in marks]
    if not said:
        return loss
    return replace(
        loss,
        is_concealed=any(each.is_concealed for each in said),
        is_teacher_caused=any(each.is_teacher_caused for each in said),
        answerable=next((each.answerable for each in said if each.answerable), None),
        is_exempt=any(each.is_exempt for each in said),
    )
