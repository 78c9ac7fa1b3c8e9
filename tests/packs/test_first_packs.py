"""What S1-24, S1-29 and S2-5 say at their boundaries."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank
from notoneless.rules.policy.measures import Duration, DurationUnit
from notoneless.rules.policy.resolve import PolicyConflict, resolve
from notoneless.rules.policy.shipped import national_pack, shipped_packs

SEPTEMBER = date(2026, 9, 1)
NOVEMBER_20 = date(2026, 11, 20)


def national():
    return Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER)


def under(system, **rest):
    pack = shipped_packs()[f"{system}/2026"]
    return Layer("qinghe-county", Rank.COUNTY, Line.EDUCATION, pack, SEPTEMBER, **rest)


def policy(system, **rest):
    return resolve([national(), under(system, **rest)], NOVEMBER_20)


@pytest.mark.req("R-302", "P-S1-29.10")
@pytest.mark.parametrize(("away", "is_due"), [(1, False), (2, True), (3, True)])
def test_s1_29_looks_into_the_second_day_away(away, is_due):
    assert policy("S1-29").is_met("absence_days_investigate", away) is is_due


@pytest.mark.req("R-302", "P-S1-24.06")
@pytest.mark.parametrize(("away", "is_due"), [(2, False), (3, True), (4, True)])
def test_s1_24_reports_the_third_day_away(away, is_due):
    assert policy("S1-24").is_met("absence_days_report", away) is is_due


@pytest.mark.req("R-302", "P-S1-29.06", "P-S1-29.07")
@pytest.mark.parametrize(
    ("key", "day", "is_on_time"),
    [
        ("school_month_report_day", 22, True),
        ("school_month_report_day", 23, True),
        ("school_month_report_day", 24, False),
        ("township_month_report_day", 25, True),
        ("township_month_report_day", 26, False),
    ],
)
def test_s1_29_takes_the_report_day_itself_as_on_time(key, day, is_on_time):
    assert policy("S1-29").is_met(key, day) is is_on_time


@pytest.mark.req("R-302", "P-S2-5.05", "P-S2-5.06")
@pytest.mark.parametrize(
    ("key", "lost", "pupils", "is_key_unit"),
    [
        ("key_unit_threshold_junior_pct", 80, 10_000, False),
        ("key_unit_threshold_junior_pct", 81, 10_000, True),
        ("key_unit_threshold_junior_pct", 1, 125, False),
        ("key_unit_threshold_junior_pct", 1, 124, True),
        ("key_unit_threshold_primary_pct", 20, 10_000, False),
        ("key_unit_threshold_primary_pct", 21, 10_000, True),
    ],
)
def test_s2_5_key_units_lie_above_the_line_and_not_on_it(key, lost, pupils, is_key_unit):
    assert policy("S2-5").is_share_met(key, lost, pupils) is is_key_unit


@pytest.mark.req("R-302", "P-S2-5.01")
@pytest.mark.parametrize(("lost", "is_within"), [(80, True), (81, False)])
def test_s2_5_the_first_year_s_ceiling_may_be_reached(lost, is_within):
    assert policy("S2-5").is_share_met("dropout_ceiling_junior_pct", lost, 10_000) is is_within


@pytest.mark.req("R-302", "P-S2-5.04")
def test_s2_5_brings_twenty_three_towns_to_zero_in_three_batches():
    batches = policy("S2-5").rows("no_lost_pupil_batches")

    assert [batch["towns"] for batch in batches] == [7, 7, 9]


@pytest.mark.req("R-306")
def test_the_clocks_of_absence_count_school_days():
    assert policy("S1-29").duration("absence_days_investigate") == Duration(
        2, DurationUnit.SCHOOL_DAYS
    )


@pytest.mark.req("R-304")
@pytest.mark.parametrize(
    ("system", "open_keys"),
    [
        (
            "S1-24",
            {
                "contract_period",
                "dropout_ceiling_external_pct",
                "failed_visits_before_report",
                "return_notice_deadline_days",
            },
        ),
        ("S1-29", {"contract_period", "dropout_ceiling_external_pct"}),
        (
            "S2-5",
            {
                "assessment_weight",
                "campaign_months",
                "key_unit_rectification_within",
                "left_behind_package_items",
                "no_lost_pupil_first_year",
                "publish_level",
                "school_report_within",
                "target_path_first_year",
            },
        ),
    ],
)
def test_what_the_source_leaves_blank_must_be_entered(system, open_keys):
    assert set(policy(system).to_be_entered) == open_keys


@pytest.mark.req("R-304")
def test_a_limit_of_the_pack_s_own_can_be_entered_too():
    key = "key_unit_rectification_within"
    own = {key: OwnValue(30, "county decision no. 3", unit="working_days")}

    assert policy("S2-5", own=own).duration(key) == Duration(30, DurationUnit.WORKING_DAYS)


@pytest.mark.req("R-308", "P-S1-29.20", "P-S1-29.21", "P-S1-29.22")
def test_sanctions_of_s1_29_are_off_until_a_legal_basis_is_attached():
    assert policy("S1-29").switched_off == (
        "accountability_ladder",
        "veto_blocked_honours",
        "veto_scope",
        "veto_trigger",
    )


@pytest.mark.req("R-302")
@pytest.mark.parametrize("system", ["S1-24", "S1-29", "S2-5"])
def test_each_pack_keeps_the_law_as_it_is(system):
    found = policy(system)

    assert found.below_floor == ()
    assert [key for key, rule in found.rules.items() if rule.lifted_by] == []
    assert found.count("entry_age_years") == 6


@pytest.mark.req("R-302")
def test_two_whole_packs_at_one_county_clash_only_where_both_speak():
    with pytest.raises(PolicyConflict) as refused:
        resolve([national(), under("S1-24"), under("S1-29")], NOVEMBER_20)

    assert {clash.key for clash in refused.value.clashes} == {
        "contract_period",
        "contract_signers",
        "dropout_ceiling_external_pct",
        "dropout_ceiling_external_ref",
        "return_notice_issuer",
        "return_notice_name",
        "school_stat_period",
    }
