"""Which days of a child count: known days, stretches of them, edges of weeks, ends of breaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from notoneless.rules.attendance.days import Mark
from notoneless.rules.calendar import ONE_DAY, days_from
from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.thresholds import Bound, SignRules

KNOWN = frozenset({Mark.PRESENT, Mark.EXCUSED, Mark.UNEXPLAINED})
"""A day nobody called, or without class, is neither presence nor absence."""
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Unexplained days out of known ones."""

    absent: int
    known: int

    def is_more_than(self, other: Stretch) -> bool:
        """Whether the share missed is greater, by cross-multiplication; never out of nothing."""
        if not self.known or not other.known:
            return False
        return self.absent * other.known > other.absent * self.known


@dataclass(frozen=True, slots=True)
class Trend:
    """The last school days beside as many before them."""

    now: Stretch
    before: Stretch

    @property
    def is_rising(self) -> bool:
        return self.now.is_more_than(self.before)


def last_days(facts: SignFacts, length: int, *, skip: int = 0) -> tuple[date, ...]:
    """The last ``length`` school days up to ``as_of``, after leaving out the newest ``skip``."""
    end = len(facts.days) - skip
    return facts.days[max(0, end - length) : max(0, end)]


def unexplained(facts: SignFacts, days: Iterable[date]) -> tuple[date, ...]:
    return tuple(day for day in days if facts.marks.get(day) is Mark.UNEXPLAINED)


def known(facts: SignFacts, days: Iterable[date]) -> tuple[date, ...]:
    return tuple(day for day in days if facts.marks.get(day) in KNOWN)


def stretch(facts: SignFacts, days: Sequence[date]) -> Stretch:
    return Stretch(len(unexplained(facts, days)), len(known(facts, days)))


def trend_of(facts: SignFacts, rules: SignRules) -> Trend:
    """The child's last ``share_window`` school days beside as many before them."""
    length = rules.share_window
    return Trend(
        stretch(facts, last_days(facts, length)),
        stretch(facts, last_days(facts, length, skip=length)),
    )


def term_days(facts: SignFacts) -> tuple[date, ...]:
    """School days of the running term up to ``as_of``; none in a vacation."""
    term = facts.term
    return tuple(day for day in facts.days if day in term) if term else ()


def is_guarded(facts: SignFacts, rules: SignRules) -> bool:
    """Whether it is too early in the term, or in the child's class, for shares and patterns.

    Counted are the days of the term with a known mark of the child. Without a figure nothing is
    guarded; in a vacation everything is. Source: R-076; field study, false alarms at term start.
    """
    if rules.guard is None:
        return False
    return not rules.guard.is_met(len(known(facts, term_days(facts))))


def week_edges(facts: SignFacts) -> frozenset[date]:
    """School days beside a Saturday or Sunday without class: they begin or end a week."""
    row = [*facts.days, *([facts.next_day] if facts.next_day else [])]
    edges = set()
    for earlier, later in pairwise(row):
        if any(day.weekday() > FRIDAY for day in days_from(earlier + ONE_DAY, later)):
            edges |= {earlier, later}
    return frozenset(edges)


def after_breaks(facts: SignFacts, length: Bound) -> frozenset[date]:
    """First school days after so many calendar days without class."""
    return frozenset(
        later
        for earlier, later in pairwise(facts.days)
        if length.is_met((later - earlier).days - 1)
    )
