"""S0-2: one suspected pupil is enough, and three offices know at once."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule as R
from tests.rules.cases.desk import opened, want
from tests.rules.duties.desk import FRI, only

SYSTEM = "S0-2"


@pytest.mark.req("R-072", "R-302")
@pytest.mark.parametrize(("days", "wanted"), [(0, False), (1, True)])
def test_one_day_without_a_word_is_reported_to_the_school(story, days, wanted):
    v = story.village()

    story.absent(v, days)

    story.says("P-S0-2.03", story.owed(R.ABSENCE_REPORT), wanted, at=f"{days} days")


@pytest.mark.req("R-101", "R-302")
@pytest.mark.parametrize(("pupils", "is_enough"), [(0, False), (1, True)])
def test_one_pupil_is_enough_for_a_case(story, pupils, is_enough):
    story.figure("P-S0-2.06", "case_open_threshold", pupils, is_enough)


@pytest.mark.req("R-106", "R-302")
def test_the_report_is_due_on_the_day_itself_to_three_offices(story):
    rules = story.policy()
    duty = only(want(opened(FRI), rules, FRI), R.CASE_REPORT)

    story.says("P-S0-2.07", duty.due.on, FRI, at="0 days")
    story.keeps("P-S0-2.04", rules.items("dropout_report_addressees")[:3])
