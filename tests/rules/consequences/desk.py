"""Policies with everything released, outcomes of a class or school, and who held which role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.holders import Held, Holders
from notoneless.rules.consequences.lines import Kind, Line
from notoneless.rules.consequences.outcome import How, Loss, Outcome
from notoneless.rules.paths import Line as CommandLine
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank, Release
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from notoneless.rules.units import Stage, UnitKind

SEPTEMBER, JULY = date(2026, 9, 1), date(2027, 7, 31)
OCTOBER = date(2026, 10, 12)
NAMESPACE = UUID("5a1f0000-0000-4000-8000-000000000000")
SYSTEMS = sorted(pack.split("/")[0] for pack in shipped_packs() if pack.startswith("S"))
ENTERED: Mapping[str, tuple[Any, str]] = {
    "reward_school_junior_retention100_yuan": (200_000, "fen"),
    "reward_class_retention100_yuan": (10_000, "fen"),
    "points_dropout_class": (Decimal(2), "points"),
    "points_late_report": (Decimal(5), "points"),
    "points_over_2pct": (Decimal(3), "points"),
    "allowance_deduction": (Decimal(20), "percent"),
    "dropout_ceiling_external_pct": (Decimal(1), "percent"),
    "dropout_ceiling_school_pct": (Decimal(1), "percent"),
    "late_report_penalty_rule": ("校规第九条", ""),
}
"""What a place might enter where the source left a blank."""


def an_id(name: str) -> UUID:
    return uuid5(NAMESPACE, name)


CLASS_1, SCHOOL = an_id("class 1"), an_id("school")


def policy(
    system: str, *, is_released: bool = True, is_entered: bool = False, **own: OwnValue
) -> ResolvedPolicy:
    """A system as the only plan of a county; ``is_entered``: with its blanks filled in."""
    pack = shipped_packs()[f"{system}/2026"]
    values = dict(own)
    for key, (value, unit) in ENTERED.items() if is_entered else ():
        rule = pack.rules.get(key)
        if rule is not None and rule.to_be_entered and key not in values:
            values[key] = OwnValue(value, "county order", unit, rule.operator)
    layers = [
        Layer("nation", Rank.NATIONAL, CommandLine.GOVERNMENT, national_pack(), SEPTEMBER),
        Layer("qinghe", Rank.COUNTY, CommandLine.EDUCATION, pack, SEPTEMBER, own=values),
    ]
    rules = layers[1].rules()
    releases = [
        Release(rule.key, rule.value, "county order 2026 no. 5", "justice office", SEPTEMBER)
        for rule in rules.values()
        if rule.needs_legal_basis and not rule.to_be_entered
    ]
    return resolve(layers, OCTOBER, releases=releases if is_released else ())


def loss(name: str = "lan", **more: Any) -> Loss:
    return Loss(**{"child": an_id(name), "how": How.CASE, "lost_on": OCTOBER, **more})


def losses(count: int, **more: Any) -> tuple[Loss, ...]:
    return tuple(loss(f"child {n}", **more) for n in range(count))


def of_class(base: int, *lost: Loss, stage: Stage = Stage.PRIMARY) -> Outcome:
    return Outcome(CLASS_1, UnitKind.CLASS, SEPTEMBER, JULY, base, lost, stage)


def of_school(base: int, *lost: Loss, stage: Stage = Stage.PRIMARY) -> Outcome:
    return Outcome(SCHOOL, UnitKind.SCHOOL, SEPTEMBER, JULY, base, lost, stage)


def held(name: str, from_on: date = SEPTEMBER, to_on: date | None = None, **more: Any) -> Held:
    return Held(an_id(name), name, from_on, to_on, **more)


def people(*, leader: bool = True, **roles: tuple[Held, ...]) -> Holders:
    """Chen with deputy Deng, teachers Tang and Ding, Tong attached and leader Liao if any; Qin
    heads the school."""
    by_role = {
        "class_teacher": (held("chen"),),
        "deputy_class_teacher": (held("deng"),),
        "subject_teachers": (held("chen"), held("tang"), held("ding")),
        "attached_teacher": (held("tong"),),
        "attached_leader": (held("liao"),) if leader else (),
        "principal": (held("qin"),),
        "unit_main_person": (held("qin"),),
    }
    return Holders({**by_role, **roles})


def of_kind(lines: tuple[Line, ...], *kinds: Kind) -> list[Line]:
    return [line for line in lines if line.kind in kinds]


def yuan(lines: tuple[Line, ...]) -> dict[str, Decimal]:
    """What each bearer gets or pays by lines in force."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.fen is not None and line.standing is Standing.IN_FORCE:
            name = line.bearer.name or line.bearer.role
            found[name] = found.get(name, Decimal()) + Decimal(line.fen) / 100
    return found


def vetoed(lines: tuple[Line, ...]) -> set[str]:
    """Whom vetoes in force reach."""
    return {
        line.bearer.name or line.bearer.role
        for line in lines
        if line.kind is Kind.VETO and line.standing is Standing.IN_FORCE
    }
