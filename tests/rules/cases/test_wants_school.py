"""What a case wants inside the school and of those who receive its report, day by day."""

from __future__ import annotations

from dataclasses import replace

import pytest

from notoneless.rules.cases.kinds import Source
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import (
    AROUND,
    BUREAU_LEADER,
    CENTRE_HEAD,
    CLERK,
    HOMEROOM,
    LABOUR,
    LIAISON,
    OFFICER,
    PRINCIPAL,
    TOWN_HEAD,
    TOWNSHIP,
    VILLAGE,
    VILLAGE_OFFICER,
    later,
    on,
    opened,
    plan,
    want,
)
from tests.rules.duties.desk import (
    BUREAU,
    CENTRE,
    FRI,
    HERE,
    MON,
    MON2,
    SCHOOL,
    THU,
    TUE,
    TUE2,
    WED,
    named,
    only,
)

PRODUCT, S1_14, S1_24, S1_29 = plan(), plan("S1-14"), plan("S1-24"), plan("S1-29")
R = DutyRule


def heirs(duty):
    return [(heir.role, heir.unit_id) for heir in duty.heirs]


def line(*bearers):
    return [(bearer.role, bearer.unit_id) for bearer in bearers]


# -- determination ------------------------------------------------------------------------------


@pytest.mark.req("T10", "R-102")
@pytest.mark.parametrize(("opened_on", "due"), [(MON, TUE), (THU, FRI), (FRI, MON2)])
def test_the_principal_determines_by_the_next_school_day(opened_on, due):
    duty = only(want(opened(opened_on), PRODUCT, opened_on), R.CASE_DETERMINE)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (PRINCIPAL, opened_on, due)


@pytest.mark.req("R-307", "T10")
def test_on_the_due_day_nobody_is_late_and_the_day_after_it_shows_above():
    duty = only(want(opened(FRI), PRODUCT, FRI), R.CASE_DETERMINE)

    assert stand_of(duty, Moment(MON2)).late_since is None
    assert stand_of(duty, Moment(TUE2)).late_since == TUE2
    assert [(h.role, h.unit_id, h.on) for h in duty.heirs] == [
        (CENTRE_HEAD.role, CENTRE, TUE2),
        (CLERK.role, BUREAU, later(TUE2, 1)),
    ]


@pytest.mark.req("T10", "R-102")
@pytest.mark.parametrize("result", ["dropped_out", "not_dropped_out"])
def test_either_answer_settles_the_determination(result):
    found = want(opened(MON).determined(TUE, result), PRODUCT, TUE)

    assert only(found, R.CASE_DETERMINE).closed_by.on == TUE


@pytest.mark.req("T19")
def test_who_is_back_need_not_be_determined_any_more():
    assert only(want(opened(MON).returned(TUE), PRODUCT, TUE), R.CASE_DETERMINE).closed_by.on == TUE


def test_a_step_of_tomorrow_has_closed_nothing_today():
    story = opened(MON).determined(WED)

    assert only(want(story, PRODUCT, TUE), R.CASE_DETERMINE).closed_by is None
    assert only(want(story, PRODUCT, WED), R.CASE_DETERMINE).closed_by.on == WED


# -- visit --------------------------------------------------------------------------------------


@pytest.mark.req("T12")
def test_a_run_of_absence_asks_for_its_own_visit_and_the_case_for_none():
    assert named(want(opened(MON), S1_29, FRI), R.CASE_VISIT) == []


@pytest.mark.req("T12", "R-124")
@pytest.mark.parametrize("source", [source for source in Source if source is not Source.ABSENCE])
def test_a_child_that_was_reported_otherwise_is_visited_by_the_class_teacher(source):
    duty = only(want(opened(MON, source), S1_29, MON), R.CASE_VISIT)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (HOMEROOM, MON, MON)
    assert heirs(duty) == line(PRINCIPAL, CENTRE_HEAD, CLERK)


