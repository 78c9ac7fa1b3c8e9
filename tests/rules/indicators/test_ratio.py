"""Shares compared exactly, rounded only to be shown."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.policy.measures import Operator

pairs = st.builds(Ratio, st.integers(0, 10**6), st.integers(1, 10**6))


@pytest.mark.req("R-187")
@pytest.mark.parametrize(
    ("over", "under", "operator", "line", "holds"),
    [
        # S0-3: 0.60 % and 0.61 % of primary pupils, 1.80 % and 1.81 % of junior ones.
        (60, 10_000, "<=", "0.6", True),
        (61, 10_000, "<=", "0.6", False),
        (180, 10_000, "<=", "1.8", True),
        (181, 10_000, "<=", "1.8", False),
        # S0-4 at exactly 2 %: within the target and at the beginning of the penalty.
        (4, 200, "<=", "2", True),
        (4, 200, ">=", "2", True),
        # S1-7 and S1-22: one of a hundred is not above one per cent.
        (1, 100, ">", "1", False),
        (101, 10_000, ">", "1", True),
        # S1-30: above, not at, the line.
        (15, 1_000, ">", "1.5", False),
        (16, 1_000, ">", "1.5", True),
        (5, 1_000, ">", "0.5", False),
        (6, 1_000, ">", "0.5", True),
        # S2-5: 2 of 1,000 is 0.2 %, 21 of 10,000 is more.
        (2, 1_000, ">", "0.2", False),
        (21, 10_000, ">", "0.2", True),
        (8, 1_000, ">", "0.8", False),
        (81, 10_000, ">", "0.8", True),
    ],
)
def test_a_share_stands_exactly_to_a_line(over, under, operator, line, holds) -> None:
    assert Ratio(over, under).stands(Operator(operator), Decimal(line)) is holds


def test_equal_shares_are_equal_whatever_their_size() -> None:
    assert Ratio(2, 1_000) == Ratio(1, 500)
    assert hash(Ratio(2, 1_000)) == hash(Ratio(1, 500))
    assert Ratio(1, 3) > Ratio(333_333, 1_000_000)


def test_a_share_of_nothing_is_not_known_and_neither_more_nor_less() -> None:
    nothing = Ratio(0, 0)

    assert nothing.per_cent() == ""
    assert nothing.interval() is None
    assert nothing.stands(Operator.AT_MOST, 5) is None
    assert not nothing < Ratio(1, 2)
    assert not nothing >= Ratio(1, 2)
    assert nothing == Ratio(3, 0)
    assert nothing != Ratio(0, 5)


@pytest.mark.parametrize(
    ("over", "under", "places", "shown"),
    [
        (1, 8, 2, "12.50"),
        (1, 8, 0, "13"),  # half goes up
        (1, 16, 1, "6.3"),  # 6.25
        (2, 1_000, 2, "0.20"),
        (-1, 8, 0, "-13"),
        (0, 7, 2, "0.00"),
        (-1, 100_000, 2, "0.00"),
        (135_308 - 678, 135_308, 1, "99.5"),  # S2-2
    ],
)
def test_a_share_is_shown_half_up(over, under, places, shown) -> None:
    assert Ratio(over, under).per_cent(places) == shown


def test_the_interval_of_a_small_unit_is_wide() -> None:
    # Wilson's 95 %: worked out for 1 of 20 and 50 of 1,000.
    assert Ratio(1, 20).interval() == (Decimal("0.89"), Decimal("23.61"))
    assert Ratio(50, 1_000).interval() == (Decimal("3.81"), Decimal("6.53"))


def test_what_is_no_share_of_a_whole_has_no_interval() -> None:
    assert Ratio(-1, 20).interval() is None
    assert Ratio(21, 20).interval() is None


@given(pairs, pairs)
def test_one_of_two_shares_is_more_or_they_are_equal(one: Ratio, other: Ratio) -> None:
    assert [one < other, one == other, one > other].count(True) == 1
    assert (one <= other) is not (one > other)


@given(st.integers(1, 5_000).flatmap(lambda n: st.builds(Ratio, st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share(share: Ratio) -> None:
    low, high = share.interval() or (Decimal(1), Decimal(0))

    assert Decimal(0) <= low <= high <= Decimal(100)
    assert low - Decimal("0.01") <= Decimal(share.per_cent()) <= high + Decimal("0.01")
