"""How an amount came about: factors that a page prints, and fen shared out without losing one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction


class FactorKind(StrEnum):
    PUPILS = "pupils"
    PERSONS = "persons"
    FEN = "fen"
    POINTS = "points"
    PER_CENT = "per_cent"
    DAYS = "days"
    """So many days of so many."""
    AMONG = "among"
    """Shared by so many who held one role together."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a product: “2 人”, “100 元”, “40 %”, “91/181 天”."""

    kind: FactorKind
    number: Decimal
    of: int = 0
    """Of days: how many all holders had together."""

    @property
    def worth(self) -> Fraction:
        if self.kind is FactorKind.PER_CENT:
            return Fraction(self.number) / 100
        if self.kind is FactorKind.DAYS:
            return Fraction(self.number) / self.of
        if self.kind is FactorKind.AMONG:
            return 1 / Fraction(self.number)
        return Fraction(self.number)


Formula = tuple[Factor, ...]


def pupils(count: int) -> Factor:
    return Factor(FactorKind.PUPILS, Decimal(count))


def money(fen: int) -> Factor:
    return Factor(FactorKind.FEN, Decimal(fen))


def per_cent(number: Decimal) -> Factor:
    return Factor(FactorKind.PER_CENT, number)


def points(number: Decimal) -> Factor:
    return Factor(FactorKind.POINTS, number)


def days(count: int, of: int) -> Factor:
    return Factor(FactorKind.DAYS, Decimal(count), of)


def among(count: int) -> Factor:
    return Factor(FactorKind.AMONG, Decimal(count))


def product(formula: Formula) -> Fraction:
    """What the factors come to, exactly; an amount differs from it by rounding to fen alone."""
    result = Fraction(1)
    for factor in formula:
        result *= factor.worth
    return result


def split(fen: int, weights: Sequence[Decimal | int]) -> tuple[int, ...]:
    """``fen`` shared out by ``weights``, in their order; the parts add up to ``fen`` exactly.

    What remains after rounding down goes, fen by fen, to the largest remainders, and of equal ones
    to the first. Raises ``ValueError`` for negative fen, or weights that are nothing together.
    """
    whole = sum((Fraction(weight) for weight in weights), Fraction())
    if fen < 0 or whole <= 0:
        raise ValueError(f"{fen} fen cannot be shared out by {list(weights)}")
    exact = [Fraction(weight) * fen / whole for weight in weights]
    parts = [int(each) for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - exact[n], n))
    for n in by_remainder[: fen - sum(parts)]:
        parts[n] += 1
    return tuple(parts)
