"""By which named counts one child is counted in which place: pure, one child at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from notoneless.rules.cases.kinds import ERRORS, Outcome
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period

G = TypeVar("G")
"""How a table names its lines."""

_IN = {
    "transferred_in": Count.MOVED_IN,
    "class_changed": Count.MOVED_IN,
    "resumed": Count.RESUMED,
    "enrolled": Count.OTHER_IN,
    "roster": Count.LISTED,
}
_OUT = {"graduated": Count.GRADUATED, "died": Count.DIED}
MISTAKE = "mistake"
_LAWFUL = {
    Outcome.DECEASED: Count.DIED,
    Outcome.TRANSFERRED: Count.MOVED_OUT,
    Outcome.ABROAD: Count.MOVED_OUT,
    Outcome.FINISHED: Count.GRADUATED,
    Outcome.SUSPENDED: Count.SUSPENDED,
    Outcome.VISITING: Count.VISITING,
}
LAWFUL_ENDS = frozenset(_LAWFUL)
"""Ends of a case that say where the child lawfully is."""
_GONE = frozenset({Count.DIED, Count.MOVED_OUT, Count.GRADUATED, Count.SUSPENDED})


@dataclass(frozen=True, slots=True)
class Spell:
    """A registration at a leaf of the tree, ``to_on`` exclusive."""

    leaf: UUID
    from_on: date
    to_on: date | None
    begun: str
    ended: str
    is_own: bool = True
    """False for the spell of a row that was merged into the child."""

    def holds(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or self.to_on > day)

    def meets(self, other: Spell) -> bool:
        """Whether both hold on some day."""
        return (other.to_on is None or self.from_on < other.to_on) and (
            self.to_on is None or other.from_on < self.to_on
        )


@dataclass(frozen=True, slots=True)
class CaseAt:
    """A case as it stood on the cut-off day: what happened later is left out."""

    leaf: UUID
    opened_on: date
    confirmed_on: date | None
    returned_on: date | None
    closed_on: date | None
    outcome: str
    id: UUID | None = None

    @property
    def is_error(self) -> bool:
        return self.outcome in ERRORS

    @property
    def is_away(self) -> bool:
        return self.returned_on is None and self.closed_on is None


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """What is known of one child, merged rows included."""

    spells: tuple[Spell, ...]
    cases: tuple[CaseAt, ...] = ()


@dataclass(frozen=True, slots=True)
class _Where:
    """A child's spells in order, and where it was when."""

    spells: Sequence[Spell]
    first: date
    """The day whose state the period begins with."""
    base: Spell | None
    start: Spell | None
    end: Spell | None


def counts_of(facts: ChildFacts, lines: Mapping[UUID, G], period: Period) -> set[tuple[G, Count]]:
    """The lines in which one child is counted, and as what.

    ``lines`` names the line of each leaf; leaves without one are left out. The state at the
    beginning of a period is that of the day before it; of a statistical year, that of its base
    day. A day on which a child comes back or leaves counts, the cut-off day too. Raises nothing.
    """
    where = _where(facts.spells, period)
    dropped = any(case.confirmed_on and case.is_away for case in facts.cases)
    lawful = None if dropped or not facts.cases else _lawful_end(facts, where)
    found = set(_from_cases(facts.cases, lines, period)) if facts.cases else set()
    by_line: dict[G, list[Spell]] = {}
    for spell in where.spells:
        if spell.leaf in lines:
            by_line.setdefault(lines[spell.leaf], []).append(spell)
    for line, inside in by_line.items():
        here = (line, Count.DROPPED) in found
        counted = set(_from_spells(where, inside, period, is_dropped=dropped, is_here=here))
        if lawful and where.end in inside:
            count, since = lawful
            if period.from_on <= since or count in (Count.SUSPENDED, Count.VISITING):
                counted.add(count)
        gone = lawful[0] in _GONE if lawful else False
        counted |= set(_of_base(where, inside, is_dropped=dropped, is_gone=gone))
        found.update((line, count) for count in counted)
    return found


