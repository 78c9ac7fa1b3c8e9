"""Two people in one case at the same moment, the same form twice, and the night beside a step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections, transaction
from uuid_utils.compat import uuid7

from notoneless.cases.models import Case, CaseStep
from notoneless.documents.models import Document
from notoneless.duties.models import Duty
from notoneless.flows.cases import looking_after
from notoneless.flows.cases.refusals import AnsweredAlready, StepBlocked, StepOutOfTime
from notoneless.flows.cases.stepping import Taking, take_step
from notoneless.rules.cases.kinds import State, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from notoneless.rules.refusal import Refusal
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call
from tests.cases.desk import case_of, family, look, state_of, steps_of, take
from tests.duties.desk import S1_29, under
from tests.world import Village, build

K = StepKind
NEXT_FRI = NEXT_MON + timedelta(days=4)


def suspected(v: Village) -> Village:
    """Lan was away on Monday and Tuesday; the case opened on Tuesday."""
    under(family(v), S1_29, own=[("report_rule", ("immediate",), "", "")])
    for day in (MON, TUE):
        call(v, day, "lan")
    look(v, TUE)
    return v


def reported(v: Village) -> Village:
    suspected(v)
    take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="连续两日未到校")
    take(v, K.REPORTED, by="qin", day=WED, reason="家中缺劳力")
    return v


def standing(v: Village, kind: StepKind) -> int:
    return sum(step.kind == kind for step in steps_of(v))


# -- on one connection: what SQLite's turns come to ----------------------------------------------


@pytest.mark.django_db
def test_the_same_press_twice_is_one_step_one_paper_and_one_hand_over(village: Village):
    suspected(village)
    take(village, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="未到校")
    same = uuid7()

    first = take(village, K.REPORTED, by="qin", day=WED, id=same, reason="家中缺劳力")
    again = take(village, K.REPORTED, by="qin", day=WED, id=same, reason="家中缺劳力")

    assert first == again == same
    assert standing(village, K.REPORTED) == 1
    assert Document.objects.filter(kind="dropout_report").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("on", "is_taken"), [(MON, False), (TUE, True), (WED, True), (THU, False)])
def test_a_step_lies_between_the_opening_and_today(village: Village, on, is_taken):
    suspected(village)
    taking = Taking(id=uuid7(), kind=K.CRITICISED, on=on, said={"words": "当面批评教育"})
    actor = village.actor("chen", today=WED)

    try:
        take_step(actor, case_of(village).pk, taking, today=WED, now=at(WED, 10))
    except StepOutOfTime:
        assert not is_taken
    assert standing(village, K.CRITICISED) == int(is_taken)


@pytest.mark.django_db
@pytest.mark.parametrize(("deadline", "is_taken"), [(WED, False), (THU, True)])
def test_a_deadline_lies_after_the_day_of_its_paper(village: Village, deadline, is_taken):
    suspected(village)

    try:
        take(village, K.LETTER_ISSUED, by="qin", day=WED, deadline=deadline.isoformat())
    except StepOutOfTime:
        assert not is_taken
    assert standing(village, K.LETTER_ISSUED) == int(is_taken)


@pytest.mark.django_db
def test_whoever_answers_second_is_told_that_it_is_answered(village: Village):
    reported(village)
    take(village, K.ACCEPTED, by="xiang", day=THU)

    with pytest.raises(AnsweredAlready):
        take(village, K.SENT_BACK, by="xiang", day=THU, words="缺监护人电话")

    assert (standing(village, K.ACCEPTED), standing(village, K.SENT_BACK)) == (1, 0)


@pytest.mark.django_db
def test_the_night_reads_anew_what_was_done_since_it_first_looked(village: Village, monkeypatch):
    """A step between the reading of the batch and the writing of a case is not overwritten."""
    suspected(village)
    real = looking_after._lock

    def meanwhile(ids):
        if not standing(village, K.DETERMINED):
            take(village, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="未到校")
        return real(ids)

    monkeypatch.setattr(looking_after, "_lock", meanwhile)
    look(village, NEXT_FRI, everything=True)  # the determination would be late by then

    determine = Duty.objects.get(rule=DutyRule.CASE_DETERMINE)
    assert (determine.state, determine.done_on, determine.late_since) == (DutyState.DONE, WED, None)
    assert state_of(village) is State.CONFIRMED


@pytest.mark.django_db
def test_a_return_that_was_noted_meanwhile_is_not_written_again_by_the_night(
    village: Village, monkeypatch
):
    suspected(village)
    call(village, WED)
    real = looking_after._lock

    def meanwhile(ids):
        if not standing(village, K.RETURNED):
            take(village, K.RETURNED, by="qin", day=WED, way="voluntary")
        return real(ids)

    monkeypatch.setattr(looking_after, "_lock", meanwhile)
    look(village, WED, hour=22, everything=True)

    assert standing(village, K.RETURNED) == 1
    assert state_of(village) is State.RETURNED


# -- on several connections ----------------------------------------------------------------------

side_by_side = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "connection.vendor == 'sqlite'", reason="SQLite's writers take turns; PostgreSQL runs this"
    ),
]


def both(*acts: Callable[[], object]) -> list[object]:
    """Start all acts at the same moment; what each gave, or the refusal that it met."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return act()
        except Refusal as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


