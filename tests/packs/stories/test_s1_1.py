"""S1-1: every pupil visited once a term, key pupils two or three times."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.proposal import lines_of
from notoneless.rules.duties.kinds import DutyRule
from tests.rules.consequences.desk import losses, of_class, people, yuan
from tests.rules.duties.desk import FRI, GANG, KEY, LAN, MON, WED, child, contact, facts, only, want

SYSTEM = "S1-1"


@pytest.mark.req("R-089", "R-302")
def test_the_class_is_done_when_its_last_pupil_was_visited(story):
    one = facts(contacts=(contact("visit", MON),))
    both = facts(contacts=(contact("visit", MON), contact("visit", WED, GANG, 1)))
    for known, done in ((one, False), (both, True)):
        duty = only(want(known, story.policy(), FRI), DutyRule.VISIT_ALL)
        story.says("P-S1-1.05", bool(duty.closed_by), done, at=f"{duty.progress}")


@pytest.mark.req("R-090", "R-302")
@pytest.mark.parametrize(("made", "is_met"), [(1, False), (2, True)])
def test_a_key_pupil_is_visited_twice(story, made, is_met):
    visits = tuple(contact("visit", MON, n=n) for n in range(made))
    known = facts(child(LAN, KEY), child(GANG), contacts=visits)
    duty = only(want(known, story.policy(), FRI), DutyRule.VISIT_KEY)

    story.says("P-S1-1.06", bool(duty.closed_by), is_met, at=f"{made} visits")


@pytest.mark.req("R-199", "R-302")
@pytest.mark.parametrize(("lost", "expected"), [(0, {"chen": 80}), (1, {})])
def test_a_class_within_its_target_brings_its_teacher_80_yuan(story, lost, expected):
    lines = lines_of(of_class(40, *losses(lost)), story.policy(), people())

    story.says("P-S1-1.08", yuan(lines), expected, at=f"{lost} lost")
