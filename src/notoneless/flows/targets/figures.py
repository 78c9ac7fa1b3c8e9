"""The figures of units for the indices that their targets are about, now and before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from notoneless.numbers.queries.outcomes import Wanted, outcomes_by_stage
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Span, cohorts
from notoneless.numbers.queries.tree import Tree
from notoneless.numbers.queries.typed import Spoken, spoken_of, standing_in, typed_counts
from notoneless.places.models import Unit
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import total
from notoneless.rules.indicators.periods import Period, base_day, statistical_year
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.targets.indices import MADE, Index, Way
from notoneless.rules.targets.standing import Measure, measure_of
from notoneless.rules.targets.target import Target
from notoneless.rules.targets.together import a_year_before, before
from notoneless.rules.units import Stage

SPANS = {
    Index.THREE_YEAR: Span.THREE_YEARS,
    Index.NINE_YEAR: Span.NINE_YEARS,
}
Outcomes = Mapping[tuple[UUID, Stage | None], Outcome]


@dataclass(slots=True)
class Figures:
    """Figures of a unit and those directly below it."""

    scope: Scope
    tree: Tree
    outcomes: Outcomes
    cohorts: Mapping[UUID, Mapping[Span, Mapping[Count, int]]] = field(default_factory=dict)
    """Counts of leavers and of the cohort that is in grade 9, by unit."""
    typed: Mapping[Count, list[Spoken]] = field(default_factory=dict)

    def measure(self, unit_id: UUID, target: Target) -> Measure:
        """The figure of a unit for a line. Raises nothing: what is not known says what it needs."""
        made = MADE[target.index]
        if made.way is Way.OUTCOME:
            return measure_of(self.outcomes[unit_id, target.stage], target.index)
        if made.way is Way.COHORT:
            counts = self.cohorts.get(unit_id, {}).get(_span(target.index), {})
            if not made.counts <= counts.keys():
                return Measure()
            return Measure(Ratio(total(made.over, counts), total(made.under, counts)))
        return self._typed(unit_id, target)

    def _typed(self, unit_id: UUID, target: Target) -> Measure:
        made = MADE[target.index]
        found: dict[Count, int] = {}
        leaves = self.tree.chosen(replace(self.scope, unit_id=unit_id, stage=target.stage))
        for count in made.counts:
            number, used, left = standing_in(self.typed.get(count, ()), leaves, {})
            if used and not self._uncovered(left, leaves):
                found[count] = number
        needs = tuple(count for count in Count if count in made.counts - found.keys())
        if needs:
            return Measure(needs=needs, is_typed=True)
        return Measure(Ratio(total(made.over, found), total(made.under, found)), is_typed=True)

    def _uncovered(self, left: Collection[UUID], leaves: Collection[UUID]) -> set[UUID]:
        """Classes, and schools of which nothing was entered, among the leaves left over; a school
        whose stages were entered apart is covered."""
        told = {self.tree.leaves[leaf].school_id for leaf in leaves if leaf not in left}
        return {leaf for leaf in left if leaf not in told}


def figures_for(
    scope: Scope, tree: Tree, outcomes: Outcomes, indices: Collection[Index], *, today: date
) -> Figures:
    """The figures that these indices need: one statement for entered ones, some thirty for
    cohorts, none for losses, which the caller has read."""
    ways = {MADE[index].way for index in indices}
    figures = Figures(scope, tree, outcomes)
    if Way.COHORT in ways:
        figures.cohorts = _cohorts(scope, indices, today=today)
    if Way.TYPED in ways:
        year = scope.period.statistical_year
        entered = typed_counts(scope.county_id, years=[year])
        wanted = {count for index in indices for count in MADE[index].counts}
        figures.typed = {
            count: spoken_of((each for each in entered if each.count is count), tree)
            for count in wanted
        }
    return figures


def _cohorts(
    scope: Scope, indices: Iterable[Index], *, today: date
) -> dict[UUID, Mapping[Span, Mapping[Count, int]]]:
    spans = {_span(index) for index in indices if MADE[index].way is Way.COHORT}
    found = cohorts(scope, spans, today=today)
    return {line.unit.id: line.counts for line in (*found.lines, found.total)}


def _span(index: Index) -> Span:
    return SPANS.get(index, Span.PERIOD)


@dataclass(frozen=True, slots=True)
class Past:
    """The figures of one unit at the end of last month and a year ago."""

    unit_id: UUID
    earlier: Figures | None
    last_year: Figures | None

    @staticmethod
    def of(
        now: Figures,
        unit_id: UUID,
        policy: ResolvedPolicy,
        indices: Collection[Index],
        *,
        is_whole: bool,
        today: date,
    ) -> Past:
        """Counted as today's plan counts, so that figures can be held against each other.

        Not ``is_whole``: a year ago alone, for lines that may not fall. Nothing is read for no
        index, nor for figures that are entered once a year.
        """
        known = [index for index in indices if MADE[index].way is not Way.TYPED]
        if not known:
            return Past(unit_id, None, None)
        period = now.scope.period
        last = before(period.from_on, period.until) if is_whole else None
        day = a_year_before(period.until)
        year = Period(base_day(statistical_year(day)), day)
        periods = (Period(period.from_on, last) if last else None, year)
        earlier, last_year = (
            _then(replace(now.scope, period=p), {unit_id: policy}, known, today=today)
            if p
            else None
            for p in periods
        )
        return Past(unit_id, earlier, last_year)

    def previous(self, target: Target) -> Ratio | None:
        return self._ratio(self.earlier, target)

    def year_ago(self, target: Target) -> Ratio | None:
        return self._ratio(self.last_year, target)

    def _ratio(self, figures: Figures | None, target: Target) -> Ratio | None:
        if figures is None or MADE[target.index].way is Way.TYPED:
            return None
        if MADE[target.index].way is Way.OUTCOME and not figures.outcomes:
            return None
        ratio = figures.measure(self.unit_id, target).ratio
        return ratio if ratio.is_known else None


def _then(
    scope: Scope,
    policies: Mapping[UUID, ResolvedPolicy],
    indices: Collection[Index],
    *,
    today: date,
) -> Figures:
    """The unit's figures of a period that is over; none where it did not stand then."""
    ways = {MADE[index].way for index in indices}
    figures = Figures(scope, Tree({}, {}, {}), {})
    if Way.OUTCOME in ways:
        wanted = Wanted(scope.county_id, [scope.unit_id], scope.period)
        figures.outcomes = outcomes_by_stage(wanted, policies, today=today)
    if Way.COHORT in ways:
        try:
            figures.cohorts = _cohorts(scope, indices, today=today)
        except Unit.DoesNotExist:
            return figures
    return figures
