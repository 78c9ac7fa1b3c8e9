"""From what stands to what is wanted: twice is once, late is early, order is nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.calendar import Override, Scope
from notoneless.rules.duties.facts import LeaveFact, WordFact
from notoneless.rules.duties.kinds import ChangeKind, ChangeWhy, DutyState
from notoneless.rules.duties.wants import Bearer
from notoneless.rules.roles import Role
from tests.rules.duties.desk import (
    BUREAU,
    CALENDAR,
    CENTRE,
    FRI,
    GANG,
    LAN,
    MON,
    MON2,
    SCHOOL,
    THU,
    TUE,
    TUE2,
    WED,
    Store,
    away,
    child,
    contact,
    days,
    facts,
    policy,
    report,
    roll,
    shipped,
    want,
)
from tests.rules.policy.stack import days as clock
from tests.rules.policy.stack import text
from tests.rules.school_year import calendar

S1_29 = shipped("S1-29")
FULL = policy(
    text("parent_contact_deadline", "same_day"),
    text("class_report_deadline", "same_day"),
    text("visit_start", "immediate"),
    clock("absence_days_investigate", 2),
    clock("absence_days_report", 3),
    clock("leave_proof_within", 3, operator="<="),
    '[rules.daily_attendance_report]\nvalue = true\nsource = "paper"\n',
)
LEAVE_ID = child(LAN).id


def rows(store, rule, state=DutyState.OPEN):
    return [
        (key, row.stand)
        for key, row in store.rows.items()
        if key[0] == rule and row.stand.state is state
    ]


def test_a_corrected_roll_takes_the_duty_back():
    store = Store()
    store.sweep(want(facts(runs=(away(MON, TUE),)), S1_29, TUE))

    changes = store.sweep(want(facts(), S1_29, TUE))

    assert {c.what for c in changes.changes} == {((ChangeKind.WITHDRAWN, ChangeWhy.FACTS),)}
    assert {row.stand.state for row in store.rows.values()} == {DutyState.WITHDRAWN}


def test_a_correction_of_the_correction_brings_it_back():
    store = Store()
    first = want(facts(runs=(away(MON, TUE),)), S1_29, TUE)
    store.sweep(first)
    stood = store.state()
    store.sweep(want(facts(), S1_29, TUE))

    changes = store.sweep(first)

    assert len(changes.of(ChangeKind.REOPENED)) == 2
    assert store.state() == stood


def test_work_that_was_done_stays_done_when_it_was_not_needed_after_all():
    store = Store()
    store.sweep(want(facts(runs=(away(MON, TUE),), contacts=(contact("visit", TUE),)), S1_29, TUE))
    store.sweep(want(facts(), S1_29, TUE))

    assert len(rows(store, "absence.visit", DutyState.DONE)) == 1


def test_a_pack_that_is_given_up_withdraws_its_duties_and_says_so():
    store = Store()
    known = facts(runs=(away(MON, TUE),))
    store.sweep(want(known, S1_29, TUE))

    changes = store.sweep(want(known, shipped("S2-5"), TUE), digest="p2")

    withdrawn = changes.of(ChangeKind.WITHDRAWN)
    assert {c.what[0][1] for c in withdrawn} == {ChangeWhy.POLICY}


def test_a_hole_leaves_what_stands_as_it_stands():
    store = Store()
    known = facts(runs=(away(MON, TUE),))
    store.sweep(want(known, S1_29, TUE))
    stood = store.state()
    blank = policy('[rules.absence_days_investigate]\nto_be_entered = true\nsource = "paper"\n')

    found = want(known, blank, TUE)

    assert len(found.holes) == 2
    assert not store.sweep(found, digest="p2")
    assert store.state() == stood


def test_a_child_that_the_facts_do_not_name_is_left_alone():
    store = Store()
    store.sweep(want(facts(runs=(away(MON, TUE),)), S1_29, TUE))

    assert not store.sweep(want(facts(child(GANG)), S1_29, TUE))


def leave_due(store):
    return next(stand.due_on for _, stand in rows(store, "leave.proof"))


@pytest.mark.req("R-305", "R-307")
def test_a_moved_holiday_re_dates_and_takes_lateness_away():
    leave = facts(leaves=(LeaveFact(LEAVE_ID, LAN, MON),), from_on=MON, rolls=ALL_CALLED)
    store = Store()
    store.sweep(want(leave, FULL, FRI))
    assert leave_due(store) == THU
    assert rows(store, "leave.proof")[0][1].late_since == FRI
    assert rows(store, "leave.proof")[0][1].risen == Bearer(Role.PRINCIPAL, SCHOOL)

    off = calendar(overrides=(Override(WED, Scope.COUNTY, False, "县运会"),))
    changes = store.sweep(want(leave, FULL, FRI, cal=off))

    (change,) = changes.changes
    assert set(change.what) == {
        (ChangeKind.REDATED, ChangeWhy.CALENDAR),
        (ChangeKind.FELL, ChangeWhy.CALENDAR),
    }
    assert (change.old.due_on, change.new.due_on) == (THU, FRI)
    assert change.new.late_since is None


ALL_CALLED = tuple(roll(day) for day in days(MON, TUE2))


def test_a_moved_holiday_gives_the_state_of_a_calendar_that_had_it_from_the_start():
    leave = facts(leaves=(LeaveFact(LEAVE_ID, LAN, MON),), from_on=MON, rolls=ALL_CALLED)
    off = calendar(overrides=(Override(WED, Scope.COUNTY, False, "县运会"),))
    moved, always = Store(), Store()
    moved.sweep(want(leave, FULL, FRI))
    moved.sweep(want(leave, FULL, MON2, cal=off))
    always.sweep(want(leave, FULL, MON2, cal=off))

    assert moved.state() == always.state()


@pytest.mark.req("R-306")
def test_a_plan_that_counts_other_days_re_dates_open_duties_and_not_those_that_were_met():
    other = policy(clock("leave_proof_within", 5, "calendar_days", "<="))
    open_, met = LeaveFact(LEAVE_ID, LAN, MON), LeaveFact(GANG, GANG, MON, proven_on=TUE)
    store = Store()
    store.sweep(want(facts(leaves=(open_, met)), FULL, TUE))

    store.sweep(want(facts(leaves=(open_, met)), other, TUE), digest="p2")

    assert leave_due(store) == date(2026, 11, 21)
    ((_, done),) = rows(store, "leave.proof", DutyState.DONE)
    assert done.due_on == THU


@pytest.mark.req("R-307")
@pytest.mark.parametrize(
    ("day", "late_since", "risen"),
    [
        (FRI, None, None),
        (date(2026, 11, 21), date(2026, 11, 21), None),
        (date(2026, 11, 22), date(2026, 11, 21), None),
        (MON2, date(2026, 11, 21), Bearer(Role.PRINCIPAL, SCHOOL)),
        (TUE2, date(2026, 11, 21), Bearer(Role.CENTRE_HEAD, CENTRE)),
        (date(2026, 11, 25), date(2026, 11, 21), Bearer(Role.COUNTY_CLERK, BUREAU)),
        (date(2026, 12, 25), date(2026, 11, 21), Bearer(Role.COUNTY_CLERK, BUREAU)),
    ],
)
def test_a_late_duty_rises_level_by_level_on_working_days(day, late_since, risen):
    store = Store()
    store.sweep(want(facts(runs=(away(THU, FRI),)), S1_29, day))

    ((_, stand),) = rows(store, "absence.visit")
    assert (stand.late_since, stand.risen) == (late_since, risen)


@pytest.mark.req("R-307")
def test_a_duty_met_after_its_day_keeps_that_it_was_late():
    store = Store()
    made = contact("visit", MON2)
    store.sweep(want(facts(runs=(away(THU, FRI),), contacts=(made,)), S1_29, TUE2))

    ((_, stand),) = rows(store, "absence.visit", DutyState.DONE)
    assert (stand.late_since, stand.closed_by.on, stand.risen) == (
        date(2026, 11, 21),
        MON2,
        None,
    )


def test_a_child_that_changed_class_takes_its_duties_along():
    store = Store()
    known = facts(runs=(away(MON, TUE),))
    store.sweep(want(known, S1_29, TUE))
    new = replace(known.classes[child(LAN).class_id], id=BUREAU)
    there = replace(
        known,
        classes={BUREAU: new},
        children={LAN: replace(known.children[LAN], class_id=BUREAU)},
    )
    changes = store.sweep(want(there, S1_29, TUE))

    assert len(changes.of(ChangeKind.MOVED)) == 2
    assert {s.bearer.unit_id for _, s in rows(store, "absence.visit")} == {BUREAU}


# -- properties ----------------------------------------------------------------------------------

SCHOOL_DAYS = [d for d in days(date(2026, 11, 2), date(2026, 11, 27)) if d.weekday() < 5]


@st.composite
def stories(draw):
    """Some weeks of two children: absent or not each called day, with calls, visits, reports."""
    called = draw(st.sets(st.sampled_from(SCHOOL_DAYS)))
    runs, contacts, reports, words, leaves = [], [], [], [], []
    for who in (LAN, GANG):
        absent = draw(st.sets(st.sampled_from(SCHOOL_DAYS))) & called
        runs += _runs(who, absent, called)
        for n, day in enumerate(draw(st.lists(st.sampled_from(SCHOOL_DAYS), max_size=4))):
            kind = draw(st.sampled_from(["call", "visit", "letter"]))
            contacts.append(
                contact(kind, day, who, n + (50 if who == GANG else 0), is_cause_known=n == 1)
            )
        if draw(st.booleans()):
            reports.append(report(draw(st.sampled_from(SCHOOL_DAYS)), who=who))
        if draw(st.booleans()):
            words.append(WordFact(who, draw(st.sampled_from(SCHOOL_DAYS))))
        if draw(st.booleans()):
            leaves.append(LeaveFact(who, who, draw(st.sampled_from(SCHOOL_DAYS))))
    return facts(
        from_on=date(2026, 11, 1),
        rolls=tuple(roll(day) for day in called),
        runs=tuple(runs),
        contacts=tuple(contacts),
        reports=tuple(reports),
        words=tuple(words),
        leaves=tuple(leaves),
    )


def _runs(who, absent, called):
    found, now = [], []
    for day in SCHOOL_DAYS:
        if day in absent:
            now.append(day)
        elif now:
            found.append(away(*now, who=who, back=day if day in called else None))
            now = []
    return found + ([away(*now, who=who)] if now else [])


def known_by(story, day):
    """The facts as they were on the evening of ``day``."""
    return replace(
        story,
        rolls=tuple(r for r in story.rolls if r.on <= day),
        runs=tuple(
            replace(
                run,
                days=tuple(d for d in run.days if d <= day),
                back_on=run.back_on if run.back_on and run.back_on <= day else None,
                back_by=run.back_by if run.back_on and run.back_on <= day else None,
            )
            for run in story.runs
            if run.days[0] <= day
        ),
        contacts=tuple(c for c in story.contacts if c.on <= day),
        reports=tuple(r for r in story.reports if r.on <= day),
        words=tuple(w for w in story.words if w.on <= day),
        leaves=tuple(leave for leave in story.leaves if leave.from_on <= day),
    )


LAST = date(2026, 11, 30)


@given(stories())
def test_doing_it_twice_changes_nothing(story):
    store = Store()
    store.sweep(want(story, FULL, LAST))

    assert not store.sweep(want(story, FULL, LAST))


@given(stories(), st.integers(1, 7))
def test_sweeping_after_an_outage_equals_sweeping_every_day(story, every):
    daily, rare = Store(), Store()
    for n in range((LAST - date(2026, 11, 2)).days + 1):
        day = date(2026, 11, 2) + timedelta(n)
        daily.sweep(want(known_by(story, day), FULL, day))
        if n % every == 0 or day == LAST:
            rare.sweep(want(known_by(story, day), FULL, day))

    assert daily.state() == rare.state()


@given(stories(), st.randoms())
def test_the_order_in_which_facts_came_in_does_not_matter(story, chance):
    def shuffled(rows):
        mixed = list(rows)
        chance.shuffle(mixed)
        return tuple(mixed)

    mixed = replace(
        story,
        rolls=shuffled(story.rolls),
        runs=shuffled(story.runs),
        contacts=shuffled(story.contacts),
        reports=shuffled(story.reports),
        children=dict(reversed(story.children.items())),
    )

    assert want(mixed, FULL, LAST) == want(story, FULL, LAST)


@given(stories(), st.sampled_from(SCHOOL_DAYS))
def test_a_holiday_moved_late_gives_the_state_of_one_known_from_the_start(story, day):
    leaves_only = replace(story, runs=(), rolls=tuple(roll(d) for d in SCHOOL_DAYS), words=())
    off = calendar(overrides=(Override(day, Scope.COUNTY, False, "停课"),))
    late, early = Store(), Store()
    late.sweep(want(leaves_only, FULL, date(2026, 11, 20), cal=CALENDAR))
    for store in (late, early):
        store.sweep(want(leaves_only, FULL, LAST, cal=off))

    assert late.state() == early.state()


@given(stories())
def test_nothing_is_late_before_its_day_is_over(story):
    for duty in want(story, FULL, LAST).duties:
        for heir in duty.heirs:
            assert heir.on is None or heir.on > duty.due.on


def test_what_is_known_only_later_closes_nothing_on_an_earlier_day():
    run = away(MON, TUE, back=THU)

    assert {d.closed_by for d in want(facts(runs=(run,)), S1_29, WED).duties} == {None}
    early = facts(words=(WordFact(LAN, WED),), reports=(report(TUE),))
    found = want(early, policy(text("class_report_deadline", "same_day")), THU)
    assert {d.closed_by for d in found.duties} == {None}


def test_a_withdrawn_duty_that_needs_no_opening_stays_withdrawn():
    store = Store()
    plan = shipped("S2-5")
    store.sweep(want(facts(from_on=MON), plan, TUE))
    off = calendar(overrides=(Override(MON, Scope.COUNTY, False, "停课"),))
    store.sweep(want(facts(from_on=MON), plan, TUE, cal=off))
    stood = store.state()

    assert not store.sweep(want(facts(from_on=MON, rolls=(roll(MON),)), plan, TUE))
    assert store.state() == stood
