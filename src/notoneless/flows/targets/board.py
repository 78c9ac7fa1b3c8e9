"""A unit's targets with its figures, and the units below it beside one of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.contracts.queries.figures import figures_of
from notoneless.flows.overview.units import UnitSeen
from notoneless.flows.targets.figures import Figures, Past, figures_for
from notoneless.numbers.queries.outcomes import Wanted, outcomes_by_stage
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Group, Tree, TreeUnit, tree_of
from notoneless.policy.queries.many import policies_of
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.indicators.periods import Period, SchoolYear, statistical_year, year_of
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability
from notoneless.rules.targets.indices import MADE, Index, Way
from notoneless.rules.targets.standing import Standing, is_worse, overlaps, standing_of
from notoneless.rules.targets.target import ContractFigure, Demand, Target, targets_of
from notoneless.rules.targets.together import NoDropout, Split, no_dropout, split_of
from notoneless.rules.units import Stage

Key = tuple[str, str]
"""A line by its rule and stage: what the address of a page names."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the unit itself, with what it was before (R-197)."""

    standing: Standing
    previous: Ratio | None
    """At the end of last month, within the same year."""
    year_ago: Ratio | None
    """On the same day last year."""

    @property
    def key(self) -> Key:
        return key_of(self.standing.target)

    @property
    def is_rebound(self) -> bool:
        """Worse than at the end of last month, or than a year ago (反弹)."""
        now, index = self.standing.measure.ratio, self.standing.target.index
        earlier = (self.previous, self.year_ago)
        return any(each is not None and is_worse(index, now, each) is True for each in earlier)


@dataclass(frozen=True, slots=True)
class Below:
    """One unit below, with its own line of the same kind; ``None`` where it has none."""

    unit: TreeUnit
    outcome: Outcome
    standing: Standing | None
    status: NoDropout | None
    """Of classes and schools."""


@dataclass(frozen=True, slots=True)
class Board:
    """What the page of targets shows of a unit."""

    unit: TreeUnit
    period: Period
    policy: ResolvedPolicy
    outcome: Outcome
    rows: tuple[Row, ...]
    contradictions: tuple[tuple[Standing, Standing], ...]
    chosen: Row | None
    """The line that the units below stand beside."""
    below: tuple[Below, ...]
    """In the order of names, never by number."""
    split: Split | None
    status: NoDropout | None
    enrolment: tuple[Ratio, ...] = ()

    @property
    def school_year(self) -> SchoolYear:
        return self.period.statistical_year


def key_of(target: Target) -> Key:
    return target.key, target.stage or ""


def board_of(
    actor: Actor,
    unit: UnitSeen,
    *,
    chosen: Key | None = None,
    with_past: bool = False,
    today: date,
) -> Board:
    """The targets of a unit that the actor sees, this school year up to today.

    About forty statements for a place above schools, whatever the number of units below, and none
    for a child who stayed where it was; ``with_past`` reads the same of two days before, for the
    unit alone. Raises ``NotAllowed`` for who may not see cases there,
    ``Unit.DoesNotExist`` for a unit that did not stand this year.
    """
    actor.must(Capability.SEE_CASES, at=[unit.path])
    period = year_of(statistical_year(today)).up_to(today)
    county_id = actor.county_id
    tree = tree_of(county_id, period)
    here = tree.unit(unit.id)
    groups = [g for g in tree.groups(Scope(county_id, unit.id, period)) if g.unit.id != unit.id]
    ids = [unit.id, *(group.unit.id for group in groups)]
    policies = policies_of(ids, county_id=county_id, on=today)
    groups = [group for group in groups if group.unit.id in policies]
    ids = [unit_id for unit_id in ids if unit_id in policies]
    outcomes = outcomes_by_stage(Wanted(county_id, ids, period), policies, today=today)
    lines = _lines(tree, ids, policies, period.statistical_year)
    indices = {target.index for each in lines.values() for target in each}
    asked = Scope(county_id, unit.id, period)
    figures = figures_for(asked, tree, outcomes, indices, today=today)
    targets = lines[unit.id]
    needed = {each.index for each in targets if with_past or each.demand is Demand.NOT_FALL}
    past = Past.of(figures, unit.id, policies[unit.id], needed, is_whole=with_past, today=today)
    rows = [_row(target, unit.id, figures, past) for target in targets]
    row = _chosen(rows, chosen)
    below = [_below(group, lines, figures, row) for group in groups]
    return Board(
        unit=here,
        period=period,
        policy=policies[unit.id],
        outcome=outcomes[unit.id, None],
        rows=tuple(rows),
        contradictions=tuple(overlaps(row.standing for row in rows)),
        chosen=row,
        below=tuple(below),
        split=_split(row, below, outcomes) if row else None,
        status=status_of(outcomes[unit.id, None]),
        enrolment=_enrolment(rows),
    )


