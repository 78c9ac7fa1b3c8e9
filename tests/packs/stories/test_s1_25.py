"""S1-25: two visits and four talks with each key pupil, one in ten to one in seven of a class."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule
from tests.rules.duties.desk import FRI, GANG, KEY, LAN, MON, child, contact, facts, only, want

SYSTEM = "S1-25"


@pytest.mark.req("R-090", "R-302")
@pytest.mark.parametrize(
    ("pid", "kind", "rule", "made", "is_met"),
    [
        ("P-S1-25.04", "visit", DutyRule.VISIT_KEY, 1, False),
        ("P-S1-25.04", "visit", DutyRule.VISIT_KEY, 2, True),
        ("P-S1-25.05", "talk", DutyRule.TALK_KEY, 3, False),
        ("P-S1-25.05", "talk", DutyRule.TALK_KEY, 4, True),
    ],
)
def test_a_key_pupil_is_seen_at_home_and_at_school(story, pid, kind, rule, made, is_met):
    held = tuple(contact(kind, MON, n=n) for n in range(made))
    known = facts(child(LAN, KEY), child(GANG), contacts=held)
    duty = only(want(known, story.policy(), FRI), rule)

    story.says(pid, bool(duty.closed_by), is_met, at=f"{made} of {kind}")
