"""A paper is put in the place of another: the new one is served anew (decision 11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.access.actor import NotAllowed
from notoneless.cases.models import CaseStep
from notoneless.documents.models import Document
from notoneless.documents.services.issuing import NotStanding
from notoneless.duties.models import Duty
from notoneless.flows.cases.refusals import StepFaulty, StepIdUsed, StepOutOfTime
from notoneless.flows.cases.stepping import Taking
from notoneless.flows.documents.ending import withdraw_paper
from notoneless.flows.documents.refusals import NotReplaced, RestedUpon, Unexplained
from notoneless.flows.documents.replacing import may_replace, replace_paper, replaceable
from notoneless.flows.documents.serving import take_back_service
from notoneless.rules.cases.kinds import State
from notoneless.rules.documents.kinds import DocumentState
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import FRI, NEXT_MON, THU, at
from tests.cases.desk import case_of, look, state_of, take
from tests.cases.story import (
    TUESDAY,
    WEDNESDAY,
    D,
    K,
    noticed,
    ordered,
    paper_of,
    reported,
    served,
)
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-111", "R-112")]
NEXT_FRI = NEXT_MON + timedelta(days=4)


def put_another(v: Village, day, *, kind=D.RETURN_NOTICE, by="xiang", reason="期限写错", **more):
    """The newest paper of a kind is replaced; by the township, with a week from the day."""
    said = {"deadline": NEXT_FRI.isoformat(), **more.pop("said", {})}
    taking = Taking(id=more.pop("id", None) or uuid7(), kind=K.OPENED, on=day, said=said)
    actor = v.actor(by, today=day)
    old = more.pop("old", None) or paper_of(v, kind).pk
    return replace_paper(actor, old, taking, reason=reason, today=day, now=at(day, 16))


def issued(v: Village) -> Village:
    """The notice was issued on Thursday and gave until Monday; on Friday it is at hand."""
    reported(v)
    take(v, K.NOTICE_ISSUED, by="xiang", day=THU, deadline=NEXT_MON.isoformat())
    return v


def serve_duties(v: Village, **more):
    return Duty.objects.filter(matter=case_of(v).matter_id, rule=DutyRule.CASE_SERVE, **more)


def test_the_new_paper_has_a_number_of_its_own_and_names_the_old(village):
    issued(village)
    old = paper_of(village, D.RETURN_NOTICE)
    new = Document.objects.get(pk=put_another(village, FRI))

    old.refresh_from_db()
    assert (old.state, old.ended_reason) == (DocumentState.REPLACED, "期限写错")
    assert (new.replaces_id, new.number) == (old.pk, old.number + 1)
    assert new.deadline_on == NEXT_FRI
    first, second = CaseStep.objects.filter(kind=K.NOTICE_ISSUED).order_by("happened_on")
    assert (first.superseded_at, second.answers_id, second.paper_id) == (None, first.pk, new.pk)


def test_the_service_of_the_paper_before_does_not_count_for_the_new_one(village):
    issued(village)
    served(village, D.RETURN_NOTICE, FRI)
    assert state_of(village) is State.NOTICE_SERVED
    put_another(village, FRI)

    assert state_of(village) is State.REPORTED
    look(village, TUESDAY, everything=True)
    assert state_of(village) is State.REPORTED, "Monday's deadline stood in the paper of before"
    waiting = serve_duties(village, state=DutyState.OPEN)
    assert [duty.opened_on for duty in waiting] == [FRI]


@pytest.mark.parametrize(
    ("day", "state"),
    [(NEXT_FRI, State.NOTICE_SERVED), (NEXT_FRI + timedelta(days=1), State.NOTICE_EXPIRED)],
)
def test_the_new_deadline_runs_out_the_day_after_its_last_day_and_not_before(village, day, state):
    issued(village)
    served(village, D.RETURN_NOTICE, FRI)
    put_another(village, FRI)
    served(village, D.RETURN_NOTICE, NEXT_MON)
    assert state_of(village) is State.NOTICE_SERVED

    look(village, day, everything=True)

    assert state_of(village) is state
    assert not serve_duties(village, state=DutyState.OPEN).exists()


def test_a_deadline_that_had_run_out_has_not_once_the_paper_is_replaced(village):
    noticed(village)
    assert state_of(village) is State.NOTICE_EXPIRED
    orders = Duty.objects.filter(rule=DutyRule.CASE_ORDER, state=DutyState.OPEN)
    assert orders.exists()

    put_another(village, TUESDAY)

    assert state_of(village) is State.REPORTED
    assert not orders.exists()


def test_the_same_form_twice_is_one_paper(village):
    issued(village)
    old, form = paper_of(village, D.RETURN_NOTICE).pk, uuid7()

    # The second sending comes when the first has replaced the paper already.
    assert put_another(village, FRI, old=old, id=form) == put_another(
        village, FRI, old=old, id=form
    )
    assert Document.objects.filter(kind=D.RETURN_NOTICE).count() == 2


def test_another_form_for_a_paper_that_is_replaced_already_is_refused(village):
    issued(village)
    old = paper_of(village, D.RETURN_NOTICE).pk
    put_another(village, FRI)

    with pytest.raises(NotStanding):
        put_another(village, FRI, old=old)
    with pytest.raises(StepIdUsed):
        put_another(village, FRI, id=CaseStep.objects.get(kind=K.DETERMINED).pk)


@pytest.mark.parametrize("by", ["chen", "qin", "shao", "lu"])
def test_nobody_but_the_office_that_issued_it_replaces_a_notice(village, by):
    issued(village)
    old = paper_of(village, D.RETURN_NOTICE).pk

    with pytest.raises(NotAllowed):
        put_another(village, FRI, by=by)
    assert not may_replace(village.actor(by, today=FRI), old, today=FRI)


@pytest.mark.parametrize("by", ["tan", "long"])
def test_a_paper_out_of_reach_is_not_there(village, by):
    issued(village)

    with pytest.raises(Document.DoesNotExist):
        put_another(village, FRI, by=by)
    with pytest.raises(Document.DoesNotExist):
        replaceable(village.actor(by), paper_of(village, D.RETURN_NOTICE).pk, today=FRI)


def test_no_reason_no_deadline_or_one_that_is_today_is_refused_and_nothing_is_written(village):
    issued(village)
    served(village, D.RETURN_NOTICE, FRI)
    with pytest.raises(Unexplained):
        put_another(village, FRI, reason="  ")
    with pytest.raises(StepFaulty):
        put_another(village, FRI, said={"deadline": ""})
    with pytest.raises(StepOutOfTime):
        put_another(village, FRI, said={"deadline": FRI.isoformat()})

    assert state_of(village) is State.NOTICE_SERVED
    put_another(village, FRI, said={"deadline": (FRI + timedelta(days=1)).isoformat()})


def test_a_notice_on_which_an_order_rests_is_replaced_no_more(village):
    ordered(village)

    with pytest.raises(RestedUpon):
        put_another(village, WEDNESDAY + timedelta(days=4))


@pytest.mark.req("R-113")
def test_an_order_that_ran_out_is_replaced_while_nothing_rests_on_it(village):
    ordered(village)
    day = WEDNESDAY + timedelta(days=4)
    assert state_of(village) is State.ORDER_EXPIRED
    deadline = (day + timedelta(days=5)).isoformat()
    said = {**replaceable_said(village, day), "deadline": deadline}

    put_another(village, day, kind=D.CORRECTION_ORDER, said=said)

    assert state_of(village) is State.NOTICE_EXPIRED
    served(village, D.CORRECTION_ORDER, day)
    assert state_of(village) is State.ORDERED
    assert CaseStep.objects.get(kind=K.ORDER_SERVED, superseded_at=None).deadline_on == (
        day + timedelta(days=5)
    )


def replaceable_said(village, day):
    old = paper_of(village, D.CORRECTION_ORDER).pk
    return dict(replaceable(village.actor("xiang", today=day), old, today=day).said)


def test_the_form_begins_with_what_was_said_but_a_day_that_has_passed(village):
    ordered(village)
    on_time = replaceable_said(village, WEDNESDAY)
    late = replaceable_said(village, WEDNESDAY + timedelta(days=2))

    assert "向春林" in on_time["officers"]
    assert on_time["deadline"] == (WEDNESDAY + timedelta(days=2)).isoformat()
    assert late["deadline"] > (WEDNESDAY + timedelta(days=2)).isoformat()


def test_a_report_is_withdrawn_and_written_anew_not_replaced(village):
    reported(village)
    report = paper_of(village, D.DROPOUT_REPORT).pk

    assert not may_replace(village.actor("qin", today=FRI), report, today=FRI)
    with pytest.raises(NotReplaced):
        put_another(village, FRI, by="qin", old=report)


def test_a_replacement_that_is_withdrawn_leaves_no_notice(village):
    issued(village)
    served(village, D.RETURN_NOTICE, FRI)
    new = put_another(village, FRI)
    actor = village.actor("xiang", today=FRI)
    withdraw_paper(actor, new, reason="不该发", today=FRI, now=at(FRI, 17))

    assert not CaseStep.objects.filter(kind=K.NOTICE_ISSUED, superseded_at=None).exists()
    assert not serve_duties(village, state=DutyState.OPEN).exists()


@pytest.mark.req("R-112")
def test_a_service_entered_by_mistake_takes_the_end_of_its_deadline_back(village):
    noticed(village)
    service = paper_of(village, D.RETURN_NOTICE).services.get(is_served=True)
    actor = village.actor("xiang", today=TUESDAY)
    take_back_service(actor, service.pk, reason="登错了人", today=TUESDAY, now=at(TUESDAY, 10))

    assert state_of(village) is State.REPORTED
