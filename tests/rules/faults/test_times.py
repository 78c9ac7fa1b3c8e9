"""The time for a statement and for a review: the plan's, with the law's floor under one of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from notoneless.rules.calendar import NoSuchDay, SchoolCalendar
from notoneless.rules.faults.guards import Missing, obstacles
from notoneless.rules.faults.kinds import FaultStep
from notoneless.rules.faults.life import StepFact
from notoneless.rules.faults.times import REVIEW, STATEMENT, last_day, length_of, times_of
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Duration, DurationUnit
from notoneless.rules.policy.pack import PackError
from notoneless.rules.policy.reading import read_local_pack
from notoneless.rules.policy.resolved import ResolvedPolicy, policy_of
from notoneless.rules.policy.shipped import national_pack
from tests.rules.faults.plans import (
    DAY,
    DECIDER,
    OTHER,
    PERSON,
    figure,
    heard,
    matter,
    product,
    step,
)

pytestmark = pytest.mark.req("R-217", "R-303")
PLAIN = SchoolCalendar(years=())
F = FaultStep


def review_rule(days: int) -> str:
    """A county's pack with a time of its own."""
    return f"""id = "T/1"
system = "T"
title_zh = "甲"
title_en = "A"
effective_from = 2026-09-01
[rules.fault_review_period]
value = {days}
unit = "calendar_days"
operator = ">="
source = "青禾教〔2026〕9号"
"""


def ends(policy: ResolvedPolicy) -> tuple[date, date]:
    """The last day of a statement and of a review, both begun on Friday."""
    times = times_of(policy)
    statement, review = (
        last_day(time, started=DAY, calendar=PLAIN) for time in (times.statement, times.review)
    )
    return statement, review


def test_where_no_plan_speaks_it_is_three_days_of_ours_and_thirty_of_the_law():
    times = times_of(product())

    assert ends(product()) == (date(2026, 11, 23), date(2026, 12, 20))
    assert times.statement.source.startswith("产品默认值")
    assert "事业单位工作人员处分规定" in times.review.article


def test_a_pack_with_fifteen_days_for_a_review_is_refused_with_the_article():
    with pytest.raises(PackError) as refused:
        read_local_pack(review_rule(15), "t.toml", floors=national_pack().floors)

    (fault,) = refused.value.faults
    assert (fault.key, fault.code) == (REVIEW, "below_floor")
    assert "事业单位工作人员处分规定" in fault.text
    assert "公务员法" in fault.text


@pytest.mark.parametrize("days", [30, 45])
def test_a_pack_with_thirty_days_or_more_holds(days: int):
    pack = read_local_pack(review_rule(days), "t.toml", floors=national_pack().floors)
    plan = product(**{REVIEW: OwnValue(days, "t", "calendar_days", pack.rules[REVIEW].operator)})

    assert pack.rules[REVIEW].value == days
    assert ends(plan)[1] == DAY + timedelta(days=days)


def test_an_own_value_below_the_floor_is_lifted_to_the_law_s():
    assert ends(product(**{REVIEW: figure(29)}))[1] == DAY + timedelta(days=30)


@pytest.mark.parametrize(("more", "found"), [(0, []), (1, [Missing.REVIEW_OVER])])
def test_forty_five_days_end_with_the_forty_fifth(more: int, found: list[Missing]):
    last = ends(product(**{REVIEW: figure(45)}))[1]
    shown = matter(
        *heard(),
        step(F.DECIDED, by=DECIDER, outcome="upheld"),
        step(F.SHOWN, by=PERSON, until=last),
    )
    taking = StepFact(F.APPEALED, DAY + timedelta(days=45 + more), PERSON)

    assert [each.missing for each in obstacles(taking, shown)] == found


@pytest.mark.parametrize(("days", "found"), [(6, [Missing.TIME_TOO_SHORT]), (7, [])])
def test_a_county_s_seven_days_for_a_statement_are_the_least(days: int, found: list[Missing]):
    least = ends(product(**{STATEMENT: figure(7)}))[0]
    taking = StepFact(F.NOTICE_GIVEN, DAY, OTHER, DAY + timedelta(days=days))
    given = obstacles(taking, matter(step(F.INVESTIGATED)), least_until=least)

    assert [each.missing for each in given] == found
    assert all(each.until == DAY + timedelta(days=7) for each in given)


def test_working_days_pass_over_the_weekend():
    times = times_of(product(**{STATEMENT: figure(3, "working_days")}))

    assert last_day(times.statement, started=DAY, calendar=PLAIN) == date(2026, 11, 25)


def test_school_days_past_the_calendar_have_no_answer():
    times = times_of(product(**{STATEMENT: figure(3, "school_days")}))

    with pytest.raises(NoSuchDay):
        last_day(times.statement, started=DAY, calendar=PLAIN)


def test_where_a_kept_plan_is_blank_the_law_s_and_the_product_s_own_hold():
    times = times_of(policy_of([]))

    assert length_of(times.statement) == Duration(3, DurationUnit.CALENDAR_DAYS)
    assert length_of(times.review) == Duration(30, DurationUnit.CALENDAR_DAYS)
