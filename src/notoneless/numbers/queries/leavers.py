"""From primary to junior school: who finished, and who has arrived (小升初)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import WHO
from notoneless.numbers.queries.registered import Registered
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import base_day
from notoneless.rules.indicators.tally import LAWFUL_ENDS
from notoneless.rules.units import Stage


def leavers(
    scope: Scope, tree: Tree, leaves: Collection[UUID], found: Registered
) -> dict[UUID, Counter[Count]]:
    """Leavers of each primary class, how many arrived, and how many were lost; two statements."""
    sums: dict[UUID, Counter[Count]] = {}
    rows = _finished(scope).values("school_class", "school").annotate(n=Rows("pk"))
    for group, school, number in rows.values_list("school_class", "school", "n"):
        leaf = tree.leaf_of(group, school)
        if leaf in leaves:
            line = sums.setdefault(leaf, Counter())
            line[Count.LEAVERS] += number
            line[Count.PROMOTED] += number
    lost = lost_between(scope, tree, leaves, found)
    for _, (leaf, is_lawful) in lost.items():
        sums[leaf][Count.PROMOTED] -= 1
        sums[leaf][Count.LOST_BETWEEN] += not is_lawful
    return sums


def lost_between(
    scope: Scope, tree: Tree, leaves: Collection[UUID], found: Registered
) -> Mapping[UUID, tuple[UUID, bool]]:
    """Leavers in no junior school by now: each with its class, and whether it is lawfully
    elsewhere or counted as dropped out already; one statement."""
    arrived = Enrolment.objects.filter(
        Q(child=OuterRef("child")) | Q(child__merged_into=OuterRef("child")),
        school_class__stage=Stage.JUNIOR,
        from_on__lte=scope.period.until,
        from_on__gte=OuterRef("to_on"),
    )
    rows = _finished(scope).filter(~Exists(arrived))
    lost: dict[UUID, tuple[UUID, bool]] = {}
    for child, group, school in rows.values_list(WHO, "school_class", "school"):
        leaf = tree.leaf_of(group, school)
        if leaf in leaves:
            lost[child] = leaf, _is_counted_elsewhere(found, child)
    return lost


def leavers_behind(scope: Scope, tree: Tree, leaves: Collection[UUID]) -> set[UUID]:
    """All leavers of these classes."""
    rows: QuerySet[Enrolment, Any] = _finished(scope).values_list(WHO, "school_class", "school")
    return {child for child, group, school in rows if tree.leaf_of(group, school) in leaves}


def _finished(scope: Scope) -> QuerySet[Enrolment]:
    """Spells that ended with graduation from primary school in the twelve months to the base day;
    of rows that were merged away none."""
    last = scope.period.base_day
    first = base_day(last.year - 1)
    return Enrolment.objects.filter(
        county=scope.county_id,
        ended="graduated",
        to_on__gt=first,
        to_on__lte=last,
        school_class__stage=Stage.PRIMARY,
        child__merged_into=None,
    ).order_by()


def _is_counted_elsewhere(found: Registered, child: UUID) -> bool:
    facts = found.children.get(child)
    if facts is None:
        return False
    return any(
        (case.confirmed_on and case.is_away) or (case.closed_on and case.outcome in LAWFUL_ENDS)
        for case in facts.cases
    )
