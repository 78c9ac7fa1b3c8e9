"""S1-29: the town's opinion. Two days to ask why, at once into the house."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule
from tests.rules.duties.desk import MON, TUE, away, facts, only, want

SYSTEM = "S1-29"


@pytest.mark.req("R-072", "R-302")
@pytest.mark.parametrize(("days", "wanted"), [(1, False), (2, True)])
def test_two_days_without_a_reason_want_their_cause_found(story, days, wanted):
    v = story.village()

    story.absent(v, days)

    story.says("P-S1-29.10", story.owed(DutyRule.INVESTIGATE), wanted, at=f"{days} days")
    story.says("P-S1-29.18", story.owed(DutyRule.VISIT), wanted, at=f"{days} days")


@pytest.mark.req("R-302")
def test_whoever_is_guaranteed_for_is_visited_on_the_day_itself(story):
    found = want(facts(runs=(away(MON, TUE),)), story.policy(), TUE)

    story.says("P-S1-29.18", only(found, DutyRule.VISIT).due.on, TUE, at="2 days")
