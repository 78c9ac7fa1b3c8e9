from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.clocks import Due
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.duties.wants import Moment
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.facts import Sent
from notoneless.rules.workplans.kinds import Level, Punctual, ReportAct, ReportState, Stream
from notoneless.rules.workplans.lifecycle import after, punctual
from notoneless.rules.workplans.streams import no_day_because, receivers, why_off
from tests.rules.duties.desk import policy, shipped
from tests.rules.workplans.desk import SCHOOL, YEAR, asked, ground, unit, want

S1_29 = shipped("S1-29")
NATIONAL_ONLY = shipped("S1-21")


def due_days(stream, plan, **more):
    return [each.due.on for each in asked(stream, plan, **more) if each.due]


@pytest.mark.req("R-228")
def test_a_school_reports_by_the_twenty_third_of_each_month_with_a_day_of_term():
    found = asked(Stream.SCHOOL_COUNT, S1_29)

    assert [each.due.on.isoformat()[:7] for each in found if each.due] == [
        *(f"2026-{m:02}" for m in (9, 10, 11, 12)),
        *(f"2027-{m:02}" for m in range(1, 8)),
    ]
    assert {each.due.on.day for each in found if each.due} == {23}
    assert (found[1].from_on, found[1].until) == (date(2026, 9, 24), date(2026, 10, 23))


@pytest.mark.req("R-228")
@pytest.mark.parametrize(
    ("day", "sent_on", "how"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), Punctual.IN_TIME),
        (date(2026, 11, 23), date(2026, 11, 24), Punctual.LATE),
        (date(2026, 11, 25), date(2026, 11, 25), Punctual.IN_TIME),
        (date(2026, 11, 25), date(2026, 11, 26), Punctual.LATE),
    ],
)
def test_the_day_itself_is_in_time_and_the_next_is_late(day, sent_on, how):
    stream = Stream.SCHOOL_COUNT if day.day == 23 else Stream.TOWNSHIP_COUNT

    assert day in due_days(stream, S1_29)
    assert punctual(day, sent_on, today=sent_on) is how


@pytest.mark.req("R-228")
def test_before_the_twenty_third_ends_on_the_day_before():
    rule = """
[rules.school_stat_period]
value = "monthly"
source = "x"
[rules.school_month_report_day]
value = 23
unit = "day_of_month"
operator = "<"
source = "x"
"""

    assert {day.day for day in due_days(Stream.SCHOOL_COUNT, policy(rule))} == {22}


@pytest.mark.req("R-228")
def test_a_month_without_a_day_in_the_plan_ends_with_the_month():
    found = due_days(Stream.SCHOOL_COUNT, NATIONAL_ONLY)

    assert found[:3] == [date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)]
    assert found[5] == date(2027, 2, 28)


@pytest.mark.req("R-228")
def test_a_class_counts_once_in_each_week_with_class_by_its_last_school_day():
    found = asked(Stream.CLASS_COUNT, S1_29)
    days = {each.from_on: each.due for each in found}

    assert days[date(2026, 11, 16)] == Due(date(2026, 11, 20))
    assert days[date(2026, 9, 14)] == Due(date(2026, 9, 20)), "a make-up Sunday"
    # 5-7 October are a holiday, 8-10 are not.
    assert days[date(2026, 10, 5)] == Due(date(2026, 10, 10))
    assert date(2027, 2, 1) not in days, "no week of the winter holiday"
    autumn = [each for each in found if each.from_on < date(2027, 1, 25)]
    assert len(autumn) == 21


@pytest.mark.req("R-228")
def test_a_weekday_is_due_where_the_place_has_entered_one():
    rule = """
[rules.class_stat_period]
value = "weekly"
source = "x"
[rules.class_stat_weekday]
value = "monday"
source = "x"
"""

    assert all(day.weekday() == 0 for day in due_days(Stream.CLASS_COUNT, policy(rule)))


@pytest.mark.req("R-230")
def test_a_township_writes_in_october_december_april_and_june():
    found = asked(Stream.TOWNSHIP_WRITTEN, shipped("S2-5"))

    assert [each.opens_on for each in found] == [
        date(2026, 10, 1),
        date(2026, 12, 1),
        date(2027, 4, 1),
        date(2027, 6, 1),
    ]
    assert [each.due.on for each in found if each.due] == [
        date(2026, 10, 31),
        date(2026, 12, 31),
        date(2027, 4, 30),
        date(2027, 6, 30),
    ]
    assert found[1].from_on == date(2026, 11, 1)


@pytest.mark.req("R-231")
def test_early_in_march_and_september_has_no_day_until_the_place_enters_how_many():
    plan = shipped("S2-5")
    found = asked(Stream.SCHOOL_WRITTEN, plan)

    assert [each.opens_on for each in found] == [date(2026, 9, 1), date(2027, 3, 1)]
    assert [each.due for each in found] == [None, None]
    hole = no_day_because(Stream.SCHOOL_WRITTEN, plan)
    assert hole is not None
    assert (hole.key, hole.why) == ("school_report_within", "to_be_entered")
    told = want(unit(), plan, date(2026, 9, 9))
    assert "school_report_within" in {each.key for each in told.holes}
    duty = next(d for d in told.duties if d.rule is DutyRule.REPORT_SCHOOL_WRITTEN)
    assert duty.due is None


