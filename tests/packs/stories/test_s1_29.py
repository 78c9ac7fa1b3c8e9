"""S1-29: the town's opinion. Two days to ask why, at once into the house."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.workplans.kinds import Punctual, Stream
from notoneless.rules.workplans.lifecycle import punctual
from tests.rules.cases.desk import later
from tests.rules.consequences.desk import losses, of_school, people, vetoed
from tests.rules.duties.desk import MON, TUE, away, facts, only, want
from tests.rules.workplans.desk import asked

SYSTEM = "S1-29"


@pytest.mark.req("R-072", "R-302")
@pytest.mark.parametrize(("days", "wanted"), [(1, False), (2, True)])
def test_two_days_without_a_reason_want_their_cause_found(story, days, wanted):
    v = story.village()

    story.absent(v, days)

    story.says("P-S1-29.10", story.owed(DutyRule.INVESTIGATE), wanted, at=f"{days} days")
    story.says("P-S1-29.18", story.owed(DutyRule.VISIT), wanted, at=f"{days} days")


@pytest.mark.req("R-302")
def test_whoever_is_guaranteed_for_is_visited_on_the_day_itself(story):
    found = want(facts(runs=(away(MON, TUE),)), story.policy(), TUE)

    story.says("P-S1-29.18", only(found, DutyRule.VISIT).due.on, TUE, at="2 days")


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(("base", "lost", "whom"), [(100, 1, set()), (99, 1, {"school", "qin"})])
def test_the_veto_reaches_whom_the_plan_names_past_its_line(story, base, lost, whom):
    rules = story.policy(entered={"dropout_ceiling_external_pct": (Decimal(1), "percent", "<=")})
    found = vetoed(vetoes_of(of_school(base, *losses(lost)), rules, people()))

    story.says("P-S1-29.20", found, whom, at=f"{lost} of {base}")


@pytest.mark.req("R-228", "R-302")
@pytest.mark.parametrize(
    ("pid", "stream", "day"),
    [
        ("P-S1-29.06", Stream.SCHOOL_COUNT, date(2026, 11, 23)),
        ("P-S1-29.07", Stream.TOWNSHIP_COUNT, date(2026, 11, 25)),
    ],
)
def test_the_school_by_the_23rd_and_the_town_by_the_25th_the_day_itself_in_time(
    story, pid, stream, day
):
    assert day in {each.due.on for each in asked(stream, story.policy()) if each.due}
    for sent, expected in ((day, Punctual.IN_TIME), (later(day, 1), Punctual.LATE)):
        story.says(pid, punctual(day, sent, today=sent), expected, at=f"day {sent.day}")
