"""Cases that were open before the system came are brought in at their true step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from uuid_utils.compat import uuid7

from notoneless.documents.models import Document
from notoneless.duties.models import Duty
from notoneless.flows.cases.balances import Balance, bring_in
from notoneless.flows.cases.refusals import CaseOpenAlready, StepOutOfTime
from notoneless.rules.cases.balances import PROVED_BY, SERVED, OldPaper, steps_up_to
from notoneless.rules.cases.facts import StepFact, stand
from notoneless.rules.cases.kinds import AWAY, State, StepKind
from notoneless.rules.documents.kinds import DocumentKind, ServiceMethod
from notoneless.rules.documents.names import NAMING
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import MON, TUE, at, call
from tests.cases.desk import case_of, family, look, take
from tests.duties.desk import S1_29, under
from tests.world import Village


@pytest.mark.req("R-101")
@pytest.mark.parametrize("state", AWAY)
def test_the_steps_of_a_balance_lead_to_its_state(state):
    kinds = (StepKind.OPENED, *steps_up_to(state))

    assert stand(StepFact(id=uuid7(), kind=kind, on=MON) for kind in kinds).state is state


@pytest.mark.req("R-101")
def test_a_state_in_which_the_child_is_back_is_no_balance():
    with pytest.raises(ValueError, match="no rung"):
        steps_up_to(State.WATCH)


def balance(v: Village, **more) -> Balance:
    """Lan's case where its notice was served on Friday and gives until Monday."""
    state = more.get("state", State.NOTICE_SERVED)
    kind = PROVED_BY.get(state)
    given = {
        "id": uuid7(),
        "child_id": v.lan.pk,
        "away_since": MON - timedelta(days=40),
        "state": state,
        "state_since": MON - timedelta(days=3),
        "papers": (old(v, kind, deadline_on=MON),) if kind else (),
        "words": "原纸质档案第七卷",
    }
    return Balance(**{**given, **more})


def old(v: Village, kind: DocumentKind, **more) -> OldPaper:
    """A paper of the township of last week, handed over on Friday."""
    is_served = kind in SERVED
    given = {
        "kind": kind,
        "number_text": f"石政{NAMING[kind].series}〔2026〕7号",
        "office_id": v.units["shiqiao"].pk,
        "issued_on": MON - timedelta(days=6),
        "served_on": MON - timedelta(days=3) if is_served else None,
        "method": ServiceMethod.LEFT_AT_HOME if is_served else None,
    }
    return OldPaper(**{**given, **more})


def bring(v: Village, given: Balance):
    return bring_in(v.actor("qin", today=MON), given, today=MON, now=at(MON, 10))


@pytest.mark.django_db
@pytest.mark.req("R-101", "R-112")
def test_a_case_comes_in_at_its_step_and_nothing_of_before_is_late(village: Village):
    under(village, S1_29)
    bring(village, balance(village))

    case = case_of(village)
    assert (case.state, case.source) == (State.NOTICE_SERVED, "opening_balance")
    assert case.away_since == MON - timedelta(days=40)
    assert not Duty.objects.filter(state=DutyState.OPEN, late_since__isnull=False).exists()

    look(village, TUE, everything=True)
    assert case_of(village).state == State.NOTICE_EXPIRED


@pytest.mark.django_db
@pytest.mark.req("R-101", "R-111")
@pytest.mark.parametrize("state", [State.NOTICE_SERVED, State.ORDERED, State.ORDER_EXPIRED])
def test_nobody_owes_a_notice_that_was_served_before_the_system_came(village: Village, state):
    under(village, S1_29)
    bring(village, balance(village, state=state))
    look(village, TUE, everything=True)
    assert not Duty.objects.filter(rule=DutyRule.CASE_NOTICE, state=DutyState.OPEN).exists()


@pytest.mark.django_db
@pytest.mark.req("R-101")
def test_the_same_balance_sent_twice_is_one_case(village: Village):
    under(village, S1_29)
    given = balance(village)

    assert bring(village, given) == bring(village, given)
    with pytest.raises(CaseOpenAlready):
        bring(village, balance(village))


@pytest.mark.django_db
@pytest.mark.req("R-101")
def test_a_state_that_was_reached_before_the_child_was_away_is_refused(village: Village):
    under(village, S1_29)

    with pytest.raises(StepOutOfTime):
        bring(village, balance(village, state_since=MON - timedelta(days=41)))


@pytest.mark.django_db
@pytest.mark.req("R-123")
def test_the_return_of_a_case_from_before_is_reported_to_the_plans_receivers(village: Village):
    family(under(village, S1_29))
    bring(village, balance(village))
    call(village, TUE)
    look(village, TUE, everything=True)
    assert case_of(village).state == State.RETURNED

    take(village, StepKind.RETURN_REPORTED, by="qin", day=TUE)

    (paper,) = Document.objects.filter(kind=DocumentKind.RETURN_REPORT)
    assert len(paper.payload["addressees"]) == 2
    assert Duty.objects.get(rule=DutyRule.CASE_RETURN_REPORT).state == DutyState.DONE
