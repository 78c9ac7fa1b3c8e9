"""Counts of a place and of each unit directly below it: what the page of indicators shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.numbers.queries.attended import attended
from notoneless.numbers.queries.leavers import leavers
from notoneless.numbers.queries.registered import (
    Registered,
    base_rolls,
    headcounts,
    registered,
    tally_with_whole,
)
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Group, Tree, TreeUnit, tree_of
from notoneless.numbers.queries.typed import (
    Typed,
    spoken_of,
    standing_for,
    standing_in,
    typed_counts,
)
from notoneless.rules.indicators.counts import ROLLS, TALLIED, Count
from notoneless.rules.indicators.periods import Period, base_day
from notoneless.rules.units import SCHOOLS, Stage, UnitKind, has_left

Counts = Mapping[Count, int]
OF_BASE = (Count.KEPT, Count.LAWFULLY_GONE)
"""Children of the base: not known where the base is a figure without children."""


class Sheet(StrEnum):
    """What a table is about; each counts only what it shows."""

    DROPOUT = "dropout"
    MOVEMENT = "movement"
    RETENTION = "retention"
    COHORT = "cohort"
    ATTENDANCE = "attendance"


class Span(StrEnum):
    """Over which time a set of counts runs."""

    PERIOD = "period"
    THREE_YEARS = "three"
    """The cohort that is in grade 9, since it entered junior school."""
    NINE_YEARS = "nine"
    """The same cohort since it entered primary school."""


@dataclass(slots=True)
class Line:
    """One place in a table."""

    unit: TreeUnit
    leaves: frozenset[UUID]
    counts: dict[Span, Counter[Count]] = field(default_factory=dict)
    typed: dict[tuple[Span, Count], tuple[Typed, ...]] = field(default_factory=dict)
    """Numbers that rest on figures entered by hand."""

    def of(self, span: Span) -> Counter[Count]:
        return self.counts.setdefault(span, Counter())


@dataclass(frozen=True, slots=True)
class Table:
    """Lines in the order of names, never by number."""

    scope: Scope
    sheet: Sheet
    lines: tuple[Line, ...]
    total: Line

    def scope_of(self, line: Line) -> Scope:
        """What the numbers of a line are about."""
        is_rest = line is not self.total and _is_rest(line, self.scope)
        return replace(self.scope, unit_id=line.unit.id, without_class=is_rest)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the counters of one table share."""

    scope: Scope
    tree: Tree
    leaves: frozenset[UUID]
    today: date


def ground_of(scope: Scope, *, today: date) -> Ground:
    """The tree and leaves of a scope; one statement while nothing has changed."""
    tree = tree_of(scope.county_id, scope.period)
    return Ground(scope, tree, tree.chosen(scope), today)


def table(scope: Scope, sheet: Sheet, *, extra: Collection[Count] = (), today: date) -> Table:
    """Everything that a sheet shows of a place; for the number of statements see the counters.

    ``extra`` names further counts that the place's own rate needs. Raises ``Unit.DoesNotExist``
    for a place that did not exist in the period. Source: R-186, R-232.
    """
    ground = ground_of(scope, today=today)
    total = Line(ground.tree.unit(scope.unit_id), ground.leaves)
    lines = [Line(g.unit, g.leaves) for g in ground.tree.groups(scope)]
    if sheet is Sheet.ATTENDANCE:
        _count_rolls(ground, lines, total)
    else:
        entered = typed_counts(scope.county_id, known_at=scope.known_at)
        _count_children(ground, lines, total, entered, sheet=sheet, extra=extra)
    kept = tuple(line for line in lines if not _is_over(line, scope))
    return Table(scope, sheet, kept, total)


def cohorts(scope: Scope, spans: Collection[Span], *, today: date) -> Table:
    """Of a place and each unit directly below: leavers (``Span.PERIOD``), and the cohort in grade
    9 over the spans asked for. Nothing else is read. Raises as ``table``. Source: R-186."""
    ground = ground_of(scope, today=today)
    total = Line(ground.tree.unit(scope.unit_id), ground.leaves)
    lines = [Line(g.unit, g.leaves) for g in ground.tree.groups(scope)]
    if Span.PERIOD in spans:
        _count_leavers(ground, [*lines, total])
    if longer := [span for span in Span if span in spans and span is not Span.PERIOD]:
        entered = typed_counts(scope.county_id, known_at=scope.known_at)
        _count_cohorts(ground, lines, total, entered, longer)
    return Table(scope, Sheet.COHORT, tuple(lines), total)


