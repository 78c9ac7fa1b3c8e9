"""Long leave and its proof; the first week of term; on the list and never seen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.rules.attendance.counts import Counts, total
from notoneless.rules.attendance.days import Mark
from notoneless.rules.attendance.leave import LeaveKind, LeavePeriod, is_long, premark, proof_due
from notoneless.rules.attendance.sessions import (
    HalfDays,
    LateEntry,
    Reason,
    RollRules,
    roll_rules,
)
from notoneless.rules.attendance.starts import Unseen, enrolment_week, is_phantom, unseen
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, Rank
from notoneless.rules.policy.measures import Duration, DurationUnit
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.policy.resolve import resolve
from tests.rules.school_year import calendar

CALENDAR = calendar()

MON = date(2026, 11, 16)
FIVE = Duration(5, DurationUnit.SCHOOL_DAYS)
RULES = RollRules(long_leave=FIVE, proof_within=Duration(3, DurationUnit.SCHOOL_DAYS))
PACK = """
id = "S0-9/2026"
system = "S0-9"
title_zh = "点名"
title_en = "Rolls"
effective_from = 2026-09-01
"""


def policy(**rules: str):
    tables = "\n".join(f'[rules.{key}]\n{text}\nsource = "test"' for key, text in rules.items())
    pack: Pack = read_pack(PACK + tables, "test.toml")
    layer = Layer("county", Rank.COUNTY, Line.EDUCATION, pack, pack.effective_from)
    return resolve([layer], MON)


def leave(days: int, kind: LeaveKind = LeaveKind.SICK) -> LeavePeriod:
    return LeavePeriod(kind, MON, MON + timedelta(days=days))


@pytest.mark.req("R-069")
@pytest.mark.parametrize(("days", "long"), [(4, False), (5, True), (7, True)])
def test_leave_of_five_school_days_is_long(days: int, long: bool):
    assert is_long(leave(days), RULES, CALENDAR) is long


@pytest.mark.req("R-069")
def test_its_proof_is_due_three_school_days_after_it_began():
    due = proof_due(leave(5), RULES, CALENDAR)

    assert due is not None
    assert due.on == date(2026, 11, 19)
    assert proof_due(leave(4), RULES, CALENDAR) is None
    assert proof_due(leave(30), RollRules(), CALENDAR) is None


def test_long_leave_in_other_units():
    week = RollRules(long_leave=Duration(1, DurationUnit.WEEKS))
    days = RollRules(long_leave=Duration(7, DurationUnit.CALENDAR_DAYS))

    for rules in (week, days):
        assert not is_long(leave(6), rules, CALENDAR)
        assert is_long(leave(7), rules, CALENDAR)


def test_leave_marks_the_roll_with_its_own_reason():
    assert premark(leave(1, LeaveKind.OFFICIAL)) is Reason.OFFICIAL


@pytest.mark.req("R-072")
def test_who_was_seen_once_is_seen():
    days = [MON + timedelta(days=n) for n in range(4)]

    assert unseen(days, {days[1]: Mark.PRESENT, days[3]: Mark.UNEXPLAINED}) is None
    assert unseen(days, {days[0]: Mark.UNEXPLAINED, days[2]: Mark.EXCUSED}) == Unseen(
        missed=2, uncalled=2, first_called_on=days[0]
    )
    assert unseen(days, {}) == Unseen(0, 4, None)


@pytest.mark.parametrize(("missed", "phantom"), [(9, False), (10, True)])
def test_ten_days_on_the_list_and_never_seen(missed: int, phantom: bool):
    place = policy(phantom_absence_days='value = 10\nunit = "school_days"\noperator = ">="')

    assert is_phantom(Unseen(missed, 0, MON), place) is phantom
    assert not is_phantom(Unseen(missed, 0, MON), policy())


@pytest.mark.parametrize(
    ("day", "within"),
    [(date(2026, 9, 1), True), (date(2026, 9, 6), True), (date(2026, 9, 7), False)],
)
def test_the_week_of_registration_ends_on_its_sunday(day: date, within: bool):
    place = policy(enrolment_week_index='value = 1\nunit = "week_of_term"\noperator = "="')

    assert enrolment_week(day, place, CALENDAR) is within
    assert not enrolment_week(day, policy(), CALENDAR)


@pytest.mark.req("R-302")
def test_what_no_policy_says_is_read_mildly():
    rules = roll_rules(policy())

    assert rules == RollRules()
    assert (rules.sessions, rules.half_days) == (("day",), HalfDays.BOTH)
    assert (rules.late_minutes, rules.lessons, rules.due_by) == (None, None, None)


@pytest.mark.req("R-302")
def test_a_policy_says_it_all():
    rules = roll_rules(
        policy(
            daily_attendance_report="value = true",
            daily_attendance_report_by='value = "08:30"',
            roll_sessions='value = ["morning", "afternoon", "evening"]',
            half_days_make_absent_day='value = "any_half"',
            late_minutes_make_absence='value = 30\nunit = "minutes"\noperator = ">="',
            late_entry_reason='value = "after_hour"',
            lessons_make_absent_day='value = 3\nunit = "lessons"\noperator = ">="',
            long_leave_from='value = 5\nunit = "school_days"\noperator = ">="',
            leave_proof_within='value = 3\nunit = "school_days"\noperator = "<="',
        )
    )

    assert rules.sessions == ("morning", "afternoon", "evening")
    assert (rules.first_session, str(rules.due_by)) == ("morning", "08:30:00")
    assert (rules.half_days, rules.late_entry) == (HalfDays.ANY, LateEntry.AFTER_HOUR)
    assert (rules.late_minutes, rules.lessons) == (30, 3)
    assert rules.long_leave == FIVE


@pytest.mark.req("R-068")
def test_a_sum_keeps_the_unknown_apart():
    called = Counts(enrolled=40, present=38, leave=1, unexplained=1, classes=1, classes_called=1)
    silent = Counts(enrolled=35, unknown=35, classes=1)

    both = total([called, silent])

    assert (both.present, both.absent, both.unknown) == (38, 2, 35)
    assert both.enrolled == both.present + both.absent + both.unknown + both.not_held
    assert not both.is_complete
