"""Signs that people bring: nobody can be reached (rule 6), a teacher's own word."""

from __future__ import annotations

from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.fired import Fired, Row
from notoneless.rules.signs.kinds import RowKind, SignRule
from notoneless.rules.signs.thresholds import SignRules


def lost_contact_sign(facts: SignFacts, rules: SignRules) -> Fired | None:
    """So many tries in a row reached nobody (``sign_failed_tries``), or no number works.

    A try or a visit that reached somebody, or a later check in which a number worked, ends it.
    """
    if rules.failed_tries is None:
        return None
    failed: list[Row] = []
    # On one day a try that reached somebody speaks last: the family has been reached.
    for each in sorted(facts.tries, key=lambda t: (t.on, t.is_reached, str(t.id))):
        if each.on > facts.as_of:
            break
        failed = [] if each.is_reached else [*failed, Row(RowKind.TRY, each.on, each.id)]
    dead = _dead_numbers(facts)
    if not rules.failed_tries.is_met(len(failed)) and dead is None:
        return None
    rows = sorted([*failed, *([dead] if dead else [])], key=lambda row: row.on)
    return Fired(SignRule.LOST_CONTACT, tuple(rows), rules.failed_tries, len(failed))


def word_sign(facts: SignFacts) -> Fired | None:
    """What teachers have said and nobody has cleared (R-076)."""
    words = sorted(
        (word for word in facts.words if word.on <= facts.as_of), key=lambda w: (w.on, str(w.id))
    )
    if not words:
        return None
    rows = tuple(Row(RowKind.WORD, word.on, word.id, word.kind) for word in words)
    return Fired(SignRule.WORD, rows, None, len(rows))


def _dead_numbers(facts: SignFacts) -> Row | None:
    checks = [check for check in facts.numbers if check.on <= facts.as_of]
    newest = max(checks, key=lambda check: (check.on, check.working), default=None)
    if newest is None or newest.working:
        return None
    if any(t.is_reached and newest.on <= t.on <= facts.as_of for t in facts.tries):
        return None
    return Row(RowKind.NUMBERS, newest.on)
