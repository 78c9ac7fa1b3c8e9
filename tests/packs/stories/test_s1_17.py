"""S1-17: the political director signs with the class teacher; no blow, no mockery."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.clauses import Bound
from notoneless.rules.contracts.kinds import ContractKind as K
from notoneless.rules.contracts.kinds import Side, signers_of, wanted_by
from notoneless.rules.faults.catalogue import FaultKind, offer_of
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

SYSTEM = "S1-17"


@pytest.mark.req("R-174", "R-302")
def test_the_political_director_is_the_first_party_and_the_class_teacher_the_second(story):
    rules = story.policy()
    at = {Side.A: UnitKind.SCHOOL, Side.B: UnitKind.CLASS}
    signers = signers_of(K.POLITICAL_CLASS_TEACHER, rules)
    found = {(each.side, each.role_at(at[each.side])) for each in signers}

    assert wanted_by(K.POLITICAL_CLASS_TEACHER, rules)
    story.keeps(
        "P-S1-17.01",
        {(Side.A, Role.POLITICAL_DIRECTOR.value), (Side.B, Role.HOMEROOM_TEACHER.value)} <= found,
    )


@pytest.mark.req("R-211", "R-302")
def test_corporal_punishment_that_drives_a_child_away_is_a_fault(story):
    found = offer_of(story.policy(), FaultKind.CORPORAL_PUNISHMENT)

    story.keeps("P-S1-17.03", SYSTEM in found.named_by)


@pytest.mark.req("R-173", "R-302")
def test_hardship_is_told_at_once(story):
    text = [each.text for each in story.contract(K.POLITICAL_CLASS_TEACHER, Bound.CLASS).clauses]

    story.keeps("P-S1-17.02", [each for each in text if "困难" in each])
