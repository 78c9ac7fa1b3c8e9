"""A roll that was not called is a duty, by the plan's hour or else by the day."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.calendar import Override, Period, Scope
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule, EvidenceKind
from notoneless.rules.duties.wants import Moment
from notoneless.rules.roles import Role
from tests.rules.duties.desk import (
    FRI,
    LAN,
    MON,
    MON2,
    THU,
    TUE,
    WED,
    child,
    facts,
    named,
    only,
    roll,
    shipped,
    want,
)
from tests.rules.school_year import calendar

S2_5 = shipped("S2-5")
NINE = shipped("S2-5", ("daily_attendance_report_by", "09:00", "", None))
SINCE_MON = MON


def missing(policy, until, hour="", **more):
    found = want(facts(from_on=SINCE_MON, **more), policy, until, hour)
    return [duty.opened_on for duty in named(found, DutyRule.CALL_ROLL) if duty.opens]


@pytest.mark.req("R-068", "P-S2-5.21", "T02")
@pytest.mark.parametrize(
    ("hour", "is_missing"), [("", False), ("08:59", False), ("09:00", False), ("09:01", True)]
)
def test_a_class_that_has_not_reported_after_the_hour_is_missing(hour, is_missing):
    assert missing(NINE, MON, hour) == ([MON] if is_missing else [])


@pytest.mark.req("R-068")
@pytest.mark.parametrize("hour", ["09:01", "23:59"])
def test_without_an_hour_in_the_plan_the_day_must_be_over(hour):
    assert missing(S2_5, MON, hour) == []
    assert missing(S2_5, TUE) == [MON]


@pytest.mark.req("R-068", "R-071")
@pytest.mark.parametrize(
    ("noted", "hour", "late_since"),
    [(MON, "09:00", None), (MON, "09:01", MON), (TUE, "07:30", MON)],
)
def test_a_roll_after_the_hour_leaves_a_late_duty(noted, hour, late_since):
    found = want(facts(from_on=MON, rolls=(roll(MON, noted, hour),)), NINE, WED)
    duty = named(found, DutyRule.CALL_ROLL)[0]

    assert duty.opens is bool(late_since)
    assert duty.closed_by.kind is EvidenceKind.ROLL
    assert stand_of(duty, Moment(WED)).late_since == late_since


@pytest.mark.req("R-068")
def test_the_school_sees_a_class_that_missed_the_hour_at_once_and_the_county_later():
    duty = only(want(facts(from_on=MON), NINE, MON, "09:01"), DutyRule.CALL_ROLL)

    assert [(heir.role, heir.on) for heir in duty.heirs] == [
        (Role.PRINCIPAL, MON),
        (Role.CENTRE_HEAD, TUE),
        (Role.COUNTY_CLERK, WED),
    ]


def test_days_without_class_want_no_roll():
    closed = calendar(
        closures=(Period("大雪", TUE, WED),),
        overrides=(Override(WED, Scope.SCHOOL, False, "运动会"),),
    )
    found = want(facts(from_on=MON), S2_5, MON2, cal=closed)

    assert [d.opened_on for d in named(found, DutyRule.CALL_ROLL)] == [MON, THU, FRI]


def test_a_class_without_children_is_not_called():
    known = facts(child(LAN, from_on=THU), from_on=MON)

    found = named(want(known, S2_5, MON2), DutyRule.CALL_ROLL)
    assert [duty.opened_on for duty in found] == [THU, FRI]


def test_an_hour_still_to_be_entered_is_told_and_the_day_decides():
    pack = shipped("S2-5")
    blank = shipped("S2-5", ("daily_attendance_report_by", "09:00", "", None))
    found = want(facts(from_on=MON), pack, TUE)

    assert found.holes == ()
    assert only(found, DutyRule.CALL_ROLL).due_hour == ""
    assert only(want(facts(from_on=MON), blank, TUE), DutyRule.CALL_ROLL).due_hour == "09:00"


@pytest.mark.req("R-305")
def test_a_provisional_day_wants_its_roll_but_makes_nobody_late():
    day = date(2027, 1, 6)  # a Wednesday; the notice of 2027 is not out
    found = want(facts(from_on=day), S2_5, date(2027, 1, 8))
    duty = named(found, DutyRule.CALL_ROLL)[0]

    assert duty.due.is_provisional
    assert {heir.on for heir in duty.heirs} == {None}
    stand = stand_of(duty, Moment(date(2027, 1, 8)))
    assert (stand.late_since, stand.risen) == (None, None)


def test_a_missing_school_year_takes_out_its_rule_and_no_other():
    found = want(facts(from_on=date(2027, 7, 30)), S2_5, date(2027, 9, 2))

    assert [(h.rule, h.key, h.why) for h in found.holes if h.rule is DutyRule.CALL_ROLL] == [
        (DutyRule.CALL_ROLL, "calendar", "no_school_year")
    ]
    assert DutyRule.CALL_ROLL not in found.settled
    assert DutyRule.LESSON_ABSENCE in found.settled
