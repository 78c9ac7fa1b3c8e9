"""Who is away now: the table says at every moment what the rolls say."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notoneless.attendance.models import AbsenceRun, Leave, Roll
from notoneless.attendance.services.events import NewEvent
from notoneless.attendance.services.leave import NewLeave
from notoneless.attendance.services.runs import reconcile_runs
from notoneless.flows.rolls.deciding import decide_rolls
from notoneless.flows.rolls.events import begin_area_event, withdraw_area_event
from notoneless.flows.rolls.leave import ask_leave, decide_leave
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import Reason, RollState
from notoneless.rules.refusal import Refusal
from tests.attendance.register import (
    FRI,
    MON,
    NEXT_MON,
    THU,
    TUE,
    WED,
    at,
    call,
    run_of,
    send,
    sheet,
    standing,
)
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-072")]

DAYS = (MON, TUE, WED, THU, FRI, NEXT_MON)
NOW = at(NEXT_MON, 10)


def test_two_days_away_across_the_rolls_of_a_week(school: Village):
    for day in (WED, THU, FRI):
        call(school, day, *(["lan"] if day > WED else []))

    run = run_of(school, "lan")
    assert (run.proved_days, run.proved_since, run.possible_days) == (2, THU, 2)
    assert (run.last_absent_on, run.last_called_on) == (FRI, FRI)


def test_a_weekend_is_no_gap_and_a_forgotten_day_is_one(school: Village):
    for day in (THU, FRI, NEXT_MON):
        call(school, day, "lan")
    assert run_of(school, "lan").proved_days == 3

    for day in (MON, WED):
        call(school, day, "gang", today=NEXT_MON, reason="补点")
    for day in (THU, FRI, NEXT_MON):
        before = standing(school, day)
        call(school, day, "lan", "gang", today=NEXT_MON, based_on=before.pk, reason="漏点")

    gang = run_of(school, "gang")
    assert (gang.proved_days, gang.possible_days, gang.possible_since) == (4, 5, MON)


def test_back_again_the_run_is_over(school: Village):
    call(school, THU, "lan")
    call(school, FRI)

    assert run_of(school, "lan") is None


def test_leave_written_down_afterwards_ends_the_run_and_its_withdrawal_brings_it_back(
    school: Village,
):
    for day in (WED, THU, FRI):
        call(school, day, "lan")
    new = NewLeave(school.lan.pk, LeaveKind.SICK, WED, NEXT_MON, AskedBy.GUARDIAN)
    leave = ask_leave(school.actor("chen", today=FRI), new, today=FRI, now=at(FRI, 9), approve=True)
    assert run_of(school, "lan") is None

    decide_leave(
        school.actor("chen", today=FRI),
        leave,
        LeaveState.WITHDRAWN,
        note="并未生病",
        today=FRI,
        now=at(FRI, 10),
    )
    assert run_of(school, "lan").proved_days == 3


def test_what_somebody_changed_by_hand_is_found_and_put_right(school: Village):
    call(school, FRI, "lan")
    AbsenceRun.objects.update(proved_days=0, longest_proved_days=0)

    dry = reconcile_runs(school.county_id, as_of=FRI, now=NOW, dry_run=True)
    assert [d.child_id for d in dry.differences] == [school.lan.pk]
    assert run_of(school, "lan").proved_days == 0

    report = reconcile_runs(school.county_id, as_of=FRI, now=NOW)
    assert report.differences[0].right["proved_days"] == 1
    assert run_of(school, "lan").proved_days == 1
    assert not reconcile_runs(school.county_id, as_of=FRI, now=NOW).differences


def test_a_row_that_is_missing_is_found(school: Village):
    call(school, FRI, "lan")
    AbsenceRun.objects.all().delete()

    report = reconcile_runs(school.county_id, as_of=FRI, now=NOW)

    assert [d.child_id for d in report.differences] == [school.lan.pk]
    assert run_of(school, "lan").proved_days == 1


def test_who_left_the_school_is_no_longer_away_from_it(school: Village):
    from notoneless.children.models.places import SpellEnded
    from notoneless.children.services.spells import end_spells

    call(school, FRI, "lan")
    end_spells([school.lan.pk], on=NEXT_MON, ended=SpellEnded.TRANSFERRED_OUT, stamp=school.stamp())
    report = reconcile_runs(school.county_id, as_of=NEXT_MON, now=NOW)

    assert len(report.differences) == 1
    assert not AbsenceRun.objects.exists()


def test_a_night_costs_the_same_few_statements_for_one_child_as_for_many(
    school: Village, django_assert_max_num_queries
):
    names = [f"pupil{n}" for n in range(20)]
    for name in names:
        school.enrol(name, "甲", "primary-1")
    call(school, FRI, *names)
    reconcile_runs(school.county_id, as_of=FRI, now=NOW)

    # Three schools, each with its candidates; one of them with a batch.
    with django_assert_max_num_queries(16):
        reconcile_runs(school.county_id, as_of=FRI, now=NOW)


def test_a_session_that_was_not_held_makes_another_day_of_the_half_that_was(school: Village):
    call(school, THU, "lan", session="morning")
    call(school, THU, session="day", state=RollState.NOT_HELD, not_held_reason="停电")

    assert reconcile_runs(school.county_id, as_of=THU, now=NOW, dry_run=True).differences == []


# -- any history -------------------------------------------------------------------------------

# Unexplained and held more often than not, or nothing would ever run.
reasons = st.sampled_from([Reason.UNEXPLAINED] * 6 + list(Reason))
held = st.sampled_from([True] * 5 + [False])
missing = st.dictionaries(st.sampled_from(["lan", "gang"]), reasons)
sessions = st.sampled_from(["day", "day", "day", "day", "morning", "afternoon", "evening"])
days = st.sampled_from(DAYS[2:])
rolls = st.tuples(st.just("roll"), days, sessions, missing, held)
fixes = st.tuples(st.just("fix"), st.integers(0, 9), missing, held)
leaves = st.tuples(st.just("leave"), days, st.integers(1, 6), st.booleans())
events = st.tuples(st.just("event"), days, st.integers(1, 4), st.booleans())
histories = st.lists(st.one_of(rolls, rolls, fixes, fixes, leaves, events), min_size=1, max_size=9)


class Undone(Exception):
    """Takes an example's rows back."""


