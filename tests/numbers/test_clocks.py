"""Clocks in numbers: met in time, met late, missed, running; as the list of duties lists them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notoneless.duties.models import Duty
from notoneless.duties.queries.clocks import ClockEnd
from notoneless.duties.queries.in_tray import DutyFilter, duty_list
from notoneless.numbers.queries.clocks import (
    Clocks,
    clocks_by_rule,
    clocks_by_unit,
    overdue_now,
    total_of,
)
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.duties.kinds import DutyState
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.ratio import Ratio
from tests.attendance.register import FRI, MON, TUE, WED, call
from tests.duties.desk import S1_29, sweep, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-307")]
WEEK = Period(MON, FRI + timedelta(days=2))


@pytest.fixture
def v(village: Village) -> Village:
    """Lan's inquiry and visit were due on Tuesday; on Wednesday nobody has done them."""
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    sweep(village, WED)
    return village


def clocks(v: Village, day=WED, key: str = "", period: Period = WEEK) -> Clocks:
    unit = v.units[key].pk if key else None
    found = clocks_by_unit(v.actor("lu", today=day), period, today=day, unit_id=unit)
    return total_of(found.values())


def test_each_clock_ends_in_one_way_and_the_list_has_as_many(v):
    first, second = Duty.objects.filter(state=DutyState.OPEN, due_on=TUE).order_by("pk")[:2]
    Duty.objects.filter(pk=first.pk).update(
        state=DutyState.DONE, late_since=None, done_on=TUE, risen_unit=None, risen_role=""
    )
    Duty.objects.filter(pk=second.pk).update(
        state=DutyState.DONE, late_since=WED, done_on=WED, risen_unit=None, risen_role=""
    )
    counted = clocks(v)
    lu = v.actor("lu", today=WED)

    assert counted.in_time == counted.late == 1
    for how in ClockEnd:
        wanted = DutyFilter(is_mine=False, clock=how, due_from=WEEK.from_on, due_to=WEEK.after)
        assert duty_list(lu, wanted, today=WED).count == getattr(counted, how.value)
    assert counted.kept == Ratio(1, counted.due)


def test_on_the_due_day_a_clock_runs_and_the_day_after_it_is_missed(village):
    under(village, S1_29)
    call(village, MON, "lan")
    call(village, TUE, "lan")

    today, after = clocks(village, TUE), clocks(village, WED)
    assert (today.missed, today.running > 0) == (0, True)
    assert after.missed > 0


def test_both_ends_of_the_period_count(v):
    assert clocks(v, period=Period(TUE, TUE)).missed == clocks(v).missed > 0
    assert clocks(v, period=Period(WED, WED)).missed == 0
    assert clocks(v, period=Period(MON, MON)).missed == 0


def test_what_is_no_longer_wanted_counts_nowhere(v):
    Duty.objects.update(state=DutyState.WITHDRAWN, risen_unit=None, risen_role="")

    assert clocks(v) == Clocks()


def test_an_unsure_day_is_never_missed(v):
    Duty.objects.update(is_due_provisional=True, late_since=None, risen_unit=None, risen_role="")

    assert clocks(v).missed == 0
    assert clocks(v).running > 0


def test_a_unit_has_its_own_and_none_out_of_reach(v):
    assert clocks(v, key="primary").missed == clocks(v).missed
    assert clocks(v, key="hekou") == Clocks(running=1), "its own monthly report, and no child's"
    qin = v.actor("qin", today=WED)
    assert clocks_by_unit(qin, WEEK, today=WED, unit_id=v.units["hekou"].pk) == {}


def test_rules_and_units_sum_up_to_the_same(v):
    lu = v.actor("lu", today=WED)
    by_rule = clocks_by_rule(lu, WEEK, today=WED)

    assert total_of(by_rule.values()) == clocks(v)


def test_what_is_overdue_says_since_when_and_who_has_the_turn(v):
    (row, *_) = overdue_now(v.actor("lu", today=WED), today=WED)

    assert row.since == TUE
    assert row.unit_id == v.units["primary-1"].pk
    assert row.turn_unit in {"石桥乡中心小学", "1"}


def test_each_is_one_statement(v, django_assert_num_queries):
    lu = v.actor("lu", today=WED)
    for count in (clocks_by_unit, clocks_by_rule):
        with django_assert_num_queries(1):
            count(lu, WEEK, today=WED)
    with django_assert_num_queries(1):
        overdue_now(lu, today=WED + ONE_DAY)
