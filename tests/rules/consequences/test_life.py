"""What may follow what in the life of a line, and what is frozen with it."""

from __future__ import annotations

import json

import pytest

from notoneless.rules.consequences import wire
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.life import (
    LineState,
    LineStep,
    Obstacle,
    fold,
    obstacle,
    unanswered,
    waits_for_decision,
)
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import lines_of
from tests.rules.consequences.desk import SYSTEMS, loss, losses, of_class, of_school, people, policy

S, T = LineState, LineStep


def why_not(step, state=S.COMPUTED, *, kind=Kind.CHARGE, standing=Standing.IN_FORCE, done=False):
    return obstacle(step, state, kind=kind, standing=standing, is_confirmed=done)


@pytest.mark.req("R-199", "R-206")
def test_an_exception_is_filed_verified_and_then_decided():
    assert fold([(T.FILE, False), (T.VERIFY, False), (T.GRANT, False)]) is S.LIFTED
    assert fold([(T.FILE, False), (T.VERIFY, False), (T.GRANT, True)]) is S.CHANGED
    assert fold([(T.FILE, False), (T.VERIFY, False), (T.APPROVE, False)]) is S.APPROVED
    assert fold([(T.APPROVE, False), (T.SETTLE, False)]) is S.SETTLED


@pytest.mark.req("R-206")
def test_an_exception_is_not_granted_before_it_is_verified():
    assert why_not(T.GRANT, S.EXCEPTION_FILED) is Obstacle.NOT_NOW
    assert why_not(T.APPROVE, S.EXCEPTION_FILED) is Obstacle.NOT_NOW
    assert why_not(T.GRANT, S.VERIFIED) is None


@pytest.mark.req("R-199")
def test_what_is_off_is_not_decided_and_what_is_confirmed_not_changed():
    assert why_not(T.APPROVE, standing=Standing.NO_LEGAL_BASIS) is Obstacle.OFF
    assert why_not(T.APPROVE, kind=Kind.ACCOUNTABILITY) is Obstacle.OFF
    assert why_not(T.CHANGE, S.APPROVED, done=True) is Obstacle.CONFIRMED
    assert why_not(T.FILE, S.APPROVED, done=True) is Obstacle.CONFIRMED
    assert why_not(T.SETTLE, S.APPROVED) is Obstacle.NOT_CONFIRMED
    assert why_not(T.SETTLE, S.APPROVED, done=True) is None
    assert why_not(T.SETTLE, S.REJECTED, done=True) is Obstacle.NOT_NOW
    assert why_not(T.SETTLE, S.SETTLED, done=True) is Obstacle.NOT_NOW


def test_nobody_excuses_himself_from_a_reward():
    assert why_not(T.FILE, kind=Kind.REWARD) is Obstacle.NOTHING_TO_EXCUSE


@pytest.mark.parametrize(
    ("state", "standing", "kind", "waits"),
    [
        (S.COMPUTED, Standing.IN_FORCE, Kind.CHARGE, False),
        (S.COMPUTED, Standing.TO_BE_DECIDED, Kind.CHARGE, True),
        (S.REJECTED, Standing.TO_BE_DECIDED, Kind.CHARGE, False),
        (S.COMPUTED, Standing.TO_BE_DECIDED, Kind.ACCOUNTABILITY, False),
        (S.EXCEPTION_FILED, Standing.IN_FORCE, Kind.VETO, True),
        (S.VERIFIED, Standing.IN_FORCE, Kind.VETO, True),
    ],
)
def test_nothing_is_confirmed_over_an_open_question(state, standing, kind, waits):
    assert waits_for_decision(state, kind=kind, standing=standing) is waits


@pytest.mark.req("R-216")
def test_every_condition_of_an_exemption_is_answered_with_yes():
    three = ("not_teacher_caused", "work_done_in_vain", "verified")
    assert unanswered(three, {"not_teacher_caused": True, "verified": False}) == three[1:]
    assert unanswered(three, dict.fromkeys(three, True)) == ()


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_is_frozen_gives_the_same_lines_again(system):
    rules, holders = policy(system, is_entered=True), people()
    for outcome in (of_class(60, *losses(2), loss(is_concealed=True)), of_school(60, *losses(3))):
        kept = json.loads(json.dumps([wire.outcome_out(outcome), wire.holders_out(holders)]))
        again = lines_of(wire.outcome_in(kept[0]), rules, wire.holders_in(kept[1]))
        assert again == lines_of(outcome, rules, holders)
        for line in again:
            formula = json.loads(json.dumps(wire.formula_out(line.formula)))
            assert wire.formula_in(formula) == line.formula
            condition = json.loads(json.dumps(wire.condition_out(line.condition)))
            assert wire.condition_in(condition) == line.condition
