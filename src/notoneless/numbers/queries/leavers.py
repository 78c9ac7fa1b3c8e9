"""From primary to junior school: who finished, and who has arrived (小升初)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count as Rows
from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.children.models import Enrolment
from notoneless.children.queries.branches import WHO
from notoneless.children.queries.prepared import read
from notoneless.numbers.queries.lost import cases_at, relevant_cases
from notoneless.numbers.queries.registered import merged_children
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import base_day
from notoneless.rules.indicators.tally import LAWFUL_ENDS
from notoneless.rules.units import Stage


def leavers(
    scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date
) -> dict[UUID, Counter[Count]]:
    """Leavers of each primary class, how many arrived, and how many were lost; two statements,
    four where somebody has not arrived."""
    sums: dict[UUID, Counter[Count]] = {}
    rows = _finished(scope).values("school_class", "school").annotate(n=Rows("pk"))
    for group, school, number in rows.values_list("school_class", "school", "n"):
        leaf = tree.leaf_of(group, school)
        if leaf in leaves:
            line = sums.setdefault(leaf, Counter())
            line[Count.LEAVERS] += number
            line[Count.PROMOTED] += number
    for leaf, is_elsewhere in lost_between(scope, tree, leaves, today=today).values():
        sums[leaf][Count.PROMOTED] -= 1
        sums[leaf][Count.LOST_BETWEEN] += not is_elsewhere
    return sums


def lost_between(
    scope: Scope, tree: Tree, leaves: Collection[UUID], *, today: date
) -> Mapping[UUID, tuple[UUID, bool]]:
    """Leavers in no junior school by now: each with its class, and whether it is lawfully
    elsewhere or counted as dropped out already; one statement, three where there are any."""
    arrived = Enrolment.objects.filter(
        school_class__stage=Stage.JUNIOR,
        from_on__lte=scope.period.until,
        from_on__gte=OuterRef("to_on"),
    )
    # Two questions rather than one with "or", which no index answers.
    own, of_merged = Q(child=OuterRef("child")), Q(child__merged_into=OuterRef("child"))
    rows = _finished(scope).filter(~Exists(arrived.filter(own)), ~Exists(arrived.filter(of_merged)))
    lost = {
        child: leaf
        for child, group, school in read(rows.values_list("child", "school_class", "school"))
        if (leaf := tree.leaf_of(group, school)) in leaves
    }
    elsewhere = _elsewhere(scope, tree, today=today) if lost else set()
    return {child: (leaf, child in elsewhere) for child, leaf in lost.items()}


def _elsewhere(scope: Scope, tree: Tree, *, today: date) -> set[UUID]:
    """Leavers of whom a case says where they are, or that they dropped out."""
    finished = _finished(scope).values("child")
    cases = relevant_cases(scope.county_id, scope.period).filter(
        Q(child__in=finished) | Q(child__merged_into__in=finished)
    )
    kept_as = merged_children()
    return {
        kept_as.get(child, child)
        for child, case in cases_at(scope, tree, cases, today=today)
        if (case.confirmed_on and case.is_away) or (case.closed_on and case.outcome in LAWFUL_ENDS)
    }


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
