"""Frozen headcounts of schools, and how the roll has changed since.

A confirmed baseline *is* the verified registration of its school and year: where a plan counts from
``verified_registration`` it is the base, class by class, and a figure typed for that school gives
way to it. Under ``year_start_roll`` the base stays the children of 1 September as they are known
today, so that a corrected error corrects the rate; the baseline then only shows what was corrected,
child by child. The other kinds of base do not touch it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.attendance.models import Roll
from notoneless.numbers.models import Baseline, BaselineLine, Verdict
from notoneless.numbers.queries.registered import base_children, registered, tally
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.rules.attendance.sessions import RollState
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period, base_day


@dataclass(frozen=True, slots=True)
class Frozen:
    """A baseline: waiting for the second person, standing, or refused."""

    id: UUID
    school_id: UUID
    school_year: int
    source: str
    asked_by: UUID
    asked_by_name: str
    asked_at: datetime
    verdict: str
    reason: str
    decided_by_name: str
    decided_at: datetime | None
    lines: Mapping[UUID, int]
    """Headcounts by class, and by the school itself for its children without a class."""

    @property
    def total(self) -> int:
        return sum(self.lines.values())

    @property
    def is_waiting(self) -> bool:
        return not self.verdict

    @property
    def stands(self) -> bool:
        return self.verdict == Verdict.CONFIRMED


@dataclass(frozen=True, slots=True)
class ClassNow:
    """One class of a baseline against the roll and against attendance (R-190)."""

    leaf: UUID
    frozen: int
    came: frozenset[UUID]
    """Counted on the base day as it is known now, and not in the baseline."""
    gone: frozenset[UUID]
    """In the baseline, and not counted on the base day as it is known now."""
    on_roll: int
    """Registered today."""
    expected: int | None = None
    """Pupils whom the newest roll expected; ``None`` where none was called."""
    present: int | None = None
    called_on: date | None = None

    @property
    def differs(self) -> bool:
        """Whether the three headcounts do not agree."""
        return bool(self.came or self.gone) or self.expected not in (None, self.on_roll)


def baselines_of(
    school_ids: Collection[UUID], school_year: int, *, county_id: UUID
) -> dict[UUID, Frozen]:
    """The newest asking of each school that waits or stands, else its newest; two statements."""
    rows = (
        Baseline.objects.filter(
            county=county_id, school__in=school_ids, school_year=school_year, superseded_at=None
        )
        .select_related("asked_by", "decided_by")
        .prefetch_related("lines")
        .order_by("asked_at", "pk")
    )
    found: dict[UUID, Frozen] = {}
    for row in rows:
        one = _frozen(row)
        before = found.get(row.school_id)
        if before is None or one.is_waiting or not before.is_waiting:
            stays = before is not None and before.stands and not one.is_waiting and not one.stands
            found[row.school_id] = before if stays and before else one
    return found


def _frozen(row: Baseline) -> Frozen:
    return Frozen(
        row.pk,
        row.school_id,
        row.school_year,
        row.source,
        row.asked_by_id,
        row.asked_by.name,
        row.asked_at,
        row.verdict,
        row.reason,
        row.decided_by.name if row.decided_by else "",
        row.decided_at,
        {line.school_class_id or row.school_id: line.headcount for line in row.lines.all()},
    )


def counted_for(
    school_id: UUID, school_year: int, *, county_id: UUID, today: date
) -> tuple[Tree, dict[UUID, list[UUID]]]:
    """The children of each class of a school on 1 September, as they are known now.

    Those without a class stand under the school itself; classes without a child are left out.
    """
    day = base_day(school_year)
    scope = Scope(county_id, school_id, Period(day, day))
    tree = tree_of(county_id, scope.period)
    leaves = tree.chosen(scope)
    found = registered(scope, tree, leaves, today=today)
    children = base_children(found, leaves, scope, tree)
    return tree, {leaf: sorted(ids) for leaf, ids in children.items() if ids}


def changes_of(frozen: Frozen, *, county_id: UUID, today: date) -> list[ClassNow]:
    """Each class of a baseline with what has changed since, in the order of classes.

    About fifteen statements, whatever the number of classes.
    """
    tree, now = counted_for(frozen.school_id, frozen.school_year, county_id=county_id, today=today)
    rows = BaselineLine.objects.filter(baseline=frozen.id)
    kept = {
        line.school_class_id or frozen.school_id: {UUID(str(each)) for each in line.children}
        for line in rows
    }
    year = Scope(county_id, frozen.school_id, Period(base_day(frozen.school_year), today))
    tree = tree_of(county_id, year.period)
    leaves = tree.chosen(year)
    found = registered(year, tree, leaves, today=today)
    sums = tally(found, {leaf: leaf for leaf in leaves}, year.period)
    rolls = _newest_rolls(leaves, until=today)
    order = [leaf for group in tree.groups(year) for leaf in group.leaves]
    listed = [leaf for leaf in order if leaf in kept or leaf in now or leaf in rolls]
    return [
        ClassNow(
            leaf,
            len(kept.get(leaf, ())),
            frozenset(set(now.get(leaf, ())) - kept.get(leaf, set())),
            frozenset(kept.get(leaf, set()) - set(now.get(leaf, ()))),
            sums[leaf][Count.ON_ROLL] if leaf in sums else 0,
            *rolls.get(leaf, (None, None, None)),
        )
        for leaf in listed
    ]


def _newest_rolls(leaves: Collection[UUID], *, until: date) -> dict[UUID, tuple[int, int, date]]:
    """Expected, present and day of the newest roll of each class; one statement."""
    rows = (
        Roll.objects.filter(
            school_class__in=list(leaves),
            is_standing=True,
            state=RollState.HELD,
            day__lte=until,
            day__gte=date.fromordinal(until.toordinal() - LOOKED_BACK),
        )
        .order_by("day", "recorded_at")
        .values_list("school_class", "enrolled_count", "absent_count", "day")
    )
    return {leaf: (due, due - away, day) for leaf, due, away, day in rows}


LOOKED_BACK = 14
"""Days in which a class has called some roll, unless it is holiday."""


@dataclass(frozen=True, slots=True)
class FrozenCount:
    """One class of a standing baseline, as a headcount like those that are typed."""

    id: UUID
    class_id: UUID | None
    """``None`` for the children of the school who were in no class."""
    school_id: UUID
    school_year: int
    value: int
    source: str
    by: str
    at: datetime


def frozen_counts(
    county_id: UUID, *, years: Iterable[int] = (), known_at: datetime | None = None
) -> list[FrozenCount]:
    """The classes of all standing baselines of a county, or of those that stood then.

    One statement; without the lists of children.
    """
    stands = Q(baseline__superseded_at=None)
    if known_at is not None:
        stands |= Q(baseline__superseded_at__gt=known_at)
        stands &= Q(baseline__decided_at__lte=known_at)
    rows = BaselineLine.objects.filter(
        stands, baseline__county=county_id, baseline__verdict=Verdict.CONFIRMED
    )
    if wanted := list(years):
        rows = rows.filter(baseline__school_year__in=wanted)
    columns: QuerySet[BaselineLine, Any] = rows.values_list(
        "pk",
        "school_class",
        "baseline__school",
        "baseline__school_year",
        "headcount",
        "baseline__source",
        "baseline__decided_by__name",
        "baseline__decided_at",
    )
    return [
        FrozenCount(pk, group, school, year, value, source, by or "", at)
        for pk, group, school, year, value, source, by, at in columns
    ]
