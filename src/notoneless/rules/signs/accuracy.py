"""How often signs were right: precision and recall against children who later really left.

Precision: of the signs that had time to come true, how many were followed by a confirmed dropout.
Recall: of the confirmed dropouts, how many had been preceded by a sign. Both by rule and by group.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from notoneless.rules.signs.kinds import SignRule

SMALL = 10
"""Cells below this show nothing: a handful of children can be guessed."""


class Group(StrEnum):
    """By what accuracy is compared. Never by ethnicity or religion."""

    SEX = "sex"
    BOARDING = "boarding"
    LEFT_BEHIND = "left_behind"


@dataclass(frozen=True, slots=True)
class FiredOnce:
    """One sign of one child, from the day it fired."""

    child_id: UUID
    rule: SignRule
    on: date


@dataclass(frozen=True, slots=True)
class Outcome:
    """That a child has really dropped out, and since when that is confirmed."""

    child_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Share:
    """A numerator and its denominator."""

    count: int
    base: int

    @property
    def is_small(self) -> bool:
        """Too few to show: either number, or what is left between them, names few children."""
        return any(0 < n < SMALL for n in (self.count, self.base, self.base - self.count))


@dataclass(frozen=True, slots=True)
class Accuracy:
    rule: SignRule
    precision: Share
    recall: Share


def accuracy_of(
    fired: Collection[FiredOnce],
    outcomes: Collection[Outcome],
    *,
    within_days: int,
    as_of: date,
) -> list[Accuracy]:
    """Precision and recall of each rule.

    A sign is right when its child's outcome is confirmed from that day to ``within_days`` later,
    both included; signs younger than that are not judged unless they were right already.
    """
    span = timedelta(days=within_days)
    left: dict[UUID, list[date]] = {}
    for outcome in outcomes:
        left.setdefault(outcome.child_id, []).append(outcome.on)
    rows = []
    for rule in SignRule:
        own = [each for each in fired if each.rule is rule]
        rows.append(
            Accuracy(rule, _precision(own, left, span, as_of), _recall(own, outcomes, span))
        )
    return rows


def suppressed(parts: Mapping[str, Share]) -> Mapping[str, Share | None]:
    """The parts of one comparison as they may be shown: all of them, or none.

    One small part takes the others with it, since together with the total they would tell it.
    """
    is_small = any(share.is_small for share in parts.values())
    return {name: None if is_small else share for name, share in parts.items()}


def alerts_per_class_month(
    fired: Iterable[FiredOnce], *, classes: int, months: Sequence[date]
) -> float:
    """How many signs a class teacher is shown in a month; 0 for no class or no month."""
    cells = classes * len(months)
    return sum(1 for _ in fired) / cells if cells else 0.0


def _precision(
    fired: Iterable[FiredOnce],
    left: Mapping[UUID, Sequence[date]],
    span: timedelta,
    as_of: date,
) -> Share:
    right = judged = 0
    for each in fired:
        is_right = any(each.on <= on <= each.on + span for on in left.get(each.child_id, ()))
        right += is_right
        judged += is_right or each.on + span < as_of
    return Share(right, judged)


def _recall(fired: Iterable[FiredOnce], outcomes: Collection[Outcome], span: timedelta) -> Share:
    signs: dict[UUID, list[date]] = {}
    for each in fired:
        signs.setdefault(each.child_id, []).append(each.on)
    is_seen: Callable[[Outcome], bool] = lambda o: any(  # noqa: E731
        on <= o.on <= on + span for on in signs.get(o.child_id, ())
    )
    return Share(sum(map(is_seen, outcomes)), len(outcomes))
