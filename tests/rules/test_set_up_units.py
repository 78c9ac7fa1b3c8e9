"""Which unit each unit is set up with."""

from __future__ import annotations

import pytest

from notoneless.rules.paths import Line, above, ancestors, path_under, root_path
from notoneless.rules.units import PARENTS, SET_UP_ALONE, STEPS_TO_OWNER, UnitKind

pytestmark = pytest.mark.req("R-022")
NOBODYS = {UnitKind.PROVINCE, UnitKind.CITY, UnitKind.COUNTY}


def standing_above(kinds, steps):
    for _ in range(steps):
        kinds = {up for kind in kinds for line in Line for up in PARENTS[line].get(kind, ())}
    return kinds


@pytest.mark.parametrize("kind", sorted(STEPS_TO_OWNER))
def test_so_many_steps_above_stands_what_is_set_up_by_itself_or_the_county(kind):
    found = standing_above({kind}, STEPS_TO_OWNER[kind])
    assert found & SET_UP_ALONE
    assert found <= SET_UP_ALONE | NOBODYS


def test_every_other_kind_has_nothing_above_that_would_be_set_up_with_it():
    bodies = {UnitKind.BUREAU, UnitKind.SUPERVISION}
    assert set(UnitKind) - set(STEPS_TO_OWNER) == SET_UP_ALONE | NOBODYS | bodies


def test_steps_above_are_the_units_on_the_path():
    path = root_path(Line.EDUCATION, "0123456789")
    for label in ("abcdef0123", "456789abcd"):
        path = path_under(path, label)
    assert [above(path, steps) for steps in (2, 1, 0)] == list(ancestors(path))
