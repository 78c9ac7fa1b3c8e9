"""Everything that follows from an outcome under a policy: a proposal, nothing more."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from notoneless.rules.consequences.holders import Holders
from notoneless.rules.consequences.lines import Line
from notoneless.rules.consequences.marks import class_marks, school_marks
from notoneless.rules.consequences.money import class_money, school_money
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import SCHOOLS, UnitKind


def lines_of(outcome: Outcome, policy: ResolvedPolicy, holders: Holders) -> tuple[Line, ...]:
    """Every line that follows from one outcome: money, points, appraisal, vetoes.

    Only children not back by the cut-off are charged for; reporting, early or late, changes no
    line; a rule that is off stands there with the reason and has no effect. A class's outcome
    brings lines for the class and its people, a school's for the school and its head.
    """
    if outcome.kind is UnitKind.CLASS:
        found = (*class_money(outcome, policy, holders), *class_marks(outcome, policy, holders))
    elif outcome.kind in SCHOOLS:
        found = (*school_money(outcome, policy), *school_marks(outcome, policy, holders))
    else:
        found = ()
    return (*found, *vetoes_of(outcome, policy, holders))


def restored_by(
    outcome: Outcome, policy: ResolvedPolicy, holders: Holders
) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """What it would have come to had nobody returned, and what it comes to: what a return
    restores."""
    gone = tuple(replace(loss, returned_on=None) for loss in outcome.losses)
    return (
        lines_of(replace(outcome, losses=gone), policy, holders),
        lines_of(outcome, policy, holders),
    )


def exempting(outcome: Outcome, children: Collection[UUID]) -> Outcome:
    """The same outcome with the exception granted for these children."""
    losses = (
        replace(loss, is_exempt=True) if loss.child in children else loss for loss in outcome.losses
    )
    return replace(outcome, losses=tuple(losses))


def differences(
    then: Iterable[Line], now: Iterable[Line]
) -> tuple[tuple[Line | None, Line | None], ...]:
    """Lines that two computations say differently, the older first; ``None`` where one lacks it."""
    before, after = ({line.key: line for line in lines} for lines in (then, now))
    keys = dict.fromkeys((*before, *after))
    pairs = ((before.get(key), after.get(key)) for key in keys)
    return tuple(
        (old, new)
        for old, new in pairs
        if old is None or new is None or old.says_same != new.says_same
    )
