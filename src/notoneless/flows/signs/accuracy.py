"""How often signs were right in a county, by rule and by group; read from what the nights kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.flows.signs.outcomes import lost_between
from notoneless.flows.signs.refusals import NotInPeriod
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.roles import Capability
from notoneless.rules.signs.accuracy import (
    Accuracy,
    FiredOnce,
    Group,
    Outcome,
    Share,
    accuracy_of,
    suppressed,
)
from notoneless.rules.signs.kinds import SignRule
from notoneless.signs.queries.fired import fired_between, groups_between

WITHIN = "sign_outcome_within"
WITHOUT_POLICY_DAYS = 60
LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Compared:
    """One rule in the parts of one group; ``None`` where a part is too small to show."""

    rule: SignRule
    precision: Mapping[str, Share | None]
    recall: Mapping[str, Share | None]


@dataclass(frozen=True, slots=True)
class AccuracyPage:
    from_on: date
    to_on: date
    """Exclusive."""
    within_days: int
    signs: int
    outcomes: int
    rules: tuple[Accuracy, ...]
    groups: Mapping[Group, tuple[Compared, ...]]


def may_see_accuracy(actor: Actor) -> bool:
    """Whoever decides the county's policy, or supervises and verifies it."""
    return actor.may(Capability.MANAGE_POLICY) or actor.may(Capability.VERIFY_JOURNAL)


def accuracy_page(actor: Actor, *, from_on: date, to_on: date, today: date) -> AccuracyPage:
    """Precision and recall of each rule for signs and outcomes of a period; seven statements.

    Outcomes are followed beyond the period as far as a sign is judged by them. Raises
    ``NotAllowed``, ``NotInPeriod``.
    """
    if not may_see_accuracy(actor):
        raise NotAllowed(capability=Capability.MANAGE_POLICY.value)
    if not from_on < to_on <= from_on + LONGEST:
        raise NotInPeriod()
    county = actor.county_id
    within = within_days(county, on=today)
    span = timedelta(days=within)
    signs = fired_between(county, from_on=from_on - span, to_on=to_on)
    left = lost_between(county, from_on=from_on, to_on=to_on + span)
    own_signs = [each for each in signs if each.on >= from_on]
    own_left = [each for each in left if each.on < to_on]
    rules = _both(signs, own_signs, left, own_left, within=within, as_of=today)
    parts = groups_between(county, from_on=from_on - span, to_on=to_on + span)
    groups = {}
    for group, values in parts.items():
        groups[group] = _compared(
            values, (signs, own_signs, left, own_left), within=within, as_of=today
        )
    return AccuracyPage(from_on, to_on, within, len(own_signs), len(own_left), tuple(rules), groups)


def within_days(county_id: UUID, *, on: date) -> int:
    """How long before a dropout a sign counts as right, in the county's policy."""
    try:
        policy = policy_for(county_id, on=on)
    except PolicyConflict:
        return WITHOUT_POLICY_DAYS
    return policy.count(WITHIN) if policy.is_on(WITHIN) else WITHOUT_POLICY_DAYS


def _both(
    signs: list[FiredOnce],
    own_signs: list[FiredOnce],
    left: list[Outcome],
    own_left: list[Outcome],
    *,
    within: int,
    as_of: date,
) -> list[Accuracy]:
    """Precision of the period's own signs, recall of its own outcomes."""
    right = accuracy_of(own_signs, left, within_days=within, as_of=as_of)
    found = accuracy_of(signs, own_left, within_days=within, as_of=as_of)
    return [
        Accuracy(one.rule, one.precision, two.recall) for one, two in zip(right, found, strict=True)
    ]


Sides = tuple[list[FiredOnce], list[FiredOnce], list[Outcome], list[Outcome]]


def _compared(
    values: Mapping[UUID, str], sides: Sides, *, within: int, as_of: date
) -> tuple[Compared, ...]:
    by_part: dict[str, list[Accuracy]] = {}
    for part in sorted(set(values.values())):
        mine = {child for child, value in values.items() if value == part}
        signs, own_signs, left, own_left = sides
        by_part[part] = _both(
            [each for each in signs if each.child_id in mine],
            [each for each in own_signs if each.child_id in mine],
            [each for each in left if each.child_id in mine],
            [each for each in own_left if each.child_id in mine],
            within=within,
            as_of=as_of,
        )
    return tuple(
        Compared(
            rule,
            suppressed({part: rows[n].precision for part, rows in by_part.items()}),
            suppressed({part: rows[n].recall for part, rows in by_part.items()}),
        )
        for n, rule in enumerate(SignRule)
    )
