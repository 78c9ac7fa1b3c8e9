"""What decided faults say about losses: only upheld ones, only while they stand."""

from __future__ import annotations

from uuid import UUID

import pytest
from uuid_utils.compat import uuid7

from notoneless.cases.models import Case
from notoneless.oversight.models import Fault
from notoneless.oversight.queries.marks import marks_of
from notoneless.rules.consequences.outcome import Marks
from notoneless.rules.faults.kinds import FaultStep
from tests.attendance.register import MON, TUE, call
from tests.cases.desk import case_of, look
from tests.oversight.desk import decided, heard, raised, school, take
from tests.world import Village

pytestmark = [pytest.mark.django_db, pytest.mark.req("R-211", "R-216")]
F = FaultStep


@pytest.fixture
def v(village: Village) -> Village:
    """Lan has a dropout case."""
    school(village)
    for day in (MON, TUE):
        call(village, day, "lan")
    look(village, TUE)
    return village


def about(v: Village, kind: str) -> Fault:
    return heard(v, raised(v, kind=kind, case_ids=[case_of(v).pk]))


def marks(v: Village) -> Marks | None:
    case: UUID = case_of(v).pk
    return marks_of(v.county_id, case_ids=[case, uuid7()]).get(case)


def of(v: Village, name: str = "chen", **marked: bool) -> Marks:
    return Marks(**marked, answerable=v.people[name].pk)


def test_a_decided_concealment_marks_the_loss_as_concealed(v: Village):
    fault = about(v, "hidden_figures")
    assert marks(v) is None  # raised is not decided

    decided(v, fault, exemption={})

    assert marks(v) == of(v, is_concealed=True)


def test_a_conduct_marks_only_where_the_decision_says_that_it_was_the_cause(v: Village):
    first = about(v, "corporal_punishment")
    decided(v, first)
    assert marks(v) is None

    decided(v, about(v, "corporal_punishment"), cause=True)

    assert marks(v) == of(v, is_teacher_caused=True)


def test_a_late_report_marks_nothing_whatever_the_decision_says(v: Village):
    decided(v, about(v, "late_report"), cause=True)

    assert marks(v) is None


@pytest.mark.parametrize("outcome", ["not_upheld", "exempt"])
def test_what_was_not_upheld_marks_nothing(v: Village, outcome: str):
    fault = about(v, "pushed_out")
    yes = dict.fromkeys(["not_teacher_caused", "work_done_in_vain", "verified"], True)

    decided(v, fault, outcome=outcome, exemption=yes, cause=True)

    assert marks(v) is None


def test_while_a_review_is_under_way_it_marks_nothing_and_kept_it_marks_again(v: Village):
    fault = about(v, "hidden_figures")
    decided(v, fault, exemption={})
    take(v, fault, F.SHOWN, "chen")
    take(v, fault, F.APPEALED, "chen", words="当日已上报。")
    assert marks(v) is None

    take(v, fault, F.APPEAL_DECIDED, "he", result="kept", words="维持。")

    assert marks(v) == of(v, is_concealed=True)


def test_an_overturned_decision_marks_nothing(v: Village):
    fault = about(v, "hidden_figures")
    decided(v, fault, exemption={})
    take(v, fault, F.SHOWN, "chen")
    take(v, fault, F.APPEALED, "chen", words="当日已上报。")

    take(v, fault, F.APPEAL_DECIDED, "he", result="overturned", words="证据不足。")

    assert marks(v) is None


def test_two_faults_about_one_loss_add_up_and_who_caused_it_answers(v: Village):
    decided(v, about(v, "hidden_figures"), exemption={})
    other = raised(v, "zhou", kind="insult", case_ids=[case_of(v).pk])
    decided(v, heard(v, other, who="zhou"), cause=True)

    assert marks(v) == of(v, "zhou", is_concealed=True, is_teacher_caused=True)


def test_marks_cost_one_statement(v: Village, django_assert_num_queries):
    decided(v, about(v, "hidden_figures"), exemption={})
    ids = [case_of(v).pk, *(uuid7() for _ in range(50))]

    with django_assert_num_queries(1):
        assert len(marks_of(v.county_id, case_ids=ids)) == 1


def test_a_case_that_the_raiser_may_not_see_cannot_be_named(v: Village):
    with pytest.raises(Case.DoesNotExist):
        raised(v, kind="late_report", case_ids=[uuid7()])
