"""S1-7: one per cent for the school, everybody for the class."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.lines import Kind
from notoneless.rules.consequences.proposal import lines_of
from notoneless.rules.consequences.vetoes import vetoes_of
from tests.rules.consequences.desk import losses, of_class, people, vetoed

SYSTEM = "S1-7"


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("base", "lost", "whom"),
    [
        (100, 1, set()),
        (99, 1, {"chen", "tang", "ding"}),
    ],
)
def test_past_the_line_the_veto_reaches_whom_the_plan_names(story, base, lost, whom):
    rules = story.policy()
    found = vetoed(vetoes_of(of_class(base, *losses(lost)), rules, people()))

    story.says("P-S1-7.06", found, whom, at=f"{lost} of {base}")


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("kept", "is_met"), [(99, False), (100, True)])
def test_the_class_keeps_everybody_whatever_the_ceiling_of_the_school(story, kept, is_met):
    story.share("P-S1-7.02", "retention_target_class_pct", kept, 100, is_met)


@pytest.mark.req("R-207", "R-302")
@pytest.mark.parametrize(("lost", "is_preferred"), [(0, True), (1, False)])
def test_a_class_without_a_dropout_puts_its_teachers_first(story, lost, is_preferred):
    lines = lines_of(of_class(40, *losses(lost)), story.policy(), people())

    seen = any(line.kind is Kind.PREFERENCE for line in lines)
    story.says("P-S1-7.03", seen, is_preferred, at=f"{lost} lost")
