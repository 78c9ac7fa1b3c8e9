"""Who shows signs, to whom, in what order, and when it goes quiet."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.attendance.models import Roll
from notoneless.children.models import Guardian
from notoneless.contacts.models import NumberCheck
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.signs.reading import signs_in_reach
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Purpose, Result
from notoneless.rules.signs.kinds import Context, SignRule
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.signs.desk import (
    acting,
    fill_class,
    names,
    open_with_people,
    row_of,
    says,
    school_days,
    seen,
)
from tests.world import TERM_START, TODAY, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-076")]


@pytest.fixture
def school(village: Village) -> Village:
    return open_with_people(village)


def away_three_days(school: Village, name: str = "lan") -> None:
    for day in (WED, THU, FRI):
        call(school, day, name)


@pytest.mark.req("R-072")
def test_three_days_away_show_with_their_rows_and_their_figure(school: Village):
    away_three_days(school)

    row = row_of(school, "lan")

    fired = next(f for f in row.signs.loud if f.rule is SignRule.RUN)
    assert [r.on for r in fired.rows] == [WED, THU, FRI]
    assert {r.ref for r in fired.rows} == {school.units["primary-1"].pk}
    assert fired.bound.figure == 3
    assert fired.bound.source.startswith("产品默认")
    assert [(r.code, r.points) for r in row.standing.reasons] == [("run", 30)]


def test_two_days_away_show_nothing(school: Village):
    call(school, THU, "lan")
    call(school, FRI, "lan")

    assert names(school) == []


def test_leave_never_shows(school: Village):
    for day in (WED, THU, FRI):
        call(school, day, reasons={"lan": Reason.SICK})

    assert names(school) == []


def test_it_is_early_in_the_term_while_few_days_were_called(school: Village):
    away_three_days(school)

    page = seen(school)

    assert page.is_early
    assert {f.rule for f in page.to_visit[0].signs.loud} == {SignRule.RUN}


def test_a_contact_that_reached_somebody_makes_it_quiet_until_a_new_day_away(school: Village):
    away_three_days(school)
    log_call(school, FRI)

    assert names(school) == []
    assert [r.name for r in seen(school).taken_up] == ["吴小兰"]
    call(school, NEXT_MON, "lan")
    assert names(school, today=NEXT_MON) == ["lan"]


def test_a_call_nobody_answered_keeps_it_loud(school: Village):
    away_three_days(school)
    log_call(school, FRI, result="not_reached")

    assert names(school) == ["lan"]


def log_call(school: Village, on: date, *, result: str = "reached") -> None:
    new = NewContact(
        id=uuid7(),
        kind=Kind.CALL,
        child_ids=(school.children["lan"].pk,),
        happened_on=on,
        result=Result(result),
        purpose=Purpose.ABSENCE,
        met=frozenset({Met.GUARDIAN}) if result == "reached" else frozenset(),
        noted_at=at(on, 12),
    )
    log_contact(school.actor("chen", today=on), new, today=on, now=at(on, 12))


def test_acting_until_a_day_makes_it_quiet_until_then(school: Village):
    away_three_days(school)
    acting(school, until=TODAY + timedelta(days=3))

    assert names(school) == []
    assert names(school, today=TODAY + timedelta(days=3)) == []
    assert names(school, today=TODAY + timedelta(days=4)) == ["lan"]


def test_acting_does_not_cover_what_comes_after(school: Village):
    away_three_days(school)
    acting(school, until=TODAY + timedelta(days=7))
    call(school, NEXT_MON, "lan")

    assert names(school, today=NEXT_MON) == ["lan"]


def test_grade_head_and_principal_see_it_and_the_other_class_teacher_does_not(school: Village):
    away_three_days(school)

    assert names(school, "gao") == ["lan"]
    assert names(school, "qin") == ["lan"]
    assert names(school, "ke") == []


@pytest.mark.parametrize("key", ["xiang", "long", "lu", "fang", "shi", "he"])
def test_outside_those_who_act_nobody_sees_signs(school: Village, key: str):
    with pytest.raises(NotAllowed):
        seen(school, key)


def test_another_school_s_principal_sees_none_of_them(school: Village):
    away_three_days(school)

    assert names(school, "tan") == []


def test_context_orders_children_and_never_shows_one(school: Village):
    school.children["gang"].left_behind = "2"
    school.children["gang"].save()
    for day in (WED, THU, FRI):
        call(school, day, "lan", "gang")

    assert names(school) == ["gang", "lan"]
    assert Context.LEFT_BEHIND_BOTH in row_of(school, "gang").signs.context


def test_left_behind_alone_shows_nobody(school: Village):
    school.children["gang"].left_behind = "2"
    school.children["gang"].save()
    call(school, FRI)

    assert names(school) == []


def test_a_wrong_number_is_a_sign(school: Village):
    NumberCheck.objects.create(
        county_id=school.county_id,
        child=school.lan,
        on=TUE,
        state="wrong",
        recorded_at=at(TUE),
    )

    assert [f.rule for f in row_of(school, "lan").signs.loud] == [SignRule.LOST_CONTACT]


def test_a_sibling_who_left_moves_a_child_forward(school: Village):
    for position, name in enumerate(("lan", "yan"), 1):
        Guardian.objects.create(
            county_id=school.county_id,
            child=school.children[name],
            position=position,
            name="吴家",
            phone_index="same",
        )
    says(school, "dropped_out", "yan", by="ke")
    away_three_days(school)

    assert Context.SIBLING_LEFT in row_of(school, "lan").signs.context


def test_the_share_of_days_shows_after_three_weeks_of_rolls(school: Village):
    days = school_days(date(2026, 10, 26), TODAY, school)
    missed = {days[-3], days[-8]}
    for day in days:
        call(school, day, *(["lan"] if day in missed else []))

    row = row_of(school, "lan")

    share = next(f for f in row.signs.loud if f.rule is SignRule.SHARE)
    assert (share.count, share.base) == (2, len(days))
    assert row.signs.trend.now.absent == 2


def test_a_school_of_many_classes_costs_no_more_than_twelve_statements(school: Village):
    others = fill_class(school, 6, "primary-2")
    mine = fill_class(school, 6)
    for day in (MON, TUE, WED, THU, FRI):
        call(school, day, *mine[:3])
        call(school, day, *others[:3], by="ke", at="primary-2")
    says(school, "weariness")
    acting(school, mine[0], until=TODAY)
    seen(school, "qin")

    actor = school.actor("qin")
    with CaptureQueriesContext(connection) as found:
        page = signs_in_reach(actor, today=TODAY)

    assert len(page.to_visit) + len(page.taken_up) == 7
    assert len(found) <= 11, [q["sql"][:90] for q in found]


def test_more_children_cost_no_more_statements(school: Village):
    mine = fill_class(school, 8)
    for day in (WED, THU, FRI):
        call(school, day, mine[0])
    actor = school.actor("chen")
    signs_in_reach(actor, today=TODAY)
    with CaptureQueriesContext(connection) as few:
        signs_in_reach(actor, today=TODAY)
    Roll.objects.filter(day__in=[WED, THU, FRI]).update(is_standing=False, superseded_at=at(FRI))
    for day in (WED, THU, FRI):
        call(school, day, *mine)
    with CaptureQueriesContext(connection) as many:
        page = signs_in_reach(actor, today=TODAY)

    assert len(page.to_visit) == 8
    assert len(many) == len(few)


def test_an_uncalled_class_shows_nobody(school: Village):
    assert TERM_START < TODAY
    assert seen(school).to_visit == ()
