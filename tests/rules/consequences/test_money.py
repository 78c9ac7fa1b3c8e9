"""Rewards and charges of each system, on the line and one step past it (requirements §Boundary)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.consequences.amounts import product, split
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import exempting, lines_of
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from notoneless.rules.units import Stage
from tests.rules.consequences.desk import (
    SEPTEMBER,
    an_id,
    held,
    loss,
    losses,
    of_class,
    of_kind,
    of_school,
    people,
    policy,
    yuan,
)

MONEY = (Kind.REWARD, Kind.CHARGE)


def money(outcome, system, holders=None, **more):
    lines = lines_of(outcome, policy(system, **more), holders or people())
    return tuple(of_kind(lines, *MONEY))


# -- S0-4: the school --------------------------------------------------------------------------


@pytest.mark.req("R-202")
def test_a_primary_school_that_keeps_everyone_is_rewarded_with_1800_yuan():
    (line,) = money(of_school(300), "S0-4")

    assert line.fen == 180_000
    assert line.standing is Standing.IN_FORCE
    assert (line.bearer.role, line.bearer.person) == ("school", None)
    assert line.pid == ("P-S0-4.04",)


@pytest.mark.req("R-202")
def test_a_junior_school_waits_until_the_figure_is_entered():
    (line,) = money(of_school(300, stage=Stage.JUNIOR), "S0-4")

    assert line.standing is Standing.TO_BE_ENTERED
    assert line.lacking == "reward_school_junior_retention100_yuan"
    assert line.fen is None
    (entered,) = money(of_school(300, stage=Stage.JUNIOR), "S0-4", is_entered=True)
    assert (entered.fen, entered.standing) == (200_000, Standing.IN_FORCE)


@pytest.mark.req("R-202")
@pytest.mark.parametrize(
    ("stage", "base", "lost", "expected"),
    [
        (Stage.PRIMARY, 201, 4, None),
        (Stage.PRIMARY, 200, 4, (-80_000, Standing.TO_BE_DECIDED)),
        (Stage.PRIMARY, 199, 4, (-80_000, Standing.IN_FORCE)),
        (Stage.JUNIOR, 101, 3, None),
        (Stage.JUNIOR, 100, 3, (-60_000, Standing.TO_BE_DECIDED)),
        (Stage.JUNIOR, 99, 3, (-60_000, Standing.IN_FORCE)),
    ],
)
def test_the_charge_begins_at_the_line_where_a_person_decides(stage, base, lost, expected):
    found = money(of_school(base, *losses(lost), stage=stage), "S0-4")

    assert [(line.fen, line.standing) for line in found] == ([expected] if expected else [])


@pytest.mark.req("R-308")
def test_without_a_legal_basis_the_figure_is_shown_and_nothing_is_in_force():
    (line,) = money(of_school(300), "S0-4", is_released=False)

    assert (line.fen, line.standing) == (180_000, Standing.NO_LEGAL_BASIS)
    assert line.lacking == "reward_school_primary_retention100_yuan"


def test_money_rules_for_schools_reach_no_teacher():
    own = OwnValue(8_000, "county order", "fen", Operator.EXACTLY)
    found = money(of_class(40), "S0-4", reward_class_target_yuan=own)

    assert [line.standing for line in found] == [Standing.OUT_OF_REACH]


# -- S1-1, S1-19: the class --------------------------------------------------------------------


@pytest.mark.req("R-199")
def test_a_class_within_its_target_brings_its_teacher_80_yuan_and_one_loss_none():
    assert yuan(money(of_class(40), "S1-1")) == {"chen": Decimal(80)}
    assert money(of_class(40, loss()), "S1-1") == ()


@pytest.mark.req("R-201")
@pytest.mark.parametrize(
    ("lost", "with_leader", "without"),
    [
        (0, {"chen": 80, "liao": 60, "tong": 60}, {"chen": 100, "tong": 100}),
        (1, {"chen": -20, "liao": -15, "tong": -15}, {"chen": -25, "tong": -25}),
        (2, {"chen": -80, "liao": -60, "tong": -60}, {"chen": -100, "tong": -100}),
        (3, {"chen": -120, "liao": -90, "tong": -90}, {"chen": -150, "tong": -150}),
    ],
)
def test_those_who_answer_together_share_what_the_class_came_to(lost, with_leader, without):
    outcome = of_class(50, *losses(lost))

    assert yuan(money(outcome, "S1-19")) == with_leader
    assert yuan(money(outcome, "S1-19", people(leader=False))) == without


@pytest.mark.req("R-201")
def test_shares_that_do_not_add_up_share_nothing_out():
    rows: tuple[dict[str, str | Decimal], ...] = (
        {"bearer": "class_teacher", "share_pct": Decimal(40)},
        {"bearer": "attached_leader", "share_pct": Decimal(30)},
        {"bearer": "attached_teacher", "share_pct": Decimal(20)},
    )
    found = money(of_class(50), "S1-19", liability_shares=OwnValue(rows, "order", "percent"))

    assert {line.standing for line in found} == {Standing.BAD_SHARES}
    assert yuan(found) == {}


@pytest.mark.req("R-201")
def test_counted_by_head_each_who_answers_bears_the_whole_figure():
    own = OwnValue("responsible_person", "county order")
    outcome = of_class(50, *losses(2))

    found = money(outcome, "S1-19", penalty_counting_unit=own)

    assert yuan(found) == {"chen": -100, "liao": -100, "tong": -100}


def test_a_role_that_nobody_held_is_said_and_nobody_else_bears_it():
    found = money(of_class(50, loss()), "S1-19", people(leader=False, attached_teacher=()))

    assert yuan(found) == {"chen": -25}
    (vacant,) = [line for line in found if line.standing is Standing.VACANT]
    assert (vacant.bearer.role, vacant.bearer.person, vacant.fen) == (
        "attached_teacher",
        None,
        None,
    )


MARCH = date(2027, 3, 1)


def changed(role="class_teacher"):
    """Chen until the end of February, Wu from the first of March."""
    return {role: (held("chen", SEPTEMBER, MARCH), held("wu", MARCH))}


def test_a_reward_is_shared_by_the_days_of_each_who_held_the_role():
    found = money(of_class(40), "S1-1", people(**changed()))

    days = [(line.bearer.name, line.formula[-1].number, line.formula[-1].of) for line in found]
    assert days == [("chen", 181, 334), ("wu", 153, 334)]
    assert sum(line.fen for line in found) == 8_000


def test_a_loss_is_borne_by_who_held_the_role_on_its_day():
    early, late = loss("lan"), loss("gang", lost_on=date(2027, 4, 6))

    found = money(of_class(50, early, late), "S1-19", people(leader=False, **changed()))

    assert yuan(found) == {"chen": -50, "wu": -50, "tong": -100}
    assert {line.bearer.name: line.evidence for line in found} == {
        "chen": (early,),
        "wu": (late,),
        "tong": (early, late),
    }


def test_a_stand_in_answers_while_the_holder_is_away():
    post = an_id("post")
    teachers = (
        held("chen", post=post),
        held("zhu", date(2026, 10, 1), date(2026, 11, 1), stands_in_for=post),
    )
    found = money(of_class(50, loss()), "S1-19", people(leader=False, class_teacher=teachers))

    assert yuan(found) == {"zhu": -25, "tong": -25}


def test_two_who_share_a_role_share_its_part_to_the_last_fen():
    both = (held("chen"), held("dai"))
    own = OwnValue(5_001, "county order", "fen")
    holders = people(leader=False, class_teacher=both, attached_teacher=both)
    found = money(of_class(50, loss()), "S1-19", holders, penalty_lost_one_yuan=own)

    assert sum(line.fen for line in found) == -5_001


# -- S1-26: caused by a teacher ------------------------------------------------------------------


@pytest.mark.req("R-216")
def test_a_hundred_for_the_dropout_that_a_teacher_caused_and_nothing_for_the_exempt_one():
    caused = loss("lan", is_teacher_caused=True, answerable=an_id("tang"))
    exempt = loss("gang", is_exempt=True)

    (line,) = money(of_class(40, caused, exempt), "S1-26")

    assert (line.fen, line.bearer.person) == (-10_000, an_id("tang"))
    assert line.evidence == (caused,)


def test_a_caused_dropout_whose_fault_names_nobody_waits_for_a_person():
    (line,) = money(of_class(40, loss(is_teacher_caused=True)), "S1-26")

    assert (line.standing, line.bearer.person) == (Standing.TO_BE_DECIDED, None)


@pytest.mark.req("R-216")
def test_an_exempt_pupil_counts_still_and_costs_nothing():
    outcome = of_class(50, loss("lan"), loss("gang"))

    freed = money(exempting(outcome, {an_id("lan")}), "S1-19", people(leader=False))

    # Two were lost, so it is 100 a head; one of them is charged for.
    assert yuan(freed) == {"chen": -50, "tong": -50}


def test_what_was_hidden_is_never_exempt():
    hidden = loss(is_concealed=True, is_exempt=True)

    assert yuan(money(of_class(50, hidden), "S1-19", people(leader=False)))["chen"] == -25


# -- amounts ---------------------------------------------------------------------------------------


@given(st.integers(0, 10**9), st.lists(st.integers(0, 400), min_size=1, max_size=9))
def test_no_fen_is_lost_or_made_in_sharing_out(fen, weights):
    if not sum(weights):
        return
    parts = split(fen, weights)
    assert sum(parts) == fen
    exact = [fen * weight / sum(weights) for weight in weights]
    assert all(abs(part - each) < 1.000001 for part, each in zip(parts, exact, strict=True))


@pytest.mark.parametrize("lost", range(4))
def test_a_printed_formula_comes_to_the_printed_amount(lost):
    for line in money(of_class(50, *losses(lost)), "S1-19"):
        assert abs(line.fen) == product(line.formula)


def test_a_class_without_pupils_earns_nothing():
    assert money(of_class(0), "S1-19") == ()
