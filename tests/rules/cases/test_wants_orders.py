"""What a case wants of township, county and departments, day by day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notoneless.rules.cases.kinds import Outcome
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Bearer, Moment
from notoneless.rules.roles import Role
from tests.rules.cases.desk import (
    AROUND,
    CLERK,
    COMMUNITY,
    LABOUR,
    LIAISON,
    OFFICER,
    TOWN_HEAD,
    TOWNSHIP,
    later,
    on,
    open_rules,
    opened,
    own,
    plan,
    want,
)
from tests.rules.duties.desk import BUREAU, FRI, MON, MON2, SCHOOL, THU, TUE, TUE2, WED, named, only

PRODUCT, S1_24, S1_29, S2_5 = plan(), plan("S1-24"), plan("S1-29"), plan("S2-5")
R = DutyRule
COMMUNITY_OFFICER = Bearer(Role.TOWNSHIP_OFFICER, COMMUNITY)
REPORTED = opened(MON).reported(TUE)
NOTICED = REPORTED.accepted(WED).issued("notice", WED).served("notice", THU, until=on(11, 26))
EXPIRED = NOTICED.expired("notice", on(11, 27))
ORDERED = EXPIRED.heard(on(11, 27)).issued("order", on(11, 30))
SERVED = ORDERED.served("order", on(11, 30), until=on(12, 7), by=SCHOOL)
PAST_ORDER = SERVED.expired("order", on(12, 8))
# Suit against the order of 30 November until Sunday 30 May 2027, so until Monday the 31st.
FIRST_DAY, LAST_DAY = on(6, 1, 2027), on(8, 31, 2027)


def late_since(duty, day):
    return stand_of(duty, Moment(day)).late_since


def above(duty):
    return [Bearer(heir.role, heir.unit_id) for heir in duty.heirs]


# -- notice -------------------------------------------------------------------------------------


@pytest.mark.req("T15", "R-111")
def test_the_notice_is_due_three_working_days_after_acceptance_and_not_before():
    assert named(want(REPORTED, PRODUCT, WED), R.CASE_NOTICE) == []
    assert named(want(REPORTED.sent_back(WED), PRODUCT, WED), R.CASE_NOTICE) == []

    duty = only(want(REPORTED.accepted(WED), PRODUCT, WED), R.CASE_NOTICE)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, WED, MON2)
    assert above(duty) == [TOWN_HEAD, CLERK]
    assert (late_since(duty, MON2), late_since(duty, TUE2)) == (None, TUE2)


@pytest.mark.req("T15")
def test_days_of_work_move_with_the_official_rest():
    story = opened(on(9, 29)).reported(on(9, 29)).accepted(on(9, 29))

    # The National Day holiday is over on the 8th; the 10th is worked.
    assert only(want(story, PRODUCT, on(9, 29)), R.CASE_NOTICE).due.on == on(10, 9)


@pytest.mark.req("C-06", "R-111")
@pytest.mark.parametrize(
    ("rules", "bearer"),
    [
        (PRODUCT, OFFICER),
        (S1_24, OFFICER),
        (S1_29, OFFICER),
        (plan("S1-24", return_notice_issuer=own("community")), COMMUNITY_OFFICER),
    ],
)
def test_the_plan_says_who_sends_the_notice(rules, bearer):
    assert only(want(REPORTED.accepted(WED), rules, WED), R.CASE_NOTICE).bearer == bearer


@pytest.mark.req("C-06")
def test_where_there_is_no_community_the_township_and_where_there_is_none_the_county():
    rules = plan("S1-24", return_notice_issuer=own("community"))
    town = replace(REPORTED.accepted(WED), around=replace(AROUND, community_id=None))
    nobody = replace(town, around=replace(town.around, township_id=None))

    assert only(want(town, rules, WED), R.CASE_NOTICE).bearer == OFFICER
    assert only(want(nobody, rules, WED), R.CASE_NOTICE).bearer == CLERK


@pytest.mark.req("T15")
def test_a_ladder_without_a_notice_wants_none():
    assert named(want(REPORTED.accepted(WED), S2_5, WED), R.CASE_NOTICE) == []


@pytest.mark.req("T15", "T19")
def test_the_notice_or_the_child_itself_settles_it():
    issued = REPORTED.accepted(WED).issued("notice", THU)

    assert only(want(issued, PRODUCT, THU), R.CASE_NOTICE).closed_by.on == THU
    back = REPORTED.accepted(WED).returned(FRI)
    assert only(want(back, PRODUCT, FRI), R.CASE_NOTICE).closed_by.on == FRI


# -- service ------------------------------------------------------------------------------------


@pytest.mark.req("T15", "T17", "T18")
@pytest.mark.parametrize("what", ["letter", "notice", "order", "penalty", "demand"])
@pytest.mark.parametrize(("unit", "bearer"), [(TOWNSHIP, OFFICER), (BUREAU, CLERK)])
def test_whoever_issued_a_paper_serves_it_within_three_working_days(what, unit, bearer):
    story = REPORTED.issued(what, THU, by=unit)
    duty = only(want(story, PRODUCT, THU), R.CASE_SERVE)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (bearer, THU, TUE2)
    served = story.served(what, FRI, until=MON2)
    assert only(want(served, PRODUCT, FRI), R.CASE_SERVE).closed_by.on == FRI


@pytest.mark.req("T15")
def test_each_paper_is_served_for_itself():
    first = REPORTED.issued("notice", WED)
    both = first.issued("notice", THU)
    served = both.step(
        "notice_served", FRI, paper_id=first.last("notice_issued").paper_id, deadline_on=MON2
    )

    of_first, of_second = named(want(served, PRODUCT, FRI), R.CASE_SERVE)

    assert (of_first.closed_by.on, of_second.closed_by) == (FRI, None)


@pytest.mark.req("T19")
def test_a_paper_for_a_child_that_is_back_need_not_be_served():
    story = REPORTED.issued("notice", WED).returned(THU)

    assert only(want(story, PRODUCT, THU), R.CASE_SERVE).closed_by.on == THU


# -- order and decision -------------------------------------------------------------------------


@pytest.mark.req("T17", "R-112")
@pytest.mark.parametrize("rules", [PRODUCT, S1_24, S1_29])
def test_after_a_notice_has_run_out_the_township_orders_within_five_working_days(rules):
    assert named(want(NOTICED, rules, on(11, 26)), R.CASE_ORDER) == []

    duty = only(want(EXPIRED, rules, on(11, 27)), R.CASE_ORDER)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, on(11, 27), on(12, 4))
    assert late_since(duty, on(12, 4)) is None
    assert late_since(duty, on(12, 5)) == on(12, 5)


@pytest.mark.req("T17")
def test_a_ladder_without_an_order_wants_none():
    rules = plan(parent_response_ladder=own(("return_notice", "court")))

    assert named(want(EXPIRED, rules, on(11, 27)), R.CASE_ORDER) == []


@pytest.mark.req("T17")
def test_where_the_plan_knows_no_return_notice_the_order_is_wanted_from_the_acceptance():
    assert named(want(REPORTED, S2_5, WED), R.CASE_ORDER) == []
    assert named(want(REPORTED.accepted(WED), PRODUCT, WED), R.CASE_ORDER) == []

    duty = only(want(REPORTED.accepted(WED), S2_5, WED), R.CASE_ORDER)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, WED, on(11, 25))
    assert (late_since(duty, on(11, 25)), late_since(duty, on(11, 26))) == (None, on(11, 26))
    issued = REPORTED.accepted(WED).issued("order", FRI)
    assert only(want(issued, S2_5, FRI), R.CASE_ORDER).closed_by.on == FRI


@pytest.mark.req("T17")
def test_who_accepts_second_asks_for_no_second_order():
    both = REPORTED.accepted(WED).accepted(THU, BUREAU)

    assert only(want(both, S2_5, THU), R.CASE_ORDER).opened_on == WED


@pytest.mark.req("T17", "T18", "T19")
@pytest.mark.parametrize("step", ["order_issued", "sued", "returned", "returned_by_measure"])
def test_order_suit_or_return_settle_it(step):
    day = on(11, 30)
    story = EXPIRED.step(step, day, unit_id=TOWNSHIP)

    assert only(want(story, PRODUCT, day), R.CASE_ORDER).closed_by.on == day


@pytest.mark.req("T17", "T18")
def test_after_an_order_has_run_out_the_township_decides_within_ten_working_days():
    assert named(want(SERVED, PRODUCT, on(12, 7)), R.CASE_DECIDE) == []

    duty = only(want(PAST_ORDER, PRODUCT, on(12, 8)), R.CASE_DECIDE)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, on(12, 8), on(12, 22))


@pytest.mark.req("T17", "T18")
@pytest.mark.parametrize(
    "step",
    ["penalty_issued", "demand_issued", "sued", "applied_to_court", "challenged", "returned"],
)
def test_each_way_on_is_a_decision(step):
    day = on(12, 9)
    story = PAST_ORDER.step(step, day, unit_id=TOWNSHIP)

    assert only(want(story, PRODUCT, day), R.CASE_DECIDE).closed_by.on == day


@pytest.mark.req("T18")
@pytest.mark.parametrize("result", ["upheld", "changed", "withdrawn"])
def test_after_a_challenge_that_left_the_order_standing_the_next_step_is_decided_anew(result):
    asked = PAST_ORDER.challenged(on(12, 9))
    decided = asked.decided(on(12, 11), result)

    assert open_rules(want(asked, PRODUCT, on(12, 11))).isdisjoint({R.CASE_DECIDE.value})
    first, second = named(want(decided, PRODUCT, on(12, 11)), R.CASE_DECIDE)
    assert first.closed_by.on == on(12, 9)
    assert (second.bearer, second.opened_on, second.closed_by) == (OFFICER, on(12, 11), None)
    assert second.due.on == on(12, 25)
    assert late_since(second, on(12, 26)) == on(12, 26)
    demand = decided.issued("demand", on(12, 14))
    assert R.CASE_DECIDE.value not in open_rules(want(demand, PRODUCT, on(12, 14)))


@pytest.mark.req("T18")
def test_after_an_order_was_annulled_nothing_is_decided_about_it_any_more():
    annulled = PAST_ORDER.challenged(on(12, 9)).decided(on(12, 14), "annulled")
    anew = annulled.issued("order", on(12, 15)).served("order", on(12, 15), until=on(12, 22))

    for story in (annulled, anew):
        assert R.CASE_DECIDE.value not in open_rules(want(story, PRODUCT, on(12, 16)))
    past = anew.expired("order", on(12, 23))
    assert named(want(past, PRODUCT, on(12, 23)), R.CASE_DECIDE)[-1].opened_on == on(12, 23)


@pytest.mark.req("T17", "T18")
def test_a_challenge_that_was_decided_while_the_order_ran_waits_for_its_end():
    decided = SERVED.challenged(on(12, 1)).decided(on(12, 4))

    assert named(want(decided, PRODUCT, on(12, 7)), R.CASE_DECIDE) == []
    past = decided.expired("order", on(12, 8))
    assert only(want(past, PRODUCT, on(12, 8)), R.CASE_DECIDE).opened_on == on(12, 8)


@pytest.mark.req("T17", "T18")
def test_a_penalty_that_was_upheld_asks_for_the_next_step_too():
    story = PAST_ORDER.issued("penalty", on(12, 9)).served("penalty", on(12, 10))
    upheld = story.challenged(on(12, 14)).decided(on(12, 28))

    assert named(want(upheld, PRODUCT, on(12, 28)), R.CASE_DECIDE)[-1].opened_on == on(12, 28)


# -- court --------------------------------------------------------------------------------------


def demanded(day):
    return PAST_ORDER.issued("demand", day).served("demand", day)


@pytest.mark.req("T18")
def test_the_court_is_asked_from_the_first_day_of_the_window_and_by_its_last():
    story = demanded(on(1, 4, 2027))

    assert named(want(story, PRODUCT, on(5, 31, 2027)), R.CASE_ENFORCE) == []
    duty = only(want(story, PRODUCT, FIRST_DAY), R.CASE_ENFORCE)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, FIRST_DAY, LAST_DAY)
    assert late_since(duty, LAST_DAY) is None
    assert late_since(duty, later(LAST_DAY, 1)) == later(LAST_DAY, 1)


@pytest.mark.req("T18")
def test_whoever_issued_the_order_asks_the_court_whoever_carried_it():
    assert SERVED.last("order_served").unit_id == SCHOOL
    duty = only(want(demanded(FIRST_DAY), PRODUCT, FIRST_DAY), R.CASE_ENFORCE)

    assert (duty.bearer, above(duty)) == (OFFICER, [TOWN_HEAD, CLERK])


@pytest.mark.req("T18")
def test_a_demand_inside_the_window_asks_from_its_own_day():
    assert only(
        want(demanded(on(6, 7, 2027)), PRODUCT, on(6, 7, 2027)), R.CASE_ENFORCE
    ).opened_on == on(6, 7, 2027)


@pytest.mark.req("T18")
def test_where_nothing_was_demanded_another_way_was_chosen():
    assert named(want(PAST_ORDER, PRODUCT, FIRST_DAY), R.CASE_ENFORCE) == []


@pytest.mark.req("T18")
@pytest.mark.parametrize("step", ["applied_to_court", "sued", "returned"])
def test_application_suit_or_return_settle_it(step):
    story = demanded(on(1, 4, 2027)).step(step, FIRST_DAY)

    assert only(want(story, PRODUCT, FIRST_DAY), R.CASE_ENFORCE).closed_by.on == FIRST_DAY


@pytest.mark.req("T18")
def test_while_a_challenge_is_open_nobody_is_asked_to_enforce():
    story = demanded(on(1, 4, 2027)).challenged(on(1, 5, 2027))

    assert named(want(story, PRODUCT, FIRST_DAY), R.CASE_ENFORCE) == []


@pytest.mark.req("T18")
def test_after_a_decided_review_the_court_is_asked_from_the_sixteenth_day():
    upheld = demanded(on(1, 4, 2027)).challenged(on(1, 5, 2027)).decided(on(3, 1, 2027))

    assert named(want(upheld, PRODUCT, on(3, 16, 2027)), R.CASE_ENFORCE) == []
    duty = only(want(upheld, PRODUCT, on(3, 17, 2027)), R.CASE_ENFORCE)
    assert (duty.opened_on, duty.due.on) == (on(3, 17, 2027), on(6, 16, 2027))


@pytest.mark.req("T18")
def test_after_a_decided_suit_the_court_is_asked_from_the_next_day():
    asked = demanded(on(1, 4, 2027)).challenged(on(1, 5, 2027), "suit")
    upheld = asked.decided(on(3, 1, 2027))

    assert named(want(upheld, PRODUCT, on(3, 1, 2027)), R.CASE_ENFORCE) == []
    assert only(want(upheld, PRODUCT, on(3, 2, 2027)), R.CASE_ENFORCE).due.on == on(6, 1, 2027)


@pytest.mark.req("T18")
def test_an_order_that_was_annulled_is_not_to_be_enforced():
    story = demanded(on(1, 4, 2027)).challenged(on(1, 5, 2027))
    annulled = story.decided(on(3, 1, 2027), "annulled")

    assert named(want(annulled, PRODUCT, FIRST_DAY), R.CASE_ENFORCE) == []


@pytest.mark.req("T18", "R-114")
@pytest.mark.parametrize(
    ("kind", "due"),
    [
        ("minors", on(12, 16)),
        ("", on(12, 16)),
        ("public_interest", on(1, 16, 2027)),
        ("public_interest_urgent", on(12, 1)),
    ],
)
def test_advice_is_answered_in_the_time_of_its_kind(kind, due):
    duty = only(want(opened(MON).advised(MON, kind), PRODUCT, MON), R.CASE_ADVICE)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (OFFICER, MON, due)
    assert late_since(duty, due) is None
    assert late_since(duty, later(due, 1)) == later(due, 1)


@pytest.mark.req("T18")
def test_a_month_from_the_31st_ends_on_the_month_s_last_day():
    story = opened(on(10, 30)).advised(on(10, 31), to=BUREAU)
    duty = only(want(story, PRODUCT, on(10, 31)), R.CASE_ADVICE)

    assert (duty.bearer, duty.due.on) == (CLERK, on(11, 30))


@pytest.mark.req("T18", "T19")
def test_only_its_answer_settles_advice_and_no_return_does():
    story = opened(MON).advised(TUE).returned(WED)

    assert only(want(story, PRODUCT, WED), R.CASE_ADVICE).closed_by is None
    answered = story.step("advice_answered", THU, answers="advice_received")
    assert only(want(answered, PRODUCT, THU), R.CASE_ADVICE).closed_by.on == THU


# -- referrals and sub-cases --------------------------------------------------------------------


@pytest.mark.req("T26", "R-122")
def test_a_department_answers_within_ten_working_days_and_the_county_hears_of_silence():
    duty = only(want(opened(MON).referred(MON), PRODUCT, MON), R.CASE_REFERRAL)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (LIAISON, MON, on(11, 30))
    assert above(duty) == [CLERK]
    assert late_since(duty, on(12, 1)) == on(12, 1)


@pytest.mark.req("T26")
def test_each_referral_is_answered_for_itself():
    story = opened(MON).referred(MON).referred(TUE, to=BUREAU)
    story = story.step("referral_answered", WED, answers="referred", unit_id=BUREAU)
    of_labour, of_bureau = named(want(story, PRODUCT, WED), R.CASE_REFERRAL)

    assert (of_labour.bearer, of_labour.closed_by) == (LIAISON, None)
    assert (of_bureau.bearer, of_bureau.closed_by.on) == (CLERK, WED)


@pytest.mark.req("T26")
def test_a_closed_case_waits_for_no_department():
    story = opened(MON).referred(MON).closed(TUE, Outcome.TRANSFERRED)

    assert only(want(story, PRODUCT, TUE), R.CASE_REFERRAL).closed_by.on == TUE


@pytest.mark.req("T26")
@pytest.mark.parametrize(("unit", "role"), [(LABOUR, LIAISON.role), (SCHOOL, Role.PRINCIPAL)])
def test_a_sub_case_is_settled_by_whom_it_was_given(unit, role):
    story = opened(MON).step("subcase_opened", TUE, said={"to": str(unit)})
    duty = only(want(story, PRODUCT, TUE), R.CASE_SUBCASE)

    assert (duty.bearer, duty.due.on) == (Bearer(role, unit), on(12, 1))
    settled = story.step("subcase_settled", FRI, answers="subcase_opened")
    assert only(want(settled, PRODUCT, FRI), R.CASE_SUBCASE).closed_by.on == FRI


@pytest.mark.req("T18", "T26")
@pytest.mark.parametrize(
    ("asks", "answer", "rule"),
    [
        ("advice_received", "advice_answered", R.CASE_ADVICE),
        ("referred", "referral_answered", R.CASE_REFERRAL),
        ("subcase_opened", "subcase_settled", R.CASE_SUBCASE),
    ],
)
def test_an_answer_that_came_after_the_planned_day_is_not_seen(asks, answer, rule):
    story = opened(MON).step(asks, TUE, unit_id=TOWNSHIP, said={"to": str(LABOUR)})
    answered = story.step(answer, FRI, answers=asks)

    assert only(want(answered, PRODUCT, THU), rule).closed_by is None
    assert only(want(answered, PRODUCT, FRI), rule).closed_by.on == FRI


# -- as of an earlier day -----------------------------------------------------------------------


@pytest.mark.req("T18")
def test_an_earlier_day_knows_nothing_of_a_later_challenge_or_of_what_was_decided():
    story = demanded(on(1, 4, 2027))
    later_on = story.challenged(later(FIRST_DAY, 1))
    annulled = later_on.decided(later(FIRST_DAY, 30), "annulled")

    for told in (later_on, annulled):
        assert want(told, PRODUCT, FIRST_DAY) == want(story, PRODUCT, FIRST_DAY)
        assert only(want(told, PRODUCT, FIRST_DAY), R.CASE_ENFORCE).closed_by is None
    assert named(want(later_on, PRODUCT, later(FIRST_DAY, 1)), R.CASE_ENFORCE) == []


@pytest.mark.req("R-120")
def test_before_its_end_a_case_wants_what_it_wanted_and_before_its_beginning_nothing():
    closed = REPORTED.closed(FRI, Outcome.TRANSFERRED)

    assert want(closed, PRODUCT, THU) == want(REPORTED, PRODUCT, THU)
    assert want(REPORTED, PRODUCT, later(MON, -1)).duties == frozenset()
    assert want(REPORTED, PRODUCT, later(MON, -1)).settled == frozenset()
