"""Each system's own figures at their boundary: on the line, and one step past it."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, Rank, Release
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.shipped import national_pack, shipped_packs

SEPTEMBER = date(2026, 9, 1)
NOVEMBER_20 = date(2026, 11, 20)


def policy(system):
    """The system in force in a county whose justice office has released all its sanctions."""
    pack = shipped_packs()[f"{system}/2026"]
    layers = [
        Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER),
        Layer("qinghe", Rank.COUNTY, Line.EDUCATION, pack, SEPTEMBER),
    ]
    releases = [
        Release(rule.key, rule.value, "county order 2026 no. 5", "justice office", SEPTEMBER)
        for rule in pack.rules.values()
        if rule.needs_legal_basis and not rule.to_be_entered
    ]
    return resolve(layers, NOVEMBER_20, releases=releases)


SHARES = [
    # system, rule, children counted, of how many, whether the rule's bound is met
    ("S0-2", "disabled_enrolment_target_pct", 30, 30, True),
    ("S0-2", "disabled_enrolment_target_pct", 29, 30, False),
    ("S0-3", "dropout_ceiling_primary_pct", 6, 1_000, True),
    ("S0-3", "dropout_ceiling_primary_pct", 61, 10_000, False),
    ("S0-3", "dropout_ceiling_junior_pct", 18, 1_000, True),
    ("S0-3", "dropout_ceiling_junior_pct", 181, 10_000, False),
    ("S0-3", "retention_nine_year_pct", 85, 100, True),
    ("S0-3", "retention_nine_year_pct", 8_499, 10_000, False),
    # On the line the target is met and the charge applies as well: the place decides which.
    ("S0-4", "dropout_ceiling_primary_pct", 4, 200, True),
    ("S0-4", "penalty_school_primary_from_pct", 4, 200, True),
    ("S0-4", "penalty_school_primary_from_pct", 199, 10_000, False),
    ("S0-4", "dropout_ceiling_junior_pct", 301, 10_000, False),
    ("S0-4", "penalty_school_junior_from_pct", 3, 100, True),
    ("S0-5", "retention_target_school_pct", 400, 400, True),
    ("S0-5", "retention_target_school_pct", 399, 400, False),
    ("S0-5", "dropout_ceiling_school_pct", 0, 400, True),
    ("S0-5", "dropout_ceiling_school_pct", 1, 400, False),
    ("S1-5", "retention_target_school_pct", 399, 400, False),
    ("S1-5", "retention_target_school_pct", 400, 400, True),
    ("S1-5", "dropout_ceiling_school_pct", 1, 400, False),
    ("S1-7", "dropout_ceiling_school_pct", 10, 1_000, True),
    ("S1-7", "dropout_ceiling_school_pct", 101, 10_000, False),
    ("S1-7", "retention_target_class_pct", 99, 100, False),
    ("S1-8", "enrolment_under16_pct", 40, 40, True),
    ("S1-8", "enrolment_under16_pct", 39, 40, False),
    ("S1-15", "dropout_ceiling_school_pct", 0, 300, True),
    ("S1-15", "dropout_ceiling_school_pct", 1, 300, False),
    ("S1-16", "enrolment_target_junior_pct", 120, 120, True),
    ("S1-16", "completion_target_junior_pct", 90, 100, True),
    ("S1-16", "completion_target_junior_pct", 899, 1_000, False),
    ("S1-16", "dropout_ceiling_junior_pct", 2, 100, True),
    ("S1-16", "dropout_ceiling_junior_pct", 201, 10_000, False),
    ("S1-21", "dropout_ceiling_school_pct", 1, 800, False),
    ("S1-21", "dropout_ceiling_school_pct", 0, 800, True),
    ("S1-23", "retention_target_school_pct", 499, 500, False),
    ("S1-23", "retention_target_school_pct", 500, 500, True),
    ("S1-26", "retention_target_class_pct", 46, 47, False),
    ("S1-26", "retention_target_class_pct", 47, 47, True),
    ("S1-26", "retention_target_school_pct", 499, 500, False),
    ("S1-27", "retention_target_class_pct", 40, 41, False),
    ("S1-27", "retention_target_class_pct", 41, 41, True),
    ("S1-30", "veto_threshold_junior_pct", 15, 1_000, False),
    ("S1-30", "veto_threshold_junior_pct", 16, 1_000, True),
    ("S1-30", "veto_threshold_primary_pct", 5, 1_000, False),
    ("S1-30", "veto_threshold_primary_pct", 6, 1_000, True),
    ("S1-32", "retention_target_class_pct", 43, 44, False),
    ("S1-32", "retention_target_class_pct", 44, 44, True),
]


@pytest.mark.req("R-302", "R-305")
@pytest.mark.parametrize(("system", "key", "count", "base", "is_met"), SHARES)
def test_a_share_is_compared_as_whole_numbers_on_and_past_its_line(
    system, key, count, base, is_met
):
    assert policy(system).is_share_met(key, count, base) is is_met


FIGURES = [
    ("S0-2", "absence_days_report", 0, False),
    ("S0-2", "absence_days_report", 1, True),
    ("S0-2", "case_open_threshold", 1, True),
    ("S0-2", "case_open_threshold", 0, False),
    ("S0-3", "work_ban_under_age_years", 15, True),
    ("S0-3", "work_ban_under_age_years", 16, False),
    ("S1-3", "entry_age_years", 5, False),
    ("S1-3", "entry_age_years", 6, True),
    ("S1-3", "entry_age_deferred_max_years", 7, True),
    ("S1-3", "entry_age_deferred_max_years", 8, False),
    ("S1-8", "work_ban_under_age_years", 15, True),
    ("S1-8", "work_ban_under_age_years", 16, False),
    ("S1-15", "days_to_return_before_report", 2, False),
    ("S1-15", "days_to_return_before_report", 3, True),
    ("S1-16", "no_show_contact", 7, True),
    ("S1-16", "no_show_contact", 8, False),
    ("S1-18", "days_to_return_before_report", 2, False),
    ("S1-18", "days_to_return_before_report", 3, True),
    ("S1-19", "veto_loss_count", 1, False),
    ("S1-19", "veto_loss_count", 2, True),
    ("S1-19", "penalty_lost_many_min_count", 1, False),
    ("S1-19", "penalty_lost_many_min_count", 2, True),
    ("S1-23", "days_to_return_before_report", 2, False),
    ("S1-23", "days_to_return_before_report", 3, True),
    ("S1-30", "days_to_return_before_report", 3, True),
    ("S2-1", "pairing_pupils_per_teacher_min", 1, False),
    ("S2-1", "pairing_pupils_per_teacher_min", 2, True),
    ("S2-1", "pairing_pupils_per_teacher_max", 3, True),
    ("S2-1", "pairing_pupils_per_teacher_max", 4, False),
    ("S2-4", "facility_volunteer_teams", 0, False),
    ("S2-4", "facility_volunteer_teams", 1, True),
]


@pytest.mark.req("R-302", "R-305")
@pytest.mark.parametrize(("system", "key", "figure", "is_met"), FIGURES)
def test_a_figure_holds_on_its_line_and_not_past_it(system, key, figure, is_met):
    assert policy(system).is_met(key, figure) is is_met


@pytest.mark.req("R-302", "R-308")
@pytest.mark.parametrize(
    ("system", "key", "fen"),
    [
        ("S0-4", "reward_school_primary_retention100_yuan", 180_000),
        ("S0-4", "penalty_school_per_dropout_primary_yuan", 20_000),
        ("S1-19", "reward_class_retention100_yuan", 20_000),
        ("S1-19", "penalty_lost_one_yuan", 5_000),
        ("S1-19", "penalty_lost_many_yuan", 10_000),
        ("S1-26", "penalty_per_teacher_fault_dropout_yuan", 10_000),
        ("S2-2", "subsistence_rural_yuan_year", 264_000),
        ("S2-2", "subsistence_urban_yuan_month", 49_500),
    ],
)
def test_an_amount_is_whole_fen(system, key, fen):
    assert policy(system).number(key) == fen


@pytest.mark.req("R-302")
def test_s1_19_shares_make_a_hundred_with_and_without_a_leader():
    joint = policy("S1-19")
    assert [row["share_pct"] for row in joint.rows("liability_shares")] == [40, 30, 30]
    alone = ("share_class_teacher_without_leader", "share_attached_teacher_without_leader")
    assert [joint.number(key) for key in alone] == [50, 50]


@pytest.mark.req("R-304")
def test_what_the_junior_reward_of_s0_4_was_is_asked_and_never_guessed():
    assert "reward_school_junior_retention100_yuan" in policy("S0-4").to_be_entered
