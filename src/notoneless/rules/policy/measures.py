"""Units, operators and exact comparison: what a number in a pack means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Operator(StrEnum):
    """How a figure in a pack bounds a figure in life; kept with every number."""

    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    EXACTLY = "="


class DurationUnit(StrEnum):
    """What a clock counts. School, working and calendar days never mix."""

    SCHOOL_DAYS = "school_days"
    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_CALENDAR_SPAN: dict[DurationUnit, tuple[int, int]] = {
    DurationUnit.CALENDAR_DAYS: (1, 1),
    DurationUnit.WEEKS: (7, 7),
    DurationUnit.MONTHS: (28, 31),
    DurationUnit.YEARS: (365, 366),
}


class EmptyBase(ValueError):
    """A share of nothing was asked for."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time that only a calendar can turn into a date."""

    length: int
    unit: DurationUnit

    def shortest_days(self) -> int:
        """The fewest calendar days this can last; counted days last one day at least."""
        return self.length * _CALENDAR_SPAN.get(self.unit, (1, 1))[0]

    def longest_days(self) -> int | None:
        """The most calendar days this can last; ``None`` when a holiday may stretch it."""
        span = _CALENDAR_SPAN.get(self.unit)
        return None if span is None else self.length * span[1]


def never_shorter(first: Duration, second: Duration) -> bool:
    """Whether ``first`` lasts at least as long as ``second`` in every calendar.

    False means "not surely": ten calendar days may be shorter than ten working days.
    """
    if first.unit is second.unit:
        return first.length >= second.length
    longest = second.longest_days()
    return longest is not None and first.shortest_days() >= longest


def holds(figure: int | Decimal, operator: Operator, bound: int | Decimal) -> bool:
    """Whether "``figure`` ``operator`` ``bound``" is true: ``holds(23, "<=", 23)``."""
    match operator:
        case Operator.LESS:
            return figure < bound
        case Operator.AT_MOST:
            return figure <= bound
        case Operator.MORE:
            return figure > bound
        case Operator.AT_LEAST:
            return figure >= bound
        case Operator.EXACTLY:
            return figure == bound


def exceeds(count: int, base: int, limit: int | Decimal, operator: Operator) -> bool:
    """Whether ``count`` out of ``base`` stands in ``operator`` to ``limit`` per cent.

    Compares integers by cross-multiplication, never a rounded rate: 81 of 10,000 is more
    than 0.8 %, 80 is not. Raises ``EmptyBase`` when ``base`` is not positive.
    """
    if base <= 0:
        raise EmptyBase(f"no share of {base}")
    numerator, denominator = limit.as_integer_ratio()
    return holds(count * 100 * denominator, operator, numerator * base)
