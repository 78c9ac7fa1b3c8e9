"""Signs in the rolls, rules 1 to 5. Approved leave and days of an area event never fire."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.runs import runs_of
from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.fired import Fired, Row
from notoneless.rules.signs.kinds import RowKind, SignRule
from notoneless.rules.signs.thresholds import SignRules
from notoneless.rules.signs.windows import (
    after_breaks,
    known,
    last_days,
    term_days,
    unexplained,
    week_edges,
)

FIRST_WEEK = 5
"""School days within which a term's first roll must lie."""


def run_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """Unexplained school days in a row (``sign_run_days``), stepping over days nobody called.

    Such days are never counted; ``proved`` says how many in a row are beyond doubt. R-072.
    """
    if rules.run is None:
        return None
    own = [day for day in facts.days if day in facts.marks]
    runs = runs_of(own, facts.marks)
    days = runs.possible.days
    if not rules.run.is_met(len(days)):
        return None
    rows = _rows(facts, days)
    return Fired(SignRule.RUN, rows, rules.run, len(days), proved=runs.longest_proved)


def unregistered_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """Never seen since the term, or its own time in a class, began (``sign_unregistered_days``).

    Whoever is on leave is explained and does not count; one day there ends it. A class whose
    rolls begin in mid-term says nothing about how the term began. R-084, T08.
    """
    if rules.unregistered is None:
        return None
    days = [day for day in term_days(facts) if day in facts.marks]
    if not known(facts, days[:FIRST_WEEK]):
        return None
    if any(facts.marks[day] is Mark.PRESENT for day in days):
        return None
    missed = unexplained(facts, days)
    if not rules.unregistered.is_met(len(missed)):
        return None
    return Fired(SignRule.UNREGISTERED, _rows(facts, missed), rules.unregistered, len(missed))


def share_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """A share of the last school days missed (``sign_share_pct``), out of those that were called.

    Days that nobody called stand in neither number.
    """
    if rules.share is None:
        return None
    days = last_days(facts, rules.share_window)
    missed, base = unexplained(facts, days), len(known(facts, days))
    if not missed or not rules.share.is_share_met(len(missed), base):
        return None
    return Fired(SignRule.SHARE, _rows(facts, missed), rules.share, len(missed), base)


def term_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """Unexplained days this term at the first or the second step; the higher one speaks."""
    missed = unexplained(facts, term_days(facts))
    for bound in (rules.term_second, rules.term_first):
        if bound is not None and missed and bound.is_met(len(missed)):
            return Fired(SignRule.TERM_DAYS, _rows(facts, missed), bound, len(missed))
    return None


def edge_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """Missed days that lie mostly at the ends of weeks: enough of them, and a great share of all.

    A week begins and ends where the calendar has a weekend or more, so make-up Saturdays and weeks
    cut short by a holiday are read rightly.
    """
    if rules.edge_days is None or rules.edge_share is None:
        return None
    missed = unexplained(facts, last_days(facts, rules.edge_window))
    edges = week_edges(facts)
    at_edges = tuple(day for day in missed if day in edges)
    if not at_edges or not rules.edge_days.is_met(len(at_edges)):
        return None
    if not rules.edge_share.is_share_met(len(at_edges), len(missed)):
        return None
    rows = _rows(facts, at_edges)
    return Fired(SignRule.WEEK_EDGE, rows, rules.edge_days, len(at_edges), len(missed))


def after_break_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """First days after breaks missed, so many times this school year."""
    if rules.after_break is None or rules.break_length is None:
        return None
    firsts = after_breaks(facts, rules.break_length)
    missed = unexplained(facts, (day for day in facts.days if day in firsts))
    if not missed or not rules.after_break.is_met(len(missed)):
        return None
    return Fired(SignRule.AFTER_BREAK, _rows(facts, missed), rules.after_break, len(missed))


def _rows(facts: SignFacts, days: Iterable[date]) -> tuple[Row, ...]:
    return tuple(Row(RowKind.ABSENT, day, facts.class_on.get(day)) for day in days)
