"""Paths, kinds of units, grades and roles."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.paths import (
    Line,
    ancestors,
    below,
    is_below,
    line_of,
    parent_path,
    path_under,
    root_path,
)
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, WHERE, Capability, Role, capabilities_of
from notoneless.rules.units import (
    Stage,
    UnitKind,
    grade_of,
    has_left,
    home_line,
    may_stand_under,
    school_year_of,
)

labels = st.text("0123456789abcdef", min_size=10, max_size=10)
trees = st.lists(labels, min_size=1, max_size=6)


def path_of(line: Line, parts: list[str]) -> str:
    path = root_path(line, parts[0])
    for part in parts[1:]:
        path = path_under(path, part)
    return path


@pytest.mark.req("R-001")
@given(trees, trees)
def test_below_as_a_range_and_below_as_a_tree_are_the_same(top, parts):
    a, b = path_of(Line.EDUCATION, top), path_of(Line.EDUCATION, parts)
    low, high = below(a)

    assert (low <= b < high) == is_below(b, a) == (parts[: len(top)] == top)


@given(trees)
def test_ancestors_run_from_the_top_to_the_unit_itself(parts):
    path = path_of(Line.GOVERNMENT, parts)

    assert len(ancestors(path)) == len(parts)
    assert ancestors(path)[-1] == path
    assert all(is_below(path, above) for above in ancestors(path))
    assert line_of(path) is Line.GOVERNMENT
    assert parent_path(path) == ("", *ancestors(path))[-2]


@pytest.mark.req("R-001")
@pytest.mark.parametrize(
    ("kind", "parent", "line", "may"),
    [
        (UnitKind.TOWNSHIP, UnitKind.COUNTY, Line.GOVERNMENT, True),
        (UnitKind.TOWNSHIP, UnitKind.BUREAU, Line.EDUCATION, False),
        (UnitKind.SCHOOL, UnitKind.TOWNSHIP, Line.GOVERNMENT, True),
        (UnitKind.SCHOOL, UnitKind.CENTRE_SCHOOL, Line.EDUCATION, True),
        (UnitKind.TEACHING_POINT, UnitKind.SCHOOL, Line.EDUCATION, True),
        (UnitKind.SCHOOL, UnitKind.SCHOOL, Line.EDUCATION, False),
        (UnitKind.CLASS, UnitKind.SCHOOL, Line.EDUCATION, False),
        (UnitKind.CLASS, UnitKind.GRADE, Line.EDUCATION, True),
        (UnitKind.GROUP, UnitKind.VILLAGE, Line.GOVERNMENT, True),
        (UnitKind.VILLAGE, UnitKind.COUNTY, Line.GOVERNMENT, False),
    ],
)
def test_each_kind_stands_only_where_the_field_puts_it(kind, parent, line, may):
    assert may_stand_under(kind, parent, line) is may


def test_people_of_a_unit_look_down_their_own_line():
    assert home_line(UnitKind.TOWNSHIP) is Line.GOVERNMENT
    assert home_line(UnitKind.NINE_YEAR_SCHOOL) is Line.EDUCATION


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 7, 31), 2025),
        (date(2026, 8, 1), 2026),
        (date(2027, 1, 15), 2026),
    ],
)
def test_the_school_year_turns_on_the_first_of_august(day, year):
    assert school_year_of(day) == year


@pytest.mark.parametrize(
    ("stage", "entered_in", "grade", "left"),
    [
        (Stage.PRIMARY, 2026, 1, False),
        (Stage.PRIMARY, 2021, 6, False),
        (Stage.PRIMARY, 2020, 7, True),
        (Stage.JUNIOR, 2026, 7, False),
        (Stage.JUNIOR, 2024, 9, False),
        (Stage.JUNIOR, 2023, 10, True),
    ],
)
def test_a_cohort_moves_up_and_leaves(stage, entered_in, grade, left):
    assert grade_of(stage, entered_in, school_year=2026) == grade
    assert has_left(stage, entered_in, school_year=2026) is left


@pytest.mark.req("R-022")
def test_every_role_has_a_ceiling_and_a_place():
    assert set(CEILING) == set(Role)
    assert set(WHERE) == set(Role)


@pytest.mark.req("R-022")
@pytest.mark.parametrize("role", Role)
def test_without_approval_no_role_touches_children(role):
    assert capabilities_of(role, is_approved=False) & NEEDS_APPROVAL == frozenset()


@pytest.mark.req("R-022")
def test_policy_can_take_away_and_never_give():
    taken = frozenset({Capability.EXPORT_CHILDREN})

    less = capabilities_of(Role.PRINCIPAL, is_approved=True, taken_away=taken)

    assert less == CEILING[Role.PRINCIPAL] - taken


def test_people_without_work_with_children_have_no_way_to_them():
    for role in (Role.COUNTY_ADMINISTRATOR, Role.SCHOOL_ADMINISTRATOR, Role.COUNTY_LEADER):
        assert CEILING[role] & NEEDS_APPROVAL == frozenset()
