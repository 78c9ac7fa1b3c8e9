"""Targets of a unit and year, from its policy and the figures of its contracts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule, State
from notoneless.rules.targets.indices import Index
from notoneless.rules.units import SCHOOLS, Stage, UnitKind


class LineKind(StrEnum):
    """What happens at a line. They are different numbers and never stand for each other (C-07)."""

    TARGET = "target"
    OUTSIDE = "outside"
    """The standard of a higher place, which the plan only points to."""
    ALARM = "alarm"
    """Beyond it a unit is put under key management."""
    VETO = "veto"
    CHARGE = "charge"
    """From it on a school is charged."""
    TRACKED = "tracked"
    """Only watched: the plan names no figure."""


IS_ASKED = frozenset({LineKind.TARGET, LineKind.OUTSIDE})
"""Lines that are to be met; the others are to be kept away from."""


class Demand(StrEnum):
    """What is asked of the figure."""

    BOUND = "bound"
    """That it stands to a value as the operator says."""
    NOT_FALL = "not_fall"
    """That it is no lower than a year ago (R-189)."""
    LOSSES = "losses"
    """A number of children, whatever the base."""
    PERSON = "person"
    """A person decides; no line is computed."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ContractFigure:
    """A figure of a signed contract; it stands before the policy's (R-178)."""

    operator: Operator
    value: Decimal
    source: str
    """The contract, as people call it."""


@dataclass(frozen=True, slots=True)
class Target:
    """One line that a unit is measured against."""

    key: str
    """Of the policy's rule, or of the figure of a contract: both use the same names."""
    index: Index
    kind: LineKind
    stage: Stage | None = None
    """``None`` for all pupils of the unit."""
    demand: Demand = Demand.BOUND
    operator: Operator | None = None
    value: Decimal | None = None
    """Per cents, or children (``Demand.LOSSES``); ``None`` where it is to be entered or none."""
    source: str = ""
    pack: str = ""
    """Where the rule was adopted from; empty for a contract's figure."""
    state: State = State.IN_FORCE
    lacking: str = ""
    """The rule that has to be entered first; empty where nothing is missing."""
    policy_says: tuple[Operator, Decimal] | None = None
    """What the policy would ask, where a contract says something else."""

    def of(self, demand: Demand) -> Target:
        """The same line with another demand."""
        return replace(self, demand=demand)

    @property
    def is_on(self) -> bool:
        return self.state is State.IN_FORCE

    @property
    def is_from_contract(self) -> bool:
        return self.is_on and not self.pack


@dataclass(frozen=True, slots=True)
class Rule:
    """One key of the policy as a line: at which units it is drawn, and what it asks."""

    key: str
    index: Index
    kind: LineKind
    at: frozenset[UnitKind]
    stage: Stage | None = None


