"""What teachers, principals and the county read: sheets, weeks, gaps, counts, the ledger."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.attendance.queries.absentees import (
    away_now,
    never_seen,
    owed_proofs,
)
from notoneless.attendance.queries.arrivals import arrivals
from notoneless.attendance.queries.ledger import ledger
from notoneless.attendance.queries.missing import missing_rolls
from notoneless.attendance.queries.sheet import contended_rolls, sheet_of, week_of
from notoneless.attendance.services.leave import NewLeave, NewProof
from notoneless.attendance.services.lessons import NewLessonMark
from notoneless.flows.rolls.deciding import decide_rolls
from notoneless.flows.rolls.leave import ask_leave, decide_leave, note_proof
from notoneless.flows.rolls.lessons import mark_missing
from notoneless.flows.rolls.refusals import LateWithoutReason
from notoneless.places.models import Unit
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import Reason, RollState
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from tests.attendance.register import FRI, MON, NEXT_MON, SAT, THU, TUE, WED, at, call, run_of
from tests.world import NOW, TERM_START, TODAY, Village

pytestmark = pytest.mark.django_db
SOURCE = "青禾教〔2026〕9号"


def adopt_rules(school: Village, **values: OwnValue) -> None:
    """The county takes the pack with the daily report, and says more about rolls."""
    new = NewAdoption(
        unit_id=school.units["bureau"].pk,
        pack_id="S2-5/2026",
        from_on=TERM_START,
        values=values,
        reason="启用补录",
    )
    adopt(new, today=TODAY, stamp=school.stamp("lu"))


def said(value, unit: str = "", operator: Operator | None = None) -> OwnValue:
    return OwnValue(value, SOURCE, unit, operator)


def leave_for(school: Village, *, days: int, from_on: date = FRI, approve: bool = True):
    new = NewLeave(
        school.lan.pk,
        LeaveKind.SICK,
        from_on,
        from_on + timedelta(days=days),
        AskedBy.GUARDIAN,
        "发烧",
    )
    return ask_leave(school.actor("chen", today=THU), new, today=THU, now=at(THU), approve=approve)


def sheet(school: Village, day: date = FRI, who: str = "chen"):
    return sheet_of(school.actor(who, today=day), school.units["primary-1"].pk, day=day, today=day)


# -- the sheet ---------------------------------------------------------------------------------


def test_the_sheet_lists_the_class_by_pinyin_with_nobody_marked(school: Village):
    page = sheet(school)

    assert [line.name for line in page.lines] == ["吴小兰", "杨大刚"]
    assert all(line.mark is None for line in page.lines)
    assert (page.is_school_day, page.standing, page.contending) == (True, None, ())


@pytest.mark.req("R-069")
def test_approved_leave_marks_its_child_and_leave_only_asked_for_does_not(school: Village):
    leave = leave_for(school, days=1, approve=False)
    assert sheet(school).lines[0].mark is None

    decide_leave(
        school.actor("qin", today=THU), leave, LeaveState.APPROVED, note="", today=THU, now=at(THU)
    )
    assert (sheet(school).lines[0].mark, sheet(school).lines[0].is_marked_by_leave) == (
        Reason.SICK,
        True,
    )
    assert sheet(school, NEXT_MON).lines[0].mark is None


def test_a_roll_outranks_the_leave(school: Village):
    leave_for(school, days=3)
    call(school, FRI)

    assert sheet(school).lines[0].mark is None


def test_the_sheet_remembers_who_was_missing_the_last_time(school: Village):
    call(school, THU, "lan")

    assert [line.was_missing for line in sheet(school).lines] == [True, False]


def test_two_different_rolls_are_both_shown_until_somebody_decides(school: Village):
    call(school, FRI, "lan")
    second = call(school, FRI, "gang", by="qin")
    page = sheet(school)

    assert page.standing.marks == {school.lan.pk: Reason.UNEXPLAINED}
    assert [roll.marks for roll in page.contending] == [
        {school.children["gang"].pk: Reason.UNEXPLAINED}
    ]
    waiting = contended_rolls(school.actor("chen"))
    assert waiting == [(school.units["primary-1"].pk, FRI, "day")]
    assert contended_rolls(school.actor("tan")) == []

    decide_rolls(school.actor("chen"), second.roll_id, reason="核实", today=FRI, now=at(FRI, 9))
    after = sheet(school)
    assert after.standing.id == second.roll_id
    assert (after.contending, len(after.rolls)) == ((), 2)
    assert contended_rolls(school.actor("chen")) == []
    assert run_of(school, "lan") is None
    assert run_of(school, "gang").proved_days == 1


@pytest.mark.parametrize("who", ["tan", "xiang"])
def test_a_sheet_is_only_for_those_who_see_the_class(school: Village, who: str):
    if who == "xiang":
        assert len(sheet(school, who=who).lines) == 2
        return
    with pytest.raises(Unit.DoesNotExist):
        sheet(school, who=who)


def test_a_sheet_costs_the_same_for_any_class(school: Village, django_assert_num_queries):
    def cost() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        actor = school.actor("chen")
        with CaptureQueriesContext(connection) as seen:
            sheet_of(actor, school.units["primary-1"].pk, day=FRI, today=FRI)
        return len(seen)

    call(school, THU, "lan")
    call(school, FRI, "lan")
    small = cost()
    for n in range(30):
        school.enrol(f"pupil{n}", "甲", "primary-1")

    assert cost() == small <= 10


# -- the week ----------------------------------------------------------------------------------


def test_the_week_shows_what_was_called_and_what_was_not(school: Village):
    for day in (MON, WED):
        call(school, day)
    call(school, THU, state=RollState.NOT_HELD, not_held_reason="运动会")
    week = week_of(school.actor("chen"), school.units["primary-1"].pk, monday=MON, today=FRI)

    assert [day.on for day in week if day.is_missing] == [TUE, FRI]
    assert [len(day.rolls) for day in week] == [1, 0, 1, 1, 0, 0, 0]
    assert week[3].rolls[0].not_held_reason == "运动会"
    assert [day.is_school_day for day in week[5:]] == [False, False]


# -- what is missing ---------------------------------------------------------------------------


@pytest.mark.req("R-068")
def test_a_roll_is_missing_until_it_is_called_and_overdue_after_nine(school: Village):
    adopt_rules(school, daily_attendance_report_by=said("09:00"))
    actor = school.actor("qin")

    def missing(hour: int, minute: int):
        found = missing_rolls(actor, day=FRI, now=at(FRI, hour, minute))
        return [(m.school_class.name, m.session, m.is_overdue) for m in found]

    assert missing(9, 0) == [("1", "day", False), ("2", "day", False)]
    assert missing(9, 1) == [("1", "day", True), ("2", "day", True)]
    call(school, FRI)
    assert missing(9, 1) == [("2", "day", True)]
    call(school, FRI, by="qin", at="primary-2", state=RollState.NOT_HELD, not_held_reason="停水")
    assert missing(9, 1) == []


def test_without_an_hour_a_roll_is_overdue_when_the_day_is_over(school: Village):
    actor = school.actor("qin")

    assert not any(m.is_overdue for m in missing_rolls(actor, day=FRI, now=at(FRI, 23, 59)))
    assert all(m.is_overdue for m in missing_rolls(actor, day=FRI, now=at(SAT, 0, 1)))


def test_nothing_is_missing_on_a_day_without_class(school: Village):
    assert missing_rolls(school.actor("qin"), day=SAT, now=at(SAT, 12)) == []


@pytest.mark.req("R-068")
def test_the_county_sees_every_school_and_a_school_its_own(school: Village):
    county = missing_rolls(school.actor("fang"), day=FRI, now=at(FRI, 10))
    own = missing_rolls(school.actor("tan"), day=FRI, now=at(FRI, 10))

    assert len(county) == 4
    assert [m.school_class.id for m in own] == [school.units["other-1"].pk]


def test_boarders_are_called_in_the_evening_and_on_the_eve_of_the_week(school: Village):
    sessions = ("day", "evening", "return")
    adopt_rules(school, roll_sessions=said(sessions))
    actor = school.actor("qin")

    def missing(day: date):
        found = missing_rolls(actor, day=day, now=at(day, 8))
        return [(m.school_class.name, m.session) for m in found]

    assert missing(FRI) == [("1", "day"), ("2", "day")]
    school.children["yan"].is_boarding = True
    school.children["yan"].save()
    assert missing(FRI) == [("1", "day"), ("2", "day"), ("2", "evening")]
    assert missing(SAT) == []
    assert missing(SAT + timedelta(days=1)) == [("2", "return")]


def test_the_countys_gaps_cost_a_constant_number_of_statements(
    school: Village, django_assert_num_queries
):
    actor = school.actor("fang")
    missing_rolls(actor, day=FRI, now=at(FRI, 10))

    with django_assert_num_queries(3):
        missing_rolls(actor, day=FRI, now=at(FRI, 10))


# -- counts ------------------------------------------------------------------------------------


@pytest.mark.req("R-068")
def test_a_class_never_called_is_unknown_in_every_number(school: Village):
    call(school, FRI, "lan", reasons={"gang": Reason.LATE}, minutes={"gang": 5})
    found = arrivals(school.actor("fang"), day=FRI)

    assert found.total.enrolled == 5
    assert (found.total.present, found.total.late, found.total.unexplained) == (1, 1, 1)
    assert (found.total.unknown, found.total.is_complete) == (3, False)
    by_school = found.by_school()
    assert by_school[school.units["other"].pk].present == 0
    assert by_school[school.units["other"].pk].unknown == 1


def test_leave_truancy_and_a_session_not_held_are_counted_apart(school: Village):
    call(school, FRI, reasons={"lan": Reason.PERSONAL, "gang": Reason.TRUANT})
    call(school, FRI, by="qin", at="primary-2", state=RollState.NOT_HELD, not_held_reason="停水")
    total = arrivals(school.actor("qin"), day=FRI).total

    assert (total.leave, total.unexplained, total.not_held, total.unknown) == (1, 1, 1, 0)
    assert total.is_complete


def test_a_contending_roll_counts_for_nothing(school: Village):
    call(school, FRI)
    call(school, FRI, "lan", "gang", by="qin")

    assert arrivals(school.actor("chen"), day=FRI).total.present == 2


def test_counts_cost_a_constant_number_of_statements(school: Village, django_assert_num_queries):
    actor = school.actor("fang")
    call(school, FRI, "lan")
    arrivals(actor, day=FRI)

    with django_assert_num_queries(4):
        arrivals(actor, day=FRI)


# -- the ledger --------------------------------------------------------------------------------


@pytest.mark.req("R-073")
def test_the_ledger_holds_every_school_day_of_a_period_and_who_was_missing(school: Village):
    call(school, WED, "lan")
    call(school, THU, reasons={"gang": Reason.SICK})
    call(school, THU, by="qin", at="primary-2")
    days = ledger(
        school.actor("qin"), school.units["primary"].pk, from_on=TUE, to_on=SAT, today=FRI
    )

    assert [(day.day, day.rolls_called, len(day.lines)) for day in days] == [
        (TUE, 0, 0),
        (WED, 1, 1),
        (THU, 2, 1),
        (FRI, 0, 0),
    ]
    line = days[1].lines[0]
    assert (line.child_name, line.reason, line.taken_by) == ("吴小兰", Reason.UNEXPLAINED, "陈小满")


@pytest.mark.req("R-073")
def test_a_corrected_roll_is_in_the_ledger_as_it_stands(school: Village):
    first = call(school, FRI, "lan")
    call(school, FRI, "gang", based_on=first.roll_id, reason="认错了")
    days = ledger(
        school.actor("qin"), school.units["primary"].pk, from_on=FRI, to_on=SAT, today=FRI
    )

    assert [line.child_name for line in days[0].lines] == ["杨大刚"]


@pytest.mark.parametrize("who", ["tan", "chen"])
def test_a_ledger_is_for_those_who_see_the_whole_school(school: Village, who: str):
    with pytest.raises(Unit.DoesNotExist):
        ledger(school.actor(who), school.units["primary"].pk, from_on=FRI, to_on=SAT, today=FRI)


# -- away, never seen, owed --------------------------------------------------------------------


@pytest.mark.req("R-072")
def test_who_is_away_now_the_longest_first(school: Village):
    call(school, THU, "gang")
    call(school, FRI, "gang", "lan")

    found = away_now(school.actor("chen"))
    assert [(row.name, row.proved_days) for row in found] == [("杨大刚", 2), ("吴小兰", 1)]
    assert away_now(school.actor("tan")) == []


@pytest.mark.req("R-072")
def test_term_start_shows_who_has_not_come_day_by_day(school: Village):
    adopt_rules(school, enrolment_week_index=said(1, "week_of_term", Operator.EXACTLY))
    first, second, monday = TERM_START, TERM_START + timedelta(days=1), date(2026, 9, 7)
    call(school, first, "lan")
    call(school, second, "lan", "gang")

    def absent(day: date):
        actor = school.actor("qin", today=day)
        rows = never_seen(actor, school.units["primary"].pk, as_of=day)
        ids = {child.pk: name for name, child in school.children.items()}
        return {
            ids[r.child_id]: (r.unseen.missed, r.unseen.uncalled, r.is_in_enrolment_week)
            for r in rows
        }

    assert absent(first) == {"lan": (1, 0, True), "yan": (0, 1, True)}
    assert absent(second) == {"lan": (2, 0, True), "yan": (0, 2, True)}
    assert absent(monday)["lan"] == (2, 3, False)


@pytest.mark.req("R-072")
def test_ten_school_days_on_the_list_and_never_seen_is_a_phantom(school: Village):
    adopt_rules(school, phantom_absence_days=said(10, "school_days", Operator.AT_LEAST))
    day, called = TERM_START, 0
    while called < 10:
        if day.weekday() < 5:
            call(school, day, "lan")
            called += 1
            actor = school.actor("qin", today=day)
            rows = never_seen(actor, school.units["primary"].pk, as_of=day)
            lan = next(row for row in rows if row.child_id == school.lan.pk)
            assert lan.is_phantom is (called >= 10)
        day += timedelta(days=1)


@pytest.mark.req("R-069")
def test_long_leave_owes_proof_until_somebody_has_seen_it(school: Village):
    adopt_rules(
        school,
        long_leave_from=said(5, "school_days", Operator.AT_LEAST),
        leave_proof_within=said(3, "school_days", Operator.AT_MOST),
    )
    leave = leave_for(school, days=7)
    actor, primary = school.actor("qin"), school.units["primary"].pk

    (owed,) = owed_proofs(actor, primary, as_of=FRI)
    assert (owed.leave_id, owed.due.on) == (leave, date(2026, 11, 25))

    proof = NewProof("县人民医院", FRI, FRI, FRI + timedelta(days=7))
    note_proof(actor, leave, proof, today=FRI, now=NOW)
    assert owed_proofs(actor, primary, as_of=FRI) == []


# -- what the policy changes -------------------------------------------------------------------


@pytest.mark.req("R-068")
def test_where_the_policy_asks_a_roll_after_the_hour_needs_a_reason(school: Village):
    adopt_rules(
        school, daily_attendance_report_by=said("09:00"), late_entry_reason=said("after_hour")
    )
    with pytest.raises(LateWithoutReason):
        call(school, FRI, noted_at=at(FRI, 9, 1), now=at(FRI, 9, 5))

    call(school, FRI, noted_at=at(FRI, 9, 0), now=at(FRI, 9, 5))
    call(school, THU, noted_at=at(THU, 9, 1), now=at(THU, 9, 5), reason="停电")


@pytest.mark.req("R-072")
@pytest.mark.parametrize(("half", "days"), [("any_half", 2), ("both_halves", 0)])
def test_half_days_make_runs_as_the_policy_says(school: Village, half: str, days: int):
    adopt_rules(
        school,
        roll_sessions=said(("morning", "afternoon")),
        half_days_make_absent_day=said(half),
    )
    for day in (THU, FRI):
        call(school, day, "lan", session="morning")
        call(school, day, session="afternoon")

    run = run_of(school, "lan")
    assert (run.proved_days if run else 0) == days


@pytest.mark.req("R-067")
def test_missed_lessons_make_a_day_where_the_policy_says_so(school: Village):
    adopt_rules(school, lessons_make_absent_day=said(2, "lessons", Operator.AT_LEAST))
    call(school, FRI)
    for lesson in (3, 4):
        assert run_of(school, "lan") is None
        new = NewLessonMark(uuid7(), school.units["primary-1"].pk, school.lan.pk, FRI, lesson)
        mark_missing(school.actor("chen"), new, noted_at=NOW, today=FRI, now=at(FRI, 11))

    assert run_of(school, "lan").proved_days == 1
