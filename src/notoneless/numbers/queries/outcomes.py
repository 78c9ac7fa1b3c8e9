"""What a period came to, unit by unit: the base that each plan counts from, and every loss."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from notoneless.children.models import Child
from notoneless.numbers.queries.leavers import lost_between
from notoneless.numbers.queries.registered import Registered, base_rolls, headcounts, registered
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Ground, entry_cohorts
from notoneless.numbers.queries.told import Told, told_of
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.numbers.queries.typed import Spoken, spoken_of, standing_in, typed_counts
from notoneless.rules.consequences.outcome import How, Loss, Marks, Outcome
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import contract_rate
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.tally import CaseAt
from notoneless.rules.paths import ancestors
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import Stage

STAGES: tuple[Stage | None, ...] = (None, *Stage)
"""All stages together, and each by itself."""
NO_MARKS: Mapping[UUID, Marks] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose outcomes are asked for."""

    county_id: UUID
    unit_ids: Collection[UUID]
    """Classes, grades, schools, or units above them; one may lie within another."""
    period: Period
    """Cut at today by the caller (``Period.up_to``)."""
    stages: tuple[Stage | None, ...] = STAGES
    known_at: datetime | None = None
    """As it was known then; ``None`` for what is known now."""


class _Found(NamedTuple):
    """A loss and where it is counted."""

    leaf: UUID
    loss: Loss


class _Share(NamedTuple):
    """What one plan counts for one stage."""

    base: Count
    counts_between: bool


def outcomes_of(
    wanted: Wanted,
    policies: Mapping[UUID, ResolvedPolicy],
    *,
    marks: Mapping[UUID, Marks] = NO_MARKS,
    today: date,
) -> dict[UUID, Outcome]:
    """The outcome of each unit over the first of the stages asked for: all together as a rule.

    Everything else as ``outcomes_by_stage``.
    """
    only = replace(wanted, stages=wanted.stages[:1])
    found = outcomes_by_stage(only, policies, marks=marks, today=today)
    return {unit: outcome for (unit, _), outcome in found.items()}


def outcomes_by_stage(
    wanted: Wanted,
    policies: Mapping[UUID, ResolvedPolicy],
    *,
    marks: Mapping[UUID, Marks] = NO_MARKS,
    today: date,
) -> dict[tuple[UUID, Stage | None], Outcome]:
    """The outcome of each unit and stage, each counted as the unit's own plan says.

    Lost is whoever ``contract_rate`` counts: determined to have dropped out and not back at the
    cut-off, and, where ``count_p2j_losses_in_rate`` says so, who finished primary school and is in
    no junior school. Who was determined and came back within the period stands among the losses
    with the day of the return, and counts in no rate. Study elsewhere without its papers is
    determined case by case and so is a case here (C-24). Rows merged into one child are one child.

    The base is that of the plan's ``baseline_kind`` (the roll of 1 September where it names none).
    Verified and census headcounts are entered or frozen: where part of a unit's pupils has none,
    the outcome ``lacks`` them. ``marks`` are decisions by the id of a case or a child; whoever
    needs the cases first gives them to ``Outcome.marked``. Units that did not stand then are left
    out.

    At most sixteen statements, whatever the number of units; three more for each cohort where a
    plan counts from the start of a grade. Raises ``KeyError`` for a unit without a policy.
    Source: C-24 to C-27, R-186, R-188, requirements §Index definitions.
    """
    tree = tree_of(wanted.county_id, wanted.period)
    inside = _inside(tree, wanted.unit_ids)
    every = frozenset(leaf for leaves in inside.values() for leaf in leaves)
    if not inside:
        return {}
    plans = {
        (unit, stage): _share(policies[unit], stage) for unit in inside for stage in wanted.stages
    }
    county = Scope(wanted.county_id, wanted.county_id, wanted.period, known_at=wanted.known_at)
    ground = Ground(county, tree, every, today)
    found = registered(county, tree, every, today=today)
    bases = _Bases(ground, found, {plan.base for plan in plans.values()})
    losses = _losses(ground, found, with_between=any(p.counts_between for p in plans.values()))
    at_leaf: dict[UUID, list[tuple[int, Loss]]] = {}
    for number, (leaf, loss) in enumerate(losses):
        at_leaf.setdefault(leaf, []).append((number, loss))
    answer = {}
    for (unit, stage), plan in plans.items():
        of_stage = [x for x in inside[unit] if stage is None or tree.leaves[x].stage is stage]
        base, lacks = bases.of(plan.base, frozenset(of_stage))
        mine = _of_unit(at_leaf, of_stage, inside[unit], plan, stage)
        answer[unit, stage] = Outcome(
            unit=unit,
            kind=tree.unit(unit).kind,
            since=wanted.period.from_on,
            until=wanted.period.until,
            base=base,
            losses=mine,
            stage=stage,
            lacks=lacks,
        ).marked(marks)
    return answer


