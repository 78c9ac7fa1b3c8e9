"""How leading groups must be composed: by the policy in force at each unit (R-003)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from notoneless.places.queries.groups import (
    GroupCheck,
    check_places,
    seated_holders,
    without_every,
)
from notoneless.places.queries.units import Place, units_below
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.many import policies_of
from notoneless.rules.groups import (
    Composition,
    GroupKind,
    Seat,
    Wanted,
    compositions_under,
    shipped_compositions,
)
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy
from notoneless.rules.units import UnitKind

KEY = "leading_group_rule"


def composition_at(unit_id: UUID, kind: UnitKind, *, on: date) -> Composition | None:
    """Who must sit in the group of a unit on ``on``; ``None`` where units of a kind need none."""
    return compositions_under(_rule(policy_for(unit_id, on=on))).get(kind)


def checks_below(
    paths: Iterable[str], *, county_id: UUID, on: date, kind: GroupKind = GroupKind.DROPOUT
) -> list[GroupCheck]:
    """Every unit at or below ``paths`` that needs a group, checked under its own policy.

    A constant number of statements while the county's policy does not change.
    """
    # A school found in both lines counts where it is at home, as on its own page: e before g.
    found = reversed(units_below(paths, on=on, kinds=shipped_compositions()))
    places = {place.id: place for place in found}
    wanted = _wanted(places, county_id=county_id, on=on)
    return check_places(places.values(), wanted, on=on, kind=kind)


def whole_groups(places: Iterable[Place], *, county_id: UUID, on: date) -> set[UUID]:
    """Which of ``places``, that all have a group against dropout, have all in it who belong there.

    As ``checks_below`` finds it, without loading who sits in the groups. Four statements.
    """
    by_id = {place.id: place for place in places}
    wanted = _wanted(by_id, county_id=county_id, on=on)
    every: defaultdict[Wanted, list[str]] = defaultdict(list)
    for unit, rules in wanted.items():
        for rule in rules:
            if rule.is_every:
                every[rule].append(by_id[unit].path)
    paths = [place.path for place in by_id.values()]
    roles = {rule.role for rules in wanted.values() for rule in rules if not rule.is_every}
    seated = seated_holders(paths, roles, on=on)
    lacking = without_every(every, on=on)

    def is_met(rule: Wanted, path: str) -> bool:
        if rule.is_every:
            return (path, rule) not in lacking
        seats = Seat if rule.seat is Seat.MEMBER else (rule.seat,)
        return any((path, seat, rule.role) in seated for seat in seats)

    return {
        unit
        for unit, rules in wanted.items()
        if all(is_met(rule, by_id[unit].path) for rule in rules)
    }


def _wanted(places: Mapping[UUID, Place], *, county_id: UUID, on: date) -> dict[UUID, Composition]:
    """Who must sit in the group of each unit under its own policy."""
    policies = policies_of(places, county_id=county_id, on=on)
    return {
        unit: compositions_under(_rule(policies[unit])).get(place.kind, ())
        for unit, place in places.items()
    }


def _rule(policy: ResolvedPolicy) -> str:
    """The rule of the place's policy, empty where it has none: then the shipped one holds."""
    try:
        return policy.choice(KEY)
    except PolicyHole:
        return ""
