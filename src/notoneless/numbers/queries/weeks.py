"""Pupils expected and missing in called rolls by day or class, as attendance rates count."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Sum

from notoneless.children.queries.prepared import read
from notoneless.numbers.queries.attended import held
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.indicators.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Seats:
    """Each roll for itself (人次)."""

    expected: int = 0
    absent: int = 0

    @property
    def attendance(self) -> Ratio:
        return Ratio(self.expected - self.absent, self.expected)

    def __add__(self, other: Seats) -> Seats:
        return Seats(self.expected + other.expected, self.absent + other.absent)


def seats_by_day(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> dict[date, Seats]:
    """What the rolls of each day say; one statement. Days without a roll are not there."""
    rows = held(scope, leaves, tree)
    if len(leaves) * 2 > len(tree.leaves):  # nearly all: the others are named instead
        rows = rows.exclude(school_class__in=list(tree.leaves.keys() - leaves))
    sums = rows.values("day").annotate(expected=Sum("enrolled_count"), absent=Sum("absent_count"))
    return {row["day"]: Seats(row["expected"], row["absent"]) for row in sums}


def seats_by_class(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> dict[UUID, Seats]:
    """The same by class over the period; one statement."""
    rows = held(scope, leaves, tree).values("school_class")
    sums = rows.annotate(expected=Sum("enrolled_count"), absent=Sum("absent_count"))
    found = read(sums.values_list("school_class", "expected", "absent"))
    return {each: Seats(expected, absent) for each, expected, absent in found if each in leaves}
