"""What a contact must hold, and when a visit may close."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from notoneless.flows.contacts.causes import causes_of
from notoneless.rules.contacts.closing import may_close, needs_proof
from notoneless.rules.contacts.forms import Companion, Fault, NewContact, faults_of, is_child_alone
from notoneless.rules.contacts.kinds import (
    IN_VAIN,
    RESTRICTED_CAUSES,
    UNREACHED,
    Kind,
    Met,
    NumberState,
    Proof,
    Result,
    fold,
    folded,
)
from notoneless.rules.duties.facts import ContactKind
from tests.rules.duties.desk import policy

TODAY = date(2026, 11, 20)
LAN, GANG, HUANG = UUID(int=11), UUID(int=12), UUID(int=21)


def told(**more) -> NewContact:
    given = {
        "id": UUID(int=1),
        "kind": Kind.CALL,
        "result": Result.REACHED,
        "child_ids": (LAN,),
        "happened_on": TODAY,
    }
    return NewContact(**{**given, **more})


def faults(**more) -> set[Fault]:
    return set(faults_of(told(**more), today=TODAY))


@pytest.mark.req("R-086")
def test_nobody_answered_needs_nothing_but_kind_result_and_child():
    assert faults(result=Result.NOT_REACHED) == set()
    assert faults(kind=Kind.VISIT, result=Result.NOT_REACHED) == set()


@pytest.mark.req("R-086")
def test_a_contact_is_about_a_child():
    assert faults(child_ids=()) == {Fault.NO_CHILD}


@pytest.mark.req("R-098")
def test_siblings_and_meetings_are_about_several_a_talk_is_with_one():
    assert faults(kind=Kind.VISIT, child_ids=(LAN, GANG), met=frozenset({Met.GUARDIAN})) == set()
    assert faults(kind=Kind.TALK, child_ids=(LAN, GANG)) == {Fault.ONE_CHILD_ONLY}
    assert faults(kind=Kind.MEETING, child_ids=(LAN, GANG), place="石桥村村部") == set()
    assert faults(kind=Kind.MEETING) == {Fault.MEETING_NOWHERE}


def test_it_lies_between_a_year_ago_and_today():
    assert faults(happened_on=TODAY) == set()
    assert faults(happened_on=TODAY + timedelta(days=1)) == {Fault.FUTURE}
    assert faults(happened_on=TODAY - timedelta(days=366)) == set()
    assert faults(happened_on=TODAY - timedelta(days=367)) == {Fault.TOO_OLD}


def test_the_next_step_is_not_before_the_contact_and_not_out_of_sight():
    assert faults(next_on=TODAY) == set()
    assert faults(next_on=TODAY - timedelta(days=1)) == {Fault.NEXT_BEFORE}
    assert faults(next_on=TODAY + timedelta(days=120)) == set()
    assert faults(next_on=TODAY + timedelta(days=121)) == {Fault.NEXT_TOO_FAR}


@pytest.mark.req("R-079")
def test_the_main_cause_is_one_of_the_causes():
    assert faults(causes=("poverty", "family"), main_cause="family") == set()
    assert faults(causes=("poverty",), main_cause="family") == {Fault.MAIN_CAUSE_NOT_AMONG}


@pytest.mark.req("R-096")
def test_a_visit_says_who_was_met():
    assert faults(kind=Kind.VISIT) == {Fault.NOBODY_MET}


@pytest.mark.req("R-096")
def test_a_child_found_alone_is_visited_by_two_adults():
    alone = {"kind": Kind.VISIT, "met": frozenset({Met.CHILD})}

    assert faults(**alone) == {Fault.ALONE_WITH_CHILD}
    assert faults(**alone, companions=(Companion(HUANG),)) == set()
    assert faults(kind=Kind.VISIT, met=frozenset({Met.CHILD, Met.RELATIVE})) == set()
    assert faults(kind=Kind.TALK, met=frozenset({Met.CHILD})) == set()
    assert is_child_alone(Kind.VISIT, [Met.CHILD])


def test_a_free_name_does_not_count_as_the_second_adult_of_the_school():
    alone = {"kind": Kind.VISIT, "met": frozenset({Met.CHILD}), "others": ("黄老师",)}

    assert faults(**alone) == {Fault.ALONE_WITH_CHILD}


@pytest.mark.req("R-087")
@pytest.mark.parametrize("proof", list(Proof))
def test_any_proof_or_a_witness_closes_a_visit(proof: Proof):
    assert may_close(needs=True, proofs=[proof], witness="")
    assert may_close(needs=True, proofs=[], witness="村支书 梁")
    assert may_close(needs=False, proofs=[], witness="")
    assert not may_close(needs=True, proofs=[], witness="  ")


@pytest.mark.req("R-087")
def test_only_a_visit_needs_proof_and_only_where_the_plan_says_so():
    asks = policy("[rules.visit_photo_required]", "value = true", 'source = "x"')
    waives = policy("[rules.visit_photo_required]", "value = false", 'source = "x"')

    assert needs_proof(Kind.VISIT, asks)
    assert not needs_proof(Kind.CALL, asks)
    assert not needs_proof(Kind.VISIT, waives)
    assert not needs_proof(Kind.VISIT, policy())


@pytest.mark.req("R-079")
def test_restricted_causes_are_folded_and_the_rest_stays():
    assert [fold(cause) for cause in RESTRICTED_CAUSES] == ["other"] * 4
    assert fold("poverty") == "poverty"
    assert fold("") == ""
    assert folded(["illness", "poverty", "violence"]) == ("other", "poverty")


@pytest.mark.req("R-099")
def test_what_counts_as_in_vain():
    assert {Result.NOT_REACHED, Result.REFUSED, Result.UNDECIDED} < IN_VAIN
    assert Result.WILL_RETURN not in IN_VAIN
    assert Result.REACHED not in IN_VAIN
    assert told(result=Result.REFUSED).is_reached
    assert not told(result=Result.WRONG_NUMBER).is_reached
    assert UNREACHED < IN_VAIN


def test_the_same_form_has_the_same_fingerprint_and_another_has_not():
    assert told().digest == told(id=UUID(int=2)).digest
    assert told().digest != replace(told(), promise="下周一到校").digest
    assert told(child_ids=(LAN, GANG)).digest == told(child_ids=(GANG, LAN)).digest


def test_a_meeting_answers_for_no_child_by_itself():
    assert Kind.MEETING.for_duties is None
    assert {kind.for_duties for kind in Kind} - {None} == set(ContactKind)


def test_a_wrong_number_is_not_settled():
    assert [s for s in NumberState if not s.is_settled] == [NumberState.WRONG]


@pytest.mark.req("R-079", "R-286", "R-289")
def test_a_plans_causes_come_first_and_every_places_follow():
    offered = causes_of(None)

    assert {"peer_conflict", "gender_preference", "teacher_conduct", "work"} <= set(offered)
    assert not {"pregnancy", "violence", "religion", "illness"} & set(offered)
    assert offered[-1] == "other"
