"""S0-8: twenty visits a term for each class teacher, three for whoever left again."""

from __future__ import annotations

from datetime import date

import pytest

from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.rules.workplans.meetings import meetings_wanted
from tests.rules.duties.desk import (
    FRI,
    GANG,
    LAN,
    MON,
    RETURNED,
    child,
    contact,
    days,
    facts,
    only,
    want,
)
from tests.rules.workplans.desk import YEAR

SYSTEM = "S0-8"


@pytest.mark.req("R-091", "R-302")
@pytest.mark.parametrize(("made", "is_met"), [(19, False), (20, True)])
def test_nineteen_person_visits_are_short_of_twenty(story, made, is_met):
    visits = tuple(
        contact("visit", day, (LAN, GANG)[n % 2], n)
        for n, day in enumerate(list(days(date(2026, 10, 8), FRI))[:made])
    )
    duty = only(want(facts(contacts=visits), story.policy(), FRI), DutyRule.VISIT_TOTAL)

    story.says("P-S0-8.10", bool(duty.closed_by), is_met, at=f"{made} visits")


@pytest.mark.req("R-092", "R-302")
@pytest.mark.parametrize(("made", "is_met"), [(2, False), (3, True)])
def test_who_left_again_is_visited_three_times(story, made, is_met):
    visits = tuple(contact("visit", MON, n=n) for n in range(made))
    known = facts(child(LAN, RETURNED), child(GANG), contacts=visits)
    duty = only(want(known, story.policy(), FRI), DutyRule.VISIT_RETURNED)

    story.says("P-S0-8.11", bool(duty.closed_by), is_met, at=f"{made} visits")


@pytest.mark.req("R-248", "R-302")
def test_the_leading_group_meets_three_times_a_term_and_the_office_each_month(story):
    rules = story.policy()
    autumn = meetings_wanted(MeetingKind.LEADERSHIP, rules, YEAR)[:4]

    parts = [each.part for each in autumn]
    story.says("P-S0-8.05", parts, [1, 2, 3, 1], at="beginning, middle, end")
    months = meetings_wanted(MeetingKind.OFFICE, rules, YEAR)
    story.says("P-S0-8.06", len(months), 11, at="months of term")
