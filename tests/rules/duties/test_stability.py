"""The task before the winter holiday (R-084)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.rules.duties.kinds import DutyRule
from tests.rules.duties.desk import (
    GANG,
    KEY,
    LAN,
    RETURNED,
    child,
    contact,
    facts,
    named,
    only,
    policy,
    want,
)
from tests.rules.school_year import AUTUMN_2026, SPRING_2027

pytestmark = pytest.mark.req("R-084")
ASKED = policy('[rules.holiday_stability_task]\nvalue = true\nsource = "local paper no. 7"\n')
NOT_ASKED = policy('[rules.holiday_stability_task]\nvalue = false\nsource = "local paper no. 7"\n')
LAST = AUTUMN_2026.to_on - timedelta(days=1)
OPENS = AUTUMN_2026.to_on - timedelta(weeks=4)
CLASS = (child(LAN, KEY), child(GANG, RETURNED))


def test_a_class_with_key_or_returned_pupils_owes_it_by_the_last_day_of_term():
    duty = only(want(facts(*CLASS), ASKED, OPENS), DutyRule.STABILITY)

    assert (duty.opened_on, duty.due.on, duty.progress) == (OPENS, LAST, (0, 2))


def test_the_day_before_its_last_four_weeks_nothing_is_owed():
    assert named(want(facts(*CLASS), ASKED, OPENS - timedelta(days=1)), DutyRule.STABILITY) == []


def test_it_is_done_when_each_of_them_was_reached():
    one = contact("call", OPENS)
    failed = contact("call", OPENS, GANG, is_reached=False)
    other = contact("visit", LAST, GANG, n=1)

    half = only(want(facts(*CLASS, contacts=(one, failed)), ASKED, LAST), DutyRule.STABILITY)
    done = only(want(facts(*CLASS, contacts=(one, other)), ASKED, LAST), DutyRule.STABILITY)

    assert (half.progress, half.closed_by) == ((1, 2), None)
    assert done.closed_by.on == LAST


def test_a_contact_before_the_last_four_weeks_does_not_count():
    early = contact("visit", OPENS - timedelta(days=1))

    duty = only(want(facts(child(LAN, KEY), contacts=(early,)), ASKED, LAST), DutyRule.STABILITY)

    assert duty.progress == (0, 1)


def test_a_class_without_such_children_and_a_place_without_the_task_owe_nothing():
    assert named(want(facts(), ASKED, LAST), DutyRule.STABILITY) == []
    assert named(want(facts(*CLASS), NOT_ASKED, LAST), DutyRule.STABILITY) == []
    assert named(want(facts(*CLASS), policy(), LAST), DutyRule.STABILITY) == []


def test_the_summer_is_no_winter_holiday():
    end = SPRING_2027.to_on - timedelta(days=1)
    duties = named(want(facts(*CLASS), ASKED, end), DutyRule.STABILITY)

    assert [duty.opened_on for duty in duties] == [OPENS]
    assert date(2027, 6, 1) not in [duty.opened_on for duty in duties]