@pytest.mark.req("T12")
@pytest.mark.parametrize("rules", [PRODUCT, S1_24, S1_14])
def test_where_the_plan_does_not_say_at_once_nobody_is_late_with_the_visit(rules):
    duty = only(want(opened(MON, Source.TIP), rules, FRI), R.CASE_VISIT)

    assert duty.due is None
    assert stand_of(duty, Moment(on(12, 31))).late_since is None


@pytest.mark.req("T12")
def test_a_visit_settles_it_and_so_does_the_child_itself():
    tip = opened(MON, Source.TIP)

    assert only(want(tip.visited(TUE), S1_29, TUE), R.CASE_VISIT).closed_by.on == TUE
    assert only(want(tip.returned(TUE), S1_29, TUE), R.CASE_VISIT).closed_by.on == TUE


@pytest.mark.req("T22")
def test_after_a_relapse_somebody_goes_again_whatever_opened_the_case():
    story = opened(MON).visited(TUE).returned(WED).relapsed(FRI)
    duty = only(want(story, S1_29, FRI), R.CASE_VISIT)

    assert (duty.opened_on, duty.due.on, duty.closed_by) == (FRI, FRI, None)
    assert only(want(story.visited(MON2), S1_29, MON2), R.CASE_VISIT).closed_by.on == MON2


def test_a_child_without_a_class_is_the_principal_s():
    lone = replace(HERE, id=SCHOOL)
    story = opened(MON, Source.BY_HAND, around=replace(AROUND, of=lone))

    assert only(want(story, S1_29, MON), R.CASE_VISIT).bearer == PRINCIPAL


# -- acceptance ---------------------------------------------------------------------------------


@pytest.mark.req("T14", "R-106", "C-04")
@pytest.mark.parametrize(
    ("receiver", "bearer", "above"),
    [
        (TOWNSHIP, OFFICER, (TOWN_HEAD, CLERK)),
        (VILLAGE, VILLAGE_OFFICER, (TOWN_HEAD, CLERK)),
        (CENTRE, CENTRE_HEAD, (CLERK,)),
        (BUREAU, CLERK, (BUREAU_LEADER,)),
        (LABOUR, LIAISON, (CLERK,)),
    ],
)
def test_the_clock_runs_on_the_receiver_and_rises_in_its_own_line(receiver, bearer, above):
    duty = only(want(opened(MON).reported(THU, receiver), PRODUCT, THU), R.CASE_ACCEPT)

    assert (duty.bearer, duty.opened_on, duty.due.on) == (bearer, THU, MON2)
    assert heirs(duty) == line(*above)


@pytest.mark.req("T14")
def test_the_receiver_is_late_from_the_third_working_day_on():
    duty = only(want(opened(MON).reported(THU), PRODUCT, THU), R.CASE_ACCEPT)

    assert stand_of(duty, Moment(MON2)).late_since is None
    late = stand_of(duty, Moment(TUE2))
    assert (late.late_since, late.risen) == (TUE2, TOWN_HEAD)
    assert stand_of(duty, Moment(later(TUE2, 1))).risen == CLERK


@pytest.mark.req("R-106", "C-04")
def test_s1_24_each_receiver_answers_for_itself():
    story = opened(MON).reported(TUE, CENTRE, TOWNSHIP).accepted(WED, CENTRE)

    by = {duty.bearer: duty for duty in named(want(story, S1_24, THU), R.CASE_ACCEPT)}

    assert by[CENTRE_HEAD].closed_by.on == WED
    assert by[OFFICER].closed_by is None
    assert by[OFFICER].key != by[CENTRE_HEAD].key


@pytest.mark.req("T14")
def test_to_send_it_back_is_an_answer_too():
    story = opened(MON).reported(TUE).sent_back(WED)

    assert only(want(story, PRODUCT, WED), R.CASE_ACCEPT).closed_by.on == WED


@pytest.mark.req("T14")
def test_a_second_report_is_accepted_anew():
    story = opened(MON).reported(TUE).sent_back(WED).reported(THU)
    first, second = named(want(story, PRODUCT, THU), R.CASE_ACCEPT)

    assert (first.closed_by.on, second.closed_by, second.opened_on) == (WED, None, THU)
