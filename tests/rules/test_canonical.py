"""One value, one byte string; two values, two byte strings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import IntEnum, StrEnum
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.canonical import NotCanonical, canonical

# Away from the calendar's ends, where a moment may not exist in UTC.
MOMENTS = st.datetimes(
    datetime(2, 1, 1),  # noqa: DTZ001  the strategy adds the zone
    datetime(9998, 12, 30),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8)), timezone(timedelta(hours=-5))]),
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(),
    st.binary(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    MOMENTS,
    st.uuids(),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


class Kind(StrEnum):
    ABSENT = "absent"


class Grade(IntEnum):
    ONE = 1


def plain(value):
    """The value with its type spelt out, so that Python's own 1 == True == 1.0 is no excuse."""
    if isinstance(value, dict):
        return "dict", frozenset((key, plain(item)) for key, item in value.items())
    if isinstance(value, list):
        return "list", tuple(plain(item) for item in value)
    return type(value).__name__, value


@given(VALUES, VALUES)
def test_two_values_share_their_bytes_only_when_they_are_equal(one, other):
    assert (canonical(one) == canonical(other)) == (plain(one) == plain(other))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_texts_do_not_run_into_each_other(one, other):
    assert (canonical(one) == canonical(other)) == (one == other)


@given(st.dictionaries(st.text(), VALUES, max_size=6), st.randoms())
def test_the_order_of_a_mapping_does_not_matter(facts, random):
    shuffled = list(facts.items())
    random.shuffle(shuffled)
    assert canonical(dict(shuffled)) == canonical(facts)


@given(MOMENTS, st.integers(-14, 14))
def test_a_moment_is_the_same_in_every_zone(moment, hours):
    assert canonical(moment.astimezone(timezone(timedelta(hours=hours)))) == canonical(moment)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4))
def test_a_decimal_is_the_same_with_more_noughts(number):
    assert canonical(Decimal(f"{number}000")) == canonical(number)


def test_the_bytes_are_these_and_stay_these():
    """Changing one of these breaks every journal that exists: give the layout a new mark."""
    facts = {
        "name": "䶮兰",
        "born_on": date(2014, 3, 1),
        "fen": 80_00,
        "share": Decimal("0.20"),
        "boards": True,
        "left": None,
        "photo": b"\x00\xff",
        "at": datetime(2026, 11, 20, 8, 30, tzinfo=timezone(timedelta(hours=8))),
        "child": UUID(int=26),
        "marks": ["旷课", 1],
    }
    assert canonical(facts) == b"".join(
        [
            b"m208:",
            b"s2:att26:2026-11-20T00:30:00.000000",
            b"s3:feni4:8000",
            b"s4:leftn0:",
            "s4:names6:䶮兰".encode(),
            b"s5:childu32:0000000000000000000000000000001a",
            "s5:marksl13:s6:旷课i1:1".encode(),
            b"s5:photoy2:\x00\xff",
            b"s5:shared4:2e-1",
            b"s6:boardsb1:1",
            b"s7:born_ona10:2014-03-01",
        ]
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, True),
        (0, False),
        ("1", 1),
        (1, Decimal(1)),
        ("", None),
        ([], None),
        ([], {}),
        (b"a", "a"),
        ("2026-11-20", date(2026, 11, 20)),
        (date(2026, 11, 20), datetime(2026, 11, 20, tzinfo=UTC)),
        ("é", "e\u0301"),
        (["ab", "c"], ["a", "bc"]),
        ([[1], 2], [[1, 2]]),
        ({"a": None}, {}),
    ],
)
def test_values_that_look_alike_are_told_apart(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("stored", "given_"),
    [
        (memoryview(b"a"), b"a"),
        (("a", 1), ["a", 1]),
        (Decimal("-0.00"), Decimal(0)),
        (Decimal("1E+3"), Decimal("1000.000")),
        (Kind.ABSENT, "absent"),
        (Grade.ONE, 1),
    ],
)
def test_what_a_database_hands_back_counts_as_what_was_stored(stored, given_):
    assert canonical(stored) == canonical(given_)


def test_a_long_decimal_is_not_rounded():
    assert canonical(Decimal("1" * 40)) != canonical(Decimal("1" * 39 + "2"))


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        Decimal("NaN"),
        Decimal("Infinity"),
        datetime(2026, 11, 20),  # noqa: DTZ001  the point of the test
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        "\ud800",
        {1: "a"},
        {"a", "b"},
        object(),
        [1, [2.0]],
    ],
)
def test_what_has_no_agreed_bytes_is_refused(value):
    with pytest.raises(NotCanonical):
        canonical(value)
