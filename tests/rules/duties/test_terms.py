"""Reports, leave, term start, lessons, numbers of a term: the rest of what a plan asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.facts import (
    LeaveFact,
    LessonFact,
    NoShowFact,
    NumberCheckFact,
    WordFact,
)
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from notoneless.rules.roles import Role
from tests.rules.duties.desk import (
    FRI,
    GANG,
    KEY,
    LAN,
    MON,
    MON2,
    RETURNED,
    THU,
    TUE,
    WED,
    child,
    contact,
    days,
    facts,
    named,
    only,
    policy,
    report,
    want,
)
from tests.rules.policy.stack import days as clock
from tests.rules.policy.stack import text

UNTIL = date(2026, 11, 20)


def number(key, value, unit, operator=">="):
    return (
        f'[rules.{key}]\nvalue = {value}\nunit = "{unit}"\noperator = "{operator}"\n'
        'source = "local paper no. 7"\n'
    )


@pytest.mark.req("R-071", "T11")
@pytest.mark.parametrize(("made", "hour", "is_late"), [(MON, "23:50", False), (TUE, "00:10", True)])
def test_a_dropout_known_in_the_afternoon_is_reported_before_midnight(made, hour, is_late):
    rules = policy(text("class_report_deadline", "same_day"))
    known = facts(words=(WordFact(LAN, MON),), reports=(report(made, hour),))
    duty = only(want(known, rules, WED), DutyRule.DROPOUT_REPORT)

    assert bool(stand_of(duty, Moment(WED)).late_since) is is_late


@pytest.mark.req("R-071")
@pytest.mark.parametrize("soon", ["prompt", "any_time"])
def test_a_plan_without_a_date_makes_no_report_late(soon):
    rules = policy(text("class_report_deadline", soon))
    duty = only(want(facts(words=(WordFact(LAN, MON),)), rules, FRI), DutyRule.DROPOUT_REPORT)

    assert duty.due is None
    assert stand_of(duty, Moment(FRI)).late_since is None


def test_long_leave_owes_its_paper_within_the_plans_time():
    rules = policy(clock("leave_proof_within", 3, operator="<="))
    leave = LeaveFact(MON_ID, LAN, MON)
    duty = only(want(facts(leaves=(leave,)), rules, TUE), DutyRule.LEAVE_PROOF)

    assert (duty.due.on, duty.closed_by) == (THU, None)
    seen = replace(leave, proven_on=THU)
    duty = only(want(facts(leaves=(seen,)), rules, THU), DutyRule.LEAVE_PROOF)
    assert duty.closed_by.on == THU
    short = replace(leave, is_long=False)
    assert want(facts(leaves=(short,)), rules, TUE).duties == frozenset()


MON_ID = child(LAN).id


@pytest.mark.req("T08", "R-306")
@pytest.mark.parametrize(
    ("unit", "due"), [("school_days", date(2026, 9, 7)), ("calendar_days", date(2026, 9, 5))]
)
def test_a_child_who_did_not_register_is_asked_after_within_the_plans_days(unit, due):
    first = date(2026, 9, 4)  # a Friday
    rules = policy(clock("no_show_contact", 1, unit=unit, operator="<="))
    known = facts(no_shows=(NoShowFact(LAN, first),))

    assert only(want(known, rules, first), DutyRule.NO_SHOW_CONTACT).due.on == due


@pytest.mark.req("T08")
@pytest.mark.parametrize(
    ("week", "due"), [(1, date(2026, 9, 4)), (2, date(2026, 9, 11)), (3, date(2026, 9, 20))]
)
def test_by_the_end_of_the_enrolment_week_the_school_knows_where_the_child_is(week, due):
    first = date(2026, 9, 1)
    rules = policy(number("enrolment_week_index", week, "week_of_term", "<="))
    known = facts(no_shows=(NoShowFact(LAN, first),))
    duty = only(want(known, rules, first), DutyRule.NO_SHOW_SETTLE)

    assert duty.due.on == due  # the third ends on a make-up Sunday
    assert duty.bearer.role is Role.PRINCIPAL


def test_a_child_who_came_late_to_register_closes_both():
    first, came = date(2026, 9, 1), date(2026, 9, 3)
    rules = policy(
        clock("no_show_contact", 1, operator="<="),
        number("enrolment_week_index", 1, "week_of_term", "<="),
    )
    known = facts(no_shows=(NoShowFact(LAN, first, came, LAN),))

    assert {d.closed_by.on for d in want(known, rules, came).duties} == {came}
    before = want(known, rules, date(2026, 9, 2))
    assert {d.closed_by for d in before.duties} == {None}


@pytest.mark.req("R-067", "T01")
@pytest.mark.parametrize(("word", "asked"), [("immediate", 1), ("off", 0)])
def test_a_missed_lesson_is_the_class_teachers_that_day_once_for_all_lessons(word, asked):
    rules = policy(text("lesson_absence_report", word))
    known = facts(lessons=(LessonFact(LAN, MON), LessonFact(LAN, MON)))
    found = named(want(known, rules, MON), DutyRule.LESSON_ABSENCE)

    assert len(found) == asked
    assert all(duty.due.on == MON for duty in found)


ALL = number("visits_all_students_per_term", 1, "visits_per_pupil")
TOTAL = number("visits_per_homeroom_teacher_per_term_min", 20, "person_visits")
KEY_VISITS = number("visits_key_students_per_term_min", 2, "visits_per_pupil")
KEY_TALKS = number("talks_key_students_per_term_min", 4, "talks_per_pupil")
RELAPSE = number("visits_recurrent_student_min", 3, "visits")


@pytest.mark.req("R-089")
def test_a_class_is_done_when_the_last_pupil_was_visited():
    rules = policy(ALL)
    one = facts(contacts=(contact("visit", MON),))
    both = facts(contacts=(contact("visit", MON), contact("visit", WED, GANG, 1)))

    duty = only(want(one, rules, FRI), DutyRule.VISIT_ALL)
    assert (duty.progress, duty.closed_by) == ((1, 2), None)
    assert duty.due.on == date(2027, 1, 22)
    duty = only(want(both, rules, FRI), DutyRule.VISIT_ALL)
    assert (duty.progress, duty.closed_by.on) == ((2, 2), WED)


@pytest.mark.req("R-091", "P-S0-8.07")
@pytest.mark.parametrize(("made", "is_met"), [(19, False), (20, True)])
def test_nineteen_visits_are_one_short_of_twenty(made, is_met):
    visits = tuple(
        contact("visit", day, (LAN, GANG)[n % 2], n)
        for n, day in enumerate(list(days(date(2026, 10, 8), FRI))[:made])
    )
    duty = only(want(facts(contacts=visits), policy(TOTAL), FRI), DutyRule.VISIT_TOTAL)

    assert (duty.progress, bool(duty.closed_by)) == ((made, 20), is_met)


@pytest.mark.req("R-092", "R-085")
@pytest.mark.parametrize(("made", "is_met"), [(2, False), (3, True)])
def test_a_pupil_who_left_again_is_visited_three_times(made, is_met):
    visits = tuple(contact("visit", MON, n=n) for n in range(made))
    known = facts(child(LAN, RETURNED), child(GANG), contacts=visits)
    duty = only(want(known, policy(RELAPSE), FRI), DutyRule.VISIT_RETURNED)

    assert bool(duty.closed_by) is is_met


@pytest.mark.req("R-090")
def test_visits_and_talks_with_a_key_pupil_are_counted_apart():
    made = (
        *(contact("visit", MON, n=n) for n in range(2)),
        *(contact("talk", TUE, n=n) for n in range(3)),
    )
    known = facts(child(LAN, KEY), child(GANG), contacts=made)
    found = want(known, policy(KEY_VISITS, KEY_TALKS), FRI)

    assert only(found, DutyRule.VISIT_KEY).closed_by.on == MON
    assert only(found, DutyRule.TALK_KEY).progress == (3, 4)
    assert only(found, DutyRule.TALK_KEY).closed_by is None


@pytest.mark.req("R-086")
def test_a_phone_call_counts_as_a_visit_only_where_the_plan_allows_it():
    modes = '[rules.visit_modes_allowed]\nvalue = ["home", "phone"]\nsource = "paper"\n'
    known = facts(child(LAN, RETURNED), contacts=(contact("call", MON),))

    assert only(want(known, policy(RELAPSE), FRI), DutyRule.VISIT_RETURNED).progress == (0, 3)
    found = want(known, policy(RELAPSE, modes), FRI)
    assert only(found, DutyRule.VISIT_RETURNED).progress == (1, 3)


def test_a_failed_visit_and_one_of_the_last_term_do_not_count():
    made = (
        contact("visit", MON, is_reached=False),
        contact("visit", date(2026, 7, 1)),
    )
    known = facts(child(LAN, RETURNED), contacts=made)

    assert only(want(known, policy(RELAPSE), FRI), DutyRule.VISIT_RETURNED).progress == (0, 3)


@pytest.mark.req("R-307")
def test_a_terms_number_is_reminded_of_four_weeks_before_its_end():
    duty = only(want(facts(), policy(ALL), FRI), DutyRule.VISIT_ALL)

    assert duty.remind_on == date(2026, 12, 25)


@pytest.mark.req("R-307")
def test_a_clock_is_reminded_of_on_the_working_day_before_it_runs_out():
    rules = policy(clock("leave_proof_within", 3, operator="<="))
    leave = LeaveFact(MON_ID, LAN, THU)  # due on Tuesday
    duty = only(want(facts(leaves=(leave,)), rules, FRI), DutyRule.LEAVE_PROOF)

    assert (duty.due.on, duty.remind_on) == (date(2026, 11, 24), MON2)


def test_numbers_are_checked_for_every_child_within_the_plans_time():
    rule = number("contact_numbers_checked_within", 10, "school_days", "<=")
    rules = policy(rule)
    first = date(2026, 9, 3)
    last_term = NumberCheckFact(GANG, date(2026, 7, 1))
    checks = (NumberCheckFact(LAN, first), NumberCheckFact(GANG, date(2026, 9, 8)), last_term)

    duty = only(want(facts(), rules, FRI), DutyRule.NUMBER_CHECK)
    assert (duty.due.on, duty.progress) == (date(2026, 9, 15), (0, 2))
    duty = only(want(facts(number_checks=checks), rules, FRI), DutyRule.NUMBER_CHECK)
    assert (duty.closed_by.on, duty.progress) == (date(2026, 9, 8), (2, 2))


@pytest.mark.req("R-304")
def test_a_rule_still_to_be_entered_is_named_and_stops_no_other():
    blank = '[rules.no_show_contact]\nto_be_entered = true\nsource = "paper"\n'
    rules = policy(blank, text("lesson_absence_report", "immediate"))
    found = want(facts(lessons=(LessonFact(LAN, MON),)), rules, MON)

    assert [(h.key, h.why) for h in found.holes] == [("no_show_contact", "to_be_entered")]
    assert [duty.rule for duty in found.duties] == [DutyRule.LESSON_ABSENCE]
