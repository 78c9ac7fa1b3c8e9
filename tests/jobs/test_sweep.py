"""``notoneless sweep``: plans a county anew, prints what it would change, never twice at once."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from notoneless.attendance.models import Roll
from notoneless.duties.models import Duty, DutyChange, RuleHole, SweepRun
from notoneless.duties.queries.sweeps import last_swept_on, newest_sweeps
from notoneless.duties.services import SweepRunning, begin_sweep
from notoneless.duties.services.runs import DEAD_AFTER
from notoneless.flows.duties.sweep import look_for_missing_rolls, sweep_county
from notoneless.jobs.schedule import JOBS
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.duties.wants import Moment
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.duties.desk import S1_29, S2_5, adopt_pack, duties, duty, kept, sweep, under
from tests.places.calendar_desk import switch
from tests.world import NOW, Village

pytestmark = pytest.mark.django_db
BOTH = ("coverage_chain_template", "special_inspections_per_year")
NINE = (("daily_attendance_report_by", "09:00", "", None),)


@pytest.fixture
def s1_29(village: Village) -> Village:
    return under(village, S1_29)


@pytest.fixture
def s2_5(village: Village) -> Village:
    return under(village, S2_5)


def lan_was_away(v: Village, *days):
    for day in days:
        call(v, day, "lan")


def printed(**options) -> str:
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        call_command("sweep", stdout=out, **options)
    return out.getvalue()


@pytest.mark.req("R-307")
def test_a_late_visit_rises_to_the_principal_the_centre_and_the_county(s1_29: Village):
    lan_was_away(s1_29, MON, TUE)

    seen = []
    for day in (TUE, WED, THU, FRI):
        sweep(s1_29, day)
        row = duty(DutyRule.VISIT)
        seen.append((row.late_since, row.risen_role))
    assert seen == [
        (None, ""),
        (WED, Role.PRINCIPAL),
        (WED, Role.CENTRE_HEAD),
        (WED, Role.COUNTY_CLERK),
    ]
    rose = DutyChange.objects.filter(kind="rose", duty=row).order_by("as_of")
    assert [(c.as_of, c.risen_role, c.by_id) for c in rose] == [
        (WED, Role.PRINCIPAL, None),
        (THU, Role.CENTRE_HEAD, None),
        (FRI, Role.COUNTY_CLERK, None),
    ]


def test_sweeping_twice_changes_nothing(s1_29: Village):
    lan_was_away(s1_29, MON, TUE)
    sweep(s1_29, WED)
    stood, changes = kept(), DutyChange.objects.count()

    parts = sweep(s1_29, WED)

    assert not any(part.openings or part.changes for part in parts)
    assert (kept(), DutyChange.objects.count()) == (stood, changes)


def test_after_a_weeks_outage_everything_stands_as_if_swept_every_day(s2_5: Village):
    adopt_pack(s2_5, S1_29, without=frozenset(BOTH))
    lan_was_away(s2_5, MON, TUE)
    for day in (MON, TUE, WED, THU, FRI):
        sweep(s2_5, day)
    sweep(s2_5, NEXT_MON)
    daily = kept()
    DutyChange.objects.all()._raw_delete("default")
    Duty.objects.all().delete()

    sweep(s2_5, NEXT_MON)

    assert kept() == daily
    assert len(duties(DutyRule.CALL_ROLL, state=DutyState.OPEN)) == 3 + 5 + 4 + 4


@pytest.mark.req("R-305", "R-307")
def test_a_holiday_entered_later_takes_back_the_roll_that_was_missing(s2_5: Village):
    call(s2_5, MON)
    call(s2_5, WED)
    sweep(s2_5, THU)
    missing = {(d.subject_id, d.opened_on) for d in duties(DutyRule.CALL_ROLL, state="open")}
    class_1 = s2_5.units["primary-1"].pk
    assert (class_1, TUE) in missing

    switch(s2_5, "bureau", TUE, has_class=False, reason="县运会")
    sweep(s2_5, THU)

    row = duty(DutyRule.CALL_ROLL, subject_id=class_1, opened_on=TUE)
    assert (row.state, row.late_since) == (DutyState.WITHDRAWN, None)


@pytest.mark.req("R-068")
def test_a_school_that_never_called_a_roll_owes_the_last_days_only(s2_5: Village):
    sweep(s2_5, NEXT_MON)

    rows = duties(DutyRule.CALL_ROLL, subject_id=s2_5.units["junior-1"].pk)
    assert [row.opened_on for row in rows] == [TUE, WED, THU, FRI]


@pytest.mark.req("R-068", "T02")
@pytest.mark.parametrize(("hour", "found"), [("09:00", 0), ("09:01", 4), ("19:30", 0)])
def test_classes_without_a_roll_by_the_hour_are_found_during_the_morning(
    village: Village, hour: str, found: int
):
    under(village, S2_5, own=NINE)

    opened = look_for_missing_rolls(village.county_id, moment=Moment(FRI, hour), now=at(FRI, 9, 2))

    assert opened == found
    assert {row.risen_role for row in duties(DutyRule.CALL_ROLL)} == (
        {Role.PRINCIPAL} if found else set()
    )


def test_looking_again_finds_no_more_and_a_roll_at_ten_closes_it_late(village: Village):
    under(village, S2_5, own=NINE)
    look_for_missing_rolls(village.county_id, moment=Moment(FRI, "09:01"), now=at(FRI, 9, 1))
    again = look_for_missing_rolls(
        village.county_id, moment=Moment(FRI, "09:16"), now=at(FRI, 9, 16)
    )
    call(village, FRI, noted_at=at(FRI, 10), now=at(FRI, 10, 1))

    assert again == 0
    row = duty(DutyRule.CALL_ROLL, subject_id=village.units["primary-1"].pk)
    assert (row.state, row.done_hour, row.late_since) == (DutyState.DONE, "10:00", FRI)


def test_a_dry_run_prints_and_writes_nothing(s1_29: Village):
    lan_was_away(s1_29, MON, TUE)
    before = kept()

    text = printed(dry_run=True)

    assert "石桥乡中心小学" in text
    assert f"~ absence.visit {s1_29.lan.pk} 2026-11-16 rose (time)" in text
    assert "吴小兰" not in text
    assert (kept(), SweepRun.objects.count()) == (before, 0)


def test_the_real_run_says_how_much_and_leaves_a_record(s1_29: Village):
    lan_was_away(s1_29, MON, TUE)

    # Nine reports of classes, schools and townships are owed in that week and month.
    assert "open 9, change 2" in printed(as_of=FRI)
    (run,) = newest_sweeps(s1_29.county_id)
    assert (run.as_of, run.state, run.schools, run.changed) == (FRI, "done", 3, 2)
    assert last_swept_on(s1_29.county_id) == FRI


def test_a_day_that_has_not_come_is_refused(village: Village):
    with pytest.raises(CommandError):
        printed(as_of=NEXT_MON)
    with pytest.raises(CommandError):
        printed(county="999999")


def test_two_sweeps_of_a_county_never_run_at_once(s1_29: Village):
    begin_sweep(s1_29.county_id, as_of=FRI, now=at(FRI, 23))

    with pytest.raises(SweepRunning):
        sweep(s1_29, FRI)
    with pytest.raises(CommandError):
        printed()


def test_a_sweep_that_was_heard_of_a_quarter_of_an_hour_ago_is_alive(s1_29: Village):
    begin_sweep(s1_29.county_id, as_of=FRI, now=NOW)

    with pytest.raises(SweepRunning):
        begin_sweep(s1_29.county_id, as_of=FRI, now=NOW + DEAD_AFTER)


def test_a_sweep_whose_heart_stopped_does_not_block_the_next(s1_29: Village):
    begin_sweep(s1_29.county_id, as_of=FRI, now=NOW)
    later = NOW + DEAD_AFTER + timedelta(seconds=1)

    list(sweep_county(s1_29.county_id, as_of=FRI, now=lambda: later))

    assert [run.state for run in newest_sweeps(s1_29.county_id)] == ["done", "failed"]


def test_a_sweep_that_breaks_off_is_marked_failed(s1_29: Village):
    moment = at(FRI, 23)
    running = sweep_county(s1_29.county_id, as_of=FRI, now=lambda: moment)
    next(running)
    running.close()

    assert [run.state for run in newest_sweeps(s1_29.county_id)] == ["failed"]


def test_rolls_that_could_not_be_planned_are_taken_up(s1_29: Village):
    lan_was_away(s1_29, MON, TUE)
    Duty.objects.all().delete()
    Roll.objects.update(planned_at=None)

    sweep(s1_29, TUE)

    assert {row.rule for row in duties(subject_id=s1_29.lan.pk)} == {
        DutyRule.INVESTIGATE,
        DutyRule.VISIT,
        DutyRule.CASE_DETERMINE,
    }
    assert not Roll.objects.filter(planned_at=None).exists()


def test_a_missing_school_year_is_told_for_the_rules_that_need_it(village: Village):
    from tests.policy.desk import give_packs

    give_packs(village)
    adopt_pack(village, S2_5)

    sweep(village, FRI)

    holes = RuleHole.objects.filter(unit=village.units["primary"])
    assert {(h.rule, h.key, h.why) for h in holes} == {
        (DutyRule.CALL_ROLL, "calendar", "no_school_year")
    }


def test_a_duty_of_a_child_who_left_the_county_is_withdrawn(s1_29: Village):
    from notoneless.children.models import Enrolment

    lan_was_away(s1_29, MON, TUE)
    Enrolment.objects.filter(child=s1_29.lan).update(to_on=WED, ended="transferred_out")

    sweep(s1_29, FRI)

    assert {row.state for row in duties(subject_id=s1_29.lan.pk)} == {DutyState.WITHDRAWN}
    assert {c.why for c in DutyChange.objects.filter(kind="withdrawn")} == {"left"}


def test_the_sweep_and_the_look_for_rolls_are_scheduled():
    assert {"sweep-duties", "look-for-rolls"} <= {job.name for job in JOBS}
