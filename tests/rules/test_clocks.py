"""When a clock runs out, in each unit."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.calendar import NoSuchDay, Override, Period, Scope, days_from
from notoneless.rules.clocks import Due, days_between, due_in_every_unit, due_on
from notoneless.rules.official import OfficialDay, OfficialKind
from notoneless.rules.policy.measures import DurationUnit
from tests.rules.school_year import OFFICIAL, calendar

pytestmark = pytest.mark.req("R-305", "R-306")

FRIDAY = date(2026, 11, 20)
BEFORE_NATIONAL_DAY = date(2026, 9, 30)  # a Wednesday
starts = st.dates(date(2026, 9, 1), date(2027, 1, 22))
units = st.sampled_from(DurationUnit)
counted = st.sampled_from([DurationUnit.SCHOOL_DAYS, DurationUnit.WORKING_DAYS])


def due(started, within, unit, on=None) -> Due:
    return due_on(started=started, within=within, counted_in=unit, calendar=on or calendar())


def counts(day, unit) -> bool:
    year = calendar()
    is_school = unit is DurationUnit.SCHOOL_DAYS
    return year.is_school_day(day) if is_school else year.is_working_day(day)


@pytest.mark.parametrize(
    ("within", "unit", "expected"),
    [
        (1, DurationUnit.SCHOOL_DAYS, date(2026, 10, 8)),
        (3, DurationUnit.SCHOOL_DAYS, date(2026, 10, 10)),  # a make-up Saturday
        (4, DurationUnit.SCHOOL_DAYS, date(2026, 10, 12)),
        (3, DurationUnit.WORKING_DAYS, date(2026, 10, 10)),
        (3, DurationUnit.CALENDAR_DAYS, date(2026, 10, 3)),
        (2, DurationUnit.WEEKS, date(2026, 10, 14)),
        (5, DurationUnit.MONTHS, date(2027, 2, 28)),
        (1, DurationUnit.YEARS, date(2027, 9, 30)),
        (0, DurationUnit.SCHOOL_DAYS, BEFORE_NATIONAL_DAY),
        (0, DurationUnit.CALENDAR_DAYS, BEFORE_NATIONAL_DAY),
    ],
)
def test_a_clock_begun_before_the_national_holiday(within, unit, expected) -> None:
    assert due(BEFORE_NATIONAL_DAY, within, unit).on == expected


def test_found_on_monday_and_counted_in_calendar_days_it_is_due_on_thursday() -> None:
    assert due(date(2026, 11, 16), 3, DurationUnit.CALENDAR_DAYS).on == date(2026, 11, 19)


def test_a_calendar_clock_keeps_its_end_on_a_rest_day_and_the_next_working_day_is_there_to_ask():
    end = due(BEFORE_NATIONAL_DAY, 3, DurationUnit.CALENDAR_DAYS).on

    assert end == date(2026, 10, 3)
    assert calendar().next_working_day(end) == date(2026, 10, 8)


def test_the_end_of_a_month_is_kept_in_a_leap_year_too() -> None:
    assert due(date(2028, 1, 31), 1, DurationUnit.MONTHS).on == date(2028, 2, 29)
    assert due(date(2028, 2, 29), 1, DurationUnit.YEARS).on == date(2029, 2, 28)


def test_school_days_stand_still_in_the_vacation_where_working_days_go_on() -> None:
    last_day = date(2027, 1, 22)

    assert due(last_day, 1, DurationUnit.SCHOOL_DAYS).on == date(2027, 2, 22)
    assert due(last_day, 1, DurationUnit.WORKING_DAYS).on == date(2027, 1, 25)


def test_a_due_date_is_provisional_when_a_day_before_it_waits_for_the_notice() -> None:
    year_end = date(2026, 12, 30)

    assert due(year_end, 1, DurationUnit.SCHOOL_DAYS) == Due(date(2026, 12, 31), False)
    assert due(year_end, 2, DurationUnit.SCHOOL_DAYS) == Due(date(2027, 1, 4), True)
    assert due(year_end, 2, DurationUnit.WORKING_DAYS).is_provisional
    assert not due(year_end, 30, DurationUnit.CALENDAR_DAYS).is_provisional
    assert not due(year_end, 3, DurationUnit.MONTHS).is_provisional


def test_one_open_day_in_the_span_is_enough_even_when_the_last_day_is_settled() -> None:
    tuesday = date(2027, 1, 5)
    settled = calendar(overrides=(Override(tuesday, Scope.SCHOOL, True, "照常"),))

    assert not settled.is_provisional(tuesday)
    assert due(date(2026, 12, 31), 2, DurationUnit.SCHOOL_DAYS, settled) == Due(tuesday, True)


def test_loading_the_real_notice_moves_the_date_and_makes_it_firm() -> None:
    bridge = {
        date(2027, 1, 4): OfficialDay(OfficialKind.OFF, "元旦"),
        date(2027, 1, 9): OfficialDay(OfficialKind.WORK, "元旦"),
    }
    after = calendar(official=OFFICIAL.with_notice(2027, bridge))
    started = date(2026, 12, 31)

    assert due(started, 1, DurationUnit.SCHOOL_DAYS) == Due(date(2027, 1, 4), True)
    # Without the statutory line the notice leaves New Year's Day to the weekday it is: a Friday.
    assert due(started, 1, DurationUnit.SCHOOL_DAYS, after) == Due(date(2027, 1, 1), False)
    assert due(started, 2, DurationUnit.SCHOOL_DAYS, after) == Due(date(2027, 1, 5), False)


def test_a_clock_beyond_the_loaded_school_years_is_a_hole_in_the_calendar() -> None:
    with pytest.raises(NoSuchDay):
        due(date(2027, 7, 9), 1, DurationUnit.SCHOOL_DAYS)


def test_a_clock_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="-1"):
        due(FRIDAY, -1, DurationUnit.SCHOOL_DAYS)


def test_the_effect_of_each_unit_is_shown_side_by_side() -> None:
    effect = due_in_every_unit(started=BEFORE_NATIONAL_DAY, within=3, calendar=calendar())

    assert effect[DurationUnit.SCHOOL_DAYS].on == date(2026, 10, 10)
    assert effect[DurationUnit.CALENDAR_DAYS].on == date(2026, 10, 3)
    assert set(effect) == set(DurationUnit)


@given(starts, st.integers(1, 40), counted)
def test_the_last_day_counts_and_exactly_enough_days_lie_between(started, within, unit) -> None:
    last = due(started, within, unit).on

    span = days_from(started + timedelta(days=1), last + timedelta(days=1))
    assert counts(last, unit)
    assert sum(counts(day, unit) for day in span) == within


@given(starts, st.integers(0, 40), units)
def test_counting_back_gives_the_length_of_the_clock(started, within, unit) -> None:
    last = due(started, within, unit).on
    again = days_between(started=started, until=last, counted_in=unit, calendar=calendar())

    month_end_was_cut = last.day < started.day
    assert again == within or (
        unit in (DurationUnit.MONTHS, DurationUnit.YEARS) and month_end_was_cut
    )


@given(starts, st.integers(1, 30), st.integers(1, 10), counted)
def test_one_more_day_is_never_due_earlier(started, within, more, unit) -> None:
    assert due(started, within, unit).on < due(started, within + more, unit).on


@given(starts, starts, starts, counted)
def test_days_between_adds_up_over_any_day_in_between(one, two, three, unit) -> None:
    def between(first, last) -> int:
        return days_between(started=first, until=last, counted_in=unit, calendar=calendar())

    assert between(one, two) + between(two, three) == between(one, three)
    assert between(one, two) == -between(two, one)


@given(starts, st.integers(1, 20), st.integers(1, 10))
def test_days_without_class_at_the_start_never_shorten_a_clock(started, within, closed) -> None:
    snow = Period("大雪", started + timedelta(days=1), started + timedelta(days=1 + closed))
    lost = sum(calendar().is_school_day(day) for day in snow)

    shut = due(started, within, DurationUnit.SCHOOL_DAYS, calendar(closures=(snow,)))

    assert shut.on == due(started, within + lost, DurationUnit.SCHOOL_DAYS).on


@given(starts, st.integers(1, 20), st.dates(date(2026, 9, 1), date(2027, 3, 31)))
def test_moving_a_day_off_dates_every_later_clock_one_school_day_on(started, within, off) -> None:
    moved = calendar(overrides=(Override(off, Scope.COUNTY, False, "调休"),))
    before = due(started, within, DurationUnit.SCHOOL_DAYS).on
    hits = calendar().is_school_day(off) and started < off <= before

    after = due(started, within, DurationUnit.SCHOOL_DAYS, moved).on

    assert after == due(started, within + hits, DurationUnit.SCHOOL_DAYS).on
