"""S1-25: two visits and four talks with each key pupil, one in ten to one in seven of a class."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.signs.key_list import Verdict, band_of, verdict
from tests.rules.consequences.desk import losses, of_class, people, vetoed
from tests.rules.duties.desk import FRI, GANG, KEY, LAN, MON, child, contact, facts, only, want

SYSTEM = "S1-25"


@pytest.mark.req("R-090", "R-302")
@pytest.mark.parametrize(
    ("pid", "kind", "rule", "made", "is_met"),
    [
        ("P-S1-25.04", "visit", DutyRule.VISIT_KEY, 1, False),
        ("P-S1-25.04", "visit", DutyRule.VISIT_KEY, 2, True),
        ("P-S1-25.05", "talk", DutyRule.TALK_KEY, 3, False),
        ("P-S1-25.05", "talk", DutyRule.TALK_KEY, 4, True),
    ],
)
def test_a_key_pupil_is_seen_at_home_and_at_school(story, pid, kind, rule, made, is_met):
    held = tuple(contact(kind, MON, n=n) for n in range(made))
    known = facts(child(LAN, KEY), child(GANG), contacts=held)
    duty = only(want(known, story.policy(), FRI), rule)

    story.says(pid, bool(duty.closed_by), is_met, at=f"{made} of {kind}")


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("base", "lost", "whom"), [(40, 0, set()), (40, 1, {"class", "chen", "tang", "ding"})]
)
def test_the_veto_reaches_whom_the_plan_names_past_its_line(story, base, lost, whom):
    rules = story.policy()
    found = vetoed(vetoes_of(of_class(base, *losses(lost)), rules, people()))

    story.says("P-S1-25.11", found, whom, at=f"{lost} of {base}")


@pytest.mark.req("R-077", "R-302")
@pytest.mark.parametrize(
    ("named", "reason", "expected"),
    [
        (4, "", Verdict.NEEDS_REASON),
        (5, "", Verdict.CLOSES),
        (7, "", Verdict.CLOSES),
        (8, "", Verdict.NEEDS_REASON),
        (0, "本学期没有发现", Verdict.CLOSES),
    ],
)
def test_a_class_of_47_names_five_to_seven_or_says_why_not(story, named, reason, expected):
    band = band_of(47, story.policy())

    story.says("P-S1-25.01", verdict(named, band, reason=reason), expected, at=f"{named} of 47")
