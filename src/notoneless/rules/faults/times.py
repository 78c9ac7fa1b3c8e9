"""The times that a matter gives its person: for a statement, and to ask for a review (R-217)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.clocks import due_on
from notoneless.rules.policy.measures import Duration, DurationUnit
from notoneless.rules.policy.pack import Rule
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.policy.shipped import shipped_packs

STATEMENT, REVIEW = "fault_statement_period", "fault_review_period"
_SHIPPED = {STATEMENT: "cases/2026", REVIEW: "national/2026"}


@dataclass(frozen=True, slots=True)
class Times:
    """Both as the plan of a matter has them, each with its source."""

    statement: Rule
    """What a notice leaves for the statement at the least."""
    review: Rule
    """From the day on which the decision was shown; the law's floor is under it."""


def times_of(policy: ResolvedPolicy) -> Times:
    """The times under a kept plan; where it leaves one blank, the law's or the product's own."""
    return Times(_rule(policy, STATEMENT), _rule(policy, REVIEW))


def length_of(rule: Rule) -> Duration:
    """A time with the days it counts. Raises ``ValueError`` for a rule that is no duration."""
    if isinstance(rule.value, bool) or not isinstance(rule.value, int):
        raise ValueError(f"{rule.key} is no duration")
    return Duration(rule.value, DurationUnit(rule.unit))


def last_day(rule: Rule, *, started: date, calendar: SchoolCalendar) -> date:
    """The last day of the time (inclusive); the day on which it began is not counted.

    For a statement: the earliest day that a notice of ``started`` may name as the last. Raises
    ``NoSuchDay`` for a time in school days that runs past the calendar.
    """
    time = length_of(rule)
    return due_on(started=started, within=time.length, counted_in=time.unit, calendar=calendar).on


def _rule(policy: ResolvedPolicy, key: str) -> Rule:
    if policy.is_on(key):
        return policy.rules[key].rule
    return shipped_packs()[_SHIPPED[key]].rules[key]
