"""What planning and signs learn from cases; what papers cost; the way to the court."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.flows.cases.papers import paper_of as filled
from notoneless.flows.duties.told import tags_about, told_about
from notoneless.flows.signs.outcomes import lost_between
from notoneless.rules.cases.facts import StepFact
from notoneless.rules.cases.kinds import Level, State, StepKind
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.duties.facts import ContactKind, Tag
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, THU, WED
from tests.cases.desk import payload_in, state_of, take
from tests.cases.story import (
    OFFICERS,
    acting,
    known,
    lettered,
    ordered,
    paper_of,
    reported,
    served,
    suspected,
    visit,
)
from tests.world import Village

pytestmark = pytest.mark.django_db
K, D = StepKind, DocumentKind
DEMANDED, ASKED = date(2027, 5, 6), date(2027, 6, 2)


def tags(v: Village, day: date):
    return tags_about([v.lan.pk], county_id=v.county_id, on=day).get(v.lan.pk, frozenset())


@pytest.mark.req("R-121")
def test_a_child_that_came_back_counts_for_visits_and_so_does_one_lost_again(village: Village):
    reported(village)
    assert Tag.RETURNED not in tags(village, THU)

    take(village, K.RETURNED, by="qin", day=THU)
    assert Tag.RETURNED in tags(village, THU)

    take(village, K.RELAPSED, by="qin", day=FRI)
    assert state_of(village) is State.MOBILISING
    assert Tag.RETURNED in tags(village, FRI)


@pytest.mark.req("R-110")
def test_planning_reads_a_served_letter_in_its_one_statement(village: Village):
    lettered(village)

    with CaptureQueriesContext(connection) as made:
        told = told_about([village.lan.pk], county_id=village.county_id, from_on=MON, until=FRI)

    assert len(made) == 1
    letters = [each for each in told.contacts if each.kind is ContactKind.LETTER]
    assert [(each.on, each.is_reached) for each in letters] == [(WED, True)]


def test_a_determined_case_is_a_confirmed_dropout(village: Village):
    suspected(village)
    span = {"from_on": MON, "to_on": FRI}
    assert lost_between(village.county_id, **span) == []

    take(village, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="连续未到校")

    (lost,) = lost_between(village.county_id, **span)
    assert (lost.child_id, lost.on) == (village.lan.pk, WED)


def test_a_paper_costs_the_same_statements_however_much_was_tried(village: Village):
    suspected(village)
    fact = StepFact(
        id=uuid7(), kind=K.LETTER_ISSUED, on=FRI, by=village.people["qin"].pk, deadline_on=FRI
    )
    he = acting(village, "qin", Level.SCHOOL, FRI)

    def cost() -> int:
        here = known(village, FRI)
        with CaptureQueriesContext(connection) as made:
            filled(here, fact, he)
        return len(made)

    once = cost()
    for day in (WED, THU, FRI):
        visit(village, day)

    assert cost() == once
    assert once <= 18


@pytest.mark.req("R-114", "T18")
def test_the_court_gets_the_order_its_service_the_demand_and_the_end_of_the_remedies(
    village: Village,
):
    ordered(village)
    until = DEMANDED + timedelta(days=20)
    take(
        village,
        K.DEMAND_ISSUED,
        by="xiang",
        day=DEMANDED,
        deadline=until.isoformat(),
        officers=OFFICERS,
    )
    served(village, D.DEMAND, DEMANDED)
    village.employ("mayor", "秦镇长", Role.TOWNSHIP_HEAD, "shiqiao")

    take(village, K.APPLIED_TO_COURT, by="xiang", day=ASKED, court="青禾县人民法院")

    paper = paper_of(village, D.ENFORCEMENT_APPLICATION)
    payload = payload_in(paper)
    order = paper_of(village, D.CORRECTION_ORDER)
    assert (paper.receiver_kind, paper.receiver_name) == ("court", "青禾县人民法院")
    assert (payload.decision.number_text, payload.decision.served_on) == (
        order.number_text,
        order.served_on,
    )
    assert payload.demand.served_on == DEMANDED
    assert payload.remedies_ended_on < ASKED
    assert payload.representative.name == "秦镇长"
    assert payload.statement.summary == "等过完年再说。"
    assert len(payload.annexes) == 6
    assert state_of(village) is State.JUDICIAL