def _is_over(line: Line, scope: Scope) -> bool:
    """Whether there is nothing to say of a class, as of a cohort that has left, or of children
    without a class."""
    if line.unit.kind is not UnitKind.CLASS and not _is_rest(line, scope):
        return False
    return not any(number for counts in line.counts.values() for number in counts.values())


def _is_rest(line: Line, scope: Scope) -> bool:
    """Whether it is the line of a school's children who are in none of its classes."""
    return line.unit.id == scope.unit_id and line.unit.kind in SCHOOLS


def _count_rolls(ground: Ground, lines: list[Line], total: Line) -> None:
    counted = attended(ground.scope, ground.tree, ground.leaves, today=ground.today)
    _sum(counted, [*lines, total], known=ROLLS)


def _count_children(  # what the sheet and the place's plan ask for
    ground: Ground,
    lines: list[Line],
    total: Line,
    entered: list[Typed],
    *,
    sheet: Sheet,
    extra: Collection[Count],
) -> None:
    every = [*lines, total]
    found = _fill(ground, lines, total, Span.PERIOD)
    year = ground.scope.period.statistical_year
    bases = [t for t in entered if t.school_year == year]
    _stand_in(ground, every, Span.PERIOD, bases, found)
    if sheet is Sheet.COHORT or Count.LOST_BETWEEN in extra:
        _count_leavers(ground, every)
    if Count.ENTRY in extra:
        _count_entries(ground, every, entered, found)
    for count in (Count.VERIFIED, Count.CENSUS):
        if count in extra:
            known = [t for t in entered if t.school_year == year]
            _only_entered(ground, every, count, known, found)
    if sheet is Sheet.COHORT:
        _count_cohorts(ground, lines, total, entered, (Span.THREE_YEARS, Span.NINE_YEARS))


def _fill(ground: Ground, lines: list[Line], total: Line, span: Span) -> Registered:
    found = registered(ground.scope, ground.tree, ground.leaves, today=ground.today)
    place = {leaf: n for n, line in enumerate(lines) for leaf in line.leaves & ground.leaves}
    by_line, whole = tally_with_whole(found, place, ground.leaves, ground.scope.period)
    for number, counts in by_line.items():
        lines[number].counts[span] = counts
    total.counts[span] = whole
    for line in (*lines, total):
        _know(line.of(span), TALLIED)
    return found


def _know(counts: Counter[Count], which: Collection[Count]) -> None:
    """Nothing found is none, not unknown."""
    for count in which:
        counts.setdefault(count, 0)


def _sum(
    counted: Mapping[UUID, Counter[Count]], lines: list[Line], *, known: Collection[Count] = ()
) -> None:
    for line in lines:
        sums = line.of(Span.PERIOD)
        _know(sums, known)
        for leaf in line.leaves:
            for count, number in counted.get(leaf, {}).items():
                sums[count] += number


def _stand_in(
    ground: Ground, lines: list[Line], span: Span, entered: list[Typed], found: Registered
) -> None:
    """Let entered bases stand for what was not counted; who was kept of them nobody knows."""
    bases = [t for t in entered if t.count is Count.BASE]
    counted = base_rolls(found, ground.scope.period) if bases else {}
    for line in lines:
        number, used = standing_for(bases, Count.BASE, line.leaves, counted, ground.tree)
        if used:
            line.of(span)[Count.BASE] = number
            line.typed[span, Count.BASE] = used
            for count in OF_BASE:
                line.of(span).pop(count, None)


def _count_leavers(ground: Ground, lines: list[Line]) -> None:
    """Children on their way stand with their primary class, in a table of junior schools too."""
    tree, scope = ground.tree, ground.scope
    everyone = replace(scope, stage=None, grade=None)
    leaves = tree.chosen(everyone)
    counted = leavers(scope, tree, leaves, today=ground.today)
    for line in lines:
        _know(line.of(Span.PERIOD), (Count.LEAVERS, Count.PROMOTED, Count.LOST_BETWEEN))
    if scope.stage is not Stage.JUNIOR:
        _sum(counted, lines)
        return
    whole = {g.unit.id: Line(g.unit, g.leaves) for g in tree.groups(everyone)}
    whole[scope.unit_id] = Line(tree.unit(scope.unit_id), leaves)
    _sum(counted, list(whole.values()))
    for line in lines:
        if line.unit.id in whole:
            line.of(Span.PERIOD).update(whole[line.unit.id].of(Span.PERIOD))


