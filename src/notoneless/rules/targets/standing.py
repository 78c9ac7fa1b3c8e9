"""How a unit stands to a line: reached or not, and how many more may be lost before that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import Direction
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator, holds
from notoneless.rules.policy.resolved import State
from notoneless.rules.targets.indices import Index, direction_of
from notoneless.rules.targets.target import IS_ASKED, Demand, LineKind, Target

NOT_KNOWN = Ratio(0, 0)


class Verdict(StrEnum):
    """Where a figure stands. Each is shown in words and with a mark, never by colour alone."""

    MET = "met"
    LAST = "last"
    """Met, some were lost, and not one more may be (R-194)."""
    MISSED = "missed"
    CLEAR = "clear"
    """Short of an alarm, veto or charge."""
    CROSSED = "crossed"
    TRACKED = "tracked"
    NOT_KNOWN = "not_known"
    """A figure that it needs is not there (``Standing.needs``)."""
    OFF = "off"
    """The rule may not be applied (``Target.state``), or its value is to be entered."""
    PERSON = "person"
    """A person decides."""


BAD = frozenset({Verdict.MISSED, Verdict.CROSSED})


@dataclass(frozen=True, slots=True)
class Measure:
    """The figure of a unit for an index."""

    ratio: Ratio = NOT_KNOWN
    lost: int | None = None
    """Children lost of the base, for the indices that are counted so."""
    needs: tuple[Count, ...] = ()
    """Counts that nobody has entered; the ratio is not known then."""
    is_typed: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """A line with the unit's figure beside it."""

    target: Target
    measure: Measure
    verdict: Verdict
    allowed: int | None = None
    """Children that may be lost in all; -1 where even none is too many; ``None`` where the line is
    not about losses, or the base is not known."""
    before: Ratio | None = None
    """The share of a year ago, where it may not fall."""

    @property
    def used(self) -> int | None:
        return self.measure.lost if self.allowed is not None else None

    @property
    def left(self) -> int | None:
        """How many more may be lost; below zero, how many have to come back."""
        if self.allowed is None or self.measure.lost is None:
            return None
        return self.allowed - self.measure.lost


def measure_of(outcome: Outcome, index: Index) -> Measure:
    """The dropout or retention figure of an outcome: the losses, or the rest of the same base."""
    lost = len(outcome.lost)
    over = lost if index is Index.DROPOUT else outcome.base - lost
    needs = (outcome.lacks,) if outcome.lacks else ()
    return Measure(Ratio(over, outcome.base), lost, needs)


def standing_of(target: Target, measure: Measure, *, before: Ratio | None = None) -> Standing:
    """How a figure stands to a line; compared as whole numbers, never as a rounded rate (R-187).

    ``before`` is the share of a year ago, for a line that only may not fall. Raises nothing.
    """
    if not target.is_on:
        return Standing(target, measure, Verdict.OFF)
    allowed = _allowed(target, measure)
    verdict = _verdict(target, measure, before)
    if verdict is Verdict.MET and measure.lost and allowed == measure.lost:
        verdict = Verdict.LAST
    return Standing(target, measure, verdict, allowed, before)


def _verdict(target: Target, measure: Measure, before: Ratio | None) -> Verdict:
    if target.demand is Demand.PERSON:
        return Verdict.PERSON
    if target.demand is Demand.NONE:
        return Verdict.TRACKED if measure.ratio.is_known else Verdict.NOT_KNOWN
    stands = _stands(target, measure, before)
    if stands is None:
        return Verdict.NOT_KNOWN
    if target.kind in IS_ASKED:
        return Verdict.MET if stands else Verdict.MISSED
    return Verdict.CROSSED if stands else Verdict.CLEAR


def _stands(target: Target, measure: Measure, before: Ratio | None) -> bool | None:
    """Whether what the line says is true of the figure; ``None`` when not known."""
    if target.demand is Demand.NOT_FALL:
        return None if before is None else _not_fallen(measure.ratio, before)
    if target.operator is None or target.value is None:
        return None
    if target.demand is Demand.LOSSES:
        return None if measure.lost is None else holds(measure.lost, target.operator, target.value)
    return measure.ratio.stands(target.operator, target.value)


def _not_fallen(now: Ratio, before: Ratio) -> bool | None:
    return now >= before if now.is_known and before.is_known else None


def _allowed(target: Target, measure: Measure) -> int | None:
    """The most that may be lost with the line still kept, by whole numbers alone."""
    operator, value = target.operator, target.value
    if operator is None or value is None or measure.lost is None:
        return None
    is_asked = target.kind in IS_ASKED
    if target.demand is Demand.LOSSES:
        return _most(operator, int(value), below=value != int(value), is_asked=is_asked)
    base = measure.ratio.under
    if target.demand is not Demand.BOUND or base <= 0:
        return None
    numerator, denominator = value.as_integer_ratio()
    over, under = numerator * base, 100 * denominator
    if direction_of(target.index) is Direction.LESS_IS_BETTER:
        whole, rest = divmod(over, under)
        most = _most(operator, whole, below=rest > 0, is_asked=is_asked)
    else:
        least = -(-over // under)
        if operator is Operator.MORE and over % under == 0:
            least += 1
        most = base - least if operator in (Operator.AT_LEAST, Operator.MORE) else None
    return None if most is None else max(-1, min(most, base))


def _most(operator: Operator, whole: int, *, below: bool, is_asked: bool) -> int | None:
    """The largest number on the good side of ``whole`` (and a rest, where ``below``)."""
    if operator is (Operator.AT_MOST if is_asked else Operator.MORE):
        return whole
    if operator is (Operator.LESS if is_asked else Operator.AT_LEAST):
        return whole if below else whole - 1
    return None


def overlaps(standings: Iterable[Standing]) -> list[tuple[Standing, Standing]]:
    """Lines that contradict each other at the unit's very figure: a target that is met, and an
    alarm, veto or charge of the same index and stage that is reached all the same.

    So S0-4 at exactly 2 %: "within 2 %" and "from 2 %" both hold. Which of them counts is the
    place's to decide, never the computer's. Source: C-28, R-187.
    """
    found = list(standings)
    met = [s for s in found if s.target.kind is LineKind.TARGET and s.verdict in _MET]
    crossed = [s for s in found if s.verdict is Verdict.CROSSED]
    return [
        (good, bad)
        for bad in crossed
        for good in met
        if (good.target.index, good.target.stage) == (bad.target.index, bad.target.stage)
    ]


_MET = frozenset({Verdict.MET, Verdict.LAST})


def is_worse(index: Index, now: Ratio, before: Ratio) -> bool | None:
    """Whether an index has fallen back against an earlier figure (反弹); ``None`` where one of them
    is not known. Source: R-197."""
    if not (now.is_known and before.is_known):
        return None
    if direction_of(index) is Direction.LESS_IS_BETTER:
        return before < now
    return now < before


def is_switched_off(state: State) -> bool:
    """Whether a rule waits for a legal instrument or a lawful choice, not for a figure."""
    return state in (State.NO_LEGAL_BASIS, State.BELOW_FLOOR)
