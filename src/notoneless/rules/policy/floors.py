"""Legal floors: which rules are laxer than the law, and the rule the law would have instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from notoneless.rules.policy.measures import Duration, DurationUnit, never_shorter
from notoneless.rules.policy.pack import Direction, Floor, Rule
from notoneless.rules.policy.wire import Value, same


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that the law does not allow."""

    key: str
    value: Value
    unit: str
    floor: Floor

    @property
    def article(self) -> str:
        return self.floor.article


def breaches(rules: Iterable[Rule], floors: Mapping[str, Floor]) -> list[Breach]:
    """The rules laxer than their floor, in order of key. A value equal to the bound passes.

    A rule still to be entered breaks nothing. Durations in different units pass only where
    they do in every calendar, so ten calendar days are no substitute for ten working days.
    """
    found = [
        Breach(rule.key, rule.value, rule.unit, floors[rule.key])
        for rule in rules
        if rule.key in floors and rule.value is not None and not keeps(rule, floors[rule.key])
    ]
    return sorted(found, key=lambda breach: breach.key)


def keeps(rule: Rule, floor: Floor) -> bool:
    """Whether an entered rule stands at or above its floor."""
    match floor.direction:
        case Direction.MUST_BE:
            return same(rule.value, floor.bound) and rule.unit in ("", floor.unit or rule.unit)
        case Direction.ONE_OF:
            return _is_among(rule.value, floor.bound)
        case Direction.AT_LEAST:
            return _reaches(rule.value, rule.unit, floor.bound, floor.unit)
        case Direction.AT_MOST:
            return _reaches(floor.bound, floor.unit, rule.value, rule.unit)


def lifted(rule: Rule, floor: Floor) -> Rule | None:
    """The rule as the law would have it; ``None`` where the law leaves a choice to the place."""
    if floor.direction is Direction.ONE_OF:
        return None
    return replace(rule, value=floor.bound, unit=floor.unit or rule.unit, article=floor.article)


def _is_among(value: Value, allowed: Value) -> bool:
    chosen = value if isinstance(value, tuple) else (value,)
    return isinstance(allowed, tuple) and all(
        any(same(item, candidate) for candidate in allowed) for item in chosen
    )


def _reaches(value: Value, unit: str, bound: Value, bound_unit: str) -> bool:
    if not isinstance(value, (int, Decimal)) or not isinstance(bound, (int, Decimal)):
        return False
    if _is_duration(unit) and _is_duration(bound_unit):
        return never_shorter(
            Duration(int(value), DurationUnit(unit)), Duration(int(bound), DurationUnit(bound_unit))
        )
    return value >= bound and (not unit or not bound_unit or unit == bound_unit)


def _is_duration(unit: str) -> bool:
    return unit in set(DurationUnit)
