"""Values that the sources left blank, and values of a place's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.policy.models import RuleValue
from notoneless.policy.queries.adoptions import adoption_by_id, values_of
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.refusals import (
    AlreadyEnded,
    BelowFloor,
    ClosedPeriod,
    NotARuleHere,
    SameRuleTwice,
    ValueMisfit,
)
from notoneless.policy.services.adoptions import end_adoption
from notoneless.policy.services.values import NewValue, set_value
from notoneless.rules.policy.measures import DurationUnit, Operator
from notoneless.rules.policy.resolved import PolicyHole, State
from tests.policy.desk import (
    NEXT_MONDAY,
    S1_24,
    S1_29,
    facts,
    figure,
    rule_at,
    stamp,
    take,
    unit_id,
)
from tests.world import NOW, TODAY, Village

LATER = NEXT_MONDAY + timedelta(days=14)
WEEK = ("return_notice_deadline_days", 7, "calendar_days", Operator.AT_MOST)


def enter(v: Village, adoption, key, own, *, from_on=NEXT_MONDAY, today=TODAY, **more):
    new = NewValue(adoption.pk, key, own, from_on, **more)
    return set_value(new, today=today, stamp=stamp(v))


@pytest.mark.req("R-304")
def test_a_blank_rule_is_off_until_its_value_is_entered(county: Village):
    adoption = take(county, "primary", S1_24)
    policy = policy_for(unit_id(county, "primary"), on=NEXT_MONDAY)

    assert "return_notice_deadline_days" in policy.to_be_entered
    with pytest.raises(PolicyHole):
        policy.duration("return_notice_deadline_days")
    assert policy.is_on("report_rule")
    line = adoption_by_id(adoption.pk, county_id=county.county_id, on=NEXT_MONDAY)
    assert set(line.blanks) == set(policy.to_be_entered)


@pytest.mark.req("R-304")
def test_a_value_entered_later_counts_from_its_own_day(county: Village):
    adoption = take(county, "primary", S1_24)
    key, number, unit, operator = WEEK
    enter(county, adoption, key, figure(number, unit, operator), from_on=LATER)

    before = rule_at(county, "primary", key, on=LATER - timedelta(days=1))
    assert before.state is State.TO_BE_ENTERED
    after = policy_for(unit_id(county, "primary"), on=LATER)
    assert after.duration(key).length == 7
    assert key not in after.to_be_entered


@pytest.mark.req("R-304")
def test_values_may_be_entered_with_the_adoption(county: Village):
    key, number, unit, operator = WEEK
    take(county, "primary", S1_24, values={key: figure(number, unit, operator)})

    assert rule_at(county, "primary", key).state is State.IN_FORCE


@pytest.mark.req("R-306")
def test_a_place_chooses_the_kind_of_day_of_a_clock(county: Village):
    adoption = take(county, "primary", S1_24)
    figures = figure(3, "calendar_days", Operator.AT_LEAST)
    enter(county, adoption, "absence_days_report", figures, from_on=LATER)

    def basis(on: date) -> DurationUnit:
        policy = policy_for(unit_id(county, "primary"), on=on)
        return policy.duration("absence_days_report").unit

    assert basis(LATER - timedelta(days=1)) is DurationUnit.SCHOOL_DAYS
    assert basis(LATER) is DurationUnit.CALENDAR_DAYS


@pytest.mark.req("R-303")
def test_a_value_never_reaches_back(county: Village):
    adoption = take(county, "primary", S1_24)
    key, number, unit, operator = WEEK
    much_later = TODAY + timedelta(days=60)

    with pytest.raises(ClosedPeriod):
        set_value(
            NewValue(adoption.pk, key, figure(number, unit, operator), NEXT_MONDAY, "忘了"),
            today=much_later,
            stamp=stamp(county, now=NOW + timedelta(days=60)),
        )


@pytest.mark.req("R-303")
def test_a_new_value_leaves_the_days_before_as_they_were(county: Village):
    adoption = take(county, "primary", S1_24)
    key, number, unit, operator = WEEK
    enter(county, adoption, key, figure(number, unit, operator))
    enter(county, adoption, key, figure(10, unit, operator), from_on=LATER)

    assert rule_at(county, "primary", key, on=LATER - timedelta(days=1)).rule.value == 7
    assert rule_at(county, "primary", key, on=LATER).rule.value == 10


def test_setting_the_same_day_again_keeps_both_and_the_last_counts(county: Village):
    adoption = take(county, "primary", S1_24)
    key, number, unit, operator = WEEK
    for value in (number, 10, 10):
        enter(county, adoption, key, figure(value, unit, operator))

    assert RuleValue.objects.filter(key=key).count() == 2
    assert rule_at(county, "primary", key).rule.value == 10
    assert len(values_of(adoption.pk, county_id=county.county_id)) == 2


def test_a_later_day_counts_over_an_earlier_one_that_was_set_more_often(county: Village):
    adoption = take(county, "primary", S1_24)
    key, _, unit, operator = WEEK
    for value, from_on in ((10, LATER), (7, NEXT_MONDAY), (8, NEXT_MONDAY)):
        enter(county, adoption, key, figure(value, unit, operator), from_on=from_on)

    assert rule_at(county, "primary", key).rule.value == 8
    assert rule_at(county, "primary", key, on=LATER).rule.value == 10


def test_a_value_begins_with_its_adoption_at_the_earliest(county: Village):
    adoption = take(county, "primary", S1_24)
    key, number, unit, operator = WEEK

    row = enter(county, adoption, key, figure(number, unit, operator), from_on=TODAY)

    assert row.from_on == NEXT_MONDAY


def test_an_own_value_can_be_taken_back(county: Village):
    adoption = take(county, "primary", S1_29)
    enter(county, adoption, "school_month_report_day", figure(20, "day_of_month", Operator.AT_MOST))
    enter(county, adoption, "school_month_report_day", None, from_on=LATER)
    enter(county, adoption, "school_month_report_day", None, from_on=LATER)

    assert rule_at(county, "primary", "school_month_report_day").rule.value == 20
    assert rule_at(county, "primary", "school_month_report_day", on=LATER).rule.value == 23
    assert RuleValue.objects.count() == 2


def test_a_value_below_the_floor_or_of_the_wrong_kind_is_refused(county: Village):
    adoption = take(county, "primary", S1_29)

    with pytest.raises(BelowFloor):
        enter(county, adoption, "school_stat_period", figure("none"))
    with pytest.raises(ValueMisfit):
        enter(county, adoption, "contract_period", figure("a fortnight"))
    with pytest.raises(ValueMisfit):
        enter(county, adoption, "contract_period", figure("year", source=""))
    assert not RuleValue.objects.exists()


def test_only_rules_of_the_pack_can_be_set(county: Village):
    adoption = take(county, "primary", S1_29)

    with pytest.raises(NotARuleHere):
        enter(county, adoption, "entry_age_years", figure(7, "years", Operator.EXACTLY))


def test_a_rule_left_to_another_pack_is_not_set_here(county: Village):
    take(county, "primary", S1_29)
    with pytest.raises(SameRuleTwice) as refused:
        take(county, "primary", S1_24)
    adoption = take(county, "primary", S1_24, without=frozenset(facts(refused)["keys"]))

    with pytest.raises(NotARuleHere):
        enter(county, adoption, "contract_period", figure("year"))


def test_nothing_is_entered_into_a_pack_that_was_given_up(county: Village):
    adoption = take(county, "primary", S1_24)
    end_adoption(adoption.pk, on=LATER, reason="换", today=TODAY, stamp=stamp(county))
    key, number, unit, operator = WEEK

    with pytest.raises(AlreadyEnded):
        enter(county, adoption, key, figure(number, unit, operator), from_on=LATER)
    assert enter(
        county,
        adoption,
        key,
        figure(number, unit, operator),
        from_on=LATER - timedelta(days=1),
    )
