"""Under which plan an open case is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from notoneless.policy.queries.inforce import kept_policy
from notoneless.policy.queries.packs import floors_on
from notoneless.rules.policy.floors import keeps, lifted
from notoneless.rules.policy.resolved import ResolvedPolicy, ResolvedRule, State, policy_of

_KEPT: dict[str, ResolvedPolicy] = {}
_EFFECTIVE: dict[tuple[str, str, date], ResolvedPolicy] = {}
_REMEMBER_AT_MOST = 2_000


def case_policy(digest: str, current: ResolvedPolicy, *, on: date) -> ResolvedPolicy:
    """The plan that a case was opened with, as it binds on a day.

    What the law has raised since reaches every clock that still runs; what the plan of the opening
    did not say or left open is taken from today's plan. Nothing else of today's plan counts before
    the case is moved to it on purpose. No statement once it is remembered.
    """
    key = (digest, current.digest, on)
    if key not in _EFFECTIVE:
        if len(_EFFECTIVE) >= _REMEMBER_AT_MOST:
            _EFFECTIVE.clear()
        _EFFECTIVE[key] = _effective(_kept(digest, current), current, on)
    return _EFFECTIVE[key]


def _kept(digest: str, current: ResolvedPolicy) -> ResolvedPolicy:
    if digest == current.digest:
        return current
    if digest not in _KEPT:
        if len(_KEPT) >= _REMEMBER_AT_MOST:
            _KEPT.clear()
        _KEPT[digest] = kept_policy(digest)
    return _KEPT[digest]


def _effective(kept: ResolvedPolicy, current: ResolvedPolicy, on: date) -> ResolvedPolicy:
    floors = floors_on(on)
    rules: dict[str, ResolvedRule] = dict(current.rules) | dict(kept.rules)
    for key, found in kept.rules.items():
        floor = floors.get(key)
        if not kept.is_on(key):
            rules[key] = current.rules.get(key, found)
        elif floor is not None and not keeps(found.rule, floor):
            lawful = lifted(found.rule, floor)
            rules[key] = (
                replace(found, state=State.BELOW_FLOOR)
                if lawful is None
                else replace(found, rule=lawful, lifted_by=floor.article)
            )
    return policy_of(rules.values())