def entry_cohorts(ground: Ground) -> dict[int, Ground]:
    """The cohorts of a scope that have not left, each on the day on which it entered its stage."""
    leaves: dict[int, set[UUID]] = {}
    for leaf in (ground.tree.leaves[each] for each in ground.leaves):
        year = ground.scope.period.school_year
        if leaf.stage is None or leaf.entered_in is None:
            continue
        if not has_left(leaf.stage, leaf.entered_in, school_year=year):
            leaves.setdefault(leaf.entered_in, set()).add(leaf.id)
    cohorts = {}
    for entered_in, inside in leaves.items():
        day = base_day(entered_in)
        then = replace(ground.scope, period=Period(day, day))
        cohorts[entered_in] = replace(ground, scope=then, leaves=frozenset(inside))
    return cohorts


def _count_entries(
    ground: Ground, lines: list[Line], entered: list[Typed], found: Registered
) -> None:
    """Each class as it was when its grade entered the stage; by cohort three statements.

    Not known where a class has pupils and nobody knows how many it began with.
    """
    counted: dict[UUID, int] = {}
    bases: list[Typed] = []
    for year, cohort in entry_cohorts(ground).items():
        counted |= headcounts(cohort.scope, ground.tree, cohort.leaves)
        bases += [t for t in entered if t.school_year == year == t.entered_in]
    now = base_rolls(found, ground.scope.period)
    spoken = spoken_of((t for t in bases if t.count in (Count.BASE, Count.ENTRY)), ground.tree)
    for line in lines:
        number, used, left = standing_in(spoken, line.leaves, counted)
        if any(now.get(leaf, 0) and not counted.get(leaf, 0) for leaf in left):
            continue
        line.of(Span.PERIOD)[Count.ENTRY] = number
        if used:
            line.typed[Span.PERIOD, Count.ENTRY] = used


def _only_entered(
    ground: Ground, lines: list[Line], count: Count, entered: list[Typed], found: Registered
) -> None:
    """A count that is known only where figures for all pupils of the place were entered."""
    spoken = spoken_of((typed for typed in entered if typed.count is count), ground.tree)
    registered_then = base_rolls(found, ground.scope.period) if spoken else {}
    for line in lines:
        number, used, left = standing_in(spoken, line.leaves, {})
        if used and not any(registered_then.get(leaf, 0) for leaf in left):
            line.of(Span.PERIOD)[count] = number
            line.typed[Span.PERIOD, count] = used


def cohort_ground(ground: Ground, span: Span) -> Ground | None:
    """The cohort that is in grade 9 at the end of the period, since it entered; ``None`` where the
    scope has none."""
    scope, last = ground.scope, ground.scope.period.school_year
    junior = last - 2
    entered = {(Stage.JUNIOR, junior)}
    if span is Span.NINE_YEARS:
        entered.add((Stage.PRIMARY, last - 8))
    began = base_day(last - 8 if span is Span.NINE_YEARS else junior)
    if began > scope.period.until:
        return None
    period = Period(began, scope.period.until)
    tree = tree_of(scope.county_id, period)
    inside = tree.chosen(replace(scope, stage=None, grade=None, period=period))
    leaves = frozenset(
        leaf
        for leaf in inside
        if (tree.leaves[leaf].stage, tree.leaves[leaf].entered_in) in entered
    )
    if not leaves or scope.stage is Stage.PRIMARY or scope.grade not in (None, 9):
        return None
    return Ground(replace(scope, stage=None, grade=None, period=period), tree, leaves, ground.today)


def _count_cohorts(
    ground: Ground,
    lines: list[Line],
    total: Line,
    entered: list[Typed],
    spans: Collection[Span],
) -> None:
    for span in spans:
        cohort = cohort_ground(ground, span)
        if cohort is None:
            continue
        groups = {g.unit.id: g for g in cohort.tree.groups(cohort.scope)}
        own = [_of_cohort(line, groups, cohort) for line in lines]
        whole = Line(total.unit, cohort.leaves)
        found = _fill(cohort, own, whole, span)
        year = cohort.scope.period.statistical_year
        bases = [t for t in entered if t.school_year == year == t.entered_in]
        _stand_in(cohort, [*own, whole], span, bases, found)
        for line, counted in zip([*lines, total], [*own, whole], strict=True):
            if counted.leaves:
                line.counts[span] = counted.of(span)
                line.typed |= counted.typed


def _of_cohort(line: Line, groups: Mapping[UUID, Group], cohort: Ground) -> Line:
    group = groups.get(line.unit.id)
    return Line(line.unit, group.leaves & cohort.leaves if group else frozenset())
