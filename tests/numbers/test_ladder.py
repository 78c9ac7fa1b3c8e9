"""The ladder in numbers, as the list of cases lists it, through the same door."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from notoneless.cases.models import Case
from notoneless.cases.queries.listing import CaseFilter, list_cases
from notoneless.numbers.queries.ladder import (
    Move,
    moved_by_day,
    moved_by_unit,
    open_by_cause,
    open_by_stage,
)
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.cases.kinds import State
from notoneless.rules.indicators.periods import Period
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.cases.desk import look
from tests.duties.desk import S1_29, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-068")]
WEEK = Period(MON, FRI)


@pytest.fixture
def v(village: Village) -> Village:
    """Lan of 石桥 and a child of 河口 have been away since Monday; both have a case."""
    under(village, S1_29)
    village.employ("he2", "何小妹", Role.HOMEROOM_TEACHER, "other-1")
    for day in (MON, TUE, WED, THU):
        call(village, day, "lan")
        call(village, day, "far", at="other-1", by="he2")
    sweep(village, THU)
    look(village, THU)
    return village


def stages(v: Village, who: str, key: str = "") -> dict[State, int]:
    unit = v.units[key].pk if key else None
    rows = open_by_stage(v.actor(who, today=FRI), on=FRI, unit_id=unit)
    found: Counter[State] = Counter()
    for row in rows:
        found[row.state] += row.cases
    return found


def test_each_sees_the_cases_of_his_units(v):
    assert sum(stages(v, "lu").values()) == 2
    assert sum(stages(v, "xiang").values()) == 1
    assert sum(stages(v, "qin").values()) == 1
    assert sum(stages(v, "lu", "hekou").values()) == 1
    assert sum(stages(v, "lu", "primary-1").values()) == 1
    assert sum(stages(v, "lu", "primary-2").values()) == 0


@pytest.mark.parametrize("key", ["", "shiqiao", "centre", "primary", "primary-1"])
def test_the_list_has_as_many_rows(v, key):
    unit = v.units[key].pk if key else None
    found = list_cases(v.actor("lu", today=FRI), CaseFilter(unit_id=unit), on=FRI)

    assert found.total == sum(stages(v, "lu", key).values()) > 0


def test_a_unit_out_of_reach_has_none(v):
    assert stages(v, "qin", "hekou") == {}


def test_what_was_opened_stands_on_its_day_and_in_its_class(v):
    lu = v.actor("lu", today=FRI)
    opened = Case.objects.values_list("opened_on", flat=True)
    by_day = {(m.move, m.on): m.cases for m in moved_by_day(lu, WEEK, on=FRI)}
    assert by_day == {(Move.OPENED, on): 2 for on in set(opened)}
    by_unit = {(m.move, m.class_id): m.cases for m in moved_by_unit(lu, WEEK, on=FRI)}
    assert by_unit == {
        (Move.OPENED, v.units["primary-1"].pk): 1,
        (Move.OPENED, v.units["other-1"].pk): 1,
    }


def test_both_ends_of_a_period_count(v):
    lu = v.actor("lu", today=FRI)
    day = Case.objects.first().opened_on
    before = Period(MON, day - ONE_DAY) if day > MON else None

    assert len(moved_by_day(lu, Period(day, day), on=FRI)) == 1
    assert before is None or moved_by_day(lu, before, on=FRI) == []


def test_a_return_and_an_end_are_moves_of_their_days(v):
    Case.objects.filter(child=v.lan).update(
        returned_on=WED, closed_on=FRI, state=State.ATTENDING, outcome="returned"
    )
    moves = moved_by_day(v.actor("xiang", today=FRI), WEEK, on=FRI)

    assert {(m.move, m.on) for m in moves} >= {(Move.RETURNED, WED), (Move.CLOSED, FRI)}


def test_causes_stand_as_they_are_stored(v):
    Case.objects.filter(child=v.lan).update(main_cause="weariness")

    assert open_by_cause(v.actor("lu", today=FRI), on=FRI) == {"weariness": 1, "": 1}


def test_each_count_is_one_statement(v, django_assert_num_queries):
    lu = v.actor("lu", today=FRI)
    for standing in (open_by_stage, open_by_cause):
        with django_assert_num_queries(1):
            standing(lu, on=FRI)
    moved: Any
    for moved in (moved_by_day, moved_by_unit):
        with django_assert_num_queries(1):
            moved(lu, WEEK, on=FRI)