class TestSideBySide:
    pytestmark = side_by_side

    def test_two_different_steps_of_one_case_are_both_taken_one_after_the_other(self):
        v = suspected(build())

        given = both(
            lambda: take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="x"),
            lambda: take(v, K.LETTER_ISSUED, by="qin", day=WED, deadline=FRI.isoformat()),
        )

        assert not any(isinstance(each, Refusal) for each in given)
        assert (standing(v, K.DETERMINED), standing(v, K.LETTER_ISSUED)) == (1, 1)
        assert state_of(v) is State.CONFIRMED
        case = case_of(v)
        stood = Duty.objects.get(matter=case.matter_id, rule=DutyRule.CASE_DETERMINE)
        assert (stood.state, case.planned_at is not None) == (DutyState.DONE, True)

    def test_one_form_sent_twice_at_the_same_moment_is_one_step(self):
        v = suspected(build())
        take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="未到校")
        same = uuid7()

        def press() -> object:
            return take(v, K.REPORTED, by="qin", day=WED, id=same, reason="家中缺劳力")

        assert both(press, press) == [same, same]
        assert CaseStep.objects.filter(kind=K.REPORTED).count() == 1
        assert Document.objects.filter(kind="dropout_report").count() == 1

    def test_a_report_is_answered_once_by_two_at_the_same_moment(self):
        v = reported(build())

        given = both(
            lambda: take(v, K.ACCEPTED, by="xiang", day=THU),
            lambda: take(v, K.SENT_BACK, by="xiang", day=THU, words="缺监护人电话"),
        )

        assert [isinstance(each, AnsweredAlready | StepBlocked) for each in given].count(True) == 1
        assert standing(v, K.ACCEPTED) + standing(v, K.SENT_BACK) == 1

    def test_the_night_waits_for_nobody_and_overwrites_nothing(self):
        v = suspected(build())
        held, looked = threading.Event(), threading.Event()

        def work() -> None:
            with transaction.atomic():
                Case.objects.select_for_update().get(pk=case_of(v).pk)
                held.set()
                assert looked.wait(20)
                take(v, K.DETERMINED, by="qin", day=WED, result="dropped_out", criteria="未到校")

        def night() -> None:
            assert held.wait(20)
            look(v, NEXT_FRI, everything=True)
            looked.set()

        both(work, night)

        determine = Duty.objects.get(rule=DutyRule.CASE_DETERMINE)
        assert (determine.state, determine.late_since) == (DutyState.DONE, None)
        assert connection.vendor == "postgresql"
        look(v, NEXT_FRI, hour=23, everything=True)
        assert state_of(v) is State.CONFIRMED

    def test_two_nights_at_once_leave_each_step_and_duty_once(self):
        v = suspected(build())
        call(v, WED)

        both(*[lambda: look(v, WED, hour=22, everything=True)] * 2)

        assert standing(v, K.RETURNED) == 1
        placing = Duty.objects.filter(rule=DutyRule.CASE_PLACE)
        assert [duty.state for duty in placing] == [DutyState.OPEN]
