"""S2-4: one volunteer team to a facility, everybody covered."""

from __future__ import annotations

import pytest

SYSTEM = "S2-4"


@pytest.mark.req("R-161", "R-302")
@pytest.mark.parametrize(("teams", "is_met"), [(0, False), (1, True)])
def test_a_facility_has_a_volunteer_team(story, teams, is_met):
    story.figure("P-S2-4.09", "facility_volunteer_teams", teams, is_met)


@pytest.mark.req("R-155", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "count", "is_met"),
    [
        ("P-S2-4.01", "coverage_target", 999, False),
        ("P-S2-4.01", "coverage_target", 1_000, True),
        ("P-S2-4.11", "rural_palace_coverage_pct", 719, False),
        ("P-S2-4.11", "rural_palace_coverage_pct", 720, True),
    ],
)
def test_coverage_is_held_against_its_target(story, pid, key, count, is_met):
    story.share(pid, key, count, 1_000, is_met)
