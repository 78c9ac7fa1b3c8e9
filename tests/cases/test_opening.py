"""A case opens by itself as soon as the plan's days of absence are reached (R-101)."""

from __future__ import annotations

import pytest

from notoneless.cases.models import Case
from notoneless.rules.cases.kinds import Source, State
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.cases.desk import case_of, look
from tests.duties.desk import S1_24, S1_29, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.mark.req("R-101", "T09")
def test_under_s1_29_the_second_day_away_opens_a_case_and_the_first_does_not(village: Village):
    under(village, S1_29)
    call(village, MON, "lan")
    look(village, MON)
    assert not Case.objects.exists()

    call(village, TUE, "lan")
    done = look(village, TUE)

    case = case_of(village)
    assert done.opened == 1
    assert (case.state, case.source) == (State.SUSPECTED, Source.ABSENCE)
    assert (case.opened_on, case.away_since) == (TUE, MON)
    assert case.turn_role == "homeroom_teacher" or case.turn_role == "principal"


@pytest.mark.req("R-101", "T09")
def test_under_s1_24_the_third_day_away_opens_a_case(village: Village):
    under(village, S1_24)
    for day in (MON, TUE):
        call(village, day, "lan")
        look(village, day)
    assert not Case.objects.exists()

    call(village, WED, "lan")
    look(village, WED)

    assert case_of(village).opened_on == WED


@pytest.mark.req("R-101")
def test_looking_twice_opens_one_case(village: Village):
    under(village, S1_29)
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)

    assert look(village, TUE).opened == 0
    assert Case.objects.count() == 1


@pytest.mark.req("R-101", "T19")
def test_a_child_seen_on_the_roll_again_is_back_without_anybody_writing_it(village: Village):
    under(village, S1_29)
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)
    call(village, WED, "lan")
    call(village, THU)
    look(village, THU)

    case = case_of(village)
    assert (case.state, case.returned_on) == (State.RETURNED, THU)
    call(village, FRI)
    assert look(village, FRI).stepped == 0
