"""Targets of a unit beside those below it, and classes and schools that lost nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.targets.standing import Standing


@dataclass(frozen=True, slots=True)
class Split:
    """What a unit may lose beside what those below it may lose together (R-185)."""

    own: int
    parts: int
    base: int
    """Pupils of those below that have a line of their own."""
    missing: int
    """Units below whose line cannot be told: off, not entered, or of an unknown base."""

    @property
    def fits(self) -> bool | None:
        """Whether nobody below was given more than the unit itself has; ``None`` while a part is
        missing."""
        return None if self.missing else self.parts <= self.own

    @property
    def average(self) -> Ratio:
        """What those below may lose of all their pupils."""
        return Ratio(self.parts, self.base)


def split_of(own: Standing, below: Sequence[Standing | None]) -> Split | None:
    """The check of a split; ``None`` where the unit's line is not about losses, or nothing is
    below. Raises nothing."""
    if own.allowed is None or not below:
        return None
    told = [each for each in below if each is not None and each.allowed is not None]
    return Split(
        own=max(own.allowed, 0),
        parts=sum(max(each.allowed or 0, 0) for each in told),
        base=sum(each.measure.ratio.under for each in told),
        missing=len(below) - len(told),
    )


@dataclass(frozen=True, slots=True)
class NoDropout:
    """Whether a class or school has nobody who is lost (无辍班、无辍校), and since when."""

    is_clean: bool
    since: date
    """Clean: the first day without an unreturned child, the beginning of the period at the
    earliest. Not clean: the day on which the status was lost."""
    was_lost: bool
    """Whether the status was ever lost in the period."""


def no_dropout(outcome: Outcome) -> NoDropout:
    """The status at the cut-off; the day of a return is a day without. Source: R-196."""
    if outcome.lost:
        first = min(loss.lost_on for loss in outcome.lost)
        covering = [loss for loss in outcome.returned if loss.lost_on < first]
        for loss in sorted(covering, key=lambda loss: loss.lost_on, reverse=True):
            if loss.returned_on is not None and loss.returned_on >= first:
                first = loss.lost_on
        return NoDropout(is_clean=False, since=max(first, outcome.since), was_lost=True)
    back = [loss.returned_on for loss in outcome.returned if loss.returned_on is not None]
    since = max([outcome.since, *back])
    return NoDropout(is_clean=True, since=since, was_lost=bool(back))


def before(since: date, until: date) -> date | None:
    """The cut-off of the period before: the end of last month, within the same year; ``None`` in
    its first month."""
    last = until.replace(day=1) - timedelta(days=1)
    return last if last >= since else None


def a_year_before(day: date) -> date:
    """The same day a year ago; 28 February for the 29th."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
