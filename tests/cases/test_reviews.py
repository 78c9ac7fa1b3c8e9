"""The plan of a child that came back is looked at again, also after its case was closed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from notoneless.access.actor import NotAllowed
from notoneless.cases.models import Case, PlanReview
from notoneless.children.models import Enrolment
from notoneless.duties.models import Duty
from notoneless.flows.cases.refusals import StepBlocked
from notoneless.journal.models import Entry
from notoneless.rules.cases.kinds import Missing, Source, State, StepKind
from notoneless.rules.duties.kinds import DutyRule, DutyState
from tests.attendance.register import FRI, MON, NEXT_MON, THU, TUE, WED, call
from tests.cases.desk import case_of, family, look, take
from tests.cases.test_night import everything_kept
from tests.duties.desk import S1_29, under
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-117", "R-120")]
K = StepKind
FIRST, SECOND, THIRD = date(2026, 12, 18), date(2027, 2, 18), date(2027, 5, 18)
"""One, three and six months after Wednesday 18 November."""


@pytest.fixture
def closed(village: Village) -> Village:
    """Lan was away on Monday and Tuesday, came back, was watched for two days and closed."""
    v = under(
        family(village),
        S1_29,
        own=[
            ("report_rule", ("immediate",), "", ""),
            ("return_watch_days", 2, "school_days", "="),
        ],
    )
    for day, missing in ((MON, ["lan"]), (TUE, ["lan"]), (WED, []), (THU, []), (FRI, [])):
        call(v, day, *missing)
        look(v, day, everything=True)
        if day == WED:
            plan: dict[str, Any] = {
                "placement": "own_class",
                "goals": "每天到校",
                "measures": "课后补课",
            }
            take(v, K.PLACED, by="qin", day=WED, **plan)
    take(v, K.WATCH_ENDED, by="chen", day=FRI, judgement="每天到校")
    take(v, K.CLOSING_ASKED, by="qin", day=FRI, outcome="returned", evidence="观察期满")
    take(v, K.CLOSED, by="lu", day=FRI, outcome="returned")
    assert case_of(v).state == State.ATTENDING
    return v


def reviews(v: Village, **columns: object) -> list[Duty]:
    rows = Duty.objects.filter(rule=DutyRule.CASE_REVIEW, **columns)
    return list(rows.order_by("due_on"))


def review(v: Village, day: date, *, by: str = "chen", planned: date | None = None) -> None:
    said: dict[str, Any] = {
        "planned_on": (planned or day).isoformat(),
        "found": "跟得上课",
        "goes_on": True,
    }
    take(v, K.PLAN_REVIEWED, by=by, day=day, **said)


def test_three_reviews_stand_open_after_the_end_with_the_class_teacher(closed: Village):
    found = reviews(closed, state=DutyState.OPEN)

    assert [duty.due_on for duty in found] == [FIRST, SECOND, THIRD]
    assert {duty.bearer_role for duty in found} == {"homeroom_teacher"}
    assert Duty.objects.filter(matter=case_of(closed).matter_id, state="open").count() == 3
    assert (case_of(closed).turn_role, case_of(closed).due_on) == ("", None)


def test_a_review_is_late_on_the_day_after_and_not_before(closed: Village):
    look(closed, FIRST, everything=True)
    assert reviews(closed)[0].late_since is None

    look(closed, FIRST + timedelta(days=1), everything=True)

    assert reviews(closed)[0].late_since == FIRST + timedelta(days=1)
    before = everything_kept()
    look(closed, FIRST + timedelta(days=1), hour=23, everything=True)
    assert everything_kept() == before


def test_a_review_closes_its_duty_and_leaves_the_case_closed(closed: Village):
    ends = Entry.objects.filter(kind="case.ended").count()

    review(closed, FIRST)

    assert [duty.state for duty in reviews(closed)] == ["done", "open", "open"]
    assert PlanReview.objects.get().planned_on == FIRST
    case = case_of(closed)
    assert (case.state, case.closed_on, case.outcome) == (State.ATTENDING, FRI, "returned")
    assert Entry.objects.filter(kind="case.ended").count() == ends == 1


def test_nobody_but_class_and_school_reviews_and_nothing_else_is_done_in_a_closed_case(
    closed: Village,
):
    with pytest.raises(StepBlocked) as level:
        review(closed, FIRST, by="xiang")
    with pytest.raises(StepBlocked) as state:
        take(closed, K.RELAPSED, by="qin", day=FIRST)
    with pytest.raises(Case.DoesNotExist):
        review(closed, FIRST, by="tan")
    with pytest.raises((NotAllowed, Case.DoesNotExist)):
        review(closed, FIRST, by="shi")

    assert [o.missing for o in level.value.obstacles] == [Missing.LEVEL]
    assert [o.missing for o in state.value.obstacles] == [Missing.STATE]


def test_after_the_last_review_there_is_none_more_to_make(closed: Village):
    for day in (FIRST, SECOND, THIRD):
        review(closed, day)

    assert reviews(closed, state=DutyState.OPEN) == []
    with pytest.raises(StepBlocked):
        review(closed, THIRD, planned=THIRD + timedelta(days=1))


def test_when_the_child_is_lost_again_the_new_case_takes_over(closed: Village):
    old = case_of(closed)
    for day in (NEXT_MON, NEXT_MON + timedelta(days=1)):
        call(closed, day, "lan")
        look(closed, day, everything=True)
    look(closed, NEXT_MON + timedelta(days=1), hour=23, everything=True)

    new = case_of(closed)
    assert (new.pk != old.pk, new.source) == (True, Source.ABSENCE)
    assert {duty.state for duty in reviews(closed, matter=old.matter_id)} == {"withdrawn"}


def test_a_child_that_is_registered_here_no_more_is_not_looked_at_again(closed: Village):
    Enrolment.objects.filter(child=closed.lan).update(to_on=NEXT_MON, ended="transferred_out")

    look(closed, NEXT_MON, everything=True)

    assert {duty.state for duty in reviews(closed)} == {"withdrawn"}
