"""Signs in the rolls: each rule, its boundary, and what never fires."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notoneless.rules.signs.facts import SignFacts
from notoneless.rules.signs.kinds import SignRule
from notoneless.rules.signs.signs import signs_of
from notoneless.rules.signs.thresholds import SignRules
from notoneless.rules.signs.windows import week_edges
from tests.rules.signs.desk import (
    CLASS,
    DAYS,
    FRI,
    MON,
    RULES,
    THU,
    TUE,
    WED,
    E,
    N,
    U,
    facts,
    fired,
    last,
    look,
)

pytestmark = pytest.mark.req("R-076")


@pytest.mark.req("R-072")
def test_two_days_in_a_row_are_no_sign_and_three_are():
    two, three = look(missed=(THU, FRI)), look(missed=(WED, THU, FRI))

    assert fired(two, SignRule.RUN) is None
    run = fired(three, SignRule.RUN)
    assert run.count == 3
    assert run.proved == 3
    assert [row.on for row in run.rows] == [WED, THU, FRI]
    assert {row.ref for row in run.rows} == {CLASS}
    assert run.bound.key == "sign_run_days"
    assert run.bound.source


@pytest.mark.req("R-072")
def test_a_day_nobody_called_neither_counts_nor_breaks_a_run():
    signs = look(missed=(TUE, WED, FRI), others={THU: U})

    run = fired(signs, SignRule.RUN)
    assert run.count == 3
    assert run.proved == 2
    assert THU not in {row.on for row in run.rows}


@pytest.mark.req("R-072")
def test_a_class_that_was_never_called_says_nothing():
    signs = look(others=dict.fromkeys(DAYS, U))

    assert signs.fired == ()
    assert signs.trend.now.known == 0


def test_the_day_of_return_ends_a_run():
    assert fired(look(missed=(TUE, WED, THU)), SignRule.RUN) is None


@pytest.mark.parametrize("mark", [E, N])
def test_leave_and_area_events_never_fire(mark):
    signs = look(others=dict.fromkeys(last(30), mark))

    assert signs.fired == ()


def test_the_share_fires_exactly_at_a_tenth_and_not_below():
    # 2 of 20 is a tenth; with one more known day it would be less.
    at = look(missed=(last(20)[3], last(20)[9]))
    below = look(missed=(last(20)[3],))

    assert fired(at, SignRule.SHARE).count == 2
    assert fired(at, SignRule.SHARE).base == 20
    assert fired(below, SignRule.SHARE) is None


def test_a_share_is_out_of_days_that_were_called():
    # 2 missed of 19 called: more than a tenth. 2 of 20 with 11 % asked: less.
    missed = (last(20)[3], last(20)[9])
    one_uncalled = look(missed=missed, others={last(20)[5]: U})
    assert RULES.share
    asked = replace(RULES, share=replace(RULES.share, figure=11))

    assert fired(one_uncalled, SignRule.SHARE).base == 19
    assert fired(signs_of(facts(missed=missed), asked), SignRule.SHARE) is None


def test_the_twenty_first_day_back_is_not_looked_at():
    old, in_window = last(21)[0], last(20)[0]

    assert fired(look(missed=(old, last(20)[5])), SignRule.SHARE) is None
    assert fired(look(missed=(in_window, last(20)[5])), SignRule.SHARE)


@pytest.mark.parametrize(("days", "step"), [(4, None), (5, 5), (9, 5), (10, 10)])
def test_days_of_the_term_fire_at_five_and_at_ten(days, step):
    spread = DAYS[:40:2][:days]

    sign = fired(look(missed=spread), SignRule.TERM_DAYS)

    assert (sign.bound.figure if sign else None) == step


def test_days_of_the_last_term_are_not_this_term_s():
    earlier = tuple(date(2026, 6, day) for day in range(1, 6))
    signs = look(days=(*earlier, *DAYS), missed=earlier)

    assert fired(signs, SignRule.TERM_DAYS) is None


@pytest.mark.req("R-084")
def test_a_child_not_there_on_two_first_days_is_asked_after_and_on_one_not():
    first, second = DAYS[:2]

    assert fired(look(until=first, missed=(first,)), SignRule.UNREGISTERED) is None
    sign = fired(look(until=second, missed=(first, second)), SignRule.UNREGISTERED)
    assert [row.on for row in sign.rows] == [first, second]


@pytest.mark.req("R-084")
def test_who_was_there_once_or_is_on_leave_has_registered():
    first, second, third = DAYS[:3]

    once = look(until=third, missed=(second, third))
    on_leave = look(until=third, others=dict.fromkeys((first, second, third), E))

    assert fired(once, SignRule.UNREGISTERED) is None
    assert fired(on_leave, SignRule.UNREGISTERED) is None


def test_a_child_who_joins_in_mid_term_is_asked_after_from_its_own_first_day():
    before = {day: None for day in DAYS if day < THU}

    sign = fired(look(missed=(THU, FRI), others=before), SignRule.UNREGISTERED)

    assert sign.count == 2


@pytest.mark.req("R-084")
@pytest.mark.parametrize(("uncalled", "fires"), [(4, True), (5, False)])
def test_rolls_that_begin_in_mid_term_say_nothing_about_its_start(uncalled, fires):
    days = DAYS[: uncalled + 2]
    unknown = dict.fromkeys(days[:uncalled], U)

    signs = look(until=days[-1], missed=days[uncalled:], others=unknown)

    assert bool(fired(signs, SignRule.UNREGISTERED)) is fires


def test_shares_and_patterns_wait_until_fifteen_days_of_the_term_were_called():
    fourteenth, fifteenth = DAYS[13], DAYS[14]
    missed = (DAYS[2], DAYS[9])

    early, due = look(until=fourteenth, missed=missed), look(until=fifteenth, missed=missed)

    assert early.is_guarded
    assert fired(early, SignRule.SHARE) is None
    assert not due.is_guarded
    assert fired(due, SignRule.SHARE)


def test_a_term_day_that_nobody_called_does_not_lift_the_guard():
    signs = look(until=DAYS[14], missed=(DAYS[2], DAYS[9]), others={DAYS[5]: U})

    assert signs.is_guarded


def test_a_run_fires_in_the_first_week_whatever_the_guard():
    assert fired(look(until=DAYS[3], missed=DAYS[1:4]), SignRule.RUN)


def test_mondays_and_fridays_make_a_pattern_and_wednesdays_do_not():
    mondays = tuple(day for day in last(40) if day.weekday() == 0)[-4:]
    wednesdays = tuple(day for day in last(40) if day.weekday() == 2)[-4:]

    sign = fired(look(missed=mondays), SignRule.WEEK_EDGE)

    assert (sign.count, sign.base) == (4, 4)
    assert fired(look(missed=wednesdays), SignRule.WEEK_EDGE) is None


def test_three_edges_are_no_pattern_and_edges_must_be_three_quarters_of_all():
    mondays = tuple(day for day in last(40) if day.weekday() == 0)[-4:]
    middle = tuple(day for day in last(40) if day.weekday() == 2)[-2:]

    assert fired(look(missed=mondays[:3]), SignRule.WEEK_EDGE) is None
    assert fired(look(missed=(*mondays[:3], mondays[3], middle[0])), SignRule.WEEK_EDGE)
    assert fired(look(missed=(*mondays, *middle)), SignRule.WEEK_EDGE) is None


def test_a_make_up_saturday_moves_the_edge_of_its_week():
    # 2026-10-10 is a Saturday with class: Friday the 9th ends no week.
    assert date(2026, 10, 9) not in week_edges(facts())
    assert date(2026, 10, 10) in week_edges(facts())


def test_friday_today_is_an_edge_because_monday_comes_next():
    assert FRI in week_edges(facts(until=FRI))
    assert THU not in week_edges(facts(until=THU))


def test_the_first_day_after_two_breaks_missed_is_a_sign():
    # After 国庆 (1-7 October) and a closure before Monday 16 November.
    closed = {date(2026, 11, 12), date(2026, 11, 13)}
    days = tuple(day for day in DAYS if day not in closed)
    after_national_day = next(day for day in days if day > date(2026, 10, 7))

    both = look(days=days, missed=(after_national_day, MON))
    one = look(days=days, missed=(MON,))

    assert fired(both, SignRule.AFTER_BREAK).count == 2
    assert fired(one, SignRule.AFTER_BREAK) is None


def test_an_ordinary_weekend_is_no_break():
    mondays = tuple(day for day in last(40) if day.weekday() == 0)[-4:]

    assert fired(look(missed=mondays), SignRule.AFTER_BREAK) is None


def test_the_trend_compares_twenty_days_with_the_twenty_before():
    now = look(missed=(last(20)[1], last(20)[7], last(40)[3]))
    fading = look(missed=(last(20)[1], last(40)[3], last(40)[4]))

    assert (now.trend.now.absent, now.trend.before.absent) == (2, 1)
    assert now.trend.is_rising
    assert not fading.trend.is_rising


def test_without_figures_nothing_from_the_rolls_fires():
    signs = signs_of(facts(missed=last(30)), SignRules())

    assert signs.fired == ()


def test_a_vacation_has_no_days_of_a_term():
    signs = signs_of(facts(missed=last(6), term=None), RULES)

    assert {each.rule for each in signs.fired} == {SignRule.RUN}
    assert signs.is_guarded


@pytest.mark.req("R-022")
def test_the_facts_have_no_field_for_what_must_never_count():
    from dataclasses import fields

    from notoneless.rules.signs.kinds import Context

    names = {field.name for field in fields(SignFacts)} | {each.value for each in Context}
    never = ("ethnic", "relig", "nation", "psych", "mental", "mind", "anxiety", "score", "mark_")

    assert [name for name in names for word in never if word in name] == []


def test_days_on_leave_are_known_days_and_stand_in_the_base_of_a_share():
    days = last(20)
    signs = look(missed=(days[3], days[9]), others=dict.fromkeys(days[10:15], E))

    assert fired(signs, SignRule.SHARE).base == 20
