"""Asking a policy: typed answers, holes, and money that is off without a legal instrument."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.policy.adoption import OwnValue, Release
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.parameters import OUR_OWN, PARAMETERS, ValueType
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import PolicyHole, WrongQuestion
from tests.rules.policy.stack import NOVEMBER_20, county, days, text

FINE = "penalty_per_teacher_fault_dropout_yuan"
PAPER = Release(FINE, 10000, "county order 2026 no. 5", "justice office", date(2026, 10, 1))


def fined(value=10000, *releases):
    return resolve([county(days(FINE, value, "fen", "="))], NOVEMBER_20, releases=releases)


@pytest.mark.req("R-308")
def test_a_money_rule_is_off_until_its_legal_instrument_is_attached():
    policy = fined()

    assert policy.switched_off == (FINE,)
    with pytest.raises(PolicyHole, match="no_legal_basis"):
        policy.count(FINE)


@pytest.mark.req("R-308")
def test_a_release_switches_the_rule_on_and_its_instrument_is_told():
    policy = fined(10000, PAPER)

    assert policy.count(FINE) == 10000
    assert policy.rules[FINE].legal_basis == "county order 2026 no. 5"
    assert policy.switched_off == ()


@pytest.mark.req("R-308")
def test_a_release_covers_only_the_amount_it_was_given_for():
    assert fined(20000, PAPER).switched_off == (FINE,)


@pytest.mark.req("R-308")
def test_of_two_instruments_the_earlier_is_told():
    later = Release(FINE, 10000, "county order 2026 no. 1", "justice office", date(2026, 11, 1))

    for releases in [(PAPER, later), (later, PAPER)]:
        assert fined(10000, *releases).rules[FINE].legal_basis == "county order 2026 no. 5"


@pytest.mark.req("R-308")
def test_a_release_of_one_rule_releases_no_other():
    other = Release("penalty_lost_one_yuan", 10000, "i", "j", date(2026, 10, 1))

    assert fined(10000, other).switched_off == (FINE,)


@pytest.mark.req("R-308")
@pytest.mark.parametrize(
    ("from_on", "to_on", "is_on"),
    [
        (NOVEMBER_20, None, True),
        (date(2026, 11, 21), None, False),
        (date(2026, 1, 1), date(2026, 11, 21), True),
        (date(2026, 1, 1), NOVEMBER_20, False),
    ],
)
def test_a_release_has_a_period_from_inclusive_to_exclusive(from_on, to_on, is_on):
    release = Release(FINE, 10000, "i", "j", from_on, to_on)

    assert fined(10000, release).is_on(FINE) is is_on


@pytest.mark.req("R-308")
def test_an_own_value_cannot_take_the_need_for_a_legal_basis_away():
    own = {FINE: OwnValue(5000, "school decision")}

    policy = resolve([county(days(FINE, 10000, "fen", "="), own=own)], NOVEMBER_20)

    assert policy.switched_off == (FINE,)


@pytest.mark.req("R-308")
def test_every_reward_charge_point_and_veto_of_the_catalogue_needs_a_legal_basis():
    money = ("reward_", "penalty_", "points_", "allowance_", "veto_")
    consequences = [
        p
        for p in PARAMETERS.values()
        if p.key.startswith(money) and p.key != "reward_penalty_approver"
    ]

    assert len(consequences) >= 20
    assert [p.key for p in consequences if not p.needs_legal_basis] == []


def test_each_question_gets_its_own_type():
    policy = resolve(
        [
            county(
                days("school_month_report_day", 23, "day_of_month", "<=")
                + days("key_unit_threshold_primary_pct", "0.2", "percent", ">")
                + text("visit_start", "immediate")
                + '[rules.visit_photo_required]\nvalue = false\nsource = "s"\n'
                + '[rules.report_rule]\nvalue = ["immediate"]\nsource = "s"\n'
                + '[rules.campaign_months]\nvalue = [9, 3]\nsource = "s"\n'
                + days("no_lost_pupil_batches", "[{ batch = 1, towns = 7 }]", "towns", "=")
            )
        ],
        NOVEMBER_20,
    )

    assert policy.count("school_month_report_day") == 23
    assert policy.operator("school_month_report_day") is Operator.AT_MOST
    assert policy.number("key_unit_threshold_primary_pct").as_integer_ratio() == (1, 5)
    assert policy.choice("visit_start") == "immediate"
    assert policy.flag("visit_photo_required") is False
    assert policy.items("report_rule") == ("immediate",)
    assert policy.months("campaign_months") == (9, 3)
    assert policy.rows("no_lost_pupil_batches") == ({"batch": 1, "towns": 7},)


@pytest.mark.parametrize(
    "question", ["duration", "flag", "count", "number", "items", "months", "rows", "operator"]
)
def test_the_wrong_question_is_a_bug_and_not_a_hole(question):
    policy = resolve([county(text("visit_start", "immediate"))], NOVEMBER_20)

    with pytest.raises(WrongQuestion):
        getattr(policy, question)("visit_start")


def test_a_flag_is_not_a_number_and_a_number_not_a_flag_or_text():
    policy = resolve(
        [
            county(
                '[rules.visit_photo_required]\nvalue = true\nsource = "s"\n'
                + days("contract_copies", 1, "copies", "=")
            )
        ],
        NOVEMBER_20,
    )

    for question, key in [
        ("count", "visit_photo_required"),
        ("number", "visit_photo_required"),
        ("flag", "contract_copies"),
        ("choice", "contract_copies"),
        ("duration", "contract_copies"),
    ]:
        with pytest.raises(WrongQuestion):
            getattr(policy, question)(key)


@pytest.mark.parametrize("question", ["duration", "flag", "choice", "operator"])
def test_a_rule_that_nobody_set_is_a_hole_that_names_the_key(question):
    with pytest.raises(PolicyHole) as hole:
        getattr(resolve([], NOVEMBER_20), question)("visit_start")

    assert (hole.value.key, hole.value.why) == ("visit_start", "absent")


@pytest.mark.req("R-306")
def test_every_clock_of_the_catalogue_offers_school_and_calendar_days():
    clocks = [
        p
        for p in PARAMETERS.values()
        # A sign looks at days with class; nothing else makes sense there.
        if p.type is ValueType.DURATION and p.units != ("years",) and p.group not in OUR_OWN
    ]

    assert len(clocks) > 10
    for clock in clocks:
        assert {"school_days", "working_days", "calendar_days"} <= set(clock.units)
