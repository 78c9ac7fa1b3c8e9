"""S1-22: above one per cent no honours, above two points as well."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import lines_of
from notoneless.rules.consequences.vetoes import vetoes_of
from tests.rules.consequences.desk import losses, of_class, people, vetoed

SYSTEM = "S1-22"


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("base", "lost", "whom"),
    [
        (200, 2, set()),
        (200, 3, {"chen", "tang", "ding"}),
    ],
)
def test_past_the_line_the_veto_reaches_whom_the_plan_names(story, base, lost, whom):
    rules = story.policy()
    found = vetoed(vetoes_of(of_class(base, *losses(lost)), rules, people()))

    story.says("P-S1-22.05", found, whom, at=f"{lost} of {base}")


@pytest.mark.req("R-203", "R-304", "R-302")
@pytest.mark.parametrize(
    ("lost", "entered", "expected"),
    [
        (4, True, set()),
        (5, True, {Standing.IN_FORCE}),
        (5, False, {Standing.TO_BE_ENTERED}),
    ],
)
def test_above_two_per_cent_points_come_off_once_their_number_is_known(
    story, lost, entered, expected
):
    figure = {"points_over_2pct": (Decimal(3), "points", "=")}
    rules = story.policy(entered=figure if entered else {})
    lines = lines_of(of_class(200, *losses(lost)), rules, people())
    seen = {line.standing for line in lines if line.kind is Kind.POINTS}

    told = "entered" if entered else "lost in the source"
    story.says("P-S1-22.07", seen, expected, at=f"{lost} of 200, {told}")
