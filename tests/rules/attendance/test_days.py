"""What a day was: half-days, lateness, lessons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.attendance.days import DayFacts, Mark, Missed, day_mark
from notoneless.rules.attendance.sessions import (
    HalfDays,
    Reason,
    RollRules,
    RollState,
    is_session,
    lesson_of,
)

pytestmark = pytest.mark.req("R-069")

HELD, OUT = RollState.HELD, RollState.NOT_HELD
BOTH, ANY = RollRules(), RollRules(half_days=HalfDays.ANY)
GONE = Missed(Reason.UNEXPLAINED)


def mark(called, missed=None, rules: RollRules = BOTH, **more) -> Mark:
    return day_mark(DayFacts(dict.fromkeys(called, HELD), missed or {}, **more), rules)


@pytest.mark.parametrize(
    ("reason", "expected"),
    [
        (Reason.UNEXPLAINED, Mark.UNEXPLAINED),
        (Reason.TRUANT, Mark.UNEXPLAINED),
        (Reason.SICK, Mark.EXCUSED),
        (Reason.PERSONAL, Mark.EXCUSED),
        (Reason.OFFICIAL, Mark.EXCUSED),
        (Reason.LATE, Mark.PRESENT),
    ],
)
def test_each_reason_makes_its_day(reason: Reason, expected: Mark):
    assert mark(["day"], {"day": Missed(reason)}) is expected


def test_who_is_not_named_was_there_and_a_roll_never_called_says_nothing():
    assert mark(["day"]) is Mark.PRESENT
    assert mark([]) is Mark.UNKNOWN


def test_a_session_not_held_is_no_day_unless_another_was_held():
    assert day_mark(DayFacts({"day": OUT}, {}), BOTH) is Mark.NO_CLASS
    half = DayFacts({"morning": OUT, "afternoon": HELD}, {"afternoon": GONE})
    assert day_mark(half, BOTH) is Mark.UNEXPLAINED


@pytest.mark.parametrize(
    ("missed", "both", "any_half"),
    [
        ((), Mark.PRESENT, Mark.PRESENT),
        (("morning",), Mark.PRESENT, Mark.UNEXPLAINED),
        (("afternoon",), Mark.PRESENT, Mark.UNEXPLAINED),
        (("morning", "afternoon"), Mark.UNEXPLAINED, Mark.UNEXPLAINED),
    ],
)
def test_half_days_make_a_day_as_the_policy_says(missed, both, any_half):
    gone = dict.fromkeys(missed, GONE)

    assert mark(["morning", "afternoon"], gone, BOTH) is both
    assert mark(["morning", "afternoon"], gone, ANY) is any_half


def test_a_half_that_nobody_called_proves_nothing():
    gone = {"morning": GONE}

    assert mark(["morning"], gone, BOTH) is Mark.UNKNOWN
    assert mark(["morning"], gone, ANY) is Mark.UNEXPLAINED
    assert mark(["morning"], {}, ANY) is Mark.PRESENT


@pytest.mark.parametrize(("minutes", "expected"), [(29, Mark.PRESENT), (30, Mark.UNEXPLAINED)])
def test_lateness_counts_from_the_minute_that_the_policy_names(minutes: int, expected: Mark):
    late = {"day": Missed(Reason.LATE, minutes)}

    assert mark(["day"], late, RollRules(late_minutes=30)) is expected
    assert mark(["day"], late) is Mark.PRESENT


@pytest.mark.parametrize(("lessons", "expected"), [(2, Mark.PRESENT), (3, Mark.UNEXPLAINED)])
def test_missed_lessons_make_a_day_from_the_number_that_the_policy_names(lessons, expected):
    missed = {f"lesson-{n}": GONE for n in range(1, lessons + 1)}

    assert mark(["day"], missed, RollRules(lessons=3)) is expected
    assert mark(["day"], missed) is Mark.PRESENT


def test_a_lesson_teachers_word_alone_is_no_day():
    assert mark([], {"lesson-1": GONE}) is Mark.UNKNOWN


def test_where_only_lessons_are_called_being_seen_in_one_is_being_seen():
    lessons = ["lesson-1", "lesson-2"]

    assert mark(lessons, {"lesson-1": GONE}) is Mark.PRESENT
    assert mark(lessons, dict.fromkeys(lessons, GONE)) is Mark.UNEXPLAINED


def test_the_dormitory_says_nothing_about_the_school_day():
    assert mark(["evening", "return"], {"evening": GONE}) is Mark.UNKNOWN


def test_leave_excuses_and_an_event_takes_the_day_out():
    gone = {"day": GONE}

    assert mark(["day"], gone, on_leave=True) is Mark.EXCUSED
    assert mark(["day"], gone, under_event=True) is Mark.NO_CLASS
    assert mark(["day"], {}, on_leave=True, under_event=True) is Mark.PRESENT
    assert mark([], {}, on_leave=True, under_event=True) is Mark.UNKNOWN


sessions = st.sampled_from(["day", "morning", "afternoon", "lesson-1", "lesson-2", "evening"])
states = st.dictionaries(sessions, st.sampled_from([HELD, OUT]))
misses = st.dictionaries(sessions, st.builds(Missed, st.sampled_from(Reason), st.integers(0, 60)))
policies = st.builds(
    RollRules,
    half_days=st.sampled_from(HalfDays),
    late_minutes=st.none() | st.integers(1, 60),
    lessons=st.none() | st.integers(1, 3),
)


@given(states, misses, policies)
def test_leave_never_makes_anybody_unexplained_and_never_hides_who_was_there(called, missed, rules):
    missed = {session: m for session, m in missed.items() if session in called}
    plain = day_mark(DayFacts(called, missed), rules)
    excused = day_mark(DayFacts(called, missed, on_leave=True), rules)

    assert excused is not Mark.UNEXPLAINED
    if plain is Mark.PRESENT:
        assert excused is Mark.PRESENT


@given(states, policies)
def test_nobody_is_away_whom_nobody_missed(called, rules):
    assert day_mark(DayFacts(called, {}), rules) in {Mark.PRESENT, Mark.NO_CLASS, Mark.UNKNOWN}


def test_lessons_are_numbered_from_one_to_twelve():
    assert [lesson_of(f"lesson-{n}") for n in (0, 1, 12, 13)] == [None, 1, 12, None]
    assert not is_session("lesson-01")
    assert is_session("return")