@pytest.mark.req("R-231")
def test_the_first_days_of_the_month_are_counted_with_the_first_itself():
    plan = shipped("S2-5", ("school_report_within", 5, "calendar_days", "<="))

    assert due_days(Stream.SCHOOL_WRITTEN, plan) == [date(2026, 9, 5), date(2027, 3, 5)]


@pytest.mark.req("R-228")
def test_a_term_begins_with_a_written_report_that_has_no_day():
    found = asked(Stream.TERM_START, shipped("S1-24"))

    assert [each.from_on for each in found] == [term.from_on for term in YEAR.terms]
    assert [each.due for each in found] == [None, None]


@pytest.mark.req("R-228", "R-229")
def test_a_stream_that_nobody_asks_for_says_why():
    assert why_off(Stream.WEEKLY_INFO, ground(S1_29)) == "absent"
    assert why_off(Stream.KEY_UNIT, ground(shipped("S2-5"))) == "key_unit_only"
    assert why_off(Stream.KEY_UNIT, ground(shipped("S2-5"), is_key_unit=True)) == ""
    assert asked(Stream.WEEKLY_INFO, S1_29) == ()
    assert len(asked(Stream.WEEKLY_INFO, shipped("S1-1"))) > 30
    assert len(asked(Stream.KEY_UNIT, shipped("S2-5"), is_key_unit=True)) == 11


@pytest.mark.req("R-227")
def test_a_report_goes_to_the_next_level_or_to_whom_the_plan_names():
    usual = receivers(Stream.SCHOOL_COUNT, NATIONAL_ONLY)

    assert unit().receiver(usual) == (Level.CENTRE, unit().above[Level.CENTRE])
    assert unit().receiver(receivers(Stream.SCHOOL_COUNT, S1_29))[0] is Level.TOWNSHIP
    assert unit().receiver(receivers(Stream.SCHOOL_WRITTEN, shipped("S2-5")))[0] is Level.TOWNSHIP


@pytest.mark.req("R-228")
def test_a_report_is_a_duty_of_its_sender_that_rises_and_is_closed_by_the_first_version():
    november = date(2026, 10, 24)
    on_time = unit(sent={(Stream.SCHOOL_COUNT, november): Sent(SCHOOL, date(2026, 11, 23))})
    late = unit(sent={(Stream.SCHOOL_COUNT, november): Sent(SCHOOL, date(2026, 11, 24))})
    back = unit(
        sent={(Stream.SCHOOL_COUNT, november): Sent(SCHOOL, date(2026, 11, 23), is_returned=True)}
    )

    def stand(fact, on):
        until = date(2026, 11, on)
        found = want(fact, S1_29, until).duties
        (duty,) = (d for d in found if d.occurrence == november.isoformat())
        return duty, stand_of(duty, Moment(until))

    duty, open_stand = stand(unit(), 24)
    assert open_stand.state is DutyState.OPEN
    assert open_stand.late_since == date(2026, 11, 24)
    assert [heir.role.value for heir in duty.heirs] == ["principal", "centre_head", "county_clerk"]
    assert stand(on_time, 24)[1].late_since is None
    assert stand(late, 25)[1].late_since == date(2026, 11, 24)
    again = stand(back, 25)[1]
    assert again.is_open
    assert again.late_since is None, "no plan says how soon it has to come again"


@pytest.mark.req("R-228")
def test_nothing_is_asked_for_that_was_over_before_the_county_began_or_the_plan_held():
    begun = unit(in_use_from=date(2026, 11, 10))
    found = want(begun, S1_29, date(2026, 11, 20)).duties

    assert {d.occurrence for d in found} == {"2026-10-24"}
    since = {"school_stat_period": date(2026, 11, 1)}
    late = want(unit(), S1_29, date(2026, 11, 25), since=since).duties
    assert {d.occurrence for d in late if d.opens} == {"2026-11-24"}


@pytest.mark.req("R-228")
def test_a_class_and_a_township_owe_their_own_streams_only():
    on = date(2026, 11, 20)

    assert {d.rule for d in want(unit(UnitKind.CLASS), S1_29, on).duties} == {DutyRule.REPORT_CLASS}
    assert {d.rule for d in want(unit(UnitKind.TOWNSHIP), S1_29, on).duties} == {
        DutyRule.REPORT_TOWNSHIP
    }


@pytest.mark.req("R-236")
def test_what_was_handed_in_is_never_edited_but_corrected():
    assert after(ReportState.ACCEPTED, ReportAct.SUBMIT) is None
    assert after(ReportState.SUBMITTED, ReportAct.SUBMIT) is None
    assert after(ReportState.ACCEPTED, ReportAct.CORRECT) is ReportState.CORRECTED
    assert after(ReportState.ACCEPTED, ReportAct.SEND_BACK) is None
    assert after(ReportState.RETURNED, ReportAct.SUBMIT) is ReportState.SUBMITTED
    assert after(ReportState.OPEN, ReportAct.CORRECT) is None
