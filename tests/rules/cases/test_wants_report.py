"""When the written report is due: each condition of a plan at its boundary, and what comes back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import PRINCIPAL, TOWNSHIP, bare, later, on, opened, own, plan, want
from tests.rules.duties.desk import BUREAU, FRI, MON, MON2, THU, TUE, TUE2, WED, named, only

PRODUCT, S1_14, S1_24 = plan(), plan("S1-14"), plan("S1-24")
S1_29, S2_5 = plan("S1-29"), plan("S2-5")
R = DutyRule
AT_ONCE = plan("S1-14", report_rule=own(("immediate",)))


def by_days(length, unit):
    return plan(
        "S1-14",
        report_rule=own(("days_without_return",)),
        days_to_return_before_report=own(length, unit, "<="),
    )


@pytest.mark.req("R-106")
def test_without_a_condition_no_report_is_asked_for_and_nothing_is_lacking():
    found = want(opened(MON).visited_in_vain(TUE, WED), bare(PRODUCT, "report_rule"), FRI)

    assert named(found, R.CASE_REPORT) == []
    assert R.CASE_REPORT not in {hole.rule for hole in found.holes}


@pytest.mark.req("R-106", "C-03")
@pytest.mark.parametrize("rules", [PRODUCT, S1_29])
def test_where_a_plan_is_silent_the_law_s_own_condition_holds(rules):
    """未成年人保护法 art. 28: persuasion in vain is reported; the law names no number of days."""
    assert named(want(opened(MON).visited(TUE), rules, FRI), R.CASE_REPORT) == []
    duty = only(want(opened(MON).visited_in_vain(WED), rules, FRI), R.CASE_REPORT)

    assert (duty.opened_on, duty.due) == (WED, None)


@pytest.mark.req("R-109", "C-02", "C-03", "T14")
def test_s1_14_the_second_visit_in_vain_on_the_10th_is_reported_by_the_13th():
    story = opened(on(11, 6)).visited_in_vain(on(11, 9), on(11, 10))

    assert named(want(story, S1_14, on(11, 9)), R.CASE_REPORT) == []
    duty = only(want(story, S1_14, on(11, 10)), R.CASE_REPORT)
    assert (duty.bearer, duty.opened_on, duty.due.on) == (PRINCIPAL, on(11, 10), on(11, 13))
    assert stand_of(duty, Moment(on(11, 13))).late_since is None
    assert stand_of(duty, Moment(on(11, 14))).late_since == on(11, 14)


@pytest.mark.req("R-109")
def test_s1_14_one_visit_in_vain_is_not_two_and_a_third_changes_nothing():
    story = opened(MON).visited_in_vain(TUE)

    assert named(want(story, S1_14, on(12, 31)), R.CASE_REPORT) == []
    more = story.visited_in_vain(WED, THU)
    assert only(want(more, S1_14, THU), R.CASE_REPORT).due.on == later(WED, 3)


@pytest.mark.req("R-109")
def test_s1_14_a_visit_before_the_case_was_opened_counts_as_the_child_was_away():
    story = opened(WED, away_since=MON).visited_in_vain(THU)
    story = replace(story, vain=(TUE, THU))

    assert only(want(story, S1_14, THU), R.CASE_REPORT).due.on == later(THU, 3)


@pytest.mark.req("R-109")
def test_s1_14_what_was_met_before_the_case_is_asked_from_its_first_day():
    story = replace(opened(THU, away_since=MON), vain=(TUE, WED))
    duty = only(want(story, S1_14, THU), R.CASE_REPORT)

    assert duty.opens
    assert (duty.opened_on, duty.due.on) == (THU, later(WED, 3))


@pytest.mark.req("T22", "R-109")
def test_after_a_relapse_visits_in_vain_are_counted_anew():
    story = opened(MON).visited_in_vain(TUE).returned(WED).relapsed(FRI).visited_in_vain(MON2)

    assert [d for d in named(want(story, S1_14, MON2), R.CASE_REPORT) if d.opens] == []
    (again,) = [
        d
        for d in named(want(story.visited_in_vain(TUE2), S1_14, TUE2), R.CASE_REPORT)
        if d.opens and d.closed_by is None
    ]
    assert (again.opened_on, again.due.on) == (TUE2, later(TUE2, 3))


@pytest.mark.req("R-107", "C-03", "R-304")
def test_s1_24_repeated_persuasion_without_its_figure_is_a_hole_that_is_named():
    found = want(opened(MON).visited_in_vain(TUE, WED, THU), S1_24, FRI)

    assert [(hole.key, hole.why) for hole in found.holes if hole.rule is R.CASE_REPORT] == [
        ("failed_visits_before_report", "to_be_entered")
    ]
    assert R.CASE_REPORT not in found.settled
    assert R.CASE_DETERMINE in found.settled


@pytest.mark.req("R-107", "C-03")
def test_s1_24_with_its_figure_asks_for_the_report_and_names_no_last_day():
    rules = plan("S1-24", failed_visits_before_report=own(3, "visits"))
    story = opened(MON).visited_in_vain(TUE, WED)

    assert named(want(story, rules, WED), R.CASE_REPORT) == []
    duty = only(want(story.visited_in_vain(THU), rules, THU), R.CASE_REPORT)
    assert (duty.opened_on, duty.due) == (THU, None)


@pytest.mark.req("C-03", "P-S2-5.22")
def test_s2_5_the_first_mobilisation_in_vain_calls_for_the_report():
    assert named(want(opened(MON).visited(TUE), S2_5, TUE), R.CASE_REPORT) == []
    duty = only(want(opened(MON).visited_in_vain(TUE, WED), S2_5, WED), R.CASE_REPORT)

    assert (duty.opened_on, duty.due) == (TUE, None)


@pytest.mark.req("C-03", "R-106")
def test_at_once_is_the_same_day():
    duty = only(want(opened(FRI), AT_ONCE, FRI), R.CASE_REPORT)

    assert (duty.opened_on, duty.due.on) == (FRI, FRI)
    assert stand_of(duty, Moment(FRI)).late_since is None
    assert stand_of(duty, Moment(later(FRI, 1))).late_since == later(FRI, 1)


@pytest.mark.req("R-108", "C-02")
@pytest.mark.parametrize(
    ("unit", "opened_on", "due"),
    [
        ("calendar_days", MON, THU),
        ("calendar_days", FRI, MON2),
        ("school_days", MON, THU),
        ("school_days", FRI, on(11, 25)),
        ("school_days", on(9, 24), on(9, 30)),  # Friday to Sunday are the Mid-Autumn holiday
    ],
)
def test_three_days_without_return_are_the_days_that_the_plan_counts(unit, opened_on, due):
    duty = only(want(opened(opened_on), by_days(3, unit), opened_on), R.CASE_REPORT)

    assert (duty.opened_on, duty.due.on) == (opened_on, due)


@pytest.mark.req("R-108", "T19")
def test_a_child_that_came_back_in_time_is_not_reported():
    found = want(opened(MON).returned(THU), by_days(3, "calendar_days"), THU)

    assert only(found, R.CASE_REPORT).closed_by.on == THU


@pytest.mark.req("C-03")
def test_of_several_conditions_the_first_to_come_counts():
    rules = plan(
        "S1-14",
        report_rule=own(("failed_visits", "days_without_return")),
        days_to_return_before_report=own(7, "calendar_days", "<="),
    )

    assert only(want(opened(MON), rules, TUE), R.CASE_REPORT).due.on == MON2
    quick = opened(MON).visited_in_vain(TUE, WED)
    assert only(want(quick, rules, WED), R.CASE_REPORT).due.on == later(WED, 3)
    slow = opened(MON).visited_in_vain(TUE, MON2)
    assert only(want(slow, rules, MON2), R.CASE_REPORT).due.on == MON2


@pytest.mark.req("C-03", "R-304")
def test_a_condition_without_its_figure_hides_no_other_that_is_met():
    rules = plan("S1-24", report_rule=own(("repeated_persuasion", "mobilisation_failed")))
    found = want(opened(MON).visited_in_vain(TUE), rules, TUE)

    assert only(found, R.CASE_REPORT).opened_on == TUE
    assert R.CASE_REPORT in found.settled


@pytest.mark.req("T14")
def test_the_report_closes_what_asked_for_it():
    story = opened(MON).visited_in_vain(TUE, WED).reported(THU)

    assert only(want(story, S1_14, THU), R.CASE_REPORT).closed_by.on == THU


# -- sent back ----------------------------------------------------------------------------------


@pytest.mark.req("T14", "R-106")
def test_a_report_that_was_sent_back_is_made_anew_the_same_day():
    story = opened(MON).reported(TUE).sent_back(WED)
    first, again = named(want(story, AT_ONCE, WED), R.CASE_REPORT)

    assert (first.closed_by.on, again.closed_by) == (TUE, None)
    assert (again.opened_on, again.due.on) == (WED, WED)
    done = named(want(story.reported(THU), AT_ONCE, THU), R.CASE_REPORT)
    assert [duty.closed_by.on for duty in done] == [TUE, THU]


@pytest.mark.req("T14", "R-106")
@pytest.mark.parametrize("answer", ["", "accepted", "sent_back"])
def test_of_two_receivers_both_have_to_send_it_back(answer):
    story = opened(MON).reported(TUE, TOWNSHIP, BUREAU).sent_back(WED, TOWNSHIP)
    if answer:
        story = story.step(answer, THU, unit_id=BUREAU, answers="reported")

    waiting = [d for d in named(want(story, AT_ONCE, THU), R.CASE_REPORT) if not d.closed_by]

    assert [duty.opened_on for duty in waiting] == ([THU] if answer == "sent_back" else [])


@pytest.mark.req("T14")
def test_one_receiver_s_no_twice_is_not_two_receivers_no():
    story = opened(MON).reported(TUE, TOWNSHIP, BUREAU)
    story = story.sent_back(WED, TOWNSHIP).sent_back(THU, TOWNSHIP)

    assert [d for d in named(want(story, AT_ONCE, THU), R.CASE_REPORT) if not d.closed_by] == []


@pytest.mark.req("T14", "R-304")
def test_s1_24_a_report_sent_back_is_due_anew_though_the_plan_lacks_its_figure():
    story = opened(MON).visited_in_vain(TUE).reported(WED).sent_back(THU)
    found = want(story, S1_24, THU)

    (again,) = [duty for duty in named(found, R.CASE_REPORT) if duty.closed_by is None]
    assert (again.opened_on, again.due.on) == (THU, THU)
