"""Long work in parts: every row once, and on SQLite no part that keeps others waiting."""

from __future__ import annotations

import pytest
from django.db import connection

from notoneless.journal.services import turns
from notoneless.journal.services.turns import in_turns

ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite has one writer")


@pytest.fixture
def machine(monkeypatch):
    """A clock that says how long a part took, at so many seconds a row."""
    state = {"now": 0.0, "breaths": 0}

    def slept(seconds: float) -> None:
        state["breaths"] += 1

    monkeypatch.setattr(turns, "perf_counter", lambda: state["now"])
    monkeypatch.setattr(turns, "sleep", slept)
    return state


def sizes(count, machine, *, seconds_a_row, at_most=500):
    found = []
    for part in in_turns(list(range(count)), at_most=at_most):
        machine["now"] += len(part) * seconds_a_row
        found.append(len(part))
    return found


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 1_234])
def test_every_row_comes_once_and_in_order(count, machine):
    parts = list(in_turns(list(range(count)), at_most=100))
    assert [row for part in parts for row in part] == list(range(count))
    assert all(parts)


@ON_SQLITE
def test_a_fast_machine_takes_longer_parts_up_to_the_most(machine):
    assert sizes(2_000, machine, seconds_a_row=0.00001)[:6] == [50, 100, 200, 400, 500, 500]


@ON_SQLITE
def test_a_slow_machine_takes_short_parts_but_not_ever_shorter_ones(machine):
    assert set(sizes(210, machine, seconds_a_row=0.1)[1:]) == {turns.SMALLEST_PART}


@ON_SQLITE
def test_a_part_takes_about_as_long_as_others_may_wait(machine):
    assert sizes(500, machine, seconds_a_row=turns.HOLD_SECONDS / 40)[1:-1] == [40] * 11


@ON_SQLITE
def test_others_get_their_turn_after_each_part(machine):
    parts = list(in_turns(list(range(120)), at_most=40))
    assert machine["breaths"] == len(parts) == 3


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
def test_where_there_are_many_writers_parts_are_as_long_as_they_may_be(machine):
    assert sizes(1_000, machine, seconds_a_row=1) == [500, 500]
    assert machine["breaths"] == 0
