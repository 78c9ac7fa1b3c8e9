"""What a tie to a child and a post's capabilities show together."""

from __future__ import annotations

import pytest

from notoneless.children.models.places import Relation
from notoneless.rules.roles import Capability, Role, capabilities_of
from notoneless.rules.visibility import CEILING, FieldGroup, Opening, groups_shown, may_reveal

pytestmark = pytest.mark.req("R-022")
ALL = frozenset(Capability)


def shown(relation, role):
    return groups_shown([Opening(relation, capabilities_of(role, is_approved=True))])


def test_every_relation_has_a_ceiling():
    assert set(CEILING) == {relation.value for relation in Relation}


def test_a_homeroom_teacher_sees_everything_of_the_own_class():
    assert shown("school", Role.HOMEROOM_TEACHER) == frozenset(FieldGroup)


def test_a_subject_teacher_sees_neither_contacts_nor_health():
    assert shown("school", Role.SUBJECT_TEACHER) == {
        FieldGroup.NAME,
        FieldGroup.IDENTITY,
        FieldGroup.REGISTRATION,
    }


@pytest.mark.parametrize("relation", ["residence", "hukou", "helper", "receiving", "referral"])
def test_health_shows_through_no_tie_but_the_school_even_to_the_mightiest(relation):
    assert FieldGroup.HEALTH not in groups_shown([Opening(relation, ALL)])


def test_a_referral_shows_the_name_only():
    assert groups_shown([Opening("referral", ALL)]) == {FieldGroup.NAME}


def test_without_the_capability_to_see_children_nothing_shows():
    assert groups_shown([Opening("school", ALL - {Capability.SEE_CHILDREN})]) == frozenset()
    assert groups_shown([]) == frozenset()


def test_a_capability_of_one_post_does_not_widen_the_tie_of_another():
    village = Opening("residence", ALL)
    lesson = Opening("school", frozenset({Capability.SEE_CHILDREN}))

    assert FieldGroup.HEALTH not in groups_shown([village, lesson])
    assert FieldGroup.FAMILY in groups_shown([village, lesson])


def test_revealing_asks_for_its_capability_and_for_a_tie_that_shows_the_group():
    assert may_reveal([Opening("school", ALL)], FieldGroup.IDENTITY)
    assert not may_reveal([Opening("referral", ALL)], FieldGroup.IDENTITY)
    assert not may_reveal(
        [Opening("school", ALL - {Capability.REVEAL_IDENTITY})], FieldGroup.IDENTITY
    )
    assert may_reveal([Opening("school", ALL - {Capability.REVEAL_IDENTITY})], FieldGroup.CONTACT)
    assert not may_reveal([Opening("receiving", ALL)], FieldGroup.CONTACT)
