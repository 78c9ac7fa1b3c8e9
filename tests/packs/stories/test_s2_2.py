"""S2-2: file coverage to the child, subsistence to the fen, contracts down three levels."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.kinds import ContractKind, wanted_by
from notoneless.rules.indicators.ratio import Ratio

SYSTEM = "S2-2"


@pytest.mark.req("R-155", "R-302")
def test_678_children_without_a_file_are_99_5_per_cent_and_not_99_6(story):
    coverage = Ratio(134_630, 135_308)

    story.says("P-S2-2.18", coverage.per_cent(1), "99.5", at="134630 of 135308")
    story.says("P-S2-2.18", coverage.under - coverage.over, 678, at="the gap")


@pytest.mark.req("R-134", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "fen"),
    [
        ("P-S2-2.14", "subsistence_rural_yuan_year", 264_000),
        ("P-S2-2.15", "subsistence_urban_yuan_month", 49_500),
    ],
)
def test_subsistence_is_kept_in_fen(story, pid, key, fen):
    story.says(pid, story.policy().count(key), fen, at="the figure")


@pytest.mark.req("R-154", "R-173", "R-302")
def test_city_township_and_village_sign_one_below_the_other(story):
    rules = story.policy()

    story.keeps("P-S2-2.05", wanted_by(ContractKind.LEFT_BEHIND, rules))
    story.keeps("P-S2-2.01", rules.choice("lbc_register_update_period") == "quarter")
