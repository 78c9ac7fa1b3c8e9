"""S1-16: the junior school; an enrolment week, a monthly report, two per cent."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.duties.facts import NoShowFact
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.workplans.kinds import Stream
from tests.rules.duties.desk import LAN, facts, only, want
from tests.rules.workplans.desk import asked

SYSTEM = "S1-16"


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "count", "base", "is_met"),
    [
        ("P-S1-16.01", "enrolment_target_junior_pct", 119, 120, False),
        ("P-S1-16.01", "enrolment_target_junior_pct", 120, 120, True),
        ("P-S1-16.02", "completion_target_junior_pct", 899, 1_000, False),
        ("P-S1-16.02", "completion_target_junior_pct", 900, 1_000, True),
        ("P-S1-16.03", "dropout_ceiling_junior_pct", 200, 10_000, True),
        ("P-S1-16.03", "dropout_ceiling_junior_pct", 201, 10_000, False),
    ],
)
def test_enrolment_completion_and_dropout_at_their_lines(story, pid, key, count, base, is_met):
    story.share(pid, key, count, base, is_met)


@pytest.mark.req("T08", "R-302")
def test_by_the_end_of_the_first_week_the_school_knows_where_everybody_is(story):
    known = facts(no_shows=(NoShowFact(LAN, date(2026, 9, 1)),))
    duty = only(want(known, story.policy(), date(2026, 9, 1)), DutyRule.NO_SHOW_SETTLE)

    story.says("P-S1-16.04", duty.due.on, date(2026, 9, 4), at="week 1")


@pytest.mark.req("R-228", "R-302")
def test_the_school_reports_each_month(story):
    months = [each.due.on.month for each in asked(Stream.SCHOOL_COUNT, story.policy()) if each.due]

    story.says("P-S1-16.05", months[:4], [9, 10, 11, 12], at="autumn")
