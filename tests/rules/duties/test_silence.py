"""While a child is silenced nobody is asked to contact its people; afterwards nobody is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from notoneless.rules.duties.facts import (
    Facts,
    LeaveFact,
    LessonFact,
    NoShowFact,
    NumberCheckFact,
    Silence,
    WordFact,
)
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.duties.silence import GOES_ON
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
    TUE2,
    WED,
    Store,
    away,
    child,
    contact,
    facts,
    named,
    only,
    policy,
    roll,
    want,
)
from tests.rules.duties.test_terms import ALL, KEY_TALKS, KEY_VISITS, RELAPSE, TOTAL, number
from tests.rules.policy.stack import days, text

NUMBERS = number("contact_numbers_checked_within", 10, "school_days", "<=")
SAME_DAY = text("parent_contact_deadline", "same_day")
PLAN = policy(
    SAME_DAY,
    days("absence_days_investigate", 2),
    days("absence_days_report", 2),
    '[rules.persuasion_letter_required]\nvalue = true\nsource = "paper"\n',
    text("visit_start", "immediate"),
    text("class_report_deadline", "same_day"),
    '[rules.daily_attendance_report]\nvalue = true\nsource = "paper"\n',
    days("leave_proof_within", 3, operator="<="),
    days("no_show_contact", 1, operator="<="),
    number("enrolment_week_index", 1, "week_of_term", "<="),
    text("lesson_absence_report", "immediate"),
    NUMBERS,
    ALL,
    TOTAL,
    KEY_VISITS,
    KEY_TALKS,
    RELAPSE,
)
"""A plan that asks everything at once."""
FIRST = date(2026, 9, 1)


def everything():
    """LAN gives every rule a reason."""
    return facts(
        child(LAN, KEY, RETURNED),
        child(GANG),
        runs=(away(MON, TUE),),
        lessons=(LessonFact(LAN, MON),),
        leaves=(LeaveFact(LAN, LAN, MON),),
        words=(WordFact(LAN, MON),),
        no_shows=(NoShowFact(LAN, FIRST),),
    )


def silenced(known: Facts, *silences: Silence) -> Facts:
    quiet = replace(known.children[LAN], silences=silences or (Silence(TUE),))
    return replace(known, children={**known.children, LAN: quiet})


def about_lan(found) -> set[DutyRule]:
    return {duty.rule for duty in found.duties if duty.subject_id == LAN}


@pytest.mark.req("R-294")
def test_only_reports_inside_the_school_go_on_about_a_silenced_child():
    asked = about_lan(want(everything(), PLAN, TUE))

    assert len(asked) >= 13
    assert about_lan(want(silenced(everything()), PLAN, TUE)) == {
        DutyRule.ABSENCE_REPORT,
        DutyRule.DROPOUT_REPORT,
    }


def test_what_goes_on_is_the_roll_and_the_reports_and_nothing_else():
    assert {rule.value for rule in GOES_ON} == {
        "roll.call",
        "absence.report",
        "dropout.report",
        "case.determine",
        "case.report",
        "case.accept",
        "case.advice",
    }


def test_no_rule_is_reported_as_impossible_because_of_a_silence():
    assert want(silenced(everything()), PLAN, TUE).holes == want(everything(), PLAN, TUE).holes


@pytest.mark.req("R-089", "R-095")
def test_a_silenced_child_leaves_the_denominators_of_its_class():
    made = (contact("visit", MON, GANG),)
    checks = (NumberCheckFact(GANG, date(2026, 9, 8)),)
    known = replace(everything(), contacts=made, number_checks=checks)

    found = want(known, PLAN, TUE)
    assert only(found, DutyRule.VISIT_ALL).progress == (1, 2)
    assert only(found, DutyRule.NUMBER_CHECK).progress == (1, 2)
    found = want(silenced(known), PLAN, TUE)
    assert only(found, DutyRule.VISIT_ALL).progress == (1, 1)
    assert only(found, DutyRule.VISIT_ALL).closed_by.on == MON
    assert only(found, DutyRule.NUMBER_CHECK).progress == (1, 1)


def test_a_class_of_nobody_but_the_silenced_child_has_no_number_to_reach():
    alone = silenced(facts(child(LAN)))
    found = want(alone, policy(ALL, NUMBERS), TUE)

    assert found.duties == frozenset()


@pytest.mark.req("R-091")
def test_visits_that_were_made_still_count_for_the_teacher():
    made = tuple(contact("visit", date(2026, 10, 8 + n), n=n) for n in range(20))
    found = want(silenced(replace(everything(), contacts=made)), PLAN, TUE)

    assert only(found, DutyRule.VISIT_TOTAL).progress == (20, 20)


@pytest.mark.parametrize(("until", "quiet"), [(WED, True), (THU, False), (FRI, False)])
def test_a_silence_lasts_up_to_the_day_on_which_it_ended(until, quiet):
    known = silenced(everything(), Silence(TUE, THU))

    assert (DutyRule.VISIT not in about_lan(want(known, PLAN, until))) is quiet


def test_an_older_day_is_planned_as_silently_as_today():
    found = want(silenced(everything(), Silence(FRI)), PLAN, TUE)

    assert DutyRule.VISIT not in about_lan(found)


@pytest.mark.parametrize(
    ("silence", "due"),
    [
        (Silence(MON, MON), TUE),  # raised and closed on the day it was due
        (Silence(MON, FRI), MON2),  # closed on a Friday: the weekend is nobody's delay
        (Silence(TUE, WED), MON),  # late before the flag, late after it
        (Silence(date(2026, 11, 10), date(2026, 11, 15)), MON),
    ],
)
def test_a_date_that_fell_into_a_silence_moves_to_the_next_working_day(silence, due):
    known = silenced(facts(runs=(away(MON),)), silence)

    assert only(want(known, policy(SAME_DAY), MON2), DutyRule.GUARDIAN_CONTACT).due.on == due


def test_a_date_that_one_silence_moved_into_the_next_moves_again():
    known = silenced(facts(runs=(away(MON),)), Silence(MON, TUE), Silence(WED, FRI))

    assert only(want(known, policy(SAME_DAY), MON2), DutyRule.GUARDIAN_CONTACT).due.on == MON2


def test_reports_keep_their_date():
    known = silenced(facts(words=(WordFact(LAN, MON),)), Silence(MON, FRI))
    rules = policy(text("class_report_deadline", "same_day"))

    assert only(want(known, rules, MON2), DutyRule.DROPOUT_REPORT).due.on == MON


def test_a_class_owes_its_roll_whoever_is_silenced():
    known = silenced(facts(rolls=(roll(MON),)))

    assert named(want(known, PLAN, WED), DutyRule.CALL_ROLL)


@pytest.mark.req("R-294")
def test_what_stood_is_withdrawn_neutrally_and_comes_back_in_time_afterwards():
    store = Store()
    rules = policy(SAME_DAY)
    known = facts(runs=(away(MON, TUE),))
    store.sweep(want(known, rules, TUE))

    gone = store.sweep(want(silenced(known, Silence(TUE)), rules, TUE))
    assert {(kind.value, why.value) for c in gone.changes for kind, why in c.what} == {
        ("withdrawn", "facts")
    }
    assert not store.sweep(want(silenced(known, Silence(TUE)), rules, FRI))

    store.sweep(want(silenced(known, Silence(TUE, FRI)), rules, FRI))
    stands = {key[2]: stand for key, stand in store.state().items()}
    assert {stand.state for stand in stands.values()} == {DutyState.OPEN}
    assert stands[TUE.isoformat()].due_on == MON2
    assert stands[TUE.isoformat()].late_since is None
    assert stands[MON.isoformat()].late_since == TUE  # it was late before anybody was silent


def test_a_duty_that_was_met_before_stays_met():
    store = Store()
    known = facts(runs=(away(MON),), contacts=(contact("call", MON),))
    store.sweep(want(known, policy(SAME_DAY), MON))

    assert not store.sweep(want(silenced(known), policy(SAME_DAY), TUE2))
    assert [s.state for s in store.state().values()] == [DutyState.DONE]
