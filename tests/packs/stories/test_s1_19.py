"""S1-19: those who answer together: 200 for nobody lost, 50, then 100 a head."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.proposal import exempting, lines_of
from notoneless.rules.consequences.vetoes import vetoes_of
from tests.rules.consequences.desk import an_id, losses, of_class, people, vetoed, yuan

SYSTEM = "S1-19"


@pytest.mark.req("R-201", "R-302")
@pytest.mark.parametrize(
    ("pid", "lost", "with_leader", "without"),
    [
        ("P-S1-19.04", 0, {"chen": 80, "liao": 60, "tong": 60}, {"chen": 100, "tong": 100}),
        ("P-S1-19.05", 1, {"chen": -20, "liao": -15, "tong": -15}, {"chen": -25, "tong": -25}),
        ("P-S1-19.06", 2, {"chen": -80, "liao": -60, "tong": -60}, {"chen": -100, "tong": -100}),
        ("P-S1-19.06", 3, {"chen": -120, "liao": -90, "tong": -90}, {"chen": -150, "tong": -150}),
    ],
)
def test_forty_thirty_thirty_with_a_leader_and_halves_without(
    story, pid, lost, with_leader, without
):
    outcome = of_class(50, *losses(lost))
    for holders, expected, how in (
        (people(), with_leader, "with a leader"),
        (people(leader=False), without, "without"),
    ):
        seen = yuan(lines_of(outcome, story.policy(), holders))
        story.says(pid, seen, expected, at=f"{lost} lost, {how}")


@pytest.mark.req("R-204", "R-302")
@pytest.mark.parametrize(("lost", "is_vetoed"), [(1, False), (2, True)])
def test_from_two_lost_the_class_and_those_who_answer_get_no_honours(story, lost, is_vetoed):
    found = vetoed(vetoes_of(of_class(50, *losses(lost)), story.policy(), people()))

    whom = {"class", "chen", "liao", "tong"} if is_vetoed else set()
    story.says("P-S1-19.07", found, whom, at=f"{lost} lost")


@pytest.mark.req("R-206", "R-302")
def test_a_verified_exception_takes_one_of_two_out(story):
    one = an_id("child 0")
    freed = exempting(of_class(50, *losses(2)), {one})

    story.says(
        "P-S1-19.09", vetoed(vetoes_of(freed, story.policy(), people())), set(), at="1 of 2 exempt"
    )
