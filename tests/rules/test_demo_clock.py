"""The clock of a demo runs with real time, and never past its day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.demo_clock import DemoClock, read_clock_word, shown_at, write_clock

CHINA = timezone(timedelta(hours=8))
BEGINS = datetime(2026, 11, 20, 7, 50, tzinfo=CHINA)
STARTED = datetime(2031, 3, 2, 21, 4, 5, tzinfo=timezone.utc)
CLOCK = DemoClock(BEGINS, STARTED)
LAST = datetime(2026, 11, 20, 23, 59, 59, tzinfo=CHINA)
AGES = st.timedeltas(timedelta(days=-400), timedelta(days=400))


def test_it_begins_at_ten_to_eight_and_runs_on():
    assert shown_at(STARTED, CLOCK) == BEGINS
    later = shown_at(STARTED + timedelta(minutes=25), CLOCK)
    assert later.astimezone(CHINA).strftime("%m-%d %H:%M") == "11-20 08:15"


@pytest.mark.parametrize(
    ("gone", "shown"),
    [
        (timedelta(hours=16, minutes=9, seconds=58), LAST - timedelta(seconds=1)),
        (timedelta(hours=16, minutes=9, seconds=59), LAST),
        (timedelta(hours=16, minutes=10), LAST),
        (timedelta(days=30), LAST),
    ],
)
def test_it_stops_a_second_before_its_day_ends(gone, shown):
    assert shown_at(STARTED + gone, CLOCK) == shown


def test_a_machine_whose_clock_is_set_back_shows_no_earlier_moment():
    assert shown_at(STARTED - timedelta(hours=1), CLOCK) == BEGINS


def test_without_a_demo_it_is_the_real_moment():
    assert shown_at(STARTED, None) is STARTED


@given(AGES, AGES)
def test_it_never_runs_backwards_and_never_leaves_its_day(one, other):
    first, second = sorted((STARTED + one, STARTED + other))
    assert BEGINS <= shown_at(first, CLOCK) <= shown_at(second, CLOCK) <= LAST


@given(st.datetimes(timezones=st.just(CHINA)), st.datetimes(timezones=st.just(timezone.utc)))
def test_all_processes_read_the_same_clock(begins, started):
    clock = DemoClock(begins, started)
    assert read_clock_word(write_clock(clock)) == clock


@pytest.mark.parametrize("word", ["", "now", "2026-11-20T07:50:00+08:00", "a/b", "2026-11-20/2026"])
def test_an_odd_word_is_refused(word):
    with pytest.raises(ValueError):  # noqa: PT011  # any: the setting names itself
        read_clock_word(word)
