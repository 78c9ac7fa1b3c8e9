"""S1-15: not one case; three days after it was found the township knows."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import opened, want
from tests.rules.duties.desk import FRI, MON, THU, only

SYSTEM = "S1-15"


@pytest.mark.req("R-108", "R-302")
@pytest.mark.parametrize(("looked_at", "is_late"), [(THU, False), (FRI, True)])
def test_found_on_monday_and_not_back_is_reported_by_thursday(story, looked_at, is_late):
    duty = only(want(opened(MON), story.policy(), looked_at), R.CASE_REPORT)

    story.says("P-S1-15.03", duty.due.on, THU, at="3 days")
    late = bool(stand_of(duty, Moment(looked_at)).late_since)
    story.says("P-S1-15.03", late, is_late, at=str(looked_at))
