"""What an unexplained absence asks of whom, at each boundary day of the shipped plans."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.duties.kinds import DutyRule, EvidenceKind
from notoneless.rules.duties.wants import Bearer
from notoneless.rules.roles import Role
from tests.rules.duties.desk import (
    BUREAU,
    CENTRE,
    CLASS,
    FRI,
    MON,
    MON2,
    SCHOOL,
    THU,
    TUE,
    TUE2,
    WED,
    away,
    contact,
    facts,
    named,
    only,
    opened,
    policy,
    report,
    shipped,
    want,
)
from tests.rules.policy.stack import days, text

S1_24, S1_29 = shipped("S1-24"), shipped("S1-29")
SAME_DAY = policy(text("parent_contact_deadline", "same_day"))


@pytest.mark.req("R-072", "P-S1-29.10", "T09")
@pytest.mark.parametrize(
    ("absent", "asked"),
    [((MON,), set()), ((MON, TUE), {"absence.investigate", "absence.visit"})],
)
def test_s1_29_asks_for_an_inquiry_and_a_visit_on_the_second_day(absent, asked):
    assert opened(want(facts(runs=(away(*absent),)), S1_29, absent[-1])) == asked


@pytest.mark.req("R-072", "P-S1-24.06", "P-S1-24.07", "T13")
@pytest.mark.parametrize(
    ("absent", "asked"),
    [
        ((MON, TUE), set()),
        ((MON, TUE, WED), {"absence.report", "absence.persuasion_letter"}),
    ],
)
def test_s1_24_has_the_class_teacher_report_and_the_school_persuade_on_the_third(absent, asked):
    found = want(facts(runs=(away(*absent),)), S1_24, absent[-1])

    assert opened(found) == asked
    if asked:
        assert only(found, DutyRule.ABSENCE_REPORT).bearer.role is Role.HOMEROOM_TEACHER
        assert only(found, DutyRule.ABSENCE_REPORT).due.on == WED
        assert only(found, DutyRule.PERSUASION_LETTER).bearer == Bearer(Role.PRINCIPAL, SCHOOL)


@pytest.mark.req("R-072")
@pytest.mark.parametrize(("operator", "day"), [(">=", TUE), ("=", TUE), (">", WED)])
def test_the_operator_of_the_plan_decides_the_day(operator, day):
    rules = policy(days("absence_days_investigate", 2, operator=operator))
    found = want(facts(runs=(away(MON, TUE, WED, THU),)), rules, THU)

    assert only(found, DutyRule.INVESTIGATE).opened_on == day


def test_an_operator_that_is_no_threshold_is_a_hole_and_not_a_guess():
    rules = policy(days("absence_days_investigate", 2, operator="<="))
    found = want(facts(runs=(away(MON, TUE),)), rules, TUE)

    assert opened(found) == set()
    assert {(h.rule, h.key, h.why) for h in found.holes} == {
        (DutyRule.INVESTIGATE, "absence_days_investigate", "operator"),
        (DutyRule.VISIT, "absence_days_investigate", "operator"),
    }


@pytest.mark.req("R-306", "R-072")
@pytest.mark.parametrize(
    ("unit", "day"),
    [("school_days", TUE2), ("working_days", TUE2), ("calendar_days", date(2026, 11, 22))],
)
def test_a_weekend_makes_an_absence_longer_only_in_calendar_days(unit, day):
    rules = policy(days("absence_days_report", 3, unit=unit))
    run = away(FRI, MON2, TUE2)

    assert only(want(facts(runs=(run,)), rules, TUE2), DutyRule.ABSENCE_REPORT).opened_on == day


@pytest.mark.req("R-306")
def test_calendar_days_do_not_run_on_over_school_days_that_nobody_has_called_yet():
    rules = policy(days("absence_days_report", 4, unit="calendar_days"))
    sunday = date(2026, 11, 22)

    for until in (sunday, MON2):  # Monday's roll has not come in
        found = want(facts(runs=(away(FRI),)), rules, until)
        assert named(found, DutyRule.ABSENCE_REPORT) == []
    found = want(facts(runs=(away(FRI, MON2),)), rules, MON2)
    assert only(found, DutyRule.ABSENCE_REPORT).opened_on == MON2


@pytest.mark.req("R-070", "T04")
def test_every_unexplained_day_wants_the_guardian_reached_the_same_day():
    found = want(facts(runs=(away(MON, TUE),)), SAME_DAY, TUE)

    calls = named(found, DutyRule.GUARDIAN_CONTACT)
    assert [(d.occurrence, d.due.on, d.bearer.unit_id) for d in calls] == [
        ("2026-11-16", MON, CLASS),
        ("2026-11-17", TUE, CLASS),
    ]
    assert {d.matter for d in calls} == {calls[0].matter}


@pytest.mark.req("R-070")
def test_promptly_is_no_date_so_nothing_is_late_under_it():
    rules = policy(text("parent_contact_deadline", "prompt"))
    call = only(want(facts(runs=(away(MON),)), rules, TUE), DutyRule.GUARDIAN_CONTACT)

    assert call.due is None
    assert {heir.on for heir in call.heirs} == {None}


@pytest.mark.req("R-070")
@pytest.mark.parametrize(
    ("made", "is_met"),
    [
        (contact("call", MON), True),
        (contact("visit", TUE), True),
        (contact("letter", TUE), True),
        (contact("call", FRI.replace(day=13)), False),
        (contact("talk", MON), False),
        (contact("call", MON, is_reached=False), False),
        (contact("call", WED), False),
    ],
)
def test_a_contact_meets_the_call_when_somebody_was_reached_from_that_day_on(made, is_met):
    found = want(facts(runs=(away(MON),), contacts=(made,)), SAME_DAY, TUE)
    call = only(found, DutyRule.GUARDIAN_CONTACT)

    assert bool(call.closed_by) is is_met
    if is_met:
        assert (call.closed_by.kind, call.closed_by.on) == (EvidenceKind.CONTACT, made.on)


def test_one_call_answers_for_all_days_up_to_its_own():
    made = contact("call", TUE)
    found = want(facts(runs=(away(MON, TUE, WED),), contacts=(made,)), SAME_DAY, WED)

    calls = named(found, DutyRule.GUARDIAN_CONTACT)
    assert [bool(d.closed_by) for d in calls] == [True, True, False]


def test_no_daily_call_is_asked_once_the_report_has_taken_over():
    rules = policy(
        text("parent_contact_deadline", "same_day"),
        days("absence_days_investigate", 2),
        days("absence_days_report", 3),
    )
    found = want(facts(runs=(away(MON, TUE, WED, THU, FRI),)), rules, FRI)

    assert [d.opened_on for d in named(found, DutyRule.GUARDIAN_CONTACT)] == [MON, TUE, WED]


@pytest.mark.req("T05")
def test_a_child_who_is_back_closes_what_its_absence_had_asked():
    run = away(MON, TUE, back=WED)
    found = want(facts(runs=(run,)), S1_29, WED)

    visit = only(found, DutyRule.VISIT)
    assert (visit.closed_by.kind, visit.closed_by.on) == (EvidenceKind.BACK, WED)


def test_a_cause_closes_the_inquiry_and_only_a_visit_the_visit():
    told = contact("call", TUE, is_cause_known=True)
    found = want(facts(runs=(away(MON, TUE),), contacts=(told,)), S1_29, TUE)

    assert only(found, DutyRule.INVESTIGATE).closed_by.id == told.id
    assert only(found, DutyRule.VISIT).closed_by is None


@pytest.mark.parametrize(
    ("start", "asked", "due"),
    [("immediate", True, TUE), ("prompt", True, None), ("when_necessary", False, None)],
)
def test_the_plan_says_how_soon_somebody_goes_to_the_house(start, asked, due):
    rules = policy(days("absence_days_investigate", 2), text("visit_start", start))
    visits = named(want(facts(runs=(away(MON, TUE),)), rules, TUE), DutyRule.VISIT)

    assert bool(visits) is asked
    if asked:
        assert (visits[0].due.on if visits[0].due else None) == due


def test_a_report_made_before_it_was_due_leaves_no_duty():
    found = want(facts(runs=(away(MON, TUE, WED),), reports=(report(TUE),)), S1_24, WED)

    assert not only(found, DutyRule.ABSENCE_REPORT).opens


@pytest.mark.req("R-307")
def test_what_is_late_shows_at_one_level_more_each_working_day():
    visit = only(want(facts(runs=(away(THU, FRI),)), S1_29, FRI), DutyRule.VISIT)

    assert [(h.role, h.unit_id, h.on) for h in visit.heirs] == [
        (Role.PRINCIPAL, SCHOOL, MON2),
        (Role.CENTRE_HEAD, CENTRE, TUE2),
        (Role.COUNTY_CLERK, BUREAU, date(2026, 11, 25)),
    ]


def test_a_duty_says_where_its_clock_stands_written():
    found = only(want(facts(runs=(away(MON, TUE),)), S1_29, TUE), DutyRule.INVESTIGATE)

    assert (found.clock.length, found.clock.unit, found.clock.pid) == (
        2,
        "school_days",
        "P-S1-29.10",
    )


def test_a_pack_that_says_nothing_of_calls_wants_none():
    found = want(facts(runs=(away(MON),)), S1_29, MON)

    assert named(found, DutyRule.GUARDIAN_CONTACT) == []
    assert found.holes == ()


def test_what_began_before_the_plan_held_here_is_not_opened_under_it():
    runs = (away(MON, TUE),)
    since = {"absence_days_investigate": WED}

    assert opened(want(facts(runs=runs), S1_29, WED, since=since)) == set()
    assert opened(want(facts(runs=runs), S1_29, WED, since={"absence_days_investigate": TUE}))
