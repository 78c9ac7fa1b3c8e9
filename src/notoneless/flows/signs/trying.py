"""Try other figures on what is on record: what would have shown, and how often rightly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.schools import school_standings
from notoneless.flows.signs.accuracy import within_days
from notoneless.flows.signs.gathering import Ground, facts_of, ground_of, members_at
from notoneless.flows.signs.outcomes import lost_between
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.policy.measures import Operator
from notoneless.rules.signs.accuracy import (
    Accuracy,
    FiredOnce,
    accuracy_of,
    alerts_per_class_month,
)
from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.kinds import SignRule
from notoneless.rules.signs.signs import signs_of
from notoneless.rules.signs.thresholds import Bound, SignRules

FIELDS: Mapping[str, str] = {
    "sign_run_days": "run",
    "sign_share_pct": "share",
    "sign_share_window": "share_window",
    "sign_guard_days": "guard",
    "sign_term_days_first": "term_first",
    "sign_term_days_second": "term_second",
    "sign_unregistered_days": "unregistered",
    "sign_edge_days": "edge_days",
    "sign_edge_share_pct": "edge_share",
    "sign_edge_window": "edge_window",
    "sign_after_break_times": "after_break",
    "sign_after_break_length": "break_length",
    "sign_failed_tries": "failed_tries",
}
"""Figures that can be tried, by parameter."""
WINDOWS = frozenset({"share_window", "edge_window"})
_UNITS = {"share": "percent", "edge_share": "percent", "after_break": "times"}


class BadFigure(ValueError):
    """A figure that cannot be tried."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a set of figures would have done in a county and a period."""

    classes: int
    months: tuple[date, ...]
    """The first day of each."""
    signs: tuple[FiredOnce, ...]
    outcomes: int
    accuracy: tuple[Accuracy, ...]
    within_days: int

    def per_class_month(self, rule: SignRule) -> float:
        """How many new signs of a rule a class teacher would have been shown in a month."""
        own = [each for each in self.signs if each.rule is rule]
        return alerts_per_class_month(own, classes=self.classes, months=self.months)

    def in_month(self, rule: SignRule, month: date) -> int:
        return sum(
            each.rule is rule and (each.on.year, each.on.month) == (month.year, month.month)
            for each in self.signs
        )


def try_signs(
    county_id: UUID,
    *,
    from_on: date,
    to_on: date,
    figures: Mapping[str, str],
    as_of: date,
) -> Trial:
    """Replay the days from ``from_on`` to ``to_on`` (both inclusive) under other figures.

    ``figures`` are parameters with what they would be; others stay as the place has them. Reads
    only; nothing is written. What people said and whom they reached is not replayed, since it
    answered to other signs. Raises ``BadFigure``.
    """
    signs: list[FiredOnce] = []
    classes: set[UUID] = set()
    for school in school_standings(county_id, on=to_on):
        ground = _ground(school, figures, from_on=from_on, to_on=to_on)
        members = members_at(school.school_id, county_id=county_id, on=to_on)
        classes |= {member.class_id for member in members}
        facts = facts_of(ground, members, county_id=county_id)
        for child in facts.values():
            signs += _replayed(child, ground, from_on)
    within = within_days(county_id, on=to_on)
    outcomes = lost_between(county_id, from_on=from_on, to_on=as_of + ONE_DAY)
    return Trial(
        classes=len(classes),
        months=_months(from_on, to_on),
        signs=tuple(signs),
        outcomes=len(outcomes),
        accuracy=tuple(accuracy_of(signs, outcomes, within_days=within, as_of=as_of)),
        within_days=within,
    )


def with_figures(rules: SignRules, figures: Mapping[str, str]) -> SignRules:
    """The rules with some figures in place of their own. Raises ``BadFigure``."""
    changes: dict[str, Any] = {}
    for key, said in figures.items():
        name = FIELDS.get(key)
        if name is None:
            raise BadFigure(key)
        figure = _figure(key, said)
        if name in WINDOWS:
            changes[name] = int(figure)
            continue
        standing = getattr(rules, name)
        changes[name] = (
            replace(standing, figure=figure)
            if standing is not None
            else Bound(
                key, figure, Operator.AT_LEAST, _UNITS.get(name, "school_days"), source="--set"
            )
        )
    return replace(rules, **changes)


def _figure(key: str, said: str) -> Decimal:
    try:
        figure = Decimal(said)
    except InvalidOperation:
        raise BadFigure(key) from None
    if not figure.is_finite() or figure <= 0:
        raise BadFigure(key)
    if figure != int(figure) and not key.endswith("_pct"):
        raise BadFigure(key)
    return figure


def _ground(
    school: SchoolStanding, figures: Mapping[str, str], *, from_on: date, to_on: date
) -> Ground:
    plain = ground_of(school, as_of=to_on)
    rules = with_figures(plain.rules, figures)
    # The first day that is replayed looks as far back as any other.
    first = ground_of(school, as_of=from_on, rules=rules)
    last = ground_of(school, as_of=to_on, rules=rules)
    back = min(first.from_on, last.from_on)
    days = school.calendar(to_on).days(back, to_on + ONE_DAY)
    return replace(last, from_on=back, days=tuple(days))


def _replayed(child: SignFacts, ground: Ground, from_on: date) -> Iterable[FiredOnce]:
    """Each sign on the first day of every stretch in which it fires; a stretch that began
    before the period is not told."""
    calendar = ground.school.calendar(ground.as_of)
    before: set[SignRule] | None = None
    plain = replace(child, words=(), answers=(), tries=(), numbers=())
    first = min(child.class_on, default=None)
    for n, day in enumerate(ground.days):
        if first is None or day < max(first, from_on):
            continue
        seen = replace(
            plain,
            as_of=day,
            days=ground.days[: n + 1],
            next_day=ground.days[n + 1] if n + 1 < len(ground.days) else ground.next_day,
            term=calendar.calendar.term_of(day),
        )
        now = {fired.rule for fired in signs_of(seen, ground.rules).fired}
        if before is None and n:
            earlier = replace(seen, as_of=ground.days[n - 1], days=seen.days[:-1], next_day=day)
            before = {fired.rule for fired in signs_of(earlier, ground.rules).fired}
        for rule in sorted(now - (before or set())):
            yield FiredOnce(child.child_id, rule, day)
        before = now


def _months(from_on: date, to_on: date) -> tuple[date, ...]:
    found = []
    month = from_on.replace(day=1)
    while month <= to_on:
        found.append(month)
        month = (month.replace(day=28) + 5 * ONE_DAY).replace(day=1)
    return tuple(found)