def do(village: Village, step) -> None:
    kind, *facts = step
    verbs: dict[str, Any] = {"roll": do_roll, "fix": do_fix, "leave": do_leave, "event": do_event}
    # A refusal is an unlikely story, and nothing is written: the next step goes on.
    with suppress(Refusal):
        verbs[kind](village, *facts)


def do_roll(village, day, session, gone, is_held, *, based_on=None):
    out = {} if is_held else {"state": RollState.NOT_HELD, "not_held_reason": "停电"}
    form = sheet(
        village,
        day,
        reasons=gone if is_held else {},
        session=session,
        reason="补",
        based_on=based_on,
        **out,
    )
    answer = send(village, form, by="qin", today=NEXT_MON, now=NOW)
    if answer.outcome == "contends":
        actor = village.actor("chen", today=NEXT_MON)
        decide_rolls(actor, form.id, reason="核实", today=NEXT_MON, now=NOW)


def do_fix(village, which, gone, is_held):
    """Correct one of the rolls that stand."""
    found = list(Roll.objects.filter(is_standing=True).order_by("pk"))
    if found:
        roll = found[which % len(found)]
        do_roll(village, roll.day, roll.session, gone, is_held, based_on=roll.pk)


def do_leave(village, day, length, is_withdrawn):
    actor = village.actor("chen", today=NEXT_MON)
    new = NewLeave(
        village.lan.pk, LeaveKind.PERSONAL, day, day + timedelta(days=length), AskedBy.TEACHER
    )
    leave = ask_leave(actor, new, today=NEXT_MON, now=NOW, approve=True)
    if is_withdrawn:
        check(village)
        decide_leave(actor, leave, LeaveState.WITHDRAWN, note="", today=NEXT_MON, now=NOW)


def do_event(village, day, length, is_withdrawn):
    actor = village.actor("qin", today=NEXT_MON)
    new = NewEvent(village.units["primary"].pk, day, day + timedelta(days=length), "大雪")
    event = begin_area_event(actor, new, today=NEXT_MON, now=NOW)
    if is_withdrawn:
        check(village)
        withdraw_area_event(actor, event, today=NEXT_MON, now=NOW)


def check(village: Village) -> None:
    report = reconcile_runs(village.county_id, as_of=NEXT_MON, now=NOW, dry_run=True)
    assert report.differences == []


def test_whatever_happens_the_table_says_what_the_rolls_say(school: Village):
    @settings(
        max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(histories)
    def run(steps):
        try:
            with transaction.atomic():
                for step in steps:
                    do(school, step)
                    check(school)
                raise Undone
        except Undone:
            pass

    run()
    assert not Roll.objects.exists()
    assert not Leave.objects.exists()
