"""S0-7: a creed without a figure; everybody on the staff signs it."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.clauses import Bound
from notoneless.rules.contracts.kinds import ContractKind as K

SYSTEM = "S0-7"


@pytest.mark.req("R-173", "R-302")
def test_every_teacher_answers_for_pupils_staying(story):
    text = [each.text for each in story.contract(K.SCHOOL_TEACHER, Bound.TEACHER).clauses]

    assert not [rule for rule in story.pack.rules.values() if rule.operator]
    story.keeps("P-S0-7.01", [each for each in text if "全体教职工" in each])
