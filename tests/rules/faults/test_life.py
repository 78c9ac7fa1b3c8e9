"""What may follow what, whose turn it is, and when a decision is final."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.rules.faults.kinds import FaultState, FaultStep
from notoneless.rules.faults.life import (
    WAYS,
    Turn,
    is_final,
    state_of,
    turn_of,
)
from tests.rules.faults.plans import (
    DAY,
    DECIDER,
    PERSON,
    REVIEW_UNTIL,
    STATEMENT_UNTIL,
    heard,
    matter,
    step,
)

pytestmark = pytest.mark.req("R-212", "R-217")
F, S = FaultStep, FaultState
UNTIL = STATEMENT_UNTIL
UPHELD = step(F.DECIDED, by=DECIDER, outcome="upheld")
SHOWN = step(F.SHOWN, by=PERSON, until=REVIEW_UNTIL)


def test_a_matter_goes_from_found_to_executed_in_the_order_of_the_catalogue():
    steps = [*heard(), UPHELD, SHOWN, step(F.WAIVED, by=PERSON), step(F.EXECUTED)]

    states = [state_of(steps[:n]) for n in range(len(steps) + 1)]

    assert states == [
        S.FOUND,
        S.INVESTIGATED,
        S.HEARING,
        S.HEARD,
        S.DECIDED,
        S.DECIDED,
        S.DECIDED,
        S.EXECUTED,
    ]


@pytest.mark.parametrize("outcome", ["not_upheld", "exempt"])
def test_a_decision_that_upholds_nothing_or_exempts_ends_it(outcome: str):
    ended = matter(*heard(), step(F.DECIDED, by=DECIDER, outcome=outcome))

    assert ended.state is S.NOT_UPHELD
    assert turn_of(ended, today=DAY) == (Turn.NOBODY, None)


def test_nothing_can_be_decided_before_the_person_could_speak():
    for already in range(3):
        with pytest.raises(ValueError, match="does not follow"):
            state_of([*heard()[:already], UPHELD])


@pytest.mark.parametrize("state", [S.DECIDED, S.EXECUTED, S.NOT_UPHELD, S.OVERTURNED])
def test_what_was_decided_cannot_be_withdrawn_quietly(state: FaultState):
    assert state not in WAYS[F.WITHDRAWN].after


def test_the_person_has_the_turn_until_the_last_day_and_the_hearer_from_the_next():
    hearing = matter(*heard()[:2])

    assert turn_of(hearing, today=UNTIL) == (Turn.PERSON, UNTIL)
    assert turn_of(hearing, today=UNTIL + timedelta(days=1)) == (Turn.HEARER, None)


def test_a_decision_nobody_was_shown_is_never_final():
    decided = matter(*heard(), UPHELD)

    assert not is_final(decided, today=DAY + timedelta(days=400))
    assert turn_of(decided, today=DAY) == (Turn.HEARER, None)


def test_a_shown_decision_is_final_the_day_after_the_time_for_a_review():
    shown = matter(*heard(), UPHELD, SHOWN)
    last = REVIEW_UNTIL

    assert not is_final(shown, today=last)
    assert turn_of(shown, today=last) == (Turn.PERSON, last)
    assert is_final(shown, today=last + timedelta(days=1))


def test_accepting_it_makes_it_final_at_once():
    assert is_final(matter(*heard(), UPHELD, SHOWN, step(F.WAIVED, by=PERSON)), today=DAY)


def test_a_review_that_keeps_it_makes_it_final_and_one_that_overturns_ends_it():
    asked = (*heard(), UPHELD, SHOWN, step(F.APPEALED, by=PERSON))

    assert turn_of(matter(*asked), today=DAY) == (Turn.REVIEWER, None)
    assert is_final(matter(*asked, step(F.APPEAL_DECIDED, result="kept")), today=DAY)
    assert state_of([*asked, step(F.APPEAL_DECIDED, result="overturned")]) is S.OVERTURNED


@pytest.mark.req("R-213")
def test_taking_it_further_asks_for_a_new_hearing():
    steps = (*heard(), UPHELD, SHOWN, step(F.WAIVED, by=PERSON), step(F.EXECUTED))
    further = matter(*steps, step(F.TAKEN_FURTHER))

    assert further.state is S.INVESTIGATED
    assert further.last(F.STATED) is None
    with pytest.raises(ValueError, match="does not follow"):
        state_of([*further.steps, UPHELD])
