"""S2-5: three years to nobody lost; key units above 0.8 and 0.2 per cent."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.targets.standing import Verdict
from notoneless.rules.units import Stage, UnitKind
from notoneless.rules.workplans.kinds import Stream
from tests.rules.cases.desk import opened, want
from tests.rules.duties.desk import MON, TUE, named, only
from tests.rules.targets.desk import standings
from tests.rules.workplans.desk import asked

SYSTEM = "S2-5"


P, J, TOWN = Stage.PRIMARY, Stage.JUNIOR, UnitKind.TOWNSHIP


@pytest.mark.req("R-184", "R-187", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "stage", "lost", "verdict"),
    [
        ("P-S2-5.05", "key_unit_threshold_junior_pct", J, 80, Verdict.CLEAR),
        ("P-S2-5.05", "key_unit_threshold_junior_pct", J, 81, Verdict.CROSSED),
        ("P-S2-5.06", "key_unit_threshold_primary_pct", P, 20, Verdict.CLEAR),
        ("P-S2-5.06", "key_unit_threshold_primary_pct", P, 21, Verdict.CROSSED),
        ("P-S2-5.01", "dropout_ceiling_primary_pct", P, 0, Verdict.MET),
        ("P-S2-5.01", "dropout_ceiling_primary_pct", P, 1, Verdict.MISSED),
    ],
)
def test_targets_and_key_units_are_three_different_lines(story, pid, key, stage, lost, verdict):
    found = standings(SYSTEM, lost, 10_000, kind=TOWN, stage=stage)[key]

    story.says(pid, found.verdict, verdict, at=f"{lost} of 10000")


@pytest.mark.req("R-106", "R-302")
def test_the_first_mobilisation_in_vain_is_reported(story):
    rules = story.policy()
    before = named(want(opened(MON).visited(TUE), rules, TUE), R.CASE_REPORT)
    after = only(want(opened(MON).visited_in_vain(TUE), rules, TUE), R.CASE_REPORT)

    story.says("P-S2-5.22", before, [], at="not yet in vain")
    story.says("P-S2-5.22", after.opened_on, TUE, at="in vain")


@pytest.mark.req("R-230", "R-302")
def test_towns_write_in_october_december_april_and_june(story):
    found = asked(Stream.TOWNSHIP_WRITTEN, story.policy())

    story.says("P-S2-5.10", [each.until.month for each in found], [10, 12, 4, 6], at="the year")
