"""Exactly the children that a number counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import UUID

from notoneless.numbers.queries.attended import absent_times
from notoneless.numbers.queries.leavers import leavers_behind, lost_between
from notoneless.numbers.queries.registered import children_of, registered
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Ground, Span, cohort_ground, entry_cohorts, ground_of
from notoneless.rules.indicators.counts import CHILDREN, TALLIED, Count
from notoneless.rules.units import Stage

ON_THE_WAY = frozenset({Count.LEAVERS, Count.PROMOTED, Count.LOST_BETWEEN})


def children_behind(
    count: Count, scope: Scope, *, span: Span = Span.PERIOD, today: date
) -> Counter[UUID]:
    """The children that a count counts, each with how often: once, or, for absences, by roll.

    The sum of the answer is the number of the table. Raises ``ValueError`` for counts of rolls and
    for figures that were entered by hand: no children stand behind these.
    """
    ground = ground_of(scope, today=today)
    if span is not Span.PERIOD:
        cohort = cohort_ground(ground, span)
        if cohort is None:
            return Counter()
        ground = cohort
    if count is Count.ABSENT:
        return absent_times(ground.scope, ground.tree, ground.leaves)
    if count in ON_THE_WAY:
        return Counter(_on_the_way(count, ground))
    if count is Count.ENTRY:
        return _entered(ground)
    if count not in TALLIED:
        what = "children" if count in CHILDREN else "rolls"
        raise ValueError(f"{count} is a figure of {what} without a list")
    return Counter(_counted(count, ground))


def _counted(count: Count, ground: Ground) -> set[UUID]:
    scope, tree = ground.scope, ground.tree
    found = registered(scope, tree, ground.leaves, today=ground.today)
    return children_of(found, count, dict.fromkeys(ground.leaves, True), scope, tree)


def _on_the_way(count: Count, ground: Ground) -> set[UUID]:
    scope, tree = ground.scope, ground.tree
    leaves = ground.leaves
    if scope.stage is Stage.JUNIOR:
        leaves = tree.chosen(replace(scope, stage=None, grade=None))
    if count is Count.LEAVERS:
        return leavers_behind(scope, tree, leaves)
    lost = lost_between(scope, tree, leaves, today=ground.today)
    if count is Count.LOST_BETWEEN:
        return {
            child for child, (_, is_counted_elsewhere) in lost.items() if not is_counted_elsewhere
        }
    return leavers_behind(scope, tree, leaves) - lost.keys()


def _entered(ground: Ground) -> Counter[UUID]:
    ids: Counter[UUID] = Counter()
    for cohort in entry_cohorts(ground).values():
        ids.update(_counted(Count.BASE, cohort))
    return ids
