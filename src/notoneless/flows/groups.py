"""How leading groups must be composed: by the policy in force at each unit (R-003)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import date
from uuid import UUID

from notoneless.places.queries.groups import GroupCheck, Holders, check_places
from notoneless.places.queries.units import Place, units_below
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.many import policies_of
from notoneless.rules.groups import Composition, GroupKind, compositions_under, shipped_compositions
from notoneless.rules.policy.resolved import PolicyHole, ResolvedPolicy
from notoneless.rules.roles import Role
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
    found = units_below(paths, on=on, kinds=shipped_compositions())
    return checks_at(found, county_id=county_id, on=on, kind=kind)


def checks_at(
    found: Iterable[Place],
    *,
    county_id: UUID,
    on: date,
    kind: GroupKind = GroupKind.DROPOUT,
    holders_of: Callable[[Collection[Role]], Holders] | None = None,
) -> list[GroupCheck]:
    """Those of ``found`` that need a group, checked under their own policy.

    ``holders_of`` as of ``check_places``.
    """
    kinds = shipped_compositions()
    # A school found in both lines counts where it is at home, as on its own page: e before g.
    home_last = sorted(found, key=lambda place: place.path, reverse=True)
    places = {place.id: place for place in home_last if place.kind in kinds}
    policies = policies_of(places, county_id=county_id, on=on)
    wanted = {
        unit: compositions_under(_rule(policies[unit])).get(place.kind, ())
        for unit, place in places.items()
    }
    return check_places(places.values(), wanted, on=on, kind=kind, holders_of=holders_of)


def _rule(policy: ResolvedPolicy) -> str:
    """The rule of the place's policy, empty where it has none: then the shipped one holds."""
    try:
        return policy.choice(KEY)
    except PolicyHole:
        return ""
