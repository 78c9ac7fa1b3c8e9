"""Headcounts that were entered by hand, and where they stand for what was not counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from notoneless.numbers.models import TypedCount
from notoneless.numbers.queries.baselines import frozen_counts
from notoneless.numbers.queries.tree import Tree
from notoneless.rules.indicators.counts import Count
from notoneless.rules.units import Stage


@dataclass(frozen=True, slots=True)
class Typed:
    """One headcount with the leaves that it speaks of."""

    id: UUID
    unit_id: UUID
    stage: Stage | None
    entered_in: int | None
    count: Count
    school_year: int
    value: int
    source: str
    by: str
    at: datetime
    is_rest: bool = False
    """Only of a school's children who are in no class."""


def typed_counts(
    county_id: UUID, *, years: Collection[int] = (), known_at: datetime | None = None
) -> list[Typed]:
    """Headcounts of a county (for some years) that stand, or stood at a moment; newest year first.

    Frozen baselines are among them as verified headcounts of classes, and a verified headcount
    that was typed for their school is not (``baselines``). Two statements.
    """
    frozen = frozen_counts(county_id, years=years, known_at=known_at)
    covered = {(each.school_id, each.school_year) for each in frozen}
    typed = [
        each
        for each in _entered(county_id, years=years, known_at=known_at)
        if each.count is not Count.VERIFIED or (each.unit_id, each.school_year) not in covered
    ]
    return typed + [
        Typed(
            each.id,
            each.class_id or each.school_id,
            None,
            None,
            Count.VERIFIED,
            each.school_year,
            each.value,
            each.source,
            each.by,
            each.at,
            is_rest=each.class_id is None,
        )
        for each in frozen
    ]


def _entered(county_id: UUID, *, years: Iterable[int], known_at: datetime | None) -> list[Typed]:
    stands = Q(superseded_at=None)
    if known_at is not None:
        stands = (stands | Q(superseded_at__gt=known_at)) & Q(recorded_at__lte=known_at)
    rows = TypedCount.objects.filter(stands, county=county_id).select_related("by")
    if wanted := list(years):
        rows = rows.filter(school_year__in=wanted)
    return [
        Typed(
            row.pk,
            row.unit_id,
            Stage(row.stage) if row.stage else None,
            row.entered_in or None,
            Count(row.count),
            row.school_year,
            row.value,
            row.source,
            row.by.name if row.by else "",
            row.recorded_at,
        )
        for row in rows.order_by("-school_year", "recorded_at", "pk")
    ]


def leaves_of(typed: Typed, tree: Tree) -> frozenset[UUID]:
    """The leaves that a headcount speaks of; none where its unit did not exist."""
    if typed.is_rest:
        return frozenset({typed.unit_id} & tree.leaves.keys())
    tops = tree.paths.get(typed.unit_id, ())
    return frozenset(
        leaf.id
        for leaf in tree.leaves.values()
        if any(path.startswith(top) for path in leaf.paths for top in tops)
        and (typed.stage is None or leaf.stage is typed.stage)
        and (typed.entered_in is None or leaf.entered_in == typed.entered_in)
    )


Spoken = tuple[Typed, frozenset[UUID]]
"""A headcount with the leaves that it speaks of."""


def spoken_of(entered: Iterable[Typed], tree: Tree) -> list[Spoken]:
    """Headcounts with their leaves, larger ones first; none of units that did not exist."""
    pairs = [(typed, leaves_of(typed, tree)) for typed in entered]
    return sorted((pair for pair in pairs if pair[1]), key=lambda pair: -len(pair[1]))


def standing_in(
    spoken: Iterable[Spoken], leaves: frozenset[UUID], counted: Mapping[UUID, int]
) -> tuple[int, tuple[Typed, ...], frozenset[UUID]]:
    """The number of these leaves where headcounts stand for what was counted, which of them, and
    the leaves of which none speaks.

    A headcount is used when all it speaks of lies within ``leaves``, none twice.
    """
    left = set(leaves)
    used: list[Typed] = []
    for typed, about in spoken:
        if about <= left:
            left -= about
            used.append(typed)
    number = sum(t.value for t in used) + sum(counted.get(leaf, 0) for leaf in left)
    return number, tuple(used), frozenset(left)


def standing_for(
    entered: Collection[Typed],
    count: Count,
    leaves: frozenset[UUID],
    counted: Mapping[UUID, int],
    tree: Tree,
) -> tuple[int, tuple[Typed, ...]]:
    """``standing_in`` for one count among figures of several."""
    spoken = spoken_of((typed for typed in entered if typed.count is count), tree)
    number, used, _ = standing_in(spoken, leaves, counted)
    return number, used