_PLACES = frozenset({UnitKind.CENTRE_SCHOOL, UnitKind.TOWNSHIP, UnitKind.BUREAU, UnitKind.COUNTY})
_SCHOOLS_UP = SCHOOLS | _PLACES
_IN_SCHOOL = SCHOOLS | {UnitKind.CLASS, UnitKind.GRADE}
_CLASS_AND_SCHOOL = SCHOOLS | {UnitKind.CLASS}
_KEY_UNITS = SCHOOLS | {UnitKind.CENTRE_SCHOOL, UnitKind.TOWNSHIP}
_P, _J = Stage.PRIMARY, Stage.JUNIOR
_T = LineKind.TARGET
RULES: tuple[Rule, ...] = (
    Rule("dropout_ceiling_primary_pct", Index.DROPOUT, _T, _SCHOOLS_UP, _P),
    Rule("dropout_ceiling_junior_pct", Index.DROPOUT, _T, _SCHOOLS_UP, _J),
    Rule("dropout_ceiling_school_pct", Index.DROPOUT, _T, _SCHOOLS_UP),
    Rule("dropout_ceiling_external_pct", Index.DROPOUT, LineKind.OUTSIDE, _SCHOOLS_UP),
    Rule("retention_target_school_pct", Index.RETENTION, _T, _SCHOOLS_UP),
    Rule("retention_target_class_pct", Index.RETENTION, _T, _IN_SCHOOL),
    Rule("retention_nine_year_pct", Index.NINE_YEAR, _T, _SCHOOLS_UP, _J),
    Rule("retention_three_year_junior_pct", Index.THREE_YEAR, _T, _SCHOOLS_UP, _J),
    Rule("promotion_target_primary_pct", Index.PROMOTION, _T, _SCHOOLS_UP, _P),
    Rule("enrolment_target_primary_pct", Index.ENROLMENT, _T, _SCHOOLS_UP, _P),
    Rule("enrolment_target_junior_pct", Index.ENROLMENT, _T, _SCHOOLS_UP, _J),
    Rule("enrolment_under16_pct", Index.UNDER16, _T, _PLACES),
    Rule("disabled_enrolment_target_pct", Index.DISABLED, _T, _SCHOOLS_UP),
    Rule("completion_target_junior_pct", Index.COMPLETION, _T, _SCHOOLS_UP, _J),
    Rule("key_unit_threshold_primary_pct", Index.DROPOUT, LineKind.ALARM, _KEY_UNITS, _P),
    Rule("key_unit_threshold_junior_pct", Index.DROPOUT, LineKind.ALARM, _KEY_UNITS, _J),
    Rule("penalty_school_primary_from_pct", Index.DROPOUT, LineKind.CHARGE, SCHOOLS, _P),
    Rule("penalty_school_junior_from_pct", Index.DROPOUT, LineKind.CHARGE, SCHOOLS, _J),
    Rule("veto_threshold_primary_pct", Index.DROPOUT, LineKind.VETO, _CLASS_AND_SCHOOL, _P),
    Rule("veto_threshold_junior_pct", Index.DROPOUT, LineKind.VETO, _CLASS_AND_SCHOOL, _J),
    Rule("veto_threshold_level1_pct", Index.DROPOUT, LineKind.VETO, _CLASS_AND_SCHOOL),
    Rule("veto_threshold_level2_pct", Index.DROPOUT, LineKind.VETO, _CLASS_AND_SCHOOL),
)
"""Rules that name a per cent. Source: requirements §Configurable policy parameters, Targets."""
FLAGS: tuple[Rule, ...] = (
    Rule("whole_class_handover_required", Index.HANDOVER, _T, _SCHOOLS_UP, _P),
    Rule("zhongkao_direct_rate_tracked", Index.ZHONGKAO, LineKind.TRACKED, _SCHOOLS_UP, _J),
    Rule("conversion_rate_kpi", Index.CONVERSION, LineKind.TRACKED, _SCHOOLS_UP),
)
NO_FIGURES: Mapping[str, ContractFigure] = MappingProxyType({})
_CEILING = MappingProxyType({_P: "dropout_ceiling_primary_pct", _J: "dropout_ceiling_junior_pct"})
_NOT_WITHIN = {Operator.AT_MOST: Operator.MORE, Operator.LESS: Operator.AT_LEAST}


def targets_of(
    policy: ResolvedPolicy,
    kind: UnitKind,
    stages: Collection[Stage],
    school_year: int,
    *,
    contract: Mapping[str, ContractFigure] = NO_FIGURES,
) -> list[Target]:
    """Every line that a unit of this kind with pupils of these stages is measured against.

    A target of each school is drawn at the units above as well: what every school meets, their sum
    meets. A figure of the unit's signed contract takes the place of the policy's of the same name;
    one that the policy knows nothing of is a line of its own. Lines that are off, or still to be
    entered, are among the answer with the reason. Where the plan names targets by year, those of
    the year take the place of the ceiling (S2-5). Raises nothing.
    """
    found = [*_bounds(policy, kind, stages), *_others(policy, kind, stages)]
    found = _by_year(policy, found, kind, stages, school_year)
    signed = [_signed(target, contract) for target in found]
    known = {target.key for target in signed}
    more = [rule for rule in RULES if rule.key in contract and rule.key not in known]
    signed += [
        _signed(Target(rule.key, rule.index, rule.kind, rule.stage), contract)
        for rule in more
        if _is_drawn(rule, UnitKind.SCHOOL if kind is UnitKind.CLASS else kind, stages)
    ]
    return sorted(signed, key=_order)


