"""The catalogue of faults: every pack's words are bound, and nobody is charged with none."""

from __future__ import annotations

import pytest

from notoneless.rules.faults.catalogue import (
    CATALOGUE,
    FaultKind,
    Group,
    group_of,
    kind_of,
    offer_of,
    offers,
)
from notoneless.rules.policy.shipped import shipped_packs
from notoneless.rules.roles import Role
from tests.rules.faults.plans import plan

pytestmark = pytest.mark.req("R-211", "R-214")


@pytest.mark.parametrize("key", ["fault_catalogue", "teacher_conduct_bans"])
def test_every_word_of_every_shipped_plan_stands_for_a_kind_of_the_catalogue(key: str):
    known = {code for entry in CATALOGUE.values() for code in entry.codes}

    for pack in shipped_packs().values():
        rule = pack.rules.get(key)
        value = rule.value if rule else ()
        assert isinstance(value, tuple)
        assert set(value) <= known, pack.id


def test_the_catalogue_of_s1_29_opens_its_six_items_to_a_class_teacher():
    opened = {
        offer.code
        for offer in offers(plan("S1-29"))
        if offer.named_by and offer.is_open_to(Group.TEACHER)
    }

    assert {
        FaultKind.NO_MEASURES,
        FaultKind.UNCLEAR_FIGURES,
        FaultKind.FALSE_FIGURES,
        FaultKind.HIDDEN_FIGURES,
        FaultKind.NO_TIMELY_VISIT,
        FaultKind.NO_AID,
        FaultKind.LABOUR_UNANSWERED,
        FaultKind.PUSHED_OUT,
    } <= opened
    assert FaultKind.SERVITUDE not in opened


def test_the_lost_item_four_is_the_place_s_own_word_and_nothing_stands_for_it_until_then():
    six = shipped_packs()["S1-29/2026"].rules["fault_catalogue"].value
    assert isinstance(six, tuple)
    without = {offer.code for offer in offers(plan("S1-29"))}
    entered = plan("S1-29", own={"fault_catalogue": (*map(str, six), "擅自停课")})

    offer = offer_of(entered, "local:擅自停课")

    assert not any(code.startswith("local:") for code in without)
    assert offer.named_by == "本地文件"
    assert all(offer.is_open_to(group) for group in Group)
    assert kind_of(offer.code) is None


def test_a_fault_that_neither_plan_nor_law_names_is_open_to_nobody():
    coldness = offer_of(plan("S1-25"), FaultKind.COLDNESS)

    assert not any(coldness.is_open_to(group) for group in Group)


def test_the_same_fault_is_open_where_a_plan_names_it():
    assert offer_of(plan("S0-2"), FaultKind.COLDNESS).is_open_to(Group.TEACHER)


def test_corporal_punishment_is_answered_for_everywhere_by_law_and_by_school_staff_only():
    offer = offer_of(plan("S1-25"), FaultKind.CORPORAL_PUNISHMENT)

    assert not offer.named_by
    assert offer.is_open_to(Group.TEACHER)
    assert offer.is_open_to(Group.PRINCIPAL)
    assert not offer.is_open_to(Group.CADRE)


def test_the_law_on_missing_measures_reaches_offices_and_a_plan_the_teachers_too():
    by_law = offer_of(plan("S1-25"), FaultKind.NO_MEASURES)
    by_plan = offer_of(plan("S1-22"), FaultKind.NO_MEASURES)

    assert by_law.is_open_to(Group.CADRE)
    assert not by_law.is_open_to(Group.TEACHER)
    assert by_plan.is_open_to(Group.TEACHER)


@pytest.mark.req("R-218")
def test_a_school_s_serious_dropout_is_the_principal_s_alone():
    offer = offer_of(plan("S1-25"), FaultKind.SERIOUS_SCHOOL_DROPOUT)

    assert [group for group in Group if offer.is_open_to(group)] == [Group.PRINCIPAL]


def test_concealing_is_hiding_and_falsifying_and_nothing_else():
    conceals = {kind for kind, entry in CATALOGUE.items() if entry.conceals}

    assert conceals == {FaultKind.HIDDEN_FIGURES, FaultKind.FALSE_FIGURES}
    assert not CATALOGUE[FaultKind.LATE_REPORT].conceals


@pytest.mark.parametrize(
    ("role", "group"),
    [
        (Role.HOMEROOM_TEACHER, Group.TEACHER),
        (Role.VICE_PRINCIPAL, Group.TEACHER),
        (Role.PRINCIPAL, Group.PRINCIPAL),
        (Role.VILLAGE_OFFICER, Group.CADRE),
        (Role.CENTRE_HEAD, Group.OFFICE),
        (Role.VOLUNTEER, None),
        (Role.DEPARTMENT_LIAISON, None),
    ],
)
def test_each_role_answers_as_what_it_is(role: Role, group: Group | None):
    assert group_of(role) is group


def test_an_unknown_code_is_no_fault():
    with pytest.raises(ValueError, match="laziness"):
        kind_of("laziness")
