"""One child at a time: as what it counts, and where."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period, year_of
from notoneless.rules.indicators.tally import CaseAt, ChildFacts, Spell, counts_of

ONE, TWO, AWAY = uuid4(), uuid4(), uuid4()  # two classes of one school, a class of another
BASE = date(2026, 9, 1)
CUT_OFF = date(2026, 11, 30)
YEAR = Period(BASE, CUT_OFF)
BY_CLASS = {ONE: "1", TWO: "2"}
SCHOOL = {ONE: "school", TWO: "school"}
COUNTY = {ONE: "county", TWO: "county", AWAY: "county"}
C = Count


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def spell(leaf=ONE, begun="roster", since=BASE, until=None, ended="") -> Spell:
    return Spell(leaf, since, until, begun, ended)


def case(leaf=ONE, opened="09-20", confirmed="", back="", closed="", outcome="") -> CaseAt:
    one, two, three = (day(each) if each else None for each in (confirmed, back, closed))
    return CaseAt(leaf, day(opened), one, two, three, outcome)


def counted(*facts, lines=SCHOOL, period=YEAR, line="school") -> set[Count]:
    spells = tuple(f for f in facts if isinstance(f, Spell))
    cases = tuple(f for f in facts if isinstance(f, CaseAt))
    found = counts_of(ChildFacts(spells, cases), lines, period)
    return {count for at, count in found if at == line}


def test_a_child_there_all_the_time_is_base_roll_and_kept() -> None:
    assert counted(spell()) == {C.BASE, C.ON_ROLL, C.KEPT}


@pytest.mark.req("R-186")
@pytest.mark.parametrize(
    ("back", "as_what"),
    [
        ("", {C.DROPPED, C.DROPPED_IN_PERIOD}),
        ("11-29", {C.DROPPED_IN_PERIOD, C.RETURNED, C.KEPT}),
        ("11-30", {C.DROPPED_IN_PERIOD, C.RETURNED, C.KEPT}),
    ],
)
def test_who_is_back_on_the_cut_off_day_is_back(back, as_what) -> None:
    found = counted(spell(), case(confirmed="10-10", back=back))

    assert found == {C.BASE, C.ON_ROLL} | as_what


def test_the_day_of_the_determination_counts_the_cut_off_day_too() -> None:
    assert C.DROPPED_IN_PERIOD in counted(spell(), case(confirmed="11-30"))
    assert C.DROPPED_IN_PERIOD in counted(spell(), case(confirmed="09-01", opened="09-01"))


def test_who_dropped_out_last_year_is_still_in_the_ledger_but_not_new() -> None:
    last_year = CaseAt(ONE, date(2026, 3, 1), date(2026, 4, 1), None, None, "")

    found = counted(spell(since=date(2024, 9, 1)), last_year)

    assert C.DROPPED in found
    assert C.DROPPED_IN_PERIOD not in found


def test_a_suspicion_is_no_dropout_and_costs_nothing() -> None:
    assert counted(spell(), case()) == {C.BASE, C.ON_ROLL, C.KEPT, C.SUSPECTED}


def test_a_fault_in_the_data_never_was_a_dropout() -> None:
    mistaken = case(confirmed="10-01", closed="10-05", outcome="identity_error")

    assert counted(spell(), mistaken) == {C.BASE, C.ON_ROLL, C.KEPT}


def test_a_transfer_is_out_of_one_school_into_the_other_and_nothing_in_the_county() -> None:
    moved = (
        spell(until=day("10-12"), ended="transferred_out"),
        spell(AWAY, "transferred_in", day("10-12")),
    )

    assert counted(*moved) == {C.BASE, C.MOVED_OUT, C.LAWFULLY_GONE}
    assert counted(*moved, lines={AWAY: "away"}, line="away") == {C.ON_ROLL, C.MOVED_IN}
    assert counted(*moved, lines=COUNTY, line="county") == {C.BASE, C.ON_ROLL, C.KEPT}


def test_a_change_of_class_is_no_move_of_the_school() -> None:
    moved = (
        spell(until=day("10-12"), ended="class_changed"),
        spell(TWO, "class_changed", day("10-12")),
    )

    assert counted(*moved) == {C.BASE, C.ON_ROLL, C.KEPT}
    assert counted(*moved, lines=BY_CLASS, line="1") == {C.BASE, C.MOVED_OUT, C.LAWFULLY_GONE}
    assert counted(*moved, lines=BY_CLASS, line="2") == {C.ON_ROLL, C.MOVED_IN}


def test_a_transfer_that_no_school_received_is_not_lawfully_gone() -> None:
    left = spell(until=day("10-12"), ended="transferred_out")

    assert counted(left) == {C.BASE, C.MOVED_OUT_UNCONFIRMED}


def test_a_transfer_that_nobody_received_and_that_was_determined_counts_once() -> None:
    left = spell(until=day("10-12"), ended="transferred_out")

    assert counted(left, case(confirmed="11-02")) == {C.BASE, C.DROPPED, C.DROPPED_IN_PERIOD}


def test_a_transfer_whose_case_found_the_school_elsewhere_is_lawful() -> None:
    elsewhere = case(confirmed="10-01", closed="11-05", outcome="transferred")

    found = counted(spell(), elsewhere)

    assert found == {C.BASE, C.ON_ROLL, C.MOVED_OUT, C.LAWFULLY_GONE, C.DROPPED_IN_PERIOD}


def test_a_death_is_no_loss() -> None:
    assert counted(spell(until=day("10-20"), ended="died")) == {C.BASE, C.DIED, C.LAWFULLY_GONE}


def test_an_approved_suspension_is_lawful_until_it_has_expired() -> None:
    ill = case(opened="09-05", closed="09-20", outcome="suspended")
    expired = case(opened="11-20")

    assert counted(spell(), ill) == {C.BASE, C.ON_ROLL, C.SUSPENDED, C.LAWFULLY_GONE}
    assert counted(spell(), ill, expired) == {C.BASE, C.ON_ROLL, C.KEPT, C.SUSPECTED}


def test_who_is_registered_again_after_a_suspension_is_resumed_and_no_longer_suspended() -> None:
    ill = case(opened="09-05", closed="09-20", outcome="suspended")
    again = (
        spell(until=day("09-20"), ended="transferred_out"),
        spell(begun="resumed", since=day("11-02")),
    )

    assert counted(*again, ill) == {C.BASE, C.ON_ROLL, C.KEPT}
    assert counted(again[1], ill) == {C.ON_ROLL, C.RESUMED}


def test_filed_study_elsewhere_is_still_of_this_roll() -> None:
    filed = case(closed="10-10", outcome="visiting")

    assert counted(spell(), filed) == {C.BASE, C.ON_ROLL, C.KEPT, C.VISITING}


def test_a_class_founded_in_mid_year_has_no_base() -> None:
    assert counted(spell(begun="enrolled", since=day("10-08"))) == {C.ON_ROLL, C.OTHER_IN}
    assert counted(spell(since=day("10-08"))) == {C.ON_ROLL, C.LISTED}


def test_who_came_and_left_within_the_period_is_both() -> None:
    through = spell(
        begun="transferred_in", since=day("10-08"), until=day("11-08"), ended="transferred_out"
    )

    assert counted(through) == {C.MOVED_IN, C.MOVED_OUT_UNCONFIRMED}


def test_a_registration_by_mistake_counts_nowhere() -> None:
    assert counted(spell(until=day("10-08"), ended="mistake")) == set()


def test_two_rows_of_one_child_count_once() -> None:
    lent = Spell(AWAY, BASE, None, "roster", "", is_own=False)

    assert counted(spell(), lent) == {C.BASE, C.ON_ROLL, C.KEPT}
    assert counted(spell(), lent, lines={AWAY: "away"}, line="away") == set()


def test_a_month_moves_who_moved_in_it_and_keeps_the_base_of_the_year() -> None:
    october, november = Period(day("10-01"), day("10-31")), Period(day("11-01"), CUT_OFF)
    moved = (
        spell(until=day("10-31"), ended="transferred_out"),
        spell(AWAY, "transferred_in", day("10-31")),
    )

    assert counted(*moved, period=october) == {C.BASE, C.MOVED_OUT, C.LAWFULLY_GONE}
    assert counted(*moved, period=november) == {C.BASE, C.LAWFULLY_GONE}


def test_the_first_of_a_month_belongs_to_the_month() -> None:
    came = spell(begun="transferred_in", since=day("11-01"))

    assert counted(came, period=Period(day("10-01"), day("10-31"))) == set()
    assert counted(came, period=Period(day("11-01"), CUT_OFF)) == {C.ON_ROLL, C.MOVED_IN}


def test_a_whole_statistical_year_ends_on_the_last_of_august() -> None:
    assert year_of(2026) == Period(date(2026, 9, 1), date(2027, 8, 31))
    assert Period(date(2027, 8, 20), date(2027, 8, 31)).base_day == BASE
