"""Another plan tried on what is on record: what differs, for whom, and that nothing is written."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from notoneless.access.actor import NotAllowed
from notoneless.duties.models import Duty
from notoneless.flows.whatif.guard import WouldWrite, read_only
from notoneless.flows.whatif.running import (
    Answer,
    PeriodUnfit,
    Question,
    Vacancy,
    refuse_period,
    try_out,
)
from notoneless.flows.whatif.showing import shown_to
from notoneless.flows.whatif.wire import answer_in, answer_out
from notoneless.journal.models import Entry
from notoneless.places.models import Unit
from notoneless.places.services.people import end_post
from notoneless.policy.models import PolicyMark
from notoneless.rules.duties.kinds import CASE_RULES, DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.roles import Role
from notoneless.rules.whatif.comparing import Turn
from tests.attendance.register import FRI, MON, THU, TUE, WED, call
from tests.duties.desk import S1_24, S1_29, adopt_pack, sweep, under
from tests.world import TERM_START, Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-302", "R-303")]
WEEK = Period(MON, THU)


@pytest.fixture
def v(village: Village) -> Village:
    """S1-24 holds in the county; Lan was away on Monday and Tuesday and back on Wednesday."""
    under(village, S1_24)
    call(village, MON, "lan")
    call(village, TUE, "lan")
    call(village, WED)
    return village


def ask(v: Village, pack: str = S1_29, *, at="bureau", by="lu", period=WEEK, today=FRI, **more):
    question = Question(v.units[at].pk, period, shipped_packs()[pack])
    over = more.pop("is_over", lambda: False)
    return try_out(v.actor(by, today=today), question, today=today, is_over=over)


def of_lan(v: Village, answer: Answer):
    return [each for each in answer.duties if each.subject_id == v.lan.pk]


def test_the_same_pack_makes_no_difference_at_all(v: Village):
    answer = ask(v, S1_24)

    assert answer.is_same
    assert answer.before == answer.after
    assert answer.is_whole


def test_two_days_away_are_one_more_inquiry_under_two_days_than_under_three(v: Village):
    answer = ask(v)

    [looked_into] = [e for e in of_lan(v, answer) if e.rule is DutyRule.INVESTIGATE]
    assert looked_into.turns[0] is Turn.ADDED
    assert looked_into.opened_after == TUE
    assert answer.after[DutyRule.INVESTIGATE].wanted == 1
    assert DutyRule.INVESTIGATE not in answer.before
    at_school = {e.rule for e in of_lan(v, answer)} - CASE_RULES
    assert at_school == {DutyRule.INVESTIGATE, DutyRule.VISIT}
    assert [e.opened for e in answer.children] == [(None, TUE)]
    assert answer.replaced == {S1_24}


def test_one_day_away_makes_no_difference(village: Village):
    under(village, S1_24)
    call(village, MON, "lan")
    call(village, TUE)

    assert of_lan(village, ask(village)) == []


def test_nothing_is_written_while_something_is_tried(v: Village):
    sweep(v, THU)
    tables = [model for model in apps.get_models() if model._meta.managed]
    before = {model: model._default_manager.count() for model in tables}
    marks = list(PolicyMark.objects.values_list("mark", flat=True))
    seals = list(Entry.objects.values_list("pk", flat=True))
    standing = list(Duty.objects.order_by("pk").values())

    ask(v)

    assert {model: model._default_manager.count() for model in tables} == before
    assert list(PolicyMark.objects.values_list("mark", flat=True)) == marks
    assert list(Entry.objects.values_list("pk", flat=True)) == seals
    assert list(Duty.objects.order_by("pk").values()) == standing


def test_whoever_writes_inside_is_stopped(v: Village):
    with read_only(), pytest.raises(WouldWrite), transaction.atomic():
        Unit.objects.filter(pk=v.units["primary"].pk).update(name="别的")
    mark = PolicyMark(scope=v.units["village"].pk, mark=v.units["county"].pk)
    with read_only(), pytest.raises(WouldWrite), transaction.atomic():
        mark.save(force_insert=True)
    with read_only():
        assert Unit.objects.count()


def test_the_reader_sees_the_children_of_his_reach_and_only_their_number_beyond(v: Village):
    answer = ask(v)

    shown = shown_to(v.actor("qin", today=FRI), answer, most=100, today=FRI)
    strange = shown_to(v.actor("tan", today=FRI), answer, most=100, today=FRI)

    assert {row.whom.name for row in shown.cases} == {"吴小兰"}
    assert {row.whom.school_name for row in shown.cases} == {"石桥乡中心小学"}
    assert strange.cases == []
    assert v.lan.pk not in strange.child_ids
    assert strange.unseen >= 1


def test_a_principal_tries_for_his_own_school_and_no_other(v: Village):
    answer = ask(v, at="primary", by="qin")
    assert (answer.schools, answer.unit_name) == (1, "石桥乡中心小学")
    assert [e.opened for e in answer.children] == [(None, TUE)]

    with pytest.raises(Unit.DoesNotExist):
        ask(v, at="other", by="qin")
    with pytest.raises(NotAllowed):
        ask(v, at="primary", by="shi")


def test_at_a_school_the_pack_comes_over_what_the_county_follows(v: Village):
    answer = ask(v, at="primary", by="qin")

    assert answer.replaced == set()
    assert answer.after[DutyRule.INVESTIGATE].wanted == 1


def test_a_schools_own_values_of_the_same_system_are_kept(v: Village):
    own = [("absence_days_report", 2, "school_days", ">=")]
    adopt_pack(v, S1_24, where="other", own=own)

    answer = ask(v, S1_24, at="other", by="tan")

    assert answer.is_same
    assert answer.replaced == {S1_24}


@pytest.mark.parametrize(
    ("since", "until", "fits"),
    [
        (MON, THU, True),
        (MON, FRI, False),  # today is not over
        (date(2026, 7, 31), THU, False),  # two school years
        (date(2026, 8, 1), THU, True),
    ],
)
def test_a_period_is_over_and_lies_in_one_school_year(since: date, until: date, *, fits: bool):
    if fits:
        refuse_period(Period(since, until), today=FRI)
        return
    with pytest.raises(PeriodUnfit):
        refuse_period(Period(since, until), today=FRI)


def test_when_time_is_up_the_answer_says_how_far_it_came(v: Village):
    answer = ask(v, is_over=lambda: True)

    assert (answer.done, answer.schools, answer.is_whole) == (1, 3, False)


def test_a_plan_adopted_within_the_period_is_told(v: Village):
    adopt_pack(v, S1_29, where="primary", from_on=WED)

    assert ask(v, S1_24).changed_within
    assert not ask(v, S1_24, at="other", by="tan").changed_within
    assert WEEK.from_on > TERM_START


@pytest.mark.parametrize("more", [0, 12])
def test_a_school_costs_the_same_statements_however_many_children(v: Village, more: int):
    for n in range(more):
        v.enrol(f"k{n}", f"石小{n}", "primary-1", sex="1", born_on=date(2018, 1, 5))
    with CaptureQueriesContext(connection) as found:
        ask(v, at="primary", by="he")

    assert len(found) <= 90, len(found)


def test_a_role_that_the_other_plan_names_and_nobody_holds_is_told_with_its_class(v: Village):
    chen = Vacancy(Role.HOMEROOM_TEACHER.value, v.units["primary-1"].pk)
    assert chen not in ask(v).vacant

    end_post(v.people["chen"].posts.get().pk, on=THU, stamp=v.stamp())

    answer = ask(v)
    assert chen in answer.vacant
    shown = shown_to(v.actor("lu", today=FRI), answer, most=50, today=FRI)
    assert [each.school_name for each in shown.vacant[chen.role]] == [v.units["primary"].name]
    assert answer_in(answer_out(answer)).vacant == answer.vacant


def test_who_held_the_role_on_the_last_day_of_the_period_held_it(v: Village):
    end_post(v.people["chen"].posts.get().pk, on=FRI, stamp=v.stamp())

    assert Vacancy(Role.HOMEROOM_TEACHER.value, v.units["primary-1"].pk) not in ask(v).vacant
