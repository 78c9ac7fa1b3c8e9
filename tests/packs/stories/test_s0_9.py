"""S0-9: March and September, to village, household, class and person."""

from __future__ import annotations

import pytest

from notoneless.rules.roles import Role
from notoneless.rules.workplans.campaigns import campaign_months, channels_of, levels_of
from notoneless.rules.workplans.kinds import Reach
from notoneless.rules.workplans.wanted import lead_of
from tests.rules.workplans.desk import YEAR

SYSTEM = "S0-9"


@pytest.mark.req("R-239", "R-302")
@pytest.mark.parametrize(
    ("month", "is_one"), [(2, False), (3, True), (4, False), (8, False), (9, True), (10, False)]
)
def test_march_and_september_are_campaign_months(story, month, is_one):
    months = {each.from_on.month for each in campaign_months(story.policy(), YEAR)}

    story.says("P-S0-9.02", month in months, is_one, at=f"month {month}")


@pytest.mark.req("R-240", "R-241", "R-302")
def test_a_campaign_is_counted_at_four_levels_and_led_by_the_youth_league(story):
    rules = story.policy()

    story.keeps("P-S0-9.03", levels_of(rules) == tuple(Reach))
    story.keeps("P-S0-9.05", channels_of(rules)[:4] == rules.items("campaign_channels"))
    story.keeps("P-S0-9.04", lead_of(rules) is Role.YOUTH_LEAGUE_SECRETARY)
