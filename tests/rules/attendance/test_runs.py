"""Runs of absence: proved, possible, and what neither can touch."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.attendance.days import Mark, Missed
from notoneless.rules.attendance.runs import (
    ChildHistory,
    ClassHistory,
    Run,
    Stay,
    away_for,
    possible_run,
    proved_run,
    runs_in_history,
    runs_of,
)
from notoneless.rules.attendance.sessions import Reason, RollRules, RollState
from notoneless.rules.policy.measures import DurationUnit
from tests.rules.school_year import calendar

CALENDAR = calendar()

pytestmark = pytest.mark.req("R-072")

THU, FRI, MON, TUE, WED = (
    date(2026, 11, 12),
    date(2026, 11, 13),
    date(2026, 11, 16),
    date(2026, 11, 17),
    date(2026, 11, 18),
)
WEEK = (THU, FRI, MON, TUE, WED)
AWAY, HERE, SICK, OFF, OPEN = (
    Mark.UNEXPLAINED,
    Mark.PRESENT,
    Mark.EXCUSED,
    Mark.NO_CLASS,
    Mark.UNKNOWN,
)
anything = st.sampled_from(list(Mark))


def marked(*marks: Mark) -> dict[date, Mark]:
    return dict(zip(WEEK, marks, strict=False))


def test_a_weekend_neither_breaks_nor_lengthens_a_run():
    run = proved_run(WEEK, marked(HERE, AWAY, AWAY, AWAY))

    assert run == Run((FRI, MON, TUE))


def test_a_day_without_roll_call_is_reported_not_guessed():
    run = proved_run(WEEK, marked(AWAY, OPEN, AWAY, AWAY))

    assert run == Run((MON, TUE), stopped_by_uncalled=FRI)


def test_the_possible_run_steps_over_it_and_does_not_count_it():
    assert possible_run(WEEK, marked(AWAY, OPEN, AWAY, AWAY)).days == (THU, MON, TUE)


def test_todays_roll_that_is_not_called_yet_takes_nothing_away():
    assert len(proved_run(WEEK, marked(HERE, HERE, AWAY, AWAY, OPEN))) == 2


@pytest.mark.parametrize("end", [HERE, SICK])
def test_seen_or_explained_again_ends_both(end: Mark):
    runs = runs_of(WEEK, marked(AWAY, AWAY, AWAY, end))

    assert not runs.is_away
    assert len(runs.proved) == 0


def test_a_day_not_held_is_no_day():
    assert proved_run(WEEK, marked(HERE, AWAY, OFF, AWAY)).days == (FRI, TUE)


def test_a_gap_does_not_undo_what_was_proved():
    runs = runs_of(WEEK, marked(AWAY, AWAY, AWAY, OPEN, AWAY))

    assert (len(runs.proved), len(runs.possible), runs.longest_proved) == (1, 4, 3)


@given(st.lists(anything, max_size=12))
def test_days_without_class_never_change_a_run(marks: list[Mark]):
    days = [THU + timedelta(days=n) for n in range(len(marks))]
    by_day = dict(zip(days, marks, strict=True))
    held = [day for day in days if by_day[day] is not OFF]

    with_them, without = runs_of(days, by_day), runs_of(held, by_day)

    assert with_them.proved == without.proved
    assert with_them.possible == without.possible
    assert with_them.longest_proved == without.longest_proved


@given(st.lists(anything, max_size=12))
def test_one_more_day_away_makes_it_one_longer(marks: list[Mark]):
    days = [THU + timedelta(days=n) for n in range(len(marks) + 1)]
    before = dict(zip(days, marks, strict=False))
    held = [mark for mark in marks if mark is not OFF]
    called_through = not held or held[-1] is not OPEN
    old = runs_of(days[:-1], before)
    new = runs_of(days, {**before, days[-1]: AWAY})

    assert len(new.possible) == len(old.possible) + 1
    if called_through:
        assert len(new.proved) == len(old.proved) + 1
    else:
        assert len(new.proved) == 1


@given(st.lists(anything, max_size=12))
def test_proved_is_part_of_possible(marks: list[Mark]):
    days = [THU + timedelta(days=n) for n in range(len(marks))]
    runs = runs_of(days, dict(zip(days, marks, strict=True)))

    assert set(runs.proved.days) <= set(runs.possible.days)
    assert len(runs.proved) <= runs.longest_proved <= len(runs.possible)


@given(st.lists(anything, max_size=12), st.integers(0, 11))
def test_calling_a_forgotten_roll_as_present_never_lengthens_a_run(marks, at):
    days = [THU + timedelta(days=n) for n in range(len(marks))]
    by_day = dict(zip(days, marks, strict=True))
    if at >= len(days) or by_day[days[at]] is not OPEN:
        return
    runs, after = runs_of(days, by_day), runs_of(days, {**by_day, days[at]: HERE})

    assert len(after.possible) <= len(runs.possible)


# -- a child's own history ---------------------------------------------------------------------

CLASS, OTHER = "class 1", "class 2"
CALLED = {"day": RollState.HELD}
ALWAYS = (Stay(CLASS, date(2026, 9, 1), None),)


def history(*away: date, **more) -> ChildHistory:
    missed = {day: {"day": Missed(Reason.UNEXPLAINED)} for day in away}
    return ChildHistory(**{"stays": ALWAYS, "missed": missed, **more})


def test_a_class_never_called_says_nothing_about_anybody():
    runs = runs_in_history(history(), {}, WEEK, RollRules())

    assert not runs.is_away
    assert runs.last_called_on is None


def test_leave_that_is_approved_afterwards_ends_the_run():
    at: dict[object, ClassHistory] = {CLASS: ClassHistory(dict.fromkeys(WEEK, CALLED))}
    child = history(MON, TUE, WED)
    assert len(runs_in_history(child, at, WEEK, RollRules()).proved) == 3

    excused = history(MON, TUE, WED, leaves=((TUE, WED + timedelta(days=1)),))
    assert not runs_in_history(excused, at, WEEK, RollRules()).is_away

    first_days = history(MON, TUE, WED, leaves=((MON, WED),))
    assert runs_in_history(first_days, at, WEEK, RollRules()).proved.days == (WED,)


def test_an_event_takes_its_days_out_of_the_run():
    called = dict.fromkeys(WEEK, CALLED)
    child = history(*WEEK)
    snow: dict[object, ClassHistory] = {CLASS: ClassHistory(called, events=((MON, WED),))}

    assert runs_in_history(child, snow, WEEK, RollRules()).proved.days == (THU, FRI, WED)


def test_whoever_is_seen_in_the_snow_is_seen():
    called = dict.fromkeys(WEEK, CALLED)
    snow: dict[object, ClassHistory] = {CLASS: ClassHistory(called, events=((MON, None),))}

    runs = runs_in_history(history(THU, FRI, TUE, WED), snow, WEEK, RollRules())
    assert not runs.is_away


def test_a_run_goes_on_through_a_change_of_class_by_each_days_own_class():
    stays = (Stay(CLASS, date(2026, 9, 1), MON), Stay(OTHER, MON, None))
    at: dict[object, ClassHistory] = {
        CLASS: ClassHistory({THU: CALLED, FRI: CALLED}),
        OTHER: ClassHistory({day: CALLED for day in (THU, FRI, MON, TUE)}),
    }
    runs = runs_in_history(history(FRI, MON, TUE, stays=stays), at, WEEK, RollRules())

    assert runs.proved.days == (FRI, MON, TUE)


def test_days_before_the_child_came_do_not_count():
    at: dict[object, ClassHistory] = {CLASS: ClassHistory(dict.fromkeys(WEEK, CALLED))}
    came = history(*WEEK, stays=(Stay(CLASS, MON, None),))

    assert runs_in_history(came, at, WEEK, RollRules()).proved.days == (MON, TUE, WED)


# -- school days or calendar days --------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "days"),
    [
        (DurationUnit.SCHOOL_DAYS, 2),
        (DurationUnit.WORKING_DAYS, 2),
        (DurationUnit.CALENDAR_DAYS, 4),
    ],
)
def test_friday_and_monday_in_the_policys_kind_of_day(unit: DurationUnit, days: int):
    run = Run((FRI, MON))

    assert away_for(run, until=MON, counted_in=unit, calendar=CALENDAR) == days


def test_nobody_away_is_away_for_no_time():
    unit = DurationUnit.CALENDAR_DAYS
    assert away_for(Run(), until=MON, counted_in=unit, calendar=CALENDAR) == 0
