"""All signs of one child, the loud ones apart from those that somebody is already acting on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from notoneless.rules.signs.absence import (
    after_break_sign,
    edge_sign,
    run_sign,
    share_sign,
    term_sign,
    unregistered_sign,
)
from notoneless.rules.signs.facts import AnswerFact, SignFacts
from notoneless.rules.signs.fired import Fired
from notoneless.rules.signs.kinds import GUARDED, Context, SignRule
from notoneless.rules.signs.people import lost_contact_sign, word_sign
from notoneless.rules.signs.thresholds import SignRules
from notoneless.rules.signs.windows import Trend, is_guarded, trend_of

RULES: dict[SignRule, Callable[[SignFacts, SignRules], Fired | None]] = {
    SignRule.RUN: run_sign,
    SignRule.UNREGISTERED: unregistered_sign,
    SignRule.SHARE: share_sign,
    SignRule.TERM_DAYS: term_sign,
    SignRule.WEEK_EDGE: edge_sign,
    SignRule.AFTER_BREAK: after_break_sign,
    SignRule.LOST_CONTACT: lost_contact_sign,
    SignRule.WORD: lambda facts, _rules: word_sign(facts),
}


@dataclass(frozen=True, slots=True)
class Quiet:
    """A sign about which somebody has done something since its newest row."""

    fired: Fired
    answer: AnswerFact


@dataclass(frozen=True, slots=True)
class Signs:
    """A child as signs see it on a day."""

    loud: tuple[Fired, ...]
    quiet: tuple[Quiet, ...]
    trend: Trend
    context: frozenset[Context]
    is_guarded: bool
    """It is too early in the term for shares and patterns."""

    @property
    def fired(self) -> tuple[Fired, ...]:
        """Both, as the record of accuracy counts them: acting on a sign does not unsay it."""
        return (*self.loud, *(each.fired for each in self.quiet))


def signs_of(facts: SignFacts, rules: SignRules) -> Signs:
    """The signs of a child at the end of ``facts.as_of``.

    Context alone never fires. A sign is quiet from the first answer on or after its newest row
    until a newer row comes, or until the last day of a decision has passed. Raises nothing.
    Source: R-072, R-076; field study part C, rows 16 to 23.
    """
    guarded = is_guarded(facts, rules)
    found = [
        fired
        for rule, look in RULES.items()
        if not (guarded and rule in GUARDED) and (fired := look(facts, rules)) is not None
    ]
    answers = {fired.rule: answered(fired, facts.answers, facts.as_of) for fired in found}
    return Signs(
        loud=tuple(fired for fired in found if answers[fired.rule] is None),
        quiet=tuple(
            Quiet(fired, answer) for fired in found if (answer := answers[fired.rule]) is not None
        ),
        trend=trend_of(facts, rules),
        context=facts.context,
        is_guarded=guarded,
    )


def answered(fired: Fired, answers: Collection[AnswerFact], as_of: date) -> AnswerFact | None:
    """The newest answer that keeps a sign quiet on ``as_of``; ``None`` while nobody has acted.

    An answer on the day of the newest row counts: a child missed in the morning is called the
    same day.
    """
    standing = [
        answer
        for answer in answers
        if fired.last_on <= answer.on <= as_of and (answer.until is None or as_of <= answer.until)
    ]
    return max(standing, key=lambda answer: (answer.on, answer.until or date.max), default=None)
