"""S1-30: the township's contract; three days after it was found two offices know."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.duties.wants import Moment
from notoneless.rules.units import Stage
from tests.rules.cases.desk import opened, want
from tests.rules.consequences.desk import losses, of_school, people, vetoed
from tests.rules.duties.desk import FRI, MON, THU, only

SYSTEM = "S1-30"


@pytest.mark.req("R-108", "R-302")
@pytest.mark.parametrize(("looked_at", "is_late"), [(THU, False), (FRI, True)])
def test_found_on_monday_and_not_back_is_reported_by_thursday(story, looked_at, is_late):
    duty = only(want(opened(MON), story.policy(), looked_at), R.CASE_REPORT)

    story.says("P-S1-30.04", duty.due.on, THU, at="3 days")
    late = bool(stand_of(duty, Moment(looked_at)).late_since)
    story.says("P-S1-30.04", late, is_late, at=str(looked_at))


P, J = Stage.PRIMARY, Stage.JUNIOR


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("pid", "stage", "lost", "whom"),
    [
        ("P-S1-30.01", J, 15, set()),
        ("P-S1-30.01", J, 16, {"school"}),
        ("P-S1-30.02", P, 5, set()),
        ("P-S1-30.02", P, 6, {"school"}),
    ],
)
def test_above_one_and_a_half_or_a_half_per_cent_the_school_has_no_honours(
    story, pid, stage, lost, whom
):
    outcome = of_school(1_000, *losses(lost), stage=stage)

    found = vetoed(vetoes_of(outcome, story.policy(), people()))
    story.says(pid, found, whom, at=f"{lost} of 1000")
