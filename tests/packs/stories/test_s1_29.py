"""S1-29: the town's opinion. Two days to ask why, the 23rd and the 25th to report."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule

SYSTEM = "S1-29"


@pytest.mark.req("R-054", "R-306", "P-S1-29.10")
@pytest.mark.parametrize(("days", "wanted"), [(1, False), (2, True)])
def test_two_days_without_a_reason_want_their_cause_found(story, days, wanted):
    v = story.village()

    story.absent(v, days)

    story.says("P-S1-29.10", story.owed(DutyRule.INVESTIGATE), wanted, at=f"{days} days")
