"""Policies as shipped, released in full, and outcomes of so many lost of so many."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from notoneless.rules.consequences.outcome import How, Loss, Outcome
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from notoneless.rules.policy.wire import Value
from notoneless.rules.targets.indices import Index
from notoneless.rules.targets.standing import Measure, Standing, standing_of
from notoneless.rules.targets.target import LineKind, Target, targets_of
from notoneless.rules.units import Stage, UnitKind

SEPTEMBER = date(2026, 9, 1)
NOVEMBER_20 = date(2026, 11, 20)
UNIT = UUID(int=1)


def policy(
    system: str, *, released: bool = True, own: dict[str, OwnValue] | None = None
) -> ResolvedPolicy:
    pack = shipped_packs()[f"{system}/2026"]
    layers = [
        Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER),
        Layer("qinghe", Rank.COUNTY, Line.EDUCATION, pack, SEPTEMBER, own=own or {}),
    ]
    releases = [
        Release(rule.key, rule.value, "county order 2026 no. 5", "justice office", SEPTEMBER)
        for rule in pack.rules.values()
        if released and rule.needs_legal_basis and not rule.to_be_entered
    ]
    return resolve(layers, NOVEMBER_20, releases=releases)


def own(value: Value, unit: str = "") -> OwnValue:
    return OwnValue(value, "青禾教〔2026〕9号", unit, None)


def outcome(
    lost: int, base: int, *, returned: int = 0, kind: UnitKind = UnitKind.SCHOOL
) -> Outcome:
    losses = [
        Loss(UUID(int=n), How.CASE, SEPTEMBER, returned_on=NOVEMBER_20 if n >= lost else None)
        for n in range(lost + returned)
    ]
    return Outcome(UNIT, kind, SEPTEMBER, NOVEMBER_20, base, tuple(losses))


def target(
    value: str,
    operator: Operator = Operator.AT_MOST,
    index: Index = Index.DROPOUT,
    kind: LineKind = LineKind.TARGET,
) -> Target:
    return Target("key", index, kind, operator=operator, value=Decimal(value))


def standings(
    system: str,
    lost: int,
    base: int,
    *,
    kind: UnitKind = UnitKind.SCHOOL,
    stage: Stage = Stage.PRIMARY,
    year: int = 2026,
    released: bool = True,
    values: dict[str, OwnValue] | None = None,
) -> dict[str, Standing]:
    """By key, of a unit with pupils of one stage."""
    found = targets_of(policy(system, released=released, own=values), kind, [stage], year)
    over = {Index.DROPOUT: lost, Index.RETENTION: base - lost}
    return {
        each.key: standing_of(
            each,
            Measure(Ratio(over[each.index], base), lost) if each.index in over else Measure(),
        )
        for each in found
    }
