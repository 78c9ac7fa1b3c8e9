"""Two people with one report at the same moment; one decision answered by two."""

from __future__ import annotations

import pytest
from django.db import connection

from notoneless.flows.workplans.meetings import answer_decision
from notoneless.flows.workplans.refusals import DecisionAnswered
from notoneless.workplans.models import Decision, DecisionDone, ReportPeriod, ReportVersion
from notoneless.workplans.services.reports import ReportStands
from tests.web.two_phones import at_once
from tests.workplans.desk import accepted, moment, of, send, working
from tests.workplans.test_meetings import note, said, task
from tests.world import TODAY, build

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory it has one writer"),
]


@pytest.mark.req("R-236")
def test_of_two_who_hand_in_one_report_one_is_told_that_it_stands():
    v = working(build())

    def hand_in() -> int:
        try:
            send(v, of(v))
        except ReportStands:
            return 0
        return 1

    assert sorted(at_once(hand_in, hand_in)) == [0, 1]
    assert ReportPeriod.objects.count() == ReportVersion.objects.count() == 1

    def take() -> int:
        try:
            accepted(v, of(v))
        except ReportStands:
            return 0
        return 1

    assert sorted(at_once(take, take)) == [0, 1]


@pytest.mark.req("R-249")
def test_a_task_is_answered_once_however_many_press():
    v = working(build(), "S0-8/2026")
    note(v, said(v, task(v, TODAY)))
    decision = Decision.objects.get()

    def answer() -> int:
        try:
            answer_decision(v.actor("chen"), decision.pk, "已办", today=TODAY, now=moment(TODAY))
        except DecisionAnswered:
            return 0
        return 1

    assert sorted(at_once(answer, answer)) == [0, 1]
    assert DecisionDone.objects.count() == 1
