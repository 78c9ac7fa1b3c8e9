"""S1-27: a whole class kept, no gifts, no servitude."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.clauses import Bound
from notoneless.rules.contracts.kinds import ContractKind as K
from notoneless.rules.faults.catalogue import FaultKind, offer_of

SYSTEM = "S1-27"


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(
    ("kept", "base", "is_met"), [(40, 41, False), (41, 41, True), (999, 1_000, False)]
)
def test_the_class_keeps_everybody(story, kept, base, is_met):
    story.share("P-S1-27.01", "retention_target_class_pct", kept, base, is_met)


@pytest.mark.req("R-211", "R-302")
def test_unethical_conduct_that_drives_a_child_away_is_a_fault_and_bans_are_in_the_contract(story):
    fault = offer_of(story.policy(), FaultKind.UNETHICAL)
    text = [each.text for each in story.contract(K.SCHOOL_CLASS_TEACHER, Bound.CLASS).clauses]

    story.keeps("P-S1-27.06", SYSTEM in fault.named_by)
    story.keeps("P-S1-27.03", [each for each in text if "宴请" in each or "礼" in each])
