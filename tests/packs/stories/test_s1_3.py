"""S1-3: six at entry, seven at the latest, three papers for a suspension."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.kinds import ContractKind as K
from notoneless.rules.contracts.kinds import signers_of

SYSTEM = "S1-3"


@pytest.mark.req("R-025", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "age", "is_met"),
    [
        ("P-S1-3.01", "entry_age_years", 5, False),
        ("P-S1-3.01", "entry_age_years", 6, True),
        ("P-S1-3.02", "entry_age_deferred_max_years", 7, True),
        ("P-S1-3.02", "entry_age_deferred_max_years", 8, False),
    ],
)
def test_the_age_at_entry(story, pid, key, age, is_met):
    story.figure(pid, key, age, is_met)


@pytest.mark.req("R-180", "R-302")
def test_each_new_intake_signs_and_three_papers_stand_for_a_suspension(story):
    rules = story.policy()

    story.keeps("P-S1-3.08", rules.choice("contract_period") == "new_intake")
    story.keeps("P-S1-3.12", signers_of(K.GUARDIAN, rules))
    story.keeps("P-S1-3.04", len(rules.items("suspension_evidence_items")) == 3)
