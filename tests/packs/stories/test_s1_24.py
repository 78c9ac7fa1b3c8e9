"""S1-24: the third day, the letter of persuasion, and a report when persuasion is in vain."""

from __future__ import annotations

import pytest

from notoneless.rules.duties.kinds import DutyRule as R
from tests.rules.cases.desk import opened
from tests.rules.cases.desk import want as want_of_case
from tests.rules.duties.desk import MON, THU, TUE, WED, named

SYSTEM = "S1-24"


@pytest.mark.req("R-072", "R-110", "R-302")
@pytest.mark.parametrize(("days", "wanted"), [(2, False), (3, True)])
def test_on_the_third_day_the_class_teacher_reports_and_the_school_persuades(story, days, wanted):
    v = story.village()

    story.absent(v, days)

    story.says("P-S1-24.06", story.owed(R.ABSENCE_REPORT), wanted, at=f"{days} days")
    story.says("P-S1-24.07", story.owed(R.PERSUASION_LETTER), wanted, at=f"{days} days")


@pytest.mark.req("R-107", "R-302", "R-304")
@pytest.mark.parametrize(("visits", "wanted"), [((TUE, WED), 0), ((TUE, WED, THU), 1)])
def test_how_often_is_often_is_entered_by_the_place(story, visits, wanted):
    blank = want_of_case(opened(MON).visited_in_vain(*visits), story.policy(), THU)
    rules = story.policy(entered={"failed_visits_before_report": 3})
    found = want_of_case(opened(MON).visited_in_vain(*visits), rules, THU)

    assert [hole.why for hole in blank.holes if hole.rule is R.CASE_REPORT] == ["to_be_entered"]
    story.says(
        "P-S1-24.09", len(named(found, R.CASE_REPORT)), wanted, at=f"{len(visits)} visits of 3"
    )


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(
    ("pid", "key", "children", "base", "is_met"),
    [
        ("P-S1-24.01", "enrolment_target_primary_pct", 599, 600, False),
        ("P-S1-24.01", "enrolment_target_primary_pct", 600, 600, True),
        ("P-S1-24.02", "enrolment_target_junior_pct", 9_899, 10_000, False),
        ("P-S1-24.02", "enrolment_target_junior_pct", 99, 100, True),
        ("P-S1-24.05", "disabled_enrolment_target_pct", 899, 1_000, False),
        ("P-S1-24.05", "disabled_enrolment_target_pct", 9, 10, True),
    ],
)
def test_enrolment_is_held_against_its_targets(story, pid, key, children, base, is_met):
    story.says(pid, story.policy().is_share_met(key, children, base), is_met, at=(children, base))
