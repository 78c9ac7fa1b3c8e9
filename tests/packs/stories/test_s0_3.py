"""S0-3: the town's ceilings and a nine-year retention."""

from __future__ import annotations

import pytest

from notoneless.rules.targets.standing import Verdict
from notoneless.rules.units import Stage, UnitKind
from tests.rules.targets.desk import standings

SYSTEM = "S0-3"


P, J, TOWN = Stage.PRIMARY, Stage.JUNIOR, UnitKind.TOWNSHIP


@pytest.mark.req("R-184", "R-187", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "stage", "lost", "verdict"),
    [
        ("P-S0-3.01", "dropout_ceiling_primary_pct", P, 60, Verdict.LAST),
        ("P-S0-3.01", "dropout_ceiling_primary_pct", P, 61, Verdict.MISSED),
        ("P-S0-3.02", "dropout_ceiling_junior_pct", J, 180, Verdict.LAST),
        ("P-S0-3.02", "dropout_ceiling_junior_pct", J, 181, Verdict.MISSED),
    ],
)
def test_a_town_stays_within_its_ceilings(story, pid, key, stage, lost, verdict):
    found = standings(SYSTEM, lost, 10_000, kind=TOWN, stage=stage)[key]

    story.says(pid, found.verdict, verdict, at=f"{lost} of 10000")


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("finished", "is_met"), [(8_499, False), (8_500, True)])
def test_eighty_five_of_a_hundred_finish_nine_years(story, finished, is_met):
    story.share("P-S0-3.03", "retention_nine_year_pct", finished, 10_000, is_met)
