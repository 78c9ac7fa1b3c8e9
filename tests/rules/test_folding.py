"""Causes in a chart: what is small goes together until nothing points to a child."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.indicators.folding import fold_small

pytestmark = pytest.mark.req("R-068")


def test_ten_is_shown_and_nine_is_not() -> None:
    assert fold_small({"work": 10, "poverty": 9, "other": 1}, into="other") == {
        "work": 10,
        "other": 10,
    }


def test_the_next_smallest_goes_too_where_the_rest_would_stay_small() -> None:
    assert fold_small({"work": 30, "weariness": 12, "poverty": 3}, into="other") == {
        "work": 30,
        "other": 15,
    }


def test_too_few_in_all_are_not_shown() -> None:
    assert fold_small({"work": 4, "other": 5}, into="other") is None


def test_none_is_none() -> None:
    assert fold_small({}, into="other") == {}


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 40)))
def test_no_number_shown_is_small_and_none_is_lost(counts: dict[str, int]) -> None:
    shown = fold_small(counts, into="other")

    if shown is None:
        assert 0 < sum(counts.values()) < 50
        return
    assert all(number >= 10 for number in shown.values())
    assert sum(shown.values()) == sum(counts.values())