def _bounds(policy: ResolvedPolicy, kind: UnitKind, stages: Collection[Stage]) -> Iterator[Target]:
    for rule in RULES:
        found = policy.rules.get(rule.key)
        if found is not None and _is_drawn(rule, kind, stages):
            yield _target(rule, found)


def _is_drawn(rule: Rule, kind: UnitKind, stages: Collection[Stage]) -> bool:
    return kind in rule.at and (rule.stage is None or rule.stage in stages)


def _target(rule: Rule, found: ResolvedRule) -> Target:
    value = found.rule.value
    is_number = isinstance(value, (int, Decimal)) and not isinstance(value, bool)
    return Target(
        key=rule.key,
        index=rule.index,
        kind=rule.kind,
        stage=rule.stage,
        operator=found.rule.operator,
        value=Decimal(value) if is_number and isinstance(value, (int, Decimal)) else None,
        source=found.rule.source,
        pack=found.origin.pack or found.origin.place,
        state=found.state,
        lacking=rule.key if found.state is State.TO_BE_ENTERED else "",
    )


def _others(policy: ResolvedPolicy, kind: UnitKind, stages: Collection[Stage]) -> Iterator[Target]:
    """Lines whose rule is a flag, a choice or a trigger."""
    yield from _by_flag(policy, kind, stages)
    if kind in _SCHOOLS_UP:
        rise = policy.rules.get("retention_three_year_junior_rule")
        if rise is not None and rise.rule.value == "must_rise" and _J in stages:
            yield _target(Rule(rise.rule.key, Index.THREE_YEAR, _T, _SCHOOLS_UP, _J), rise).of(
                Demand.NOT_FALL
            )
        yield from _outside(policy)
    if kind in _CLASS_AND_SCHOOL:
        yield from _by_trigger(policy, stages)


def _by_flag(policy: ResolvedPolicy, kind: UnitKind, stages: Collection[Stage]) -> Iterator[Target]:
    for rule in FLAGS:
        found = policy.rules.get(rule.key)
        if found is None or found.rule.value is False or not _is_drawn(rule, kind, stages):
            continue
        target = _target(rule, found)
        if rule.kind is LineKind.TRACKED:
            yield replace(target, demand=Demand.NONE, operator=None)
        else:
            yield replace(target, operator=Operator.AT_LEAST, value=Decimal(100))


def _outside(policy: ResolvedPolicy) -> Iterator[Target]:
    """The standard of a higher place that the plan points to, while nobody has entered it."""
    points, figure = "dropout_ceiling_external_ref", "dropout_ceiling_external_pct"
    if figure in policy.rules or not policy.is_on(points) or policy.choice(points) == "none":
        return
    rule = next(rule for rule in RULES if rule.key == figure)
    line = replace(_target(rule, policy.rules[points]), operator=Operator.AT_MOST)
    yield replace(line, state=State.TO_BE_ENTERED, lacking=figure)


def _by_trigger(policy: ResolvedPolicy, stages: Collection[Stage]) -> Iterator[Target]:
    """The veto line where the plan draws it at the ceiling, at a number, or leaves it open."""
    trigger = policy.rules.get("veto_trigger")
    if trigger is None:
        return
    rule = Rule("veto_trigger", Index.DROPOUT, LineKind.VETO, _IN_SCHOOL)
    base = replace(_target(rule, trigger), operator=None)
    count = policy.rules.get("veto_loss_count")
    match trigger.rule.value:
        case "any_loss":
            one = replace(base, operator=Operator.AT_LEAST, value=Decimal(1))
            yield one.of(Demand.LOSSES)
        case "loss_count" if count is not None:
            yield _target(replace(rule, key="veto_loss_count"), count).of(Demand.LOSSES)
        case "external_standard":
            yield _beyond(base, policy, "dropout_ceiling_external_pct")
        case "over_ceiling_pct":
            yield from _beyond_ceilings(base, policy, stages)
        case "manual":
            yield base.of(Demand.PERSON)


