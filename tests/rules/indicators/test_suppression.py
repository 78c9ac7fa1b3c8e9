"""What of a published table stays empty."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notoneless.rules.indicators.suppression import SMALLEST_SHOWN, Sum, grid, hidden_cells


def test_below_ten_is_hidden_and_ten_is_shown() -> None:
    assert hidden_cells({"a": 9, "b": 10, "c": 0}) == {"a"}


def test_a_hidden_part_takes_the_smallest_other_part_with_it() -> None:
    counts = {"all": 100, "a": 3, "b": 40, "c": 57}

    assert hidden_cells(counts, [Sum("all", ("a", "b", "c"))]) == {"a", "b"}


def test_two_small_parts_take_a_third_while_their_sum_is_small() -> None:
    counts = {"all": 100, "a": 3, "b": 4, "c": 93}

    assert hidden_cells(counts, [Sum("all", ("a", "b", "c"))]) == {"a", "b", "c"}


def test_two_small_parts_that_are_ten_together_protect_each_other() -> None:
    counts = {"all": 100, "a": 5, "b": 5, "c": 90}

    assert hidden_cells(counts, [Sum("all", ("a", "b", "c"))]) == {"a", "b"}


def test_where_nothing_else_is_left_the_total_goes() -> None:
    counts = {"all": 3, "a": 3, "b": 0}

    assert hidden_cells(counts, [Sum("all", ("a", "b"))]) == {"all", "a"}


def test_what_could_be_worked_out_from_two_columns_is_hidden_with_them() -> None:
    # 998 of 1,000 kept would say that two were lost, though no column says so.
    counts = {"base": 1000, "kept": 998, "lost": 2}

    assert hidden_cells(counts, [Sum("base", ("kept", "lost"))]) == {"kept", "lost"}


def test_a_cell_that_several_sums_together_give_away_is_hidden() -> None:
    # Two squares of hidden cells joined by one: each line hides two, yet the join is pinned down.
    counts = {"x": 30, "y": 20, "z": 40, "x+y": 50, "y+z": 60, "x+z": 70}
    sums = [Sum("x+y", ("x", "y")), Sum("y+z", ("y", "z")), Sum("x+z", ("x", "z"))]

    hidden = hidden_cells({**counts, "x": 9, "x+y": 29, "x+z": 49}, sums)

    assert len(hidden & {"x", "y", "z", "x+y", "y+z", "x+z"}) >= 4


def test_parts_that_do_not_add_up_are_no_sum() -> None:
    with pytest.raises(ValueError, match="add up"):
        hidden_cells({"all": 5, "a": 1}, [Sum("all", ("a",))])


rows = st.integers(1, 4)
tables = st.tuples(rows, rows).flatmap(
    lambda size: st.lists(
        st.lists(
            st.one_of(st.integers(0, 12), st.integers(0, 300)), min_size=size[1], max_size=size[1]
        ),
        min_size=size[0],
        max_size=size[0],
    )
)


def full(table):
    counts = {(r, c): n for r, line in enumerate(table) for c, n in enumerate(line)}
    for r, line in enumerate(table):
        counts[r, "all"] = sum(line)
    for c in range(len(table[0])):
        counts["all", c] = sum(line[c] for line in table)
    counts["all", "all"] = sum(map(sum, table))
    return counts


@settings(max_examples=200)
@given(tables)
def test_no_hidden_cell_of_a_table_can_be_worked_out(table) -> None:
    counts = full(table)
    sums = grid(range(len(table)), range(len(table[0])), "all")

    hidden = hidden_cells(counts, sums)

    assert {cell for cell, n in counts.items() if 0 < n < SMALLEST_SHOWN} <= hidden
    assert not _worked_out(sums, hidden)
    for each in sums:
        gone = [part for part in each.parts if part in hidden]
        if gone and each.total not in hidden:
            assert sum(counts[part] for part in gone) >= SMALLEST_SHOWN


def _worked_out(sums, hidden) -> set[Any]:
    """Cells that elimination over fractions pins down, written apart from the rule."""
    unknown = sorted(hidden, key=repr)
    lines = [[Fraction(_factor(each, cell)) for cell in unknown] for each in sums]
    done: list[list[Fraction]] = []
    for column in range(len(unknown)):
        found = next((line for line in lines if line[column]), None)
        if found is None:
            continue
        lines.remove(found)
        pivot = [x / found[column] for x in found]
        for other in (*lines, *done):
            times = other[column]
            other[:] = [x - times * y for x, y in zip(other, pivot, strict=True)]
        done.append(pivot)
    alone = [line for line in done if sum(1 for x in line if x) == 1]
    return {unknown[line.index(Fraction(1))] for line in alone}


def _factor(each: Sum, cell) -> int:
    return sum(each.sign(c) for c in each.cells if c == cell)
