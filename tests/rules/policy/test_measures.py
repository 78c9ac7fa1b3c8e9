"""Bounds compare exactly and durations never mix their days."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.policy.measures import (
    Duration,
    DurationUnit,
    EmptyBase,
    Operator,
    exceeds,
    holds,
    never_shorter,
)

CALENDAR, WORKING = DurationUnit.CALENDAR_DAYS, DurationUnit.WORKING_DAYS
WEEKS, MONTHS, YEARS = DurationUnit.WEEKS, DurationUnit.MONTHS, DurationUnit.YEARS


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("<", True, False, False),
        ("<=", True, True, False),
        (">", False, False, True),
        (">=", False, True, True),
        ("=", False, True, False),
    ],
)
def test_each_operator_on_both_sides_of_its_bound(operator, below, equal, above):
    assert [holds(n, Operator(operator), 3) for n in (2, 3, 4)] == [below, equal, above]


def test_eighty_of_ten_thousand_are_not_over_eight_tenths_of_a_per_cent_and_eighty_one_are():
    assert not exceeds(80, 10_000, Decimal("0.8"), Operator.MORE)
    assert exceeds(81, 10_000, Decimal("0.8"), Operator.MORE)


def test_a_share_of_nobody_has_no_answer():
    with pytest.raises(EmptyBase):
        exceeds(0, 0, 1, Operator.MORE)


@given(
    count=st.integers(0, 10**7),
    base=st.integers(1, 10**7),
    limit=st.decimals(0, 100, places=3),
    operator=st.sampled_from(Operator),
)
def test_comparing_a_share_is_comparing_fractions(count, base, limit, operator):
    rate, bound = Fraction(count * 100, base), Fraction(limit)
    expected = {
        "<": rate < bound,
        "<=": rate <= bound,
        ">": rate > bound,
        ">=": rate >= bound,
        "=": rate == bound,
    }

    assert exceeds(count, base, limit, operator) is expected[operator]


@pytest.mark.req("R-306")
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Duration(10, WORKING), Duration(10, CALENDAR), True),
        (Duration(10, CALENDAR), Duration(10, WORKING), False),
        (Duration(30, CALENDAR), Duration(10, WORKING), False),
        (Duration(1, WEEKS), Duration(7, CALENDAR), True),
        (Duration(6, CALENDAR), Duration(1, WEEKS), False),
        (Duration(30, CALENDAR), Duration(1, MONTHS), False),
        (Duration(31, CALENDAR), Duration(1, MONTHS), True),
        (Duration(1, MONTHS), Duration(29, CALENDAR), False),
        (Duration(366, CALENDAR), Duration(1, YEARS), True),
        (Duration(3, MONTHS), Duration(3, MONTHS), True),
    ],
)
def test_a_duration_is_longer_only_where_it_is_in_every_calendar(first, second, expected):
    assert never_shorter(first, second) is expected
