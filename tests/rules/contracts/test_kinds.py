"""Which document asks for which contract, and who signs it."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.kinds import HEADS, KINDS, ContractKind, Side, signers_of, wanted_by
from notoneless.rules.contracts.words import POSTS
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import WHERE, Role
from tests.packs.test_first_packs import policy

K = ContractKind


def kinds_of(system: str) -> set[str]:
    there = policy(system)
    return {kind.value for kind in K if wanted_by(kind, there)}


@pytest.mark.req("R-173")
@pytest.mark.parametrize(
    ("system", "kinds"),
    [
        ("S0-1", {"school_class_teacher", "school_teacher"}),
        ("S0-4", {"township_village", "school_class_teacher"}),
        ("S1-2", {"guardian"}),
        ("S1-3", {"guardian"}),
        ("S1-33", {"guardian"}),
        ("S1-8", {"village_group"}),
        ("S1-15", {"centre_school", "school_teacher"}),
        ("S1-16", {"school_class_teacher"}),
        ("S1-17", {"political_class_teacher"}),
        ("S1-18", {"bureau_school", "school_teacher"}),
        ("S1-19", {"joint"}),
        ("S1-23", {"centre_school"}),
        ("S1-24", {"supervising_responsible", "school_teacher"}),
        ("S1-29", {"school_class_teacher", "dual_line"}),
        ("S1-30", {"township_school", "school_teacher"}),
        ("S2-2", {"left_behind"}),
        ("S2-5", set()),
    ],
)
def test_each_document_asks_for_its_own_contracts(system: str, kinds: set[str]):
    assert kinds_of(system) == kinds


@pytest.mark.req("R-173")
def test_every_form_of_the_requirements_has_a_kind():
    forms = {form for facts in KINDS.values() for form in facts.forms}

    assert forms == {f"F-{n:03}" for n in range(1, 15)}


def who(kind: K, system: str) -> list[str]:
    return [f"{each.side.value} {each.who}" for each in signers_of(kind, policy(system))]


@pytest.mark.req("R-174")
def test_signers_are_what_the_policy_says_not_what_the_title_says():
    assert who(K.SCHOOL_CLASS_TEACHER, "S1-16") == ["a head", "a teaching_director", "b head"]
    assert who(K.SCHOOL_CLASS_TEACHER, "S1-7") == ["a head", "b head"]
    assert who(K.SCHOOL_CLASS_TEACHER, "S1-32") == [
        "a head",
        "b head",
        "b deputy_homeroom_teacher",
    ]


@pytest.mark.req("R-174")
def test_the_pupil_that_s1_27_prints_does_not_sign():
    assert who(K.SCHOOL_CLASS_TEACHER, "S1-27") == ["a head", "b head"]


@pytest.mark.req("R-173")
def test_four_people_answer_for_a_class_together_the_leader_only_where_there_is_one():
    signers = signers_of(K.JOINT, policy("S1-19"))

    assert [(each.who, each.is_optional) for each in signers] == [
        ("head", False),
        ("head", False),
        ("attached_leader", True),
        ("attached_teacher", False),
    ]


def test_nothing_is_asked_for_where_nothing_is_adopted():
    nothing = ResolvedPolicy({})

    assert [kind for kind in K if wanted_by(kind, nothing)] == []


@pytest.mark.parametrize("kind", list(K))
def test_every_signer_has_a_post_that_can_stand_there_and_a_word(kind: K):
    facts = KINDS[kind]
    for layer in facts.layers:
        for signer in facts.signers:
            units = layer.a if signer.side is Side.A else layer.b or layer.a
            for unit in units:
                role = signer.role_at(unit)
                assert role in POSTS
                assert role == "guardian" or unit in WHERE[Role(role)]


def test_heads_are_posts_that_can_stand_at_their_units():
    assert all(unit in WHERE[role] for unit, role in HEADS.items())
