"""The three rates and all counts of a school year that was worked out by hand (``desk``)."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from notoneless.cases.models import Case
from notoneless.children.models import Child
from notoneless.numbers.queries.behind import children_behind
from notoneless.numbers.queries.table import Sheet, Span, table
from notoneless.places.models import Unit
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.indicators import formulas
from notoneless.rules.indicators.counts import TALLIED, Count
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.units import Stage
from tests.numbers.desk import CUT_OFF, YEAR, day, lost, school_year, scope
from tests.policy.desk import NEXT_MONDAY, S2_5, give_packs, take
from tests.world import TERM_START

C = Count
LATER = date(2027, 1, 15)
EVERYWHERE = ("county", "bureau", "shiqiao", "centre", "primary", "primary-1", "primary-2", "other")
EXTRA = (Count.LOST_BETWEEN,)


@pytest.fixture
def autumn(village):
    return school_year(village)


def total_of(v, at="primary", *, sheet=Sheet.DROPOUT, period=YEAR, today=CUT_OFF, **more):
    wanted = scope(v, at, period=period, **more)
    return table(wanted, sheet, extra=EXTRA, today=today).total.of(Span.PERIOD)


def test_the_counts_of_the_school_are_those_worked_out_by_hand(autumn) -> None:
    counts = total_of(autumn)

    assert {count: n for count, n in counts.items() if n} == {
        C.BASE: 20,
        C.ON_ROLL: 18,
        C.KEPT: 15,
        C.LAWFULLY_GONE: 3,
        C.MOVED_IN: 1,
        C.MOVED_OUT: 1,
        C.MOVED_OUT_UNCONFIRMED: 1,
        C.DIED: 1,
        C.SUSPENDED: 1,
        C.DROPPED: 1,
        C.DROPPED_IN_PERIOD: 2,
        C.RETURNED: 1,
        C.SUSPECTED: 1,
        C.LEAVERS: 3,
        C.PROMOTED: 2,
        C.LOST_BETWEEN: 1,
    }


@pytest.mark.req("R-186")
def test_the_three_rates_of_the_school_differ_and_are_those_worked_out_by_hand(autumn) -> None:
    counts = total_of(autumn)

    # One child in the ledger of twenty.
    assert formulas.LEDGER.ratio(counts) == Ratio(1, 20)
    # Suspended, dropped, died, moved out, unconfirmed: five; one came.
    assert formulas.RESIDUAL.ratio(counts) == Ratio(5 - 1, 20)
    # The plan of S2-5 counts the child lost on the way to junior school as well.
    assert contract(autumn, Stage.PRIMARY).ratio(counts) == Ratio(2, 20)


def contract(v, stage):
    give_packs(v)
    take(v, "bureau", S2_5)
    policy = policy_for(v.units["primary"].pk, on=NEXT_MONDAY)
    return formulas.contract_rate(policy, stage)


def test_retention_counts_whom_it_kept_and_net_of_movement_whom_it_lost_lawfully(autumn) -> None:
    counts = total_of(autumn, sheet=Sheet.COHORT)

    assert formulas.RETENTION_RAW.ratio(counts) == Ratio(15, 20)
    assert formulas.RETENTION_NET.ratio(counts) == Ratio(18, 20)
    assert formulas.PROMOTION.ratio(counts) == Ratio(2, 3)


def test_the_day_before_the_child_came_back_it_was_still_lost(autumn) -> None:
    until = day("11-29")

    counts = total_of(autumn, period=Period(TERM_START, until), today=until)

    assert (counts[C.DROPPED], counts[C.RETURNED]) == (2, 0)


def test_classes_stand_in_order_and_a_change_of_class_is_a_move_between_them(autumn) -> None:
    found = table(scope(autumn, "primary"), Sheet.DROPOUT, today=CUT_OFF)

    assert [line.unit.name for line in found.lines] == ["1", "2"]
    first, second = (line.of(Span.PERIOD) for line in found.lines)
    # Class 1: ten, less a3, a4, a5 and a7, and b1 came.
    assert (first[C.BASE], first[C.ON_ROLL], first[C.MOVED_OUT], first[C.MOVED_IN]) == (10, 7, 2, 1)
    # Class 2: ten, b2 once though it has two rows, and a7 came.
    assert (second[C.BASE], second[C.ON_ROLL], second[C.MOVED_OUT], second[C.MOVED_IN]) == (
        10,
        11,
        0,
        1,
    )


def test_what_moves_within_the_county_is_no_move_of_the_county(autumn) -> None:
    counts = total_of(autumn, "county")

    assert counts[C.MOVED_IN] == counts[C.MOVED_OUT] == 0
    assert counts[C.MOVED_OUT_UNCONFIRMED] == 1
    # Twenty at this school, one and b1 at the other, one and two at the junior school.
    assert counts[C.BASE] == 25


@pytest.mark.req("R-186")
@pytest.mark.parametrize("at", EVERYWHERE)
def test_behind_every_number_stand_as_many_children(autumn, at) -> None:
    found = table(scope(autumn, at), Sheet.COHORT, extra=EXTRA, today=CUT_OFF)

    for line in (*found.lines, found.total):
        here = found.scope_of(line)
        for count in (*TALLIED, C.LEAVERS, C.PROMOTED, C.LOST_BETWEEN):
            behind = children_behind(count, here, today=CUT_OFF)
            assert behind.total() == line.of(Span.PERIOD)[count], (line.unit.name, count)
            assert set(behind.values()) <= {1}


def test_behind_the_ledger_stands_the_child_that_is_in_it(autumn) -> None:
    behind = children_behind(C.DROPPED, scope(autumn, "shiqiao"), today=CUT_OFF)

    assert behind == Counter({autumn.children["a1"].pk: 1})


def test_lines_of_one_stage_add_up_to_the_stage(autumn) -> None:
    primary = total_of(autumn, "county", stage=Stage.PRIMARY)
    junior = total_of(autumn, "county", stage=Stage.JUNIOR)

    assert primary[C.BASE] + junior[C.BASE] == 25
    # The child that was lost on the way stands in either table, and once in that of both.
    assert primary[C.LOST_BETWEEN] == junior[C.LOST_BETWEEN] == 1
    assert total_of(autumn, "county")[C.LOST_BETWEEN] == 1
    behind = children_behind(
        C.LOST_BETWEEN, scope(autumn, "county", stage=Stage.JUNIOR), today=CUT_OFF
    )
    assert behind == Counter({autumn.children["c3"].pk: 1})


def test_one_grade_is_counted_alone(autumn) -> None:
    assert total_of(autumn, "county", grade=3)[C.BASE] == 22
    assert total_of(autumn, "county", grade=7)[C.BASE] == 2


def test_an_empty_place_has_no_rate_and_no_error(autumn) -> None:
    counts = total_of(autumn, "hekou", grade=9)

    assert counts[C.BASE] == 0
    assert formulas.LEDGER.ratio(counts).per_cent() == ""


def test_a_period_before_anything_happened_counts_nothing(autumn) -> None:
    before = Period(date(2019, 9, 1), date(2020, 8, 31))

    with pytest.raises(Unit.DoesNotExist):
        table(scope(autumn, "primary", period=before), Sheet.DROPOUT, today=LATER)


@pytest.mark.req("R-186")
def test_a_leaver_is_no_loss_on_the_way_while_a_case_of_its_school_says_where_it_is(autumn) -> None:
    case = lost(autumn, "c3", opened="09-02", confirmed="09-10")
    Case.objects.filter(pk=case.pk).update(school_class=None)  # it is in no class any more

    for at in ("primary-2020-1", "primary", "county"):
        counts = total_of(autumn, at)
        assert (counts[C.LEAVERS], counts[C.PROMOTED], counts[C.LOST_BETWEEN]) == (3, 2, 0), at


def test_a_leaver_has_arrived_when_the_row_that_was_merged_into_it_has(autumn) -> None:
    autumn.enrol("twin", "毕业三", "junior-2026-1")
    assert total_of(autumn, "county")[C.LOST_BETWEEN] == 1

    twin = Child.objects.filter(pk=autumn.children["twin"].pk)
    twin.update(merged_into=autumn.children["c3"])

    assert total_of(autumn, "county")[C.LOST_BETWEEN] == 0