def _inside(tree: Tree, unit_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    """The classes and schools by which children of each unit are counted, in one walk."""
    inside: dict[UUID, list[UUID]] = {unit: [] for unit in unit_ids if unit in tree.paths}
    unit_at = {path: unit for unit in inside for path in tree.paths[unit]}
    for leaf in tree.leaves.values():
        above = {unit_at[p] for path in leaf.paths for p in ancestors(path) if p in unit_at}
        for unit in above:
            inside[unit].append(leaf.id)
    return inside


def _share(policy: ResolvedPolicy, stage: Stage | None) -> _Share:
    rate = contract_rate(policy, stage)
    return _Share(rate.under[0].count, Count.LOST_BETWEEN in rate.counts)


class _Bases:
    """Headcounts by leaf, and the figures that were entered or frozen in their place."""

    def __init__(self, ground: Ground, found: Registered, wanted: Collection[Count]) -> None:
        scope, tree = ground.scope, ground.tree
        entered = typed_counts(scope.county_id, known_at=scope.known_at)
        year = scope.period.statistical_year
        self.rolls: Mapping[UUID, int] = base_rolls(found, scope.period)
        self.counted: dict[Count, Mapping[UUID, int]] = {Count.BASE: self.rolls}
        self.spoken: dict[Count, Sequence[Spoken]] = {
            count: spoken_of(
                (t for t in entered if t.count is count and t.school_year == year), tree
            )
            for count in wanted
            if count is not Count.ENTRY
        }
        if Count.ENTRY in wanted:
            entries: dict[UUID, int] = {}
            stand_in = []
            for autumn, cohort in entry_cohorts(ground).items():
                entries |= headcounts(cohort.scope, tree, cohort.leaves)
                stand_in += [t for t in entered if t.school_year == autumn == t.entered_in]
            self.counted[Count.ENTRY] = entries
            kinds = (Count.BASE, Count.ENTRY)
            self.spoken[Count.ENTRY] = spoken_of((t for t in stand_in if t.count in kinds), tree)

    def of(self, count: Count, leaves: frozenset[UUID]) -> tuple[int, Count | None]:
        """The headcount of these leaves; what is lacking of it, if some of it is."""
        counted = self.counted.get(count, {})
        number, used, left = standing_in(self.spoken[count], leaves, counted)
        if count is Count.BASE:
            return number, None
        # Pupils of whom nobody has said how many there were: a share of the rest would be false.
        untold = any(self.rolls.get(leaf, 0) and not counted.get(leaf, 0) for leaf in left)
        is_known = used or count in self.counted
        return (0, count) if untold or not is_known else (number, None)


def _losses(ground: Ground, found: Registered, *, with_between: bool) -> list[_Found]:
    """Each loss with the leaf that it counts at, in the order of the children's names."""
    losses = [*_by_cases(ground, found)]
    if with_between:
        lost = lost_between(ground.scope, ground.tree, ground.leaves, today=ground.today)
        day = ground.scope.period.base_day
        losses += [
            _Found(leaf, Loss(child, How.BETWEEN, day, _class_of(leaf, ground.tree)))
            for child, (leaf, is_elsewhere) in lost.items()
            if not is_elsewhere
        ]
    names = Child.objects.filter(pk__in={each.loss.child for each in losses})
    order = {
        pk: n for n, pk in enumerate(names.order_by("pinyin", "pk").values_list("pk", flat=True))
    }
    return sorted(losses, key=lambda each: order[each.loss.child])


def _by_cases(ground: Ground, found: Registered) -> list[_Found]:
    since = ground.scope.period.from_on
    determined = [
        (child, case)
        for child, facts in found.children.items()
        for case in facts.cases
        if case.leaf in ground.leaves and not case.is_error and _is_told(case, since)
    ]
    ids = [case.id for _, case in determined if case.id]
    told = told_of(ids, ground.scope) if ids else {}
    return [
        _Found(
            case.leaf,
            _loss(
                child,
                case,
                told.get(case.id) if case.id else None,
                _class_of(case.leaf, ground.tree),
            ),
        )
        for child, case in determined
    ]


def _loss(child: UUID, case: CaseAt, told: Told | None, school_class: UUID | None) -> Loss:
    return Loss(
        child=child,
        how=How.CASE,
        lost_on=told.lost_on if told else case.opened_on,
        school_class=school_class,
        case=case.id,
        known_on=told.known_on if told else case.opened_on,
        reported_on=told.reported_on if told else None,
        returned_on=None if case.is_away else case.returned_on,
    )


def _is_told(case: CaseAt, since: date) -> bool:
    """Determined, and away at the cut-off or back since the period began."""
    if case.confirmed_on is None:
        return False
    return case.is_away or (case.returned_on is not None and case.returned_on >= since)


def _class_of(leaf: UUID, tree: Tree) -> UUID | None:
    return leaf if tree.leaves[leaf].school_id != leaf else None


def _of_unit(
    at_leaf: Mapping[UUID, list[tuple[int, Loss]]],
    of_stage: Collection[UUID],
    whole: Collection[UUID],
    plan: _Share,
    stage: Stage | None,
) -> tuple[Loss, ...]:
    """One loss for each child: the one that stands before one that is over.

    Children on their way stand with their primary class, also where junior schools count them.
    """
    here = {leaf: False for leaf in of_stage}
    if plan.counts_between and stage is Stage.JUNIOR:
        here |= {leaf: True for leaf in whole if leaf not in here}
    kept: dict[UUID, tuple[int, Loss]] = {}
    for leaf, only_between in here.items():
        for number, loss in at_leaf.get(leaf, ()):
            is_between = loss.how is How.BETWEEN
            if (is_between and not plan.counts_between) or (only_between and not is_between):
                continue
            before = kept.get(loss.child)
            if before is None or (loss.counts and not before[1].counts):
                kept[loss.child] = number, loss
    return tuple(loss for _, loss in sorted(kept.values(), key=lambda pair: pair[0]))
