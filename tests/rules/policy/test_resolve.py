"""The policy of a place is a stack resolved rule by rule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import OwnValue, Rank, own_faults
from notoneless.rules.policy.measures import Duration, DurationUnit, Operator
from notoneless.rules.policy.pack import PackError
from notoneless.rules.policy.resolve import PolicyConflict, in_force, resolve
from notoneless.rules.policy.resolved import PolicyHole
from tests.rules.policy.stack import (
    NOVEMBER_20,
    centre_school,
    county,
    days,
    layer,
    school,
    text,
    township,
)

REPORT = "absence_days_report"
LOOK = "absence_days_investigate"
ISSUER = "return_notice_issuer"


@pytest.mark.req("R-302")
def test_each_rule_comes_from_the_nearest_place_that_speaks_of_it():
    policy = resolve(
        [county(days(REPORT, 3) + days(LOOK, 2)), school(days(REPORT, 1))], NOVEMBER_20
    )

    assert policy.count(REPORT) == 1
    assert policy.count(LOOK) == 2
    assert policy.rules[REPORT].origin.place == "shiqiao-primary"
    assert policy.rules[LOOK].origin.place == "qinghe-county"


@pytest.mark.req("R-302")
def test_a_rule_tells_what_it_overrode_strongest_first():
    policy = resolve(
        [county(days(REPORT, 5)), school(days(REPORT, 1)), township(days(REPORT, 3))], NOVEMBER_20
    )

    assert [old.value for old in policy.rules[REPORT].overrode] == [3, 5]
    assert policy.rules[REPORT].overrode[0].source == "local paper no. 7"


@pytest.mark.req("R-302")
def test_the_education_line_decides_the_roll_where_township_and_centre_school_both_speak():
    policy = resolve([township(days(REPORT, 5)), centre_school(days(REPORT, 3))], NOVEMBER_20)

    assert policy.count(REPORT) == 3
    assert policy.rules[REPORT].overrode[0].origin.line is Line.GOVERNMENT


@pytest.mark.req("R-302")
def test_the_government_line_decides_notices_where_township_and_centre_school_both_speak():
    policy = resolve(
        [township(text(ISSUER, "township")), centre_school(text(ISSUER, "community"))],
        NOVEMBER_20,
    )

    assert policy.choice(ISSUER) == "township"


@pytest.mark.req("R-302")
def test_the_weaker_line_holds_where_the_other_is_silent():
    assert resolve([township(days(REPORT, 5))], NOVEMBER_20).count(REPORT) == 5
    policy = resolve([centre_school(text(ISSUER, "community"))], NOVEMBER_20)
    assert policy.choice(ISSUER) == "community"


@pytest.mark.req("R-302")
def test_the_same_rule_twice_at_one_rank_and_line_is_an_error_that_names_both():
    layers = [
        county(days(REPORT, 3), system="S1-24"),
        county(days(REPORT, 3) + days(LOOK, 2), system="S1-29"),
    ]

    with pytest.raises(PolicyConflict) as refused:
        resolve(layers, NOVEMBER_20)

    (clash,) = refused.value.clashes
    assert clash.key == REPORT
    assert {clash.first_pack, clash.second_pack} == {"S1-24/2026", "S1-29/2026"}
    assert "qinghe-county" in str(refused.value)


@pytest.mark.req("R-302")
def test_a_conflict_stands_even_where_a_nearer_place_overrides_both():
    layers = [
        county(days(REPORT, 3), system="S1-24"),
        county(days(REPORT, 3), system="S1-29"),
        school(days(REPORT, 1)),
    ]

    with pytest.raises(PolicyConflict):
        resolve(layers, NOVEMBER_20)


@pytest.mark.req("R-302")
def test_a_place_ends_a_conflict_by_leaving_one_pack_s_rule_out():
    layers = [
        county(days(REPORT, 3), system="S1-24"),
        county(days(REPORT, 4) + days(LOOK, 2), system="S1-29", without=frozenset({REPORT})),
    ]

    policy = resolve(layers, NOVEMBER_20)

    assert (policy.count(REPORT), policy.count(LOOK)) == (3, 2)


@pytest.mark.req("R-303")
@pytest.mark.parametrize(
    ("on", "value"),
    [
        (date(2026, 9, 30), None),
        (date(2026, 10, 1), 3),
        (date(2026, 12, 31), 3),
        (date(2027, 1, 1), None),
    ],
)
def test_an_adoption_holds_from_its_first_day_until_the_day_before_its_end(on, value):
    adopted = county(days(REPORT, 3), from_on=date(2026, 10, 1), to_on=date(2027, 1, 1))

    policy = resolve([adopted], on)

    assert (policy.count(REPORT) if policy.is_on(REPORT) else None) == value


@pytest.mark.req("R-303")
@pytest.mark.parametrize(
    ("on", "days_away"),
    [(date(2027, 8, 31), 3), (date(2027, 9, 1), 2)],
)
def test_the_old_version_of_a_pack_ends_the_day_the_next_begins(on, days_away):
    old = county(days(REPORT, 3))
    new = county(days(REPORT, 2), version="2027", start="2027-09-01")

    assert resolve([old, new], on).count(REPORT) == days_away


@pytest.mark.req("R-303")
def test_an_old_adoption_does_not_come_back_when_its_successor_ends():
    old = county(days(REPORT, 3))
    new = county(
        days(REPORT, 2), version="2027", from_on=date(2026, 11, 1), to_on=date(2026, 11, 10)
    )

    assert in_force([old, new], NOVEMBER_20) == ()


@pytest.mark.req("R-303")
def test_two_versions_adopted_from_the_same_day_clash_instead_of_ending_each_other():
    layers = [county(days(REPORT, 3)), county(days(REPORT, 2), version="2026b")]

    with pytest.raises(PolicyConflict):
        resolve(layers, NOVEMBER_20)


@pytest.mark.req("R-303")
def test_a_pack_s_own_end_ends_its_adoption():
    ended = county("effective_to = 2026-11-20\n" + days(REPORT, 3))

    assert resolve([ended], date(2026, 11, 19)).is_on(REPORT)
    assert not resolve([ended], NOVEMBER_20).is_on(REPORT)


@pytest.mark.req("R-303")
def test_yesterday_s_policy_is_not_changed_by_tomorrow_s_pack():
    old = county(days(REPORT, 3))
    new = county(days(REPORT, 2), version="2027", start="2027-09-01")

    assert resolve([old], NOVEMBER_20).digest == resolve([old, new], NOVEMBER_20).digest


# -- own values ------------------------------------------------------------------------------


@pytest.mark.req("R-302")
def test_a_place_puts_its_own_value_in_place_of_its_pack_s():
    own = {REPORT: OwnValue(4, "county decision no. 12")}

    policy = resolve([county(days(REPORT, 3), own=own)], NOVEMBER_20)

    rule = policy.rules[REPORT].rule
    assert (rule.value, rule.unit, rule.operator) == (4, "school_days", Operator.AT_LEAST)
    assert rule.source == "county decision no. 12"


@pytest.mark.req("R-306")
def test_a_place_chooses_the_kind_of_day_for_each_clock():
    own = {LOOK: OwnValue(2, "county decision no. 12", unit="calendar_days")}

    policy = resolve([county(days(LOOK, 2) + days(REPORT, 3), own=own)], NOVEMBER_20)

    assert policy.duration(LOOK) == Duration(2, DurationUnit.CALENDAR_DAYS)
    assert policy.duration(REPORT) == Duration(3, DurationUnit.SCHOOL_DAYS)


@pytest.mark.req("R-302")
@pytest.mark.parametrize(
    ("key", "own", "code"),
    [
        (REPORT, OwnValue("three", "s"), "value_misfit"),
        (REPORT, OwnValue(3, ""), "source_missing"),
        (REPORT, OwnValue(3, "s", unit="lessons"), "unit_unknown"),
        ("contract_copies", OwnValue(2, "s"), "unit_missing"),
        ("mood", OwnValue(2, "s"), "key_unknown"),
    ],
)
def test_an_own_value_that_does_not_fit_is_refused(key, own, code):
    adopted = county(days(REPORT, 3), own={key: own})

    assert code in {f.code for f in own_faults(adopted.pack, adopted.own, named="form")}
    with pytest.raises(PackError, match="qinghe-county"):
        resolve([adopted], NOVEMBER_20)


@pytest.mark.req("R-302")
def test_a_place_may_set_a_parameter_of_which_its_pack_says_nothing():
    own = {"contract_copies": OwnValue(3, "s", unit="copies", operator=Operator.EXACTLY)}

    assert resolve([county("", own=own)], NOVEMBER_20).count("contract_copies") == 3


# -- holes -----------------------------------------------------------------------------------

BLANK = '[rules.return_notice_deadline_days]\nto_be_entered = true\nsource = "s"\noperator = "<="\n'


@pytest.mark.req("R-304")
def test_a_value_that_the_source_left_blank_is_listed_and_cannot_be_used():
    policy = resolve([county(BLANK)], NOVEMBER_20)

    assert policy.to_be_entered == ("return_notice_deadline_days",)
    with pytest.raises(PolicyHole) as hole:
        policy.duration("return_notice_deadline_days")
    assert (hole.value.key, hole.value.why) == ("return_notice_deadline_days", "to_be_entered")


@pytest.mark.req("R-304")
def test_entering_the_value_closes_the_hole():
    own = {"return_notice_deadline_days": OwnValue(7, "county decision", unit="calendar_days")}

    policy = resolve([county(BLANK, own=own)], NOVEMBER_20)

    assert policy.to_be_entered == ()
    assert policy.duration("return_notice_deadline_days").length == 7


@pytest.mark.req("R-304")
def test_a_blank_is_not_filled_quietly_from_a_place_further_away():
    further = layer(
        days("return_notice_deadline_days", 7, "calendar_days"), "province", Rank.PROVINCE
    )

    assert resolve([further, county(BLANK)], NOVEMBER_20).to_be_entered


@pytest.mark.req("R-304")
def test_a_suggestion_of_the_catalogue_is_never_applied():
    policy = resolve([county(days(REPORT, 3))], NOVEMBER_20)

    assert not policy.is_on("return_watch_days")
    with pytest.raises(PolicyHole, match="absent"):
        policy.duration("return_watch_days")


# -- order, digest, keeping ------------------------------------------------------------------


def full_stack():
    return [
        layer(days(REPORT, 6) + days(LOOK, 4), "nation", Rank.NATIONAL),
        layer(days(REPORT, 5) + text(ISSUER, "town_government"), "province", Rank.PROVINCE),
        county(days(REPORT, 4) + BLANK, system="S1-24"),
        county(days(LOOK, 2), system="S1-29"),
        township(days(REPORT, 3) + text(ISSUER, "township")),
        centre_school(days(REPORT, 2) + text(ISSUER, "community")),
        school(days("key_unit_threshold_junior_pct", "0.80", "percent", ">")),
    ]


@pytest.mark.req("R-302")
@given(layers=st.permutations(full_stack()))
def test_the_order_of_adoptions_never_changes_the_policy(layers):
    assert resolve(layers, NOVEMBER_20).to_json() == resolve(full_stack(), NOVEMBER_20).to_json()


@pytest.mark.req("R-302")
@given(layers=st.permutations([*full_stack(), county(days(REPORT, 4), system="other")]))
def test_the_order_of_adoptions_never_changes_the_conflict(layers):
    with pytest.raises(PolicyConflict) as refused:
        resolve(layers, NOVEMBER_20)

    (clash,) = refused.value.clashes
    assert (clash.first_pack, clash.second_pack) == ("S1-24/2026", "other/2026")


@pytest.mark.req("R-303")
def test_a_resolved_policy_survives_being_written_and_read():
    policy = resolve(full_stack(), NOVEMBER_20)

    read = type(policy).from_json(policy.to_json())

    assert read == policy
    assert read.digest == policy.digest
    assert read.number("key_unit_threshold_junior_pct") == Decimal("0.8")


@pytest.mark.req("R-303")
def test_the_digest_is_the_same_on_every_machine():
    policy = resolve([county(days(REPORT, 3))], NOVEMBER_20)

    assert policy.digest == "c741e3c794aeeadb86d0279e80deaa3afaf1ed4fafec4250221498ff3e1fd676"


@pytest.mark.req("R-303")
def test_trailing_zeros_do_not_change_the_digest_but_a_figure_does():
    def digest(figure):
        rule = days("key_unit_threshold_junior_pct", figure, "percent", ">")
        return resolve([county(rule)], NOVEMBER_20).digest

    assert digest("0.8") == digest("0.80")
    assert digest("0.8") != digest("0.81")