def _beyond_ceilings(
    base: Target, policy: ResolvedPolicy, stages: Collection[Stage]
) -> Iterator[Target]:
    """Beyond the ceiling of each stage, else beyond that of one school; nothing where the plan
    names veto lines of its own."""
    if any(key.startswith("veto_threshold") for key in policy.rules):
        return
    keys = [(stage, key) for stage, key in _CEILING.items() if key in policy.rules]
    if not keys and "dropout_ceiling_school_pct" in policy.rules:
        yield _beyond(base, policy, "dropout_ceiling_school_pct")
    for stage, key in keys:
        if stage in stages:
            yield replace(_beyond(base, policy, key), stage=stage)


def _beyond(base: Target, policy: ResolvedPolicy, key: str) -> Target:
    """The veto line just beyond a ceiling: at most 1 % is left when it is more than 1 %."""
    found = policy.rules.get(key)
    if found is None:
        return replace(base, state=State.TO_BE_ENTERED, lacking=key)
    ceiling = _target(Rule(key, Index.DROPOUT, LineKind.VETO, _IN_SCHOOL), found)
    operator = _NOT_WITHIN.get(ceiling.operator or Operator.AT_MOST, Operator.MORE)
    state = base.state if ceiling.state is State.IN_FORCE else ceiling.state
    return replace(
        base, operator=operator, value=ceiling.value, state=state, lacking=ceiling.lacking
    )


def _by_year(
    policy: ResolvedPolicy,
    found: list[Target],
    kind: UnitKind,
    stages: Collection[Stage],
    school_year: int,
) -> list[Target]:
    """The ceilings with those of the year in their place (``target_path``).

    A year without a figure for a stage keeps the last one before it; after the last year its
    figures go on. Before the first year, and while that is not entered, the ceilings stand.
    """
    path = policy.rules.get("target_path")
    if path is None or kind not in _SCHOOLS_UP or not policy.is_on("target_path"):
        return found
    if not policy.is_on("target_path_first_year"):
        return [
            replace(target, lacking="target_path_first_year")
            if target.key in _CEILING.values() and not target.lacking
            else target
            for target in found
        ]
    year = school_year - policy.count("target_path_first_year") + 1
    for stage, key in _CEILING.items():
        rows = [row for row in policy.rows("target_path") if row.get("stage") == stage]
        due = [row for row in rows if int(str(row["year"])) <= year]
        if stage not in stages or not due:
            continue
        last = max(due, key=lambda row: int(str(row["year"])))
        rule = next(rule for rule in RULES if rule.key == key)
        line = replace(
            _target(rule, path),
            operator=path.rule.operator or Operator.AT_MOST,
            value=Decimal(str(last["dropout_pct"])),
        )
        found = [target for target in found if target.key != key] + [line]
    return found


def _signed(target: Target, contract: Mapping[str, ContractFigure]) -> Target:
    figure = contract.get(target.key)
    if figure is None or target.demand is not Demand.BOUND:
        return target
    says = None
    if target.is_on and target.operator is not None and target.value is not None:
        says = (target.operator, target.value)
        says = None if says == (figure.operator, figure.value) else says
    return replace(
        target,
        operator=figure.operator,
        value=figure.value,
        source=figure.source,
        pack="",
        state=State.IN_FORCE,
        lacking="",
        policy_says=says,
    )


_KINDS = list(LineKind)
_INDICES = list(Index)
_STAGES: list[Stage | None] = [None, *Stage]


def _order(target: Target) -> tuple[int, int, int, str]:
    """Indices as they are listed; of each the target first, then outside, alarm, veto, charge."""
    kind, index = _KINDS.index(target.kind), _INDICES.index(target.index)
    return index, kind, _STAGES.index(target.stage), target.key