def base_leaf(facts: ChildFacts, period: Period) -> UUID | None:
    """Where a child was registered on the base day: the leaf that counts it as ``Count.BASE``."""
    base = _at(_known(facts.spells, period), period.base_day)
    return base.leaf if base else None


def _known(spells: Sequence[Spell], period: Period) -> list[Spell]:
    """In their order; of a merged row only what the child's own rows leave open."""
    own = [s for s in spells if s.is_own]
    if len(own) < len(spells):
        lent = [s for s in spells if not s.is_own and not any(s.meets(other) for other in own)]
        own += lent
    until = period.until
    known = [s for s in own if s.from_on <= until and s.ended != MISTAKE and s.to_on != s.from_on]
    known.sort(key=_began)
    return known


def _where(spells: Sequence[Spell], period: Period) -> _Where:
    known = _known(spells, period)
    until, base_day = period.until, period.base_day
    first = max(base_day, period.from_on - timedelta(days=1))
    return _Where(known, first, _at(known, base_day), _at(known, first), _at(known, until))


def _at(spells: Sequence[Spell], day: date) -> Spell | None:
    for spell in reversed(spells):
        if spell.holds(day):
            return spell
    return None


def _began(spell: Spell) -> date:
    return spell.from_on


def _from_spells(
    where: _Where, inside: Sequence[Spell], period: Period, *, is_dropped: bool, is_here: bool
) -> Iterator[Count]:
    if where.base in inside:
        yield Count.BASE
    if where.end in inside:
        yield Count.ON_ROLL
    came = [s for s in inside if s.from_on > where.first]
    if came and where.start not in inside:
        yield _IN[came[0].begun]
    left = [s for s in inside if s.to_on and where.first < s.to_on <= period.until]
    if left and where.end not in inside:
        how = _left_as(left[-1], where)
        # Counted as dropped out: not a second time as somebody who left.
        if not (is_here or (is_dropped and how is Count.MOVED_OUT_UNCONFIRMED)):
            yield how


def _left_as(spell: Spell, where: _Where) -> Count:
    if spell.ended in _OUT:
        return _OUT[spell.ended]
    later = any(s.from_on >= (spell.to_on or s.from_on) for s in where.spells if s is not spell)
    return Count.MOVED_OUT if later else Count.MOVED_OUT_UNCONFIRMED


def _of_base(
    where: _Where, inside: Sequence[Spell], *, is_dropped: bool, is_gone: bool
) -> Iterator[Count]:
    if where.base not in inside or is_dropped:
        return
    if where.end in inside:
        yield Count.LAWFULLY_GONE if is_gone else Count.KEPT
        return
    left = next(s for s in reversed(inside) if s.to_on is not None)
    if is_gone or _left_as(left, where) in _GONE:
        yield Count.LAWFULLY_GONE


def _lawful_end(facts: ChildFacts, where: _Where) -> tuple[Count, date] | None:
    """Where the child's newest case says that it lawfully is, and since when; ``None`` when a later
    case or registration says otherwise."""
    newest = max(facts.cases, key=lambda case: case.opened_on, default=None)
    if newest is None or newest.closed_on is None or newest.outcome not in LAWFUL_ENDS:
        return None
    if any(s.from_on > newest.closed_on for s in where.spells):
        return None
    return _LAWFUL[Outcome(newest.outcome)], newest.closed_on


def _from_cases(
    cases: Sequence[CaseAt], lines: Mapping[UUID, G], period: Period
) -> Iterator[tuple[G, Count]]:
    for case in cases:
        if case.leaf not in lines or case.is_error:
            continue
        line = lines[case.leaf]
        if case.confirmed_on is None:
            if case.is_away:
                yield line, Count.SUSPECTED
            continue
        if case.is_away:
            yield line, Count.DROPPED
        if case.confirmed_on >= period.from_on:
            yield line, Count.DROPPED_IN_PERIOD
        if case.returned_on is not None and case.returned_on >= period.from_on:
            yield line, Count.RETURNED
