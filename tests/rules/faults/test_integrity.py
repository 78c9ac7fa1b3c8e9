"""Checks of the records: each at its boundary, and quiet before innocent look-alikes."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from notoneless.rules.faults.integrity import (
    BOUNDS,
    Check,
    Headcount,
    LateDuty,
    Noted,
    Picture,
    Report,
    Unseen,
    early_rolls,
    late_notes,
    late_reports,
    missed_duties,
    pictures_twice,
    present_unseen,
    since,
    wrong_headcounts,
)
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.policy.resolved import ResolvedPolicy, policy_of
from notoneless.rules.roles import Role
from tests.rules.faults.plans import figure, product

FRI = date(2026, 11, 20)
SAT = FRI + timedelta(days=1)
UNIT, CHEN, ZHOU = uuid7(), uuid7(), uuid7()
MORNING = time(8, 0)
OURS = product()
SNAP = datetime(2026, 11, 20, 2, 0, 7, tzinfo=timezone.utc)


def duty(days_late: int, **more: Any) -> LateDuty:
    """A duty whose ``days_late``-th late day is Friday."""
    given = {
        "id": uuid7(),
        "unit_id": UNIT,
        "role": Role.HOMEROOM_TEACHER,
        "late_since": FRI - timedelta(days=days_late - 1),
    }
    return LateDuty(**{**given, **more})


def noted(days_later: int = 0, at: time = MORNING, on: date = FRI, **more: Any) -> Noted:
    return Noted(uuid7(), UNIT, on, on + timedelta(days=days_later), at, CHEN, **more)


def picture(on: date = FRI, sha256: str = "a" * 64, **more: Any) -> Picture:
    contact = uuid7()
    given: dict[str, Any] = {
        "contact": contact,
        "origin": contact,
        "unit_id": UNIT,
        "on": on,
        "by": CHEN,
        "sha256": sha256,
        "likeness": "ffff0000ffff0000",
        "taken_at": None,
    }
    return Picture(**{**given, **more})


def unseen(on: date, *lessons: int, child: UUID, **more: Any) -> list[Unseen]:
    given = {"is_same_person": False, **more}
    return [Unseen(uuid7(), child, UNIT, on, n, uuid7(), CHEN, **given) for n in lessons]


# -- duties and reports ---------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_told"), [(7, False), (8, True)])
def test_a_duty_is_pointed_out_from_its_eighth_late_day(days: int, is_told: bool):
    assert bool(missed_duties([duty(days)], policy=OURS, today=FRI)) is is_told


@pytest.mark.parametrize(("days", "is_told"), [(7, False), (8, True)])
def test_a_duty_met_late_counts_until_the_day_on_which_it_was_met(days: int, is_told: bool):
    met = duty(days, done_on=FRI)

    assert bool(missed_duties([met], policy=OURS, today=FRI + timedelta(days=30))) is is_told


def test_a_date_of_a_provisional_calendar_or_a_vacant_post_is_nobody_s_fault():
    provisional, vacant = duty(30, is_provisional=True), duty(30, is_held=False)

    assert missed_duties([provisional, vacant], policy=OURS, today=FRI) == []


def test_a_report_is_late_when_the_plan_of_its_day_says_so():
    late, in_time = (
        Report(uuid7(), UNIT, FRI, FRI - timedelta(days=2), is_late) for is_late in (True, False)
    )

    (told,) = late_reports([late, in_time])

    assert told.pointed[0].id == late.id
    assert told.number == 2


# -- when it was written --------------------------------------------------------------------------


@pytest.mark.parametrize("check", [Check.CONTACT_LATE, Check.ROLL_LATE])
@pytest.mark.parametrize(("days", "is_told"), [(0, False), (7, False), (8, True)])
def test_what_is_noted_more_than_seven_days_after_its_day_is_pointed_out(
    check: Check, days: int, is_told: bool
):
    assert bool(late_notes([noted(days)], check, policy=OURS)) is is_told


def test_work_noted_on_the_phone_in_time_and_sent_weeks_later_is_innocent():
    # When it was sent does not even reach the rule: the device's day is all that counts.
    offline = noted(0)

    assert late_notes([offline], Check.ROLL_LATE, policy=OURS) == []
    assert early_rolls([offline], policy=OURS) == []


def test_a_correction_is_late_by_its_nature():
    assert late_notes([noted(30, is_correction=True)], Check.CONTACT_LATE, policy=OURS) == []


@pytest.mark.parametrize(
    ("at", "is_told"),
    [(time(5, 59, 59), True), (time(6, 0), False), (time(7, 40), False)],
)
def test_a_roll_noted_before_six_on_its_own_day_was_noted_before_anybody_came(
    at: time, is_told: bool
):
    assert bool(early_rolls([noted(at=at)], policy=OURS)) is is_told


def test_a_roll_noted_on_the_day_before_is_early_at_any_hour():
    assert [p.check for p in early_rolls([noted(-1, at=time(20, 0))], policy=OURS)] == [
        Check.ROLL_EARLY
    ]


def test_a_roll_entered_the_next_morning_before_six_is_not_early():
    assert early_rolls([noted(1, at=time(5, 0))], policy=OURS) == []


def test_a_make_up_day_on_a_saturday_is_a_day_like_others():
    rolls = [noted(on=SAT), noted(1, on=SAT)]

    assert early_rolls(rolls, policy=OURS) == []
    assert late_notes(rolls, Check.ROLL_LATE, policy=OURS) == []


# -- pictures -------------------------------------------------------------------------------------


def test_the_very_same_file_on_two_days_is_pointed_out_with_both_visits():
    first, second = picture(FRI - timedelta(days=9)), picture()

    (told,) = pictures_twice([second, first])

    assert {p.id for p in told.pointed} == {first.contact, second.contact}
    assert told.on == FRI


def test_two_pictures_of_one_door_on_two_visits_look_alike_and_are_not_the_same():
    look = "ffff0000ffff0000"
    morning = picture(FRI - timedelta(days=9), "a" * 64, taken_at=SNAP - timedelta(days=9))
    evening = picture(FRI, "b" * 64, taken_at=SNAP)
    undated = picture(SAT, "c" * 64)

    assert pictures_twice([morning, evening, undated], same_look=[(look, look)]) == []


def test_a_recoded_copy_keeps_its_second_and_its_look_and_is_the_same():
    look = "ffff0000ffff0000"
    first = picture(FRI - timedelta(days=9), "a" * 64, taken_at=SNAP)
    copy = picture(FRI, "b" * 64, taken_at=SNAP)

    assert len(pictures_twice([first, copy], same_look=[(look, look)])) == 1
    assert pictures_twice([first, copy]) == []


def test_two_pictures_of_one_second_that_show_other_things_are_two_pictures():
    first = picture(FRI - timedelta(days=1), "a" * 64, taken_at=SNAP)
    other = picture(FRI, "b" * 64, taken_at=SNAP, likeness="0123456789abcdef")
    look = "ffff0000ffff0000"

    assert pictures_twice([first, other], same_look=[(look, look)]) == []


def test_one_visit_to_two_children_of_a_family_may_use_one_picture():
    assert pictures_twice([picture(), picture()]) == []


def test_two_people_with_one_picture_on_one_day_are_pointed_out():
    assert len(pictures_twice([picture(), picture(by=ZHOU)])) == 1


def test_a_corrected_visit_shares_its_picture_with_what_it_corrects():
    first = picture(FRI - timedelta(days=3))

    assert pictures_twice([first, picture(origin=first.origin)]) == []


# -- the roll against the lessons -----------------------------------------------------------------


@pytest.mark.parametrize(("days", "is_told"), [(2, False), (3, True)])
def test_a_child_that_lessons_missed_on_three_days_is_pointed_out(days: int, is_told: bool):
    child = uuid7()
    rows = [r for n in range(days) for r in unseen(FRI - timedelta(days=n), 1, 2, child=child)]

    assert bool(present_unseen(rows, policy=OURS)) is is_told


def test_one_missed_lesson_a_day_is_one_lesson():
    child = uuid7()
    rows = [r for n in range(5) for r in unseen(FRI - timedelta(days=n), 3, child=child)]

    assert present_unseen(rows, policy=OURS) == []


def test_whoever_called_the_roll_and_missed_the_child_later_corrected_himself():
    child = uuid7()
    rows = [
        r
        for n in range(5)
        for r in unseen(FRI - timedelta(days=n), 1, 2, child=child, is_same_person=True)
    ]

    assert present_unseen(rows, policy=OURS) == []


def test_three_children_with_one_day_each_are_no_pattern():
    rows = [r for _ in range(3) for r in unseen(FRI, 1, 2, child=uuid7())]

    assert present_unseen(rows, policy=OURS) == []


def test_what_was_laid_aside_comes_back_only_with_a_later_day():
    child = uuid7()
    days = [FRI - timedelta(days=n) for n in range(4)]
    rows = [r for day in days for r in unseen(day, 1, 2, child=child)]
    (whole,) = present_unseen(rows, policy=OURS)
    (fewer,) = present_unseen([row for row in rows if row.on != days[-1]], policy=OURS)
    (later,) = present_unseen([*rows, *unseen(SAT, 1, 2, child=child)], policy=OURS)

    assert fewer.key == whole.key  # an old day left the window
    assert later.key != whole.key


# -- headcounts -----------------------------------------------------------------------------------


def counted(days_ago: int, registered: int, merged: int = 0) -> Headcount:
    return Headcount(uuid7(), UNIT, FRI - timedelta(days=days_ago), 40, registered, merged)


@pytest.mark.parametrize(("days", "is_told"), [(3, False), (4, True)])
def test_records_that_lost_a_child_behind_more_than_three_rolls_are_pointed_out_once(
    days: int, is_told: bool
):
    told = wrong_headcounts([counted(n, 39) for n in range(days)], policy=OURS)

    assert len(told) == int(is_told)


@pytest.mark.parametrize(("registered", "merged"), [(40, 0), (39, 1), (38, 2)])
def test_equal_counts_and_rows_merged_since_are_innocent(registered: int, merged: int):
    assert wrong_headcounts([counted(n, registered, merged) for n in range(9)], policy=OURS) == []


def test_more_merged_rows_than_missing_do_not_hide_a_lost_one():
    assert wrong_headcounts([counted(n, 37, 2) for n in range(9)], policy=OURS) != []


# -- the bounds are the plan's ---------------------------------------------------------------------


def own(**values: Any) -> ResolvedPolicy:
    return product(**{key: figure(*value) for key, value in values.items()})


@pytest.mark.req("R-302")
def test_every_bound_is_a_rule_with_its_source_that_a_county_may_change():
    for key in BOUNDS:
        assert key in PARAMETERS
        assert OURS.rules[key].rule.source.startswith("产品默认值")


@pytest.mark.req("R-302")
@pytest.mark.parametrize(("days", "is_told"), [(14, False), (15, True)])
def test_a_county_that_waits_two_weeks_is_told_from_the_fifteenth_day(days: int, is_told: bool):
    plan = own(
        check_duty_late=(14, "calendar_days", ">"),
        check_contact_noted=(14, "calendar_days", ">"),
        check_roll_noted=(14, "calendar_days", ">"),
    )

    assert bool(missed_duties([duty(days)], policy=plan, today=FRI)) is is_told
    for check in (Check.CONTACT_LATE, Check.ROLL_LATE):
        assert bool(late_notes([noted(days)], check, policy=plan)) is is_told


@pytest.mark.req("R-302")
def test_the_operator_counts_too():
    plan = own(check_duty_late=(7, "calendar_days", ">="))

    assert [bool(missed_duties([duty(n)], policy=plan, today=FRI)) for n in (6, 7)] == [False, True]


@pytest.mark.req("R-302")
def test_a_county_says_from_which_hour_on_a_roll_is_called():
    plan = own(check_roll_before=("07:30", "", ""))
    times = [time(7, 29), time(7, 30)]

    assert [bool(early_rolls([noted(at=at)], policy=plan)) for at in times] == [True, False]


@pytest.mark.req("R-302")
def test_days_and_lessons_of_an_unseen_child_and_of_a_count_are_the_county_s():
    plan = own(
        check_unseen_days=(2, "school_days", ">="),
        check_unseen_lessons=(1, "lessons", ">="),
        check_headcount_days=(1, "school_days", ">"),
    )
    child = uuid7()
    rows = [r for n in range(2) for r in unseen(FRI - timedelta(days=n), 3, child=child)]

    assert present_unseen(rows, policy=plan)
    assert not present_unseen(rows[:1], policy=plan)
    assert wrong_headcounts([counted(n, 39) for n in range(2)], policy=plan)
    assert not wrong_headcounts([counted(0, 39)], policy=plan)


@pytest.mark.req("R-302")
def test_the_records_of_the_plan_s_days_are_looked_at_and_none_where_it_says_nothing():
    assert since(OURS, FRI) == FRI - timedelta(days=60)
    assert since(own(check_lookback=(30, "calendar_days", "=")), FRI) == FRI - timedelta(days=30)
    assert since(policy_of([]), FRI) > FRI


@pytest.mark.req("R-302")
def test_a_check_whose_bound_is_blank_is_not_made():
    nothing = policy_of([])
    rows = unseen(FRI, 1, 2, 3, child=uuid7())

    assert missed_duties([duty(90)], policy=nothing, today=FRI) == []
    assert late_notes([noted(90)], Check.ROLL_LATE, policy=nothing) == []
    assert early_rolls([noted(at=time(3, 0))], policy=nothing) == []
    assert present_unseen(rows, policy=nothing) == []
    assert wrong_headcounts([counted(n, 39) for n in range(9)], policy=nothing) == []
