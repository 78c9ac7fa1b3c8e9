"""What a case wants once the child is back, until a second person has closed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notoneless.rules.cases.kinds import Outcome
from notoneless.rules.cases.plans import back_since, review_days
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import (
    BUREAU_LEADER,
    CENTRE_HEAD,
    CLERK,
    HOMEROOM,
    OFFICER,
    PRINCIPAL,
    TOWN_HEAD,
    later,
    on,
    open_rules,
    opened,
    own,
    plan,
    want,
)
from tests.rules.duties.desk import CALENDAR, FRI, MON, MON2, THU, TUE, TUE2, WED, named, only

PRODUCT = plan()
R = DutyRule
BACK = opened(MON).returned(TUE)
PLACED = BACK.placed(WED)
ENDED = PLACED.watch_ended(THU)
ASKED = ENDED.asked_closing(FRI)


# -- return -------------------------------------------------------------------------------------


@pytest.mark.req("R-123", "T19")
@pytest.mark.parametrize(("day", "due"), [(WED, THU), (FRI, MON2)])
def test_a_return_is_reported_by_the_next_school_day_where_somebody_had_been_told(day, due):
    duty = only(want(opened(MON).reported(TUE).returned(day), PRODUCT, day), R.CASE_RETURN_REPORT)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (PRINCIPAL, day, due)


@pytest.mark.req("R-123")
def test_nobody_waits_for_news_who_had_none():
    assert named(want(BACK, PRODUCT, FRI), R.CASE_RETURN_REPORT) == []
    told_after = BACK.relapsed(WED).reported(THU)
    assert named(want(told_after, PRODUCT, FRI), R.CASE_RETURN_REPORT) == []
    back_again = told_after.returned(FRI)
    assert only(want(back_again, PRODUCT, FRI), R.CASE_RETURN_REPORT).opened_on == FRI


@pytest.mark.req("R-123", "T22")
@pytest.mark.parametrize("step", ["return_reported", "relapsed"])
def test_the_report_of_a_return_is_settled_by_it_or_by_a_relapse(step):
    story = opened(MON).reported(TUE).returned(WED).step(step, THU)

    assert only(want(story, PRODUCT, THU), R.CASE_RETURN_REPORT).closed_by.on == THU


@pytest.mark.req("R-117", "T21")
@pytest.mark.parametrize("how", ["returned", "returned_by_measure"])
def test_whoever_is_back_is_placed_within_three_school_days(how):
    story = opened(MON).step(how, WED)
    duty = only(want(story, PRODUCT, WED), R.CASE_PLACE)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (PRINCIPAL, WED, MON2)
    assert stand_of(duty, Moment(MON2)).late_since is None
    assert stand_of(duty, Moment(TUE2)).late_since == TUE2
    assert only(want(story.placed(FRI), PRODUCT, FRI), R.CASE_PLACE).closed_by.on == FRI


@pytest.mark.req("R-115", "R-117", "T20")
def test_a_measure_that_is_noted_after_the_return_is_no_second_return():
    story = opened(MON).reported(MON).returned(TUE).step("returned_by_measure", THU)

    assert only(want(story, PRODUCT, THU), R.CASE_PLACE).opened_on == TUE
    assert only(want(story, PRODUCT, THU), R.CASE_RETURN_REPORT).opened_on == TUE


@pytest.mark.req("R-117", "T22")
def test_after_a_relapse_the_next_return_is_placed_anew():
    story = PLACED.relapsed(THU).returned(FRI)
    first, second = named(want(story, PRODUCT, FRI), R.CASE_PLACE)

    assert (first.closed_by.on, second.opened_on, second.closed_by) == (WED, FRI, None)


# -- reviews ------------------------------------------------------------------------------------


@pytest.mark.req("T21")
def test_reviews_come_one_three_and_six_months_after_the_return():
    duties = named(want(PLACED, PRODUCT, WED), R.CASE_REVIEW)

    # Back on Tuesday 17 November: 17 December, 17 February; 17 May 2027 is a Monday.
    assert [d.due.on for d in duties] == [on(12, 17), on(2, 17, 2027), on(5, 17, 2027)]
    assert {d.bearer for d in duties} == {HOMEROOM}
    assert len({d.key for d in duties}) == 3


@pytest.mark.req("T21")
@pytest.mark.parametrize(
    ("returned_on", "days"),
    [
        # Saturday, Saturday, Saturday: each moves to its Monday.
        (on(11, 12), [on(12, 14), on(2, 12, 2027), on(5, 12, 2027)]),
        (on(11, 13), [on(12, 14), on(2, 15, 2027), on(5, 13, 2027)]),
        # New Year's Day is a Friday; the Labour Day holiday runs to Tuesday 4 May.
        (on(12, 1), [on(1, 4, 2027), on(3, 1, 2027), on(6, 1, 2027)]),
        (on(11, 2), [on(12, 2), on(2, 2, 2027), on(5, 5, 2027)]),
        # The month without a 31st ends on its last day.
        (on(8, 31), [on(9, 30), on(11, 30), on(3, 1, 2027)]),
    ],
)
def test_a_review_on_a_rest_day_moves_to_the_next_working_day(returned_on, days):
    found = review_days(returned_on=returned_on, months=(1, 3, 6), calendar=CALENDAR)

    assert list(found) == days


def test_months_twice_or_out_of_order_are_each_once_and_in_order():
    found = review_days(returned_on=TUE, months=(6, 1, 6), calendar=CALENDAR)

    assert found == (on(12, 17), on(5, 17, 2027))


@pytest.mark.req("T21")
def test_each_review_settles_its_own_day():
    day = on(12, 17)
    story = PLACED.step("plan_reviewed", day, said={"planned_on": day.isoformat()})
    first, second, third = named(want(story, PRODUCT, day), R.CASE_REVIEW)

    assert first.closed_by.on == day
    assert (second.closed_by, third.closed_by) == (None, None)


@pytest.mark.req("T21")
def test_a_review_made_late_settles_the_day_that_was_planned():
    made = on(12, 21)
    story = PLACED.step("plan_reviewed", made, said={"planned_on": on(12, 17).isoformat()})

    assert named(want(story, PRODUCT, made), R.CASE_REVIEW)[0].closed_by.on == made


@pytest.mark.req("T22")
def test_a_relapse_ends_reviews_and_watch():
    found = want(PLACED.relapsed(FRI), PRODUCT, FRI)

    assert {d.closed_by.on for d in named(found, R.CASE_REVIEW)} == {FRI}
    assert only(found, R.CASE_WATCH).closed_by.on == FRI


@pytest.mark.req("R-117", "T23")
@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.ENFORCED])
def test_closing_the_case_of_a_child_that_stayed_leaves_its_reviews_open(outcome):
    reviewed = ASKED.step("plan_reviewed", on(12, 17), said={"planned_on": "2026-12-17"})
    story = reviewed.closed(on(1, 15, 2027), outcome)
    found = want(story, PRODUCT, on(5, 18, 2027))
    first, second, third = named(found, R.CASE_REVIEW)

    assert first.closed_by.on == on(12, 17)
    assert (second.due.on, second.closed_by) == (on(2, 17, 2027), None)
    assert (third.due.on, third.closed_by) == (on(5, 17, 2027), None)
    assert stand_of(third, Moment(on(5, 17, 2027))).late_since is None
    assert stand_of(third, Moment(on(5, 18, 2027))).late_since == on(5, 18, 2027)
    assert open_rules(found) == {R.CASE_REVIEW}


@pytest.mark.req("R-117", "R-120")
def test_another_lawful_end_ends_the_reviews_and_so_does_a_child_that_is_gone():
    moved = ASKED.closed(on(1, 15, 2027), Outcome.TRANSFERRED)
    found = want(moved, PRODUCT, on(2, 17, 2027))
    assert {d.closed_by.on for d in named(found, R.CASE_REVIEW)} == {on(1, 15, 2027)}

    stayed = ASKED.closed(on(1, 15, 2027))
    assert named(want(stayed, PRODUCT, on(2, 17, 2027)), R.CASE_REVIEW) != []
    gone = replace(stayed, is_looked_after=False)
    assert named(want(gone, PRODUCT, on(2, 17, 2027)), R.CASE_REVIEW) == []


@pytest.mark.req("R-117", "T22")
def test_the_months_run_from_the_first_day_back_since_the_last_relapse():
    measured = opened(MON).reported(MON).returned(TUE).step("returned_by_measure", THU).placed(FRI)
    lost_again = measured.relapsed(on(11, 30)).returned(on(12, 3)).placed(on(12, 4))

    assert named(want(measured, PRODUCT, FRI), R.CASE_REVIEW)[0].due.on == on(12, 17)
    assert back_since(measured.steps) == TUE
    assert back_since(measured.relapsed(on(11, 30)).steps) is None
    assert back_since(lost_again.steps) == on(12, 3)
    open_ones = [
        d for d in named(want(lost_again, PRODUCT, on(12, 4)), R.CASE_REVIEW) if not d.closed_by
    ]
    assert open_ones[0].due.on == on(1, 4, 2027)


# -- watch --------------------------------------------------------------------------------------


@pytest.mark.req("T21", "T23")
@pytest.mark.parametrize(("seen", "progress"), [(0, (0, 30)), (12, (12, 30)), (31, (30, 30))])
def test_the_watch_shows_how_far_it_has_come_and_is_never_late(seen, progress):
    story = PLACED.seen(*(later(WED, n) for n in range(seen)))
    duty = only(want(story, PRODUCT, on(12, 31)), R.CASE_WATCH)

    assert (duty.bearer, duty.progress, duty.due) == (HOMEROOM, progress, None)
    assert stand_of(duty, Moment(date(2027, 7, 1))).late_since is None


@pytest.mark.req("T23")
def test_the_watch_is_over_when_somebody_says_so():
    assert only(want(ENDED, PRODUCT, THU), R.CASE_WATCH).closed_by.on == THU


# -- closing ------------------------------------------------------------------------------------


@pytest.mark.req("T23", "R-120")
def test_after_the_watch_the_school_asks_to_close_within_five_working_days():
    assert named(want(PLACED, PRODUCT, THU), R.CASE_CLOSE) == []

    duty = only(want(ENDED, PRODUCT, THU), R.CASE_CLOSE)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (PRINCIPAL, THU, on(11, 26))
    assert only(want(ASKED, PRODUCT, FRI), R.CASE_CLOSE).closed_by.on == FRI


@pytest.mark.req("T23")
def test_a_refused_closing_is_asked_for_again():
    story = ASKED.closing_refused(MON2)
    first, again = named(want(story, PRODUCT, MON2), R.CASE_CLOSE)

    assert (first.closed_by.on, again.closed_by, again.opened_on) == (FRI, None, MON2)


@pytest.mark.req("T24")
def test_a_refused_end_of_a_child_that_is_still_away_asks_for_no_closing():
    story = opened(MON).asked_closing(TUE).closing_refused(WED)

    assert named(want(story, PRODUCT, WED), R.CASE_CLOSE) == []
    lost = ENDED.relapsed(FRI).asked_closing(FRI).closing_refused(FRI)
    assert [d for d in named(want(lost, PRODUCT, FRI), R.CASE_CLOSE) if not d.closed_by] == []


@pytest.mark.req("T23", "R-120")
@pytest.mark.parametrize(
    ("code", "bearer", "above"),
    [
        ("school", PRINCIPAL, (CENTRE_HEAD, CLERK)),
        ("centre_school", CENTRE_HEAD, (CLERK,)),
        ("township", OFFICER, (TOWN_HEAD, CLERK)),
        ("county_bureau", CLERK, (BUREAU_LEADER,)),
    ],
)
def test_the_level_that_the_plan_names_confirms_within_five_working_days(code, bearer, above):
    rules = plan(case_closing_confirmer=own(code))
    duty = only(want(ASKED, rules, FRI), R.CASE_CONFIRM)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (bearer, FRI, on(11, 27))
    assert [(h.role, h.unit_id) for h in duty.heirs] == [(b.role, b.unit_id) for b in above]


@pytest.mark.req("T22", "T23")
@pytest.mark.parametrize("step", ["closing_refused", "relapsed", "returned", "returned_by_measure"])
def test_nobody_confirms_what_was_refused_or_overtaken(step):
    story = ASKED.step(step, MON2)

    assert only(want(story, PRODUCT, MON2), R.CASE_CONFIRM).closed_by.on == MON2


@pytest.mark.req("T23", "T24")
@pytest.mark.parametrize("outcome", [Outcome.RETURNED, Outcome.TRANSFERRED])
def test_the_end_settles_the_confirmation(outcome):
    found = want(ASKED.closed(MON2, outcome), PRODUCT, MON2)

    assert only(found, R.CASE_CONFIRM).closed_by.on == MON2
