"""S1-23: the community's version; three days after it was found the community knows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import opened, want
from tests.rules.consequences.desk import losses, of_school, people, vetoed
from tests.rules.duties.desk import FRI, MON, THU, only

SYSTEM = "S1-23"


@pytest.mark.req("R-108", "R-302")
@pytest.mark.parametrize(("looked_at", "is_late"), [(THU, False), (FRI, True)])
def test_found_on_monday_and_not_back_is_reported_by_thursday(story, looked_at, is_late):
    duty = only(want(opened(MON), story.policy(), looked_at), R.CASE_REPORT)

    story.says("P-S1-23.05", duty.due.on, THU, at="3 days")
    late = bool(stand_of(duty, Moment(looked_at)).late_since)
    story.says("P-S1-23.05", late, is_late, at=str(looked_at))


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(("base", "lost", "whom"), [(100, 1, set()), (99, 1, {"qin"})])
def test_the_veto_reaches_whom_the_plan_names_past_its_line(story, base, lost, whom):
    rules = story.policy(entered={"dropout_ceiling_external_pct": (Decimal(1), "percent", "<=")})
    found = vetoed(vetoes_of(of_school(base, *losses(lost)), rules, people()))

    story.says("P-S1-23.02", found, whom, at=f"{lost} of {base}")
