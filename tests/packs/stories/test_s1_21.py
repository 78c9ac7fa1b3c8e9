"""S1-21: not one; a report each month; bonus and year-end honours hang on it."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.workplans.kinds import Punctual, Stream
from notoneless.rules.workplans.lifecycle import punctual
from tests.rules.workplans.desk import asked

SYSTEM = "S1-21"


@pytest.mark.req("R-184", "R-302")
@pytest.mark.parametrize(("lost", "is_met"), [(0, True), (1, False)])
def test_not_one_pupil_leaves(story, lost, is_met):
    story.share("P-S1-21.04", "dropout_ceiling_school_pct", lost, 800, is_met)


@pytest.mark.req("R-228", "R-302")
def test_each_month_ends_with_a_report(story):
    found = [each.due.on for each in asked(Stream.SCHOOL_COUNT, story.policy()) if each.due]

    story.says("P-S1-21.01", found[1], date(2026, 10, 31), at="October")
    late = punctual(found[1], date(2026, 11, 1), today=date(2026, 11, 1))
    story.says("P-S1-21.01", late, Punctual.LATE, at="1 November")
