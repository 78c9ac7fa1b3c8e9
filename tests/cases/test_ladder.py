"""From the first absence up the ladder and back, as each level takes its steps (§7.1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notoneless.cases.models import Handover, HandoverState
from notoneless.duties.models import Duty
from notoneless.flows.cases.following import Seen, follow_service
from notoneless.flows.cases.refusals import (
    AnsweredAlready,
    NotTakenBack,
    StepBlocked,
    StepFaulty,
)
from notoneless.flows.cases.stepping import take_back_step
from notoneless.journal.services import Stamp
from notoneless.rules.cases.kinds import Missing, State, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, state_of, steps_of, take
from tests.contacts.desk import log
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = pytest.mark.django_db
K = StepKind
OFFICERS = "向春林，539901-07\n黎文山，539901-08"


def suspected(v: Village) -> Village:
    """Lan was away on Monday and Tuesday; the case opened on Tuesday."""
    under(family(v), S1_29, own=[("report_rule", ("immediate",), "", "")])
    for day in (MON, TUE):
        call(v, day, "lan")
    look(v, TUE)
    return v


def reported(v: Village) -> Village:
    suspected(v)
    take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="连续两日无故未到校")
    take(v, K.REPORTED, by="qin", day=WED, reason="家中缺劳力")
    return v


def open_duties(v: Village) -> dict[str, str]:
    rows = Duty.objects.filter(state=DutyState.OPEN, rule__startswith="case.")
    return {row.rule: row.bearer_role for row in rows}


@pytest.mark.req("R-102", "T10")
def test_the_school_determines_and_its_clock_is_met(village: Village):
    suspected(village)
    assert open_duties(village)[DutyRule.CASE_DETERMINE] == "principal"

    take(village, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="三次家访未返")

    case = case_of(village)
    assert (case.state, case.confirmed_on) == (State.CONFIRMED, WED)
    assert not steps_of(village)[-1].is_late
    assert DutyRule.CASE_DETERMINE not in open_duties(village)


@pytest.mark.req("R-102")
def test_a_class_teacher_cannot_determine(village: Village):
    suspected(village)

    with pytest.raises(StepBlocked) as refused:
        take(village, K.DETERMINED, by="chen", day=WED, result="dropped_out", criteria="未到校")

    assert [o.missing for o in refused.value.obstacles] == [Missing.LEVEL]


@pytest.mark.req("R-102")
def test_a_determination_without_its_criteria_is_not_taken(village: Village):
    suspected(village)

    with pytest.raises(StepFaulty) as refused:
        take(village, K.DETERMINED, by="qin", day=WED, result="dropped_out")

    assert [fault.name for fault in refused.value.faults] == ["criteria"]
    assert state_of(village) is State.SUSPECTED


@pytest.mark.req("R-087", "T12")
def test_a_logged_visit_moves_the_case_without_being_entered_again(village: Village):
    suspected(village)
    log(village, kind="visit", result="refused", today=WED, happened_on=WED, witness="石大伯")

    assert state_of(village) is State.MOBILISING
    assert steps_of(village)[-1].record_kind == "contact"


@pytest.mark.req("R-106", "R-107", "T14")
def test_a_report_goes_to_whom_the_plan_names_and_their_clock_runs(village: Village):
    reported(village)

    hands = Handover.objects.filter(case=case_of(village))
    assert {h.to_unit.name for h in hands} == {"石桥乡", "青禾县教育体育局"}
    assert state_of(village) is State.REPORTED
    waiting = Duty.objects.filter(rule=DutyRule.CASE_ACCEPT, state=DutyState.OPEN)
    assert {duty.bearer_role for duty in waiting} == {"township_officer", "county_clerk"}
    assert all(duty.due_on == FRI for duty in waiting)


@pytest.mark.req("R-106")
def test_the_township_sends_a_report_back_with_a_reason_or_accepts_it_once(village: Village):
    reported(village)
    with pytest.raises(StepFaulty):
        take(village, K.SENT_BACK, by="xiang", day=THU)
    take(village, K.ACCEPTED, by="xiang", day=THU)

    with pytest.raises(AnsweredAlready):
        take(village, K.SENT_BACK, by="xiang", day=THU, words="缺家访记录")
    ours = Handover.objects.get(to_unit=village.units["shiqiao"])
    assert (ours.state, ours.answered_by) == (HandoverState.ACCEPTED, village.people["xiang"])


@pytest.mark.req("R-111", "T15")
def test_no_notice_before_the_report_was_accepted(village: Village):
    reported(village)

    with pytest.raises(StepBlocked) as refused:
        take(village, K.NOTICE_ISSUED, by="xiang", day=THU, deadline="2026-11-27")

    assert [o.missing for o in refused.value.obstacles] == [Missing.NOT_ACCEPTED]


def noticed(v: Village) -> Village:
    """The notice was served on Friday and gives until next Monday."""
    reported(v)
    take(v, K.ACCEPTED, by="xiang", day=THU)
    take(v, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    serve(v, K.NOTICE_SERVED, FRI, NEXT_MON)
    return v


def serve(v: Village, kind: StepKind, day, deadline=None) -> None:
    """As a service record of a paper does."""
    from uuid_utils.compat import uuid7

    issued = [step for step in steps_of(v) if step.kind.endswith("_issued")][-1]
    seen = Seen(
        kind=kind,
        on=day,
        record_kind="service",
        record_id=uuid7(),
        paper_id=issued.paper_id,
        deadline_on=deadline,
    )
    stamp = Stamp(v.county_id, v.people["xiang"].pk, at(day, 15))
    follow_service(case_of(v).pk, seen, today=day, stamp=stamp)


@pytest.mark.req("R-112", "T16")
def test_a_notice_expires_the_day_after_its_deadline_and_not_on_it(village: Village):
    noticed(village)
    look(village, NEXT_MON, everything=True)
    assert state_of(village) is State.NOTICE_SERVED

    tuesday = NEXT_MON + timedelta(days=1)
    look(village, tuesday, everything=True)

    assert state_of(village) is State.NOTICE_EXPIRED
    assert case_of(village).state_since == tuesday
    assert open_duties(village)[DutyRule.CASE_ORDER] == "township_officer"


@pytest.mark.req("R-116", "T17")
def test_an_order_needs_the_guardian_s_statement_first(village: Village):
    noticed(village)
    day = NEXT_MON + timedelta(days=1)
    look(village, day, everything=True)
    order: dict[str, Any] = {
        "facts": "经通知仍未送子女入学",
        "deadline": "2026-12-01",
        "officers": OFFICERS,
    }

    with pytest.raises(StepBlocked) as refused:
        take(village, K.ORDER_ISSUED, by="xiang", day=day, **order)
    assert [o.missing for o in refused.value.obstacles] == [Missing.STATEMENT]

    take(village, K.STATEMENT_HEARD, by="xiang", day=day, way="nothing_to_say", officers=OFFICERS)
    take(village, K.ORDER_ISSUED, by="xiang", day=day, **order)
    serve(village, K.ORDER_SERVED, day, day + timedelta(days=7))
    assert state_of(village) is State.ORDERED


@pytest.mark.req("R-115", "R-117", "T19", "T20", "T21")
def test_back_by_a_measure_is_told_apart_from_back_by_itself(village: Village):
    noticed(village)
    call(village, NEXT_MON)
    look(village, NEXT_MON)
    assert state_of(village) is State.RETURNED
    assert steps_of(village)[-1].said == {"way": "voluntary"}

    take(
        village,
        K.RETURNED_BY_MEASURE,
        by="xiang",
        day=NEXT_MON,
        measure="notice",
        authority="石桥乡人民政府",
    )
    take(
        village,
        K.PLACED,
        by="qin",
        day=NEXT_MON,
        placement="own_class",
        goals="补上两周的课",
        measures="每天放学后数学补习",
    )
    assert state_of(village) is State.WATCH
    assert open_duties(village)[DutyRule.CASE_WATCH] == "homeroom_teacher"
    assert open_duties(village)[DutyRule.CASE_RETURN_REPORT] == "principal"


@pytest.mark.req("R-120")
def test_an_identity_error_closes_a_suspicion_without_a_second_person(village: Village):
    suspected(village)

    take(village, K.CLOSED, by="chen", day=WED, outcome="identity_error")

    case = case_of(village)
    assert (case.state, case.outcome, case.closed_on) == (
        State.CLOSED_OTHER,
        "identity_error",
        WED,
    )
    assert not open_duties(village)


@pytest.mark.req("R-120")
def test_once_reported_an_error_needs_the_second_person_as_well(village: Village):
    reported(village)

    with pytest.raises(StepBlocked) as refused:
        take(village, K.CLOSED, by="qin", day=THU, outcome="identity_error")

    assert Missing.NOT_ASKED in [o.missing for o in refused.value.obstacles]


@pytest.mark.req("R-120")
def test_the_same_form_sent_twice_is_one_step(village: Village):
    suspected(village)
    from uuid_utils.compat import uuid7

    once = uuid7()
    for _ in range(2):
        take(
            village,
            K.DETERMINED,
            by="qin",
            day=WED,
            id=once,
            result="dropped_out",
            criteria="未返校",
        )

    assert [step.kind for step in steps_of(village)].count(K.DETERMINED) == 1


@pytest.mark.req("R-106")
def test_an_acceptance_is_not_taken_back_for_its_hand_over_would_stand(village: Village):
    reported(village)
    step = take(village, K.ACCEPTED, by="xiang", day=THU)

    with pytest.raises(NotTakenBack):
        take_back_step(
            village.actor("xiang", today=THU),
            case_of(village).pk,
            step,
            reason="点错了",
            today=THU,
            now=at(THU, 11),
        )


@pytest.mark.req("R-105")
def test_a_case_is_listed_under_the_newest_cause_and_a_restricted_one_is_folded(village: Village):
    suspected(village)
    for cause in ("poverty", "illness"):
        log(village, today=WED, happened_on=WED, causes=(cause,), main_cause=cause)

    assert case_of(village).main_cause == "other"
