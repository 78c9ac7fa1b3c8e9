"""Key lists, needs, causes and the record of accuracy."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from notoneless.rules.calendar import Period
from notoneless.rules.signs.accuracy import (
    FiredOnce,
    Outcome,
    Share,
    accuracy_of,
    suppressed,
)
from notoneless.rules.signs.causes import CAUSES, causes_of, folded
from notoneless.rules.signs.key_list import Band, Verdict, band_of, verdict
from notoneless.rules.signs.kinds import SignRule
from notoneless.rules.signs.needs import Need, OfficeList, expires_on, holds_on, is_listed
from tests.rules.signs.desk import default_policy, policy

PERCENT = '[rules.{}]\nvalue = {}\nunit = "percent"\noperator = "{}"\nsource = "x"\n'
LEAST = PERCENT.format("key_student_ratio_min_pct", 10, ">=")
MOST = PERCENT.format("key_student_ratio_max_pct", 15, "<=")
OUTWARD = '[rules.key_student_rounding]\nvalue = "outward"\nsource = "x"\n'
BOTH = policy(LEAST, MOST)
TERM = Period("第一学期", date(2026, 9, 1), date(2027, 1, 23))


@pytest.mark.req("R-077")
def test_a_class_of_47_names_five_to_seven():
    assert band_of(47, BOTH) == Band(5, 7)


@pytest.mark.req("R-077")
@pytest.mark.parametrize(("count", "closes"), [(4, False), (5, True), (7, True), (8, False)])
def test_four_or_eight_of_47_need_a_written_reason(count, closes):
    band = band_of(47, BOTH)

    assert (verdict(count, band, reason="") is Verdict.CLOSES) is closes
    assert verdict(count, band, reason="核实后只有这些") is Verdict.CLOSES


@pytest.mark.req("R-077")
def test_nobody_found_closes_with_one_reason_whatever_the_band():
    assert verdict(0, Band(5, 7), reason="") is Verdict.NEEDS_REASON
    assert verdict(0, Band(5, 7), reason="本学期没有发现") is Verdict.CLOSES
    assert verdict(0, Band(0, 7), reason=" ") is Verdict.NEEDS_REASON


@pytest.mark.req("R-077")
def test_outward_rounding_and_tiny_classes():
    assert band_of(47, policy(LEAST, MOST, OUTWARD)) == Band(4, 8)
    # 0.6 to 0.9: no whole number lies inside.
    assert band_of(6, BOTH) == Band(0, 1)
    assert band_of(0, BOTH) is None


@pytest.mark.req("R-077")
def test_without_bounds_any_number_closes():
    assert band_of(47, policy(OUTWARD)) is None
    assert verdict(0, None, reason="") is Verdict.CLOSES
    assert band_of(40, policy(LEAST)) == Band(4, 40)


@pytest.mark.req("R-083")
def test_office_lists_are_made_from_needs():
    assert is_listed(OfficeList.DOUBLY_HARD, {Need.LEARNING, Need.AID})
    assert not is_listed(OfficeList.DOUBLY_HARD, {Need.LEARNING})
    assert is_listed(OfficeList.WEAK_LEARNERS, {Need.LEARNING, Need.AID})


@pytest.mark.req("R-083")
def test_a_need_is_gone_on_the_day_after_the_term():
    ends = expires_on(TERM)

    assert holds_on(date(2027, 1, 22), date(2026, 9, 1), ends)
    assert not holds_on(date(2027, 1, 23), date(2026, 9, 1), ends)


@pytest.mark.req("R-085")
def test_a_watch_ends_by_its_own_clock_but_never_after_the_term():
    assert expires_on(TERM, watch_ends=date(2026, 12, 1)) == date(2026, 12, 1)
    assert expires_on(TERM, watch_ends=date(2027, 2, 10)) == date(2027, 1, 23)


@pytest.mark.req("R-079")
def test_every_cause_of_the_plans_is_offered_and_a_place_adds_its_own():
    own = '[rules.dropout_cause_taxonomy]\nvalue = ["weariness", "彝历新年"]\nsource = "x"\n'

    assert causes_of(default_policy()) == CAUSES
    assert causes_of(policy(own))[0] == "彝历新年"
    assert {"weariness", "peer_conflict", "gender_preference", "illness"} <= set(CAUSES)


@pytest.mark.req("R-079")
@pytest.mark.parametrize("code", ["illness", "pregnancy", "violence", "religion"])
def test_outside_the_door_a_restricted_cause_is_other(code):
    assert folded(code, is_inside=False) == "other"
    assert folded(code, is_inside=True) == code
    assert folded("poverty", is_inside=False) == "poverty"


def once(child, on, rule=SignRule.RUN):
    return FiredOnce(UUID(int=child), rule, on)


def left(child, on):
    return Outcome(UUID(int=child), on)


SEPT1 = date(2026, 9, 1)


def run_accuracy(fired, outcomes, as_of=date(2026, 12, 31)):
    rows = accuracy_of(fired, outcomes, within_days=60, as_of=as_of)
    return next(row for row in rows if row.rule is SignRule.RUN)


@pytest.mark.req("R-076")
@pytest.mark.parametrize(("days", "is_right"), [(0, 1), (60, 1), (61, 0), (-1, 0)])
def test_a_sign_is_right_when_the_child_left_within_sixty_days(days, is_right):
    row = run_accuracy([once(1, SEPT1)], [left(1, SEPT1 + timedelta(days=days))])

    assert row.precision == Share(is_right, 1)
    assert row.recall == Share(is_right, 1)


@pytest.mark.req("R-076")
def test_a_young_sign_is_not_judged_yet_unless_it_came_true():
    young = SEPT1 + timedelta(days=60)

    assert run_accuracy([once(1, SEPT1)], [], as_of=young).precision == Share(0, 0)
    assert run_accuracy([once(1, SEPT1)], [], as_of=young + timedelta(days=1)).precision == Share(
        0, 1
    )
    assert run_accuracy([once(1, SEPT1)], [left(1, young)], as_of=young).precision == Share(1, 1)


@pytest.mark.req("R-076")
def test_a_child_who_left_without_a_sign_lowers_recall():
    row = run_accuracy([once(1, SEPT1)], [left(1, SEPT1), left(2, SEPT1)])

    assert row.recall == Share(1, 2)


@pytest.mark.req("R-076")
@pytest.mark.parametrize(
    ("share", "is_small"),
    [
        (Share(0, 40), False),
        (Share(9, 40), True),
        (Share(10, 40), False),
        (Share(0, 9), True),
        (Share(31, 40), True),
        (Share(30, 40), False),
        (Share(0, 0), False),
    ],
)
def test_cells_under_ten_are_small(share, is_small):
    assert share.is_small is is_small


@pytest.mark.req("R-076")
def test_one_small_part_takes_the_comparison_with_it():
    assert suppressed({"girls": Share(3, 40), "boys": Share(20, 50)}) == {
        "girls": None,
        "boys": None,
    }
    shown = {"girls": Share(12, 40), "boys": Share(20, 50)}
    assert suppressed(shown) == shown
