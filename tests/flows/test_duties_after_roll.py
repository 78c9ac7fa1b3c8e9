"""A roll opens and closes duties in its own transaction, for a constant few statements."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from uuid_utils.compat import uuid7

from notoneless.attendance.models import Roll
from notoneless.attendance.services.leave import NewLeave
from notoneless.duties.models import Duty, DutyChange
from notoneless.flows.duties import gathering, planning
from notoneless.flows.rolls.deciding import decide_rolls
from notoneless.flows.rolls.leave import ask_leave
from notoneless.flows.rolls.submitting import submit_roll
from notoneless.places.models import UnitPlace
from notoneless.policy.queries.inforce import kept_policy
from notoneless.rules.attendance.leave import AskedBy, LeaveKind
from notoneless.rules.duties.kinds import DutyRule, DutyState, EvidenceKind, MatterKind
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.roles import Role
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, at, call, send, sheet
from tests.duties.desk import S1_24, S1_29, S2_5, duties, duty, under
from tests.world import Village

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget():
    planning._KEPT.clear()
    planning._SINCE.clear()


@pytest.fixture
def s1_29(village: Village) -> Village:
    return under(village, S1_29)


@pytest.mark.req("R-072", "P-S1-29.10")
def test_the_second_day_away_opens_an_inquiry_and_a_visit_at_once(s1_29: Village):
    call(s1_29, MON, "lan")
    assert duties() == []

    call(s1_29, TUE, "lan")

    rows = duties()
    assert {row.rule for row in rows} == {DutyRule.INVESTIGATE, DutyRule.VISIT}
    assert {(row.due_on, row.state, row.bearer_role) for row in rows} == {
        (TUE, DutyState.OPEN, Role.HOMEROOM_TEACHER)
    }
    (matter,) = {row.matter for row in rows}
    assert (matter.kind, matter.child_id) == (MatterKind.ABSENCE, s1_29.lan.pk)
    assert kept_policy(rows[0].policy_digest).is_on("absence_days_investigate")


@pytest.mark.req("R-072", "P-S1-24.06")
def test_the_third_day_away_wants_the_report_and_the_letter(village: Village):
    under(village, S1_24)
    for day in (MON, TUE):
        call(village, day, "lan")
    assert duties() == []

    call(village, WED, "lan")

    assert {row.rule for row in duties()} == {
        DutyRule.ABSENCE_REPORT,
        DutyRule.PERSUASION_LETTER,
    }


@pytest.mark.req("T05")
def test_a_child_who_is_back_closes_its_duties(s1_29: Village):
    for day in (MON, TUE):
        call(s1_29, day, "lan")
    call(s1_29, WED)

    rows = duties()
    assert {(r.state, r.done_on, r.closed_by_kind) for r in rows} == {
        (DutyState.DONE, WED, EvidenceKind.BACK)
    }
    assert {row.late_since for row in rows} == {WED}  # nobody had gone on Tuesday


def test_a_corrected_roll_takes_duties_back_and_says_why(s1_29: Village):
    call(s1_29, MON, "lan")
    wrong = call(s1_29, TUE, "lan")
    call(s1_29, TUE, "gang", based_on=wrong.roll_id, reason="认错了")

    assert {row.state for row in duties()} == {DutyState.WITHDRAWN}
    assert {(c.kind, c.why, c.by_id) for c in DutyChange.objects.all()} == {
        ("withdrawn", "facts", s1_29.people["chen"].pk)
    }


@pytest.mark.req("R-070", "T04")
def test_where_the_plan_wants_a_call_each_unexplained_day_opens_one(village: Village):
    under(village, S1_29, own=())
    call(village, MON, "lan")

    assert duties(DutyRule.GUARDIAN_CONTACT) == []  # S1-29 does not ask for it


def test_a_policy_that_contradicts_itself_does_not_cost_the_roll(s1_29: Village, monkeypatch):
    def torn(*_args, **_more):
        raise PolicyConflict(())

    call(s1_29, MON, "lan")
    monkeypatch.setattr(planning, "want_at", torn)
    answer = call(s1_29, TUE, "lan")

    roll = Roll.objects.get(pk=answer.roll_id)
    assert (roll.is_standing, roll.planned_at) == (True, None)
    assert duties() == []


def test_a_planned_roll_says_when(s1_29: Village):
    answer = call(s1_29, MON, "lan")

    assert Roll.objects.get(pk=answer.roll_id).planned_at == at(MON, 8, 5)


@pytest.mark.req("R-068", "R-071")
def test_a_roll_of_the_next_morning_leaves_a_late_duty(village: Village):
    under(village, S2_5)
    call(village, MON)
    call(village, TUE, today=WED, noted_at=at(WED), now=at(WED, 8, 5), reason="昨天停电")

    row = duty(DutyRule.CALL_ROLL)
    assert (row.opened_on, row.state, row.done_on, row.late_since) == (
        TUE,
        DutyState.DONE,
        WED,
        WED,
    )


# -- budgets -------------------------------------------------------------------------------------


def a_class_of(village: Village, size: int) -> list[str]:
    names = [f"child-{n}" for n in range(size - 2)]
    for n, name in enumerate(names):
        village.enrol(name, f"石{n}", "primary-1")
    return names


def cost(village: Village, form, *, by: str = "chen") -> int:
    """Of one roll with its transaction, once another class of the school has called that day."""
    call(village, form.day, at="primary-2", by="qin")
    actor = village.actor(by, today=form.day)
    with CaptureQueriesContext(connection) as seen:
        submit_roll(actor, form, today=form.day, now=at(form.day, 8, 5))
    return len(seen)


@pytest.mark.parametrize("size", [20, 60])
def test_all_there_still_costs_six_statements(s1_29: Village, size: int):
    a_class_of(s1_29, size)
    call(s1_29, THU)

    assert cost(s1_29, sheet(s1_29, FRI)) == 6


@pytest.fixture
def planned(s1_29: Village, django_capture_on_commit_callbacks) -> Village:
    """A school of which this process has kept the policy, as it has after its first duty."""
    s1_29.enrol("other", "石他", "primary-2")
    with django_capture_on_commit_callbacks(execute=True):
        for day in (MON, TUE):
            call(s1_29, day, "other", at="primary-2", by="qin")
    return s1_29


@pytest.mark.parametrize("size", [30, 60])
@pytest.mark.parametrize("missing", [1, 10])
def test_opening_and_closing_duties_costs_twelve_whatever_the_number(
    planned: Village, size: int, missing: int
):
    names = a_class_of(planned, size)
    some, others = names[:missing], names[-missing - 4 : -4]
    call(planned, MON, *some)
    call(planned, TUE, *some)
    call(planned, WED, *some, *others)

    # ``some`` are back, ``others`` reach their second day: duties close and open together.
    assert cost(planned, sheet(planned, THU, *others)) == 12
    assert Duty.objects.filter(state=DutyState.DONE).count() == 2 * missing + 2
    assert Duty.objects.filter(state=DutyState.OPEN).count() == 2 * missing


@pytest.mark.parametrize("size", [30, 60])
@pytest.mark.parametrize("missing", [1, 10])
def test_a_correction_that_opens_and_takes_back_duties_costs_fourteen(
    planned: Village, size: int, missing: int
):
    """The dearest roll there is."""
    names = a_class_of(planned, size)
    taken_for, away = names[:missing], names[-missing - 4 : -4]
    call(planned, MON, *taken_for, *away)
    wrong = call(planned, TUE, *taken_for)

    right = sheet(planned, TUE, *away, based_on=wrong.roll_id, reason="认错了")
    assert cost(planned, right) == 14
    states = {
        child: {row.state for row in duties(subject_id=planned.children[child].pk)}
        for child in (*taken_for, *away)
    }
    assert states == {name: {"withdrawn"} for name in taken_for} | {name: {"open"} for name in away}


@pytest.mark.parametrize("size", [30, 60])
@pytest.mark.parametrize("missing", [1, 10])
def test_a_late_roll_with_leave_costs_no_statement_more(planned: Village, size: int, missing: int):
    names = a_class_of(planned, size)
    slip(planned, names[0], MON, FRI)
    call(planned, MON, *names[:missing])
    late = sheet(planned, TUE, *names[:missing], noted_at=at(WED), reason="昨天停电")
    actor = planned.actor("chen", today=WED)
    call(planned, WED, at="primary-2", by="qin")
    with CaptureQueriesContext(connection) as seen:
        submit_roll(actor, late, today=WED, now=at(WED, 8, 5))

    assert len(seen) <= 14


@pytest.mark.parametrize("size", [30, 60])
@pytest.mark.parametrize("missing", [1, 10])
def test_a_roll_that_contends_costs_eight_and_deciding_fourteen(
    planned: Village, size: int, missing: int
):
    names = a_class_of(planned, size)
    mine, hers = names[:missing], names[-missing - 4 : -4]
    call(planned, MON, *mine, *hers)
    call(planned, TUE, *mine)
    other = sheet(planned, TUE, *hers)
    assert cost(planned, other, by="qin") == 8

    actor = planned.actor("chen", today=TUE)
    with CaptureQueriesContext(connection) as seen:
        decide_rolls(actor, other.id, reason="清点了", today=TUE, now=at(TUE, 9))

    assert len(seen) == 14
    assert {row.state for row in duties(subject_id=planned.children[hers[0]].pk)} == {"open"}
    assert {row.state for row in duties(subject_id=planned.children[mine[0]].pk)} == {"withdrawn"}


@pytest.mark.parametrize("missing", [1, 10])
def test_the_same_roll_sent_again_costs_little(planned: Village, missing: int):
    names = a_class_of(planned, 30)
    form = sheet(planned, MON, *names[:missing])
    send(planned, form)

    assert cost(planned, form) == 4
    assert cost(planned, replace(form, id=uuid7())) == 4  # somebody else saw the same


def test_duties_of_one_roll_are_read_by_its_children_only(s1_29: Village):
    call(s1_29, MON, "lan", "gang")
    call(s1_29, TUE, "lan", "gang")
    call(s1_29, WED, "gang")

    assert {row.state for row in duties(subject_id=s1_29.children["gang"].pk)} == {"open"}
    assert {row.state for row in duties(subject_id=s1_29.lan.pk)} == {"done"}
    call(s1_29, NEXT_MON, "gang")
    assert {row.state for row in duties(subject_id=s1_29.children["gang"].pk)} == {"open"}


# -- other facts ---------------------------------------------------------------------------------


def slip(v: Village, name: str, first, last):
    leave = NewLeave(
        child_id=v.children[name].pk,
        kind=LeaveKind.SICK,
        from_on=first,
        to_on=last,
        asked_by=AskedBy.GUARDIAN,
    )
    return ask_leave(v.actor("chen", today=WED), leave, today=WED, now=at(WED, 9), approve=True)


@pytest.mark.req("R-069", "T03")
def test_a_leave_slip_handed_in_late_takes_the_duties_back_at_once(s1_29: Village):
    call(s1_29, MON, "lan")
    call(s1_29, TUE, "lan")

    slip(s1_29, "lan", MON, WED)

    assert {row.state for row in duties()} == {DutyState.WITHDRAWN}


def test_when_the_wrong_roll_of_two_is_chosen_duties_follow(s1_29: Village):
    call(s1_29, MON, "lan")
    first = call(s1_29, TUE, "lan")
    other = call(s1_29, TUE, by="qin")
    assert {row.state for row in duties()} == {DutyState.OPEN}

    decide_rolls(
        s1_29.actor("qin", today=TUE),
        other.roll_id,
        reason="小兰在医务室",
        today=TUE,
        now=at(TUE, 10),
    )

    assert first.roll_id != other.roll_id
    assert {row.state for row in duties()} == {DutyState.WITHDRAWN}


def test_a_school_that_nobody_has_placed_yet_can_still_call_its_rolls(s1_29: Village):
    UnitPlace.objects.filter(line="e", unit=s1_29.units["bureau"]).delete()
    gathering._ABOVE.clear()
    call(s1_29, MON, "lan")
    call(s1_29, TUE, "lan")

    assert Roll.objects.filter(is_standing=True).count() == 2
