"""What a change of policy would change, rule by rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.policy.queries.inforce import resolve_stack
from notoneless.policy.queries.stack import Stack, stack_at, standing_of
from notoneless.rules.policy.adoption import Layer
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule
from notoneless.rules.policy.wire import same


@dataclass(frozen=True, slots=True)
class Difference:
    """One rule before and after; ``None`` on the side where it does not exist."""

    key: str
    before: ResolvedRule | None
    after: ResolvedRule | None


def differences_with(layer: Layer, *, unit_id: UUID, on: date) -> list[Difference]:
    """What ``layer`` would change at its own place on the day ``on``, by key."""
    standing = standing_of(unit_id, on=on)
    stack = stack_at(standing, on=on)
    with_it = Stack((*stack.layers, layer), stack.releases)
    return differences(resolve_stack(stack, on=on), resolve_stack(with_it, on=on))


def differences(before: ResolvedPolicy, after: ResolvedPolicy) -> list[Difference]:
    """The rules whose value, bound, state or source differ, by key."""
    found = []
    for key in sorted(before.rules.keys() | after.rules.keys()):
        one, two = before.rules.get(key), after.rules.get(key)
        if one is None or two is None or not _alike(one, two):
            found.append(Difference(key, one, two))
    return found


def _alike(one: ResolvedRule, two: ResolvedRule) -> bool:
    return same(one.rule.value, two.rule.value) and (
        one.rule.unit,
        one.rule.operator,
        one.rule.source,
        one.state,
    ) == (two.rule.unit, two.rule.operator, two.rule.source, two.state)
