"""What S0-1, S0-8, S1-1, S1-14, S1-22 and S1-25 say at their boundaries."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, Rank
from notoneless.rules.policy.measures import Duration, DurationUnit
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.shipped import national_pack, shipped_packs

SEPTEMBER = date(2026, 9, 1)


def policy(system):
    pack = shipped_packs()[f"{system}/2026"]
    national = Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER)
    school = Layer("qinghe-school", Rank.SCHOOL, Line.EDUCATION, pack, SEPTEMBER)
    return resolve([national, school], date(2026, 11, 20))


@pytest.mark.req("R-091", "P-S0-8.10")
@pytest.mark.parametrize(("visits", "is_met"), [(19, False), (20, True), (21, True)])
def test_s0_8_twenty_person_visits_are_enough(visits, is_met):
    assert policy("S0-8").is_met("visits_per_homeroom_teacher_per_term_min", visits) is is_met


@pytest.mark.req("R-092", "P-S0-8.11")
@pytest.mark.parametrize(("visits", "is_met"), [(2, False), (3, True)])
def test_s0_8_a_relapse_wants_three_visits(visits, is_met):
    assert policy("S0-8").is_met("visits_recurrent_student_min", visits) is is_met


@pytest.mark.req("R-089", "R-090", "P-S1-1.05", "P-S1-1.06")
@pytest.mark.parametrize(
    ("key", "visits", "is_met"),
    [
        ("visits_all_students_per_term", 0, False),
        ("visits_all_students_per_term", 1, True),
        ("visits_key_students_per_term_min", 1, False),
        ("visits_key_students_per_term_min", 2, True),
    ],
)
def test_s1_1_visits_everybody_once_and_key_pupils_twice(key, visits, is_met):
    assert policy("S1-1").is_met(key, visits) is is_met


@pytest.mark.req("R-090", "P-S1-25.05")
@pytest.mark.parametrize(("talks", "is_met"), [(3, False), (4, True)])
def test_s1_25_talks_four_times_with_a_key_pupil(talks, is_met):
    assert policy("S1-25").is_met("talks_key_students_per_term_min", talks) is is_met


@pytest.mark.req("R-077", "P-S1-25.01")
@pytest.mark.parametrize(
    ("named", "is_least", "is_most"),
    [(4, False, True), (5, True, True), (7, True, True), (8, True, False)],
)
def test_s1_25_a_class_of_47_names_five_to_seven_key_pupils(named, is_least, is_most):
    rules = policy("S1-25")

    assert rules.is_share_met("key_student_ratio_min_pct", named, 47) is is_least
    assert rules.is_share_met("key_student_ratio_max_pct", named, 47) is is_most


@pytest.mark.req("R-070", "R-071", "P-S1-22.01", "P-S1-22.02", "P-S1-14.03")
def test_s1_22_calls_and_reports_the_same_day_and_s1_14_promptly():
    assert policy("S1-22").choice("parent_contact_deadline") == "same_day"
    assert policy("S1-22").choice("class_report_deadline") == "same_day"
    assert policy("S1-14").choice("parent_contact_deadline") == "prompt"


@pytest.mark.req("R-099", "P-S1-14.05", "P-S1-14.06")
def test_s1_14_two_visits_in_vain_leave_three_days_for_the_report():
    rules = policy("S1-14")

    assert not rules.is_met("failed_visits_before_report", 1)
    assert rules.is_met("failed_visits_before_report", 2)
    assert rules.duration("days_after_failed_visits_to_report") == Duration(
        3, DurationUnit.CALENDAR_DAYS
    )


@pytest.mark.req("R-087", "P-S0-1.10")
def test_s0_1_wants_a_picture_of_each_visit():
    assert policy("S0-1").flag("visit_photo_required")


@pytest.mark.req("R-302", "P-S1-1.08", "P-S1-22.05")
def test_money_and_sanctions_of_these_plans_stay_off_without_a_legal_basis():
    assert not policy("S1-1").is_on("reward_class_target_yuan")
    assert not policy("S1-22").is_on("veto_threshold_level1_pct")
