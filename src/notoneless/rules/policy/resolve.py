"""Stacking adoptions rule by rule into the policy of one place and day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from notoneless.rules.policy.adoption import Layer, Rank, Release
from notoneless.rules.policy.floors import keeps, lifted
from notoneless.rules.policy.pack import Floor, Rule
from notoneless.rules.policy.parameters import FAMILIES
from notoneless.rules.policy.resolved import (
    Origin,
    Overridden,
    ResolvedPolicy,
    ResolvedRule,
    State,
    policy_of,
)

_Claim = tuple[Origin, Rule]


@dataclass(frozen=True, slots=True, order=True)
class Clash:
    """Two adoptions say the same rule at the same rank on the same line."""

    key: str
    first_place: str
    first_pack: str
    second_place: str
    second_pack: str


class PolicyConflict(ValueError):
    """Nobody can say which of two adoptions holds. Carries every clash found."""

    def __init__(self, clashes: tuple[Clash, ...]) -> None:
        lines = (
            f"{c.key}: {c.first_pack} at {c.first_place} and {c.second_pack} at {c.second_place}"
            for c in clashes
        )
        super().__init__("; ".join(lines))
        self.clashes = clashes


def resolve(
    layers: Collection[Layer],
    on: date,
    *,
    floors: Mapping[str, Floor] | None = None,
    releases: Collection[Release] = (),
) -> ResolvedPolicy:
    """The policy that holds on the day ``on`` where these adoptions apply, in any order.

    The nearer rank wins; at one rank the line that decides the rule's family wins. A later
    adoption of the same system by the same place and line ends the earlier one on its first
    day. Without ``floors`` those of the layers' own packs bind (the national pack brings
    them); an unlawful figure is lifted to the law's, an unlawful choice becomes a hole. A
    money or sanction rule is off unless one of ``releases`` covers its very value.

    Raises ``PolicyConflict`` for one rule adopted twice at one rank and line, ``PackError``
    for an own value that does not fit.
    """
    standing = in_force(layers, on)
    claims = _claims(standing)
    _refuse_clashes(claims)
    bounds = _floors_of(standing) if floors is None else floors
    return policy_of(_settle(stack, bounds, releases, on) for stack in claims.values())


def in_force(layers: Collection[Layer], on: date) -> tuple[Layer, ...]:
    """The adoptions that stand on the day ``on``; each ends the day its successor begins."""
    return tuple(layer for layer in layers if _stands(layer, layers, on))


def _stands(layer: Layer, layers: Collection[Layer], on: date) -> bool:
    ends = [layer.to_on, layer.pack.effective_to]
    ends += [
        other.starts_on
        for other in layers
        if other.series == layer.series and other.starts_on > layer.starts_on
    ]
    return layer.starts_on <= on and all(end is None or on < end for end in ends)


def _claims(layers: Iterable[Layer]) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = {}
    for layer in layers:
        origin = Origin(layer.place, layer.rank, layer.line, layer.pack.id)
        for key, rule in layer.rules().items():
            claims.setdefault(key, []).append((origin, rule))
    for stack in claims.values():
        stack.sort(key=_strength, reverse=True)
    return claims


def _strength(claim: _Claim) -> tuple[Rank, bool, str, str]:
    origin, rule = claim
    # Place and pack only keep the order stable for the message of a clash.
    return origin.rank, FAMILIES[rule.family].line is origin.line, origin.place, origin.pack


def _refuse_clashes(claims: Mapping[str, list[_Claim]]) -> None:
    clashes = []
    for key, stack in claims.items():
        for (one, _), (two, _) in pairwise(stack):
            if (one.rank, one.line) == (two.rank, two.line):
                first, second = sorted([(one.place, one.pack), (two.place, two.pack)])
                clashes.append(Clash(key, *first, *second))
    if clashes:
        raise PolicyConflict(tuple(sorted(clashes)))


def _floors_of(layers: Iterable[Layer]) -> dict[str, Floor]:
    floors: dict[str, Floor] = {}
    for layer in layers:
        if layer.rank is Rank.NATIONAL:
            floors |= layer.pack.floors
    return floors


def _settle(
    stack: list[_Claim], floors: Mapping[str, Floor], releases: Iterable[Release], on: date
) -> ResolvedRule:
    (origin, rule), *weaker = stack
    overrode = tuple(_overridden(*claim) for claim in weaker)
    lifted_by = ""
    floor = floors.get(rule.key)
    if floor and rule.value is not None and not keeps(rule, floor):
        lawful = lifted(rule, floor)
        if lawful is None:
            return ResolvedRule(rule, origin, State.BELOW_FLOOR, overrode)
        overrode = (_overridden(origin, rule), *overrode)
        rule, lifted_by = lawful, floor.article
    release = _covering(releases, rule, on)
    return ResolvedRule(
        rule=rule,
        origin=origin,
        state=_state(rule, release),
        overrode=overrode,
        legal_basis=release.instrument if release else "",
        lifted_by=lifted_by,
    )


def _state(rule: Rule, release: Release | None) -> State:
    if rule.to_be_entered:
        return State.TO_BE_ENTERED
    if rule.needs_legal_basis and release is None:
        return State.NO_LEGAL_BASIS
    return State.IN_FORCE


def _covering(releases: Iterable[Release], rule: Rule, on: date) -> Release | None:
    if not rule.needs_legal_basis:
        return None
    covering = [release for release in releases if release.covers(rule, on)]
    return min(covering, key=lambda r: (r.from_on, r.instrument), default=None)


def _overridden(origin: Origin, rule: Rule) -> Overridden:
    return Overridden(origin, rule.value, rule.unit, rule.operator, rule.source)
