"""A place may be stricter than the law, never laxer."""

from __future__ import annotations

import pytest

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, Rank
from notoneless.rules.policy.floors import breaches, keeps
from notoneless.rules.policy.pack import Direction, Floor, Rule
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.resolved import PolicyHole
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from tests.rules.policy.stack import NOVEMBER_20, SEPTEMBER, county, days, layer, pack, text

pytestmark = pytest.mark.req("R-302")


def broken(rules):
    return [
        (breach.key, breach.article)
        for breach in breaches(pack(rules).rules.values(), national_pack().floors)
    ]


@pytest.mark.parametrize(
    ("key", "value", "unit", "is_lawful"),
    [
        ("demand_before_enforcement", 9, "calendar_days", False),
        ("demand_before_enforcement", 10, "calendar_days", False),
        ("demand_before_enforcement", 14, "calendar_days", False),
        ("demand_before_enforcement", 9, "working_days", False),
        ("demand_before_enforcement", 10, "working_days", True),
        ("demand_before_enforcement", 11, "working_days", True),
        ("suit_after_review", 14, "calendar_days", False),
        ("suit_after_review", 15, "calendar_days", True),
        ("suit_after_review", 16, "calendar_days", True),
        ("demand_before_enforcement", 1, "weeks", False),
        ("review_period", 59, "calendar_days", False),
        ("review_period", 60, "calendar_days", True),
        ("suit_period", 5, "months", False),
        ("suit_period", 6, "months", True),
        ("compulsory_years", 8, "years", False),
        ("compulsory_years", 12, "years", True),
        ("work_ban_under_age_years", 15, "years", False),
        ("work_ban_under_age_years", 18, "years", True),
    ],
)
def test_at_least_lets_the_bound_itself_and_more_pass(key, value, unit, is_lawful):
    assert (broken(days(key, value, unit)) == []) is is_lawful


@pytest.mark.parametrize(
    ("key", "value", "unit", "is_lawful"),
    [
        ("enforcement_application_within", 4, "months", False),
        ("enforcement_application_within", 3, "months", True),
        ("procuratorate_reply_within", 1, "months", True),
        ("procuratorate_reply_within", 28, "calendar_days", True),
        ("procuratorate_reply_within", 20, "working_days", False),
        ("procuratorate_reply_within", 2, "months", False),
        ("guardian_contact_within", 1, "weeks", True),
        ("guardian_contact_within", 7, "calendar_days", True),
        ("guardian_contact_within", 8, "calendar_days", False),
        ("guardian_contact_within", 1, "months", False),
        ("entry_age_deferred_max_years", 7, "years", True),
        ("entry_age_deferred_max_years", 8, "years", False),
    ],
)
def test_at_most_lets_the_bound_itself_and_less_pass(key, value, unit, is_lawful):
    assert (broken(days(key, value, unit, "<=")) == []) is is_lawful


def test_must_be_lets_nothing_else_pass():
    flag = '[rules.{}]\nvalue = {}\nsource = "s"\n'

    assert broken(days("entry_age_years", 6, "years")) == []
    assert broken(days("entry_age_years", 5, "years")) == [("entry_age_years", "义务教育法 第11条")]
    assert broken(days("entry_age_years", 7, "years")) != []
    assert broken(flag.format("expulsion_permitted", "true")) != []
    assert broken(flag.format("teacher_may_change_status", "true")) != []
    assert broken(flag.format("teacher_may_change_status", "false")) == []


@pytest.mark.parametrize(
    ("approver", "is_lawful"),
    [("township", True), ("county_bureau", True), ("bureau_leader", True), ("school", False)],
)
def test_a_school_never_approves_a_suspension(approver, is_lawful):
    assert (broken(text("suspension_approver", approver)) == []) is is_lawful


@pytest.mark.req("R-308")
def test_no_money_rule_reaches_a_pupil():
    rule = '[rules.money_rule_targets]\nvalue = {}\nsource = "s"\n'

    assert broken(rule.format('["staff", "guardian"]')) == []
    assert broken(rule.format('["staff", "pupil"]')) == [
        ("money_rule_targets", "义务教育法 第58条")
    ]


def test_a_school_reports_monthly_or_more_often():
    assert broken(text("school_stat_period", "weekly")) == []
    assert broken(text("school_stat_period", "term")) != []


def test_a_value_still_to_be_entered_breaks_nothing():
    assert broken('[rules.suspension_approver]\nto_be_entered = true\nsource = "s"\n') == []


def test_no_shipped_pack_is_laxer_than_the_law():
    for shipped in shipped_packs().values():
        assert breaches(shipped.rules.values(), national_pack().floors) == []


@pytest.mark.parametrize(
    ("direction", "value", "unit", "is_lawful"),
    [
        (Direction.AT_LEAST, 9, "percent", False),
        (Direction.AT_LEAST, 10, "percent", True),
        (Direction.AT_LEAST, 11, "points", False),
        (Direction.AT_MOST, 11, "percent", False),
        (Direction.AT_MOST, 10, "percent", True),
        (Direction.AT_MOST, 9, "points", False),
    ],
)
def test_a_figure_that_is_no_duration_keeps_its_unit_and_may_equal_the_bound(
    direction, value, unit, is_lawful
):
    floor = Floor("allowance_deduction", direction, 10, "art. 1", "文", "text", "percent")
    rule = Rule("allowance_deduction", value, "sanctions", "s", unit)

    assert keeps(rule, floor) is is_lawful


def test_the_law_s_own_layer_brings_the_floors_and_a_county_s_pack_cannot():
    lax = days("demand_before_enforcement", 5, "calendar_days")
    floor = (
        '[floors.demand_before_enforcement]\ndirection = "at_least"\nbound = 20\n'
        'unit = "calendar_days"\narticle = "a"\ntext_zh = "b"\ntext_en = "c"\n'
    )
    national = Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER)

    def held(*layers):
        return resolve(layers, NOVEMBER_20).count("demand_before_enforcement")

    assert held(county(lax + floor)) == 5
    assert held(national, county(lax + floor)) == 10


def test_a_floor_that_came_after_the_adoption_lifts_the_figure_and_says_so():
    national = layer("", "nation", Rank.NATIONAL)
    local = county(days("demand_before_enforcement", 5, "calendar_days"))

    policy = resolve([national, local], NOVEMBER_20, floors=national_pack().floors)

    assert policy.count("demand_before_enforcement") == 10
    found = policy.rules["demand_before_enforcement"]
    assert found.lifted_by == "行政强制法 第54条、第69条"
    assert [(old.value, old.origin.place) for old in found.overrode] == [(5, "qinghe-county")]


def test_an_unlawful_choice_becomes_a_hole_that_the_place_must_fill():
    policy = resolve(
        [county(text("suspension_approver", "school"))],
        NOVEMBER_20,
        floors=national_pack().floors,
    )

    assert policy.below_floor == ("suspension_approver",)
    with pytest.raises(PolicyHole, match="below_floor"):
        policy.choice("suspension_approver")
