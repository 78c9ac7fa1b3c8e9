"""The shapes of absence: pure, the same each time, as high as in a rural county of China."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from statistics import mean, variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.flows.demo import chance
from notoneless.flows.demo.chance import OUTBREAKS
from notoneless.rules.units import Stage

TERM = [date(2026, 9, 1) + timedelta(n) for n in range(140)]
BREAK = {date(2026, 10, n) for n in range(1, 8)}
DAYS = [day for day in TERM if day.weekday() < 5 and day not in BREAK]
KEYS = [f"child {n}" for n in range(1500)]


def began() -> Counter[date]:
    """How many of the children begin an absence on each school day."""
    weights = {key: chance.weight_of(key) for key in KEYS}
    found: Counter[date] = Counter()
    for day in DAYS:
        likely = chance.height_of(Stage.PRIMARY) * chance.of_the_day(day, DAYS)
        found[day] = sum(chance.begins(key, day, likely * weights[key]) is not None for key in KEYS)
    return found


def absent_days() -> list[int]:
    """So many days each child is away in the term."""
    counts = []
    for key in KEYS:
        weight, away = chance.weight_of(key), 0
        for day in DAYS:
            likely = chance.height_of(Stage.PRIMARY) * chance.of_the_day(day, DAYS) * weight
            draw = chance.begins(key, day, likely)
            away += draw.days if draw else 0
        counts.append(away)
    return counts


def test_ninety_seven_to_ninety_nine_of_a_hundred_are_there():
    assert 0.01 <= mean(absent_days()) / len(DAYS) <= 0.03


def test_few_children_are_away_often_and_many_never():
    """Negative binomial with k near 1: the variance is far above the mean."""
    counts = absent_days()
    k = mean(counts) ** 2 / (variance(counts) - mean(counts))
    assert 0.4 <= k <= 1.6
    assert sum(count == 0 for count in counts) > len(counts) / 4


def test_on_mondays_and_fridays_more_stay_away():
    found = began()
    by_weekday = [mean(found[d] for d in DAYS if d.weekday() == n) for n in range(5)]
    assert min(by_weekday[0], by_weekday[4]) > mean(by_weekday[1:4])


def missing() -> Counter[date]:
    """How many of the children are away on each school day: those who begin, and who go on."""
    found: Counter[date] = Counter()
    for key in KEYS:
        weight, left = chance.weight_of(key), 0
        for day in DAYS:
            likely = chance.height_of(Stage.PRIMARY) * chance.of_the_day(day, DAYS) * weight
            draw = None if left else chance.begins(key, day, likely)
            left = draw.days if draw else left
            found[day] += left > 0
            left -= left > 0
    return found


def test_more_are_missing_on_the_last_day_before_a_break_and_on_the_first_after_it():
    """86.4 before it, 87.9 after it and 89.0 on other days in New York."""
    last, first = date(2026, 9, 30), date(2026, 10, 8)
    found = missing()
    usual = mean(found[day] for day in DAYS[3:] if day not in (last, first))

    assert 1.1 <= found[last] / usual <= 1.6
    assert 1.05 <= found[first] / usual <= 1.45


def test_neither_weekday_nor_month_softens_the_days_around_a_break():
    last, first = date(2026, 9, 30), date(2026, 10, 8)

    assert chance.of_the_day(last, DAYS) == chance.BEFORE_A_BREAK > max(chance.ON_WEEKDAY)
    assert chance.of_the_day(first, DAYS) == chance.AFTER_A_BREAK > max(chance.ON_WEEKDAY)


def test_four_days_between_two_school_days_are_no_break_and_five_are():
    monday = date(2026, 11, 2)
    for apart, is_break in ((4, False), (5, True)):
        week = [monday - timedelta(n) for n in (6, 5, 4, 3, 0)]
        days = [*week, monday + timedelta(apart)]
        assert (chance.of_the_day(monday, days) == chance.BEFORE_A_BREAK) is is_break
        after = chance.of_the_day(days[-1], days)
        assert (after == chance.AFTER_A_BREAK) is is_break


def test_some_are_not_back_yet_on_the_first_days_of_a_term():
    first_week = [chance.of_the_day(day, DAYS) for day in DAYS[:3]]
    assert first_week == sorted(first_week, reverse=True)
    assert first_week[0] > 1.3


@given(st.text(min_size=1, max_size=20), st.dates(date(2026, 9, 1), date(2027, 7, 10)))
def test_the_same_child_has_the_same_luck_on_the_same_day(key, day):
    assert chance.begins(key, day, 0.3) == chance.begins(key, day, 0.3)
    assert all(0 <= part < 1 for part in chance.uniforms(key, day))


@given(st.floats(0, 1, exclude_max=True))
def test_every_absence_has_a_reason_and_a_length(part):
    assert 1 <= chance.length_of(part) <= len(chance.LENGTHS)
    assert chance.reason_of(part)


@pytest.mark.parametrize("outbreak", OUTBREAKS)
def test_an_illness_goes_round_in_one_school_and_ends(outbreak):
    days = [outbreak.peak_on + timedelta(n) for n in range(-30, 31)]
    ill = [outbreak.begins(outbreak.school, day) for day in days]
    assert max(ill) == outbreak.begins(outbreak.school, outbreak.peak_on) < 0.1
    assert ill[0] == ill[-1] == 0
    assert not any(outbreak.begins("another", day) for day in days)


def test_late_children_are_few_and_some_by_the_minute():
    minutes = [chance.is_late(key, DAYS[5], 1.0) for key in KEYS * 1]
    late = [each for each in minutes if each]
    assert 0 < len(late) < len(KEYS) / 50
    assert all(each == -1 or 5 <= each <= 30 for each in late)
