"""S0-4: 1,800 yuan for a school that keeps everyone, 200 for each lost from 2 or 3 per cent."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import MONEY
from notoneless.rules.consequences.proposal import lines_of
from notoneless.rules.units import Stage
from tests.rules.consequences.desk import losses, of_school, people

SYSTEM = "S0-4"


J = Stage.JUNIOR


def amounts(story, outcome, **more):
    lines = lines_of(outcome, story.policy(**more), people())
    return [(line.fen, line.standing) for line in lines if line.kind in MONEY]


@pytest.mark.req("R-202", "R-302")
def test_a_primary_school_that_keeps_everyone_is_rewarded(story):
    kept, lost = of_school(300), of_school(300, *losses(1))

    story.says("P-S0-4.04", amounts(story, kept), [(180_000, Standing.IN_FORCE)], at="100 %")
    story.says("P-S0-4.04", amounts(story, lost), [], at="299 of 300")


@pytest.mark.req("R-202", "R-304", "R-302")
def test_the_junior_figure_is_asked_before_anybody_is_rewarded(story):
    blank = amounts(story, of_school(300, stage=J))
    entered = {"reward_school_junior_retention100_yuan": 200_000}
    told = amounts(story, of_school(300, stage=J), entered=entered)

    story.says("P-S0-4.05", blank, [(None, Standing.TO_BE_ENTERED)], at="not entered")
    story.says("P-S0-4.05", told, [(200_000, Standing.IN_FORCE)], at="entered")


@pytest.mark.req("R-187", "R-202", "R-302")
@pytest.mark.parametrize(
    ("pid", "stage", "base", "lost", "expected"),
    [
        ("P-S0-4.06", Stage.PRIMARY, 201, 4, []),
        ("P-S0-4.06", Stage.PRIMARY, 200, 4, [(-80_000, Standing.TO_BE_DECIDED)]),
        ("P-S0-4.06", Stage.PRIMARY, 199, 4, [(-80_000, Standing.IN_FORCE)]),
        ("P-S0-4.07", J, 100, 3, [(-60_000, Standing.TO_BE_DECIDED)]),
        ("P-S0-4.07", J, 99, 3, [(-60_000, Standing.IN_FORCE)]),
    ],
)
def test_on_the_line_the_place_decides_past_it_each_costs_200(
    story, pid, stage, base, lost, expected
):
    seen = amounts(story, of_school(base, *losses(lost), stage=stage))

    story.says(pid, seen, expected, at=f"{lost} of {base}")
