"""S1-18: the county's contract; three days after it was found the township knows."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.difference import stand_of
from notoneless.rules.duties.kinds import DutyRule as R
from notoneless.rules.duties.wants import Moment
from tests.rules.cases.desk import opened, want
from tests.rules.consequences.desk import losses, of_school, people
from tests.rules.duties.desk import FRI, MON, THU, only

SYSTEM = "S1-18"


@pytest.mark.req("R-108", "R-302")
@pytest.mark.parametrize(("looked_at", "is_late"), [(THU, False), (FRI, True)])
def test_found_on_monday_and_not_back_is_reported_by_thursday(story, looked_at, is_late):
    duty = only(want(opened(MON), story.policy(), looked_at), R.CASE_REPORT)

    story.says("P-S1-18.02", duty.due.on, THU, at="3 days")
    late = bool(stand_of(duty, Moment(looked_at)).late_since)
    story.says("P-S1-18.02", late, is_late, at=str(looked_at))


@pytest.mark.req("R-204", "R-302")
@pytest.mark.parametrize(("lost", "expected"), [(0, []), (1, [("school", Standing.TO_BE_DECIDED)])])
def test_whether_the_work_was_weak_is_for_a_person_to_say(story, lost, expected):
    found = vetoes_of(of_school(300, *losses(lost)), story.policy(), people())

    seen = [(line.bearer.role, line.standing) for line in found]
    story.says("P-S1-18.06", seen, expected, at=f"{lost} lost")