def status_of(outcome: Outcome) -> NoDropout | None:
    """Of any unit with pupils; ``None`` for one without."""
    return no_dropout(outcome) if has_pupils(outcome) else None


def has_pupils(outcome: Outcome) -> bool:
    """Whether there was anybody to lose, though the headcount may still have to be entered."""
    return bool(outcome.base or outcome.losses or outcome.lacks)


def _lines(
    tree: Tree,
    ids: Sequence[UUID],
    policies: Mapping[UUID, ResolvedPolicy],
    year: int,
) -> dict[UUID, list[Target]]:
    signed = contract_figures(ids, year)
    stages = _stages(tree, ids)
    return {
        unit: targets_of(
            policies[unit],
            tree.unit(unit).kind,
            stages[unit],
            year,
            contract=signed.get(unit, {}),
        )
        for unit in ids
    }


def contract_figures(ids: Collection[UUID], year: int) -> dict[UUID, dict[str, ContractFigure]]:
    """The figures that signed contracts bind units to; one statement (R-178)."""
    return {
        unit: {
            key: ContractFigure(operator, value, str(contract))
            for key, (value, operator, contract) in bounds.items()
        }
        for unit, bounds in figures_of(ids, year).items()
    }


def _stages(tree: Tree, ids: Collection[UUID]) -> dict[UUID, set[Stage]]:
    """The stages that each unit has classes of; of one without classes its own."""
    tops = {path: unit for unit in ids for path in tree.paths.get(unit, ())}
    found: dict[UUID, set[Stage]] = {unit: set() for unit in ids}
    for leaf in tree.leaves.values():
        if leaf.stage is not None:
            for path in leaf.paths:
                for top, unit in tops.items():
                    if path.startswith(top):
                        found[unit].add(leaf.stage)
    return found


def _row(target: Target, unit_id: UUID, figures: Figures, past: Past) -> Row:
    year_ago = past.year_ago(target)
    before = year_ago if target.demand is Demand.NOT_FALL else None
    standing = standing_of(target, figures.measure(unit_id, target), before=before)
    return Row(standing, past.previous(target), year_ago)


def _chosen(rows: Sequence[Row], key: Key | None) -> Row | None:
    """The line asked for, else the first that is about losses."""
    for row in rows:
        if key is not None and row.key == key:
            return row
    about = [row for row in rows if MADE[row.standing.target.index].way is Way.OUTCOME]
    return next(iter([*(row for row in about if row.standing.target.is_on), *about, *rows]), None)


def _below(
    group: Group,
    lines: Mapping[UUID, Sequence[Target]],
    figures: Figures,
    row: Row | None,
) -> Below:
    unit = group.unit
    outcome = figures.outcomes[unit.id, None]
    target = _same(lines[unit.id], row.standing.target) if row else None
    standing = None
    if target is not None:
        standing = standing_of(target, figures.measure(unit.id, target))
    return Below(unit, outcome, standing, status_of(outcome))


def _split(
    row: Row, below: Sequence[Below], outcomes: Mapping[tuple[UUID, Stage | None], Outcome]
) -> Split | None:
    """The check of a line over the units below that have pupils whom it is about."""
    stage = row.standing.target.stage
    having = [each for each in below if has_pupils(outcomes[each.unit.id, stage])]
    parts = [each.standing for each in having]
    return split_of(row.standing, parts)


def _same(targets: Sequence[Target], wanted: Target) -> Target | None:
    """The line of a unit below that answers to one above: of the same rule, or of the same index,
    kind and stage; a class under its school's ceiling has its own retention target instead."""
    for target in targets:
        if key_of(target) == key_of(wanted):
            return target
    for target in targets:
        same = (target.index, target.kind, target.stage)
        if same == (wanted.index, wanted.kind, wanted.stage):
            return target
    return None


def _enrolment(rows: Sequence[Row]) -> tuple[Ratio, ...]:
    return tuple(
        row.standing.measure.ratio
        for row in rows
        if row.standing.target.index is Index.ENROLMENT and row.standing.measure.ratio.is_known
    )
