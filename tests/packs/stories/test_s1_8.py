"""S1-8: the village and its groups; nobody below sixteen works instead of learning."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.kinds import ContractKind, wanted_by

SYSTEM = "S1-8"


@pytest.mark.req("R-183", "R-302")
@pytest.mark.parametrize(("in_school", "is_met"), [(39, False), (40, True)])
def test_every_child_below_sixteen_is_in_school(story, in_school, is_met):
    story.share("P-S1-8.01", "enrolment_under16_pct", in_school, 40, is_met)


@pytest.mark.req("R-183", "R-302")
@pytest.mark.parametrize(("age", "is_banned"), [(15, True), (16, False)])
def test_below_sixteen_nobody_goes_away_to_work(story, age, is_banned):
    story.figure("P-S1-8.03", "work_ban_under_age_years", age, is_banned)


@pytest.mark.req("R-177", "R-183", "R-302")
def test_the_contract_goes_on_whoever_heads_the_group(story):
    rules = story.policy()

    story.keeps("P-S1-8.04", rules.flag("contract_continuity"))
    story.keeps("P-S1-8.05", rules.count("contract_copies") == 2)
    story.keeps("P-S1-8.07", wanted_by(ContractKind.VILLAGE_GROUP, rules))
