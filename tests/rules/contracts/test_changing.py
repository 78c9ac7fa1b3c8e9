"""A target changed by an added clause: what counts as a figure, and how strict it must be."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notoneless.rules.contracts.changing import (
    change_words,
    is_as_strict,
    names_per_cent,
    per_cent_in,
)
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.pack import Rule

pytestmark = pytest.mark.req("R-178")
ONE, ABOVE, BELOW = Decimal(1), Decimal("1.01"), Decimal("0.99")
CEILING = Rule("dropout_ceiling_school_pct", ONE, "targets", "一、1", "percent", Operator.AT_MOST)


@pytest.mark.parametrize(
    ("operator", "above", "same", "below"),
    [
        (Operator.AT_MOST, False, True, True),
        (Operator.LESS, False, True, True),
        (Operator.AT_LEAST, True, True, False),
        (Operator.MORE, True, True, False),
        (Operator.EXACTLY, False, True, False),
    ],
)
def test_a_clause_asks_at_least_as_much_as_the_policy(operator, above, same, below):
    found = [is_as_strict(operator, new, ONE) for new in (ABOVE, ONE, BELOW)]

    assert found == [above, same, below]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("0", "0"), ("100", "100"), (" 0.80% ", "0.80"), ("99.5％", "99.5")],
)
def test_a_per_cent_lies_between_nought_and_a_hundred(typed, value):
    assert per_cent_in(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["", "-0.1", "100.1", "一", "NaN", "1e999", "1,5"])
def test_what_is_no_per_cent_is_none(typed):
    assert per_cent_in(typed) is None


@pytest.mark.parametrize("words", ["改为2%", "２％以内", "百分之二", "5 ‰", "千分之五"])
def test_words_that_name_a_per_cent_are_found(words):
    assert names_per_cent(words)
    assert not names_per_cent("每周家访 2 次，每次 2 人")


@pytest.mark.parametrize(
    ("new", "told"),
    [("0.80", "不超过0.8%"), ("1.0", "不超过1%"), ("0", "为零"), ("10", "不超过10%")],
)
def test_the_sentence_says_the_figure_plainly(new, told):
    words = change_words(CEILING, Operator.AT_MOST, Decimal(new))

    assert f"改为“{told}”，从各方都签字之日起" in words
