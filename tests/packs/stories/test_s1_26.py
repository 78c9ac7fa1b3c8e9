"""S1-26: a hundred for each child that a teacher drove away, nothing where all was tried."""

from __future__ import annotations

import pytest

from notoneless.rules.consequences.lines import MONEY
from notoneless.rules.consequences.proposal import lines_of
from tests.rules.consequences.desk import an_id, loss, of_class, people

SYSTEM = "S1-26"


@pytest.mark.req("R-216", "R-302")
def test_only_what_a_teacher_caused_is_charged(story):
    caused = loss("lan", is_teacher_caused=True, answerable=an_id("tang"))
    exempt = loss("gang", is_exempt=True)
    for lost, expected in (((caused, exempt), {"": -100}), ((exempt,), {})):
        lines = lines_of(of_class(40, *lost), story.policy(), people())
        seen = {line.bearer.name: line.fen // 100 for line in lines if line.kind in MONEY}
        story.says("P-S1-26.03", list(seen.values()), list(expected.values()), at=f"{len(lost)}")


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("kept", "is_met"), [(46, False), (47, True)])
def test_class_and_school_keep_everybody(story, kept, is_met):
    story.share("P-S1-26.01", "retention_target_class_pct", kept, 47, is_met)


@pytest.mark.req("R-200", "R-302")
def test_each_semester_is_settled_on_three_answers(story):
    rules = story.policy()

    story.keeps("P-S1-26.05", rules.choice("settlement_period") == "term")
    story.keeps("P-S1-26.07", len(rules.items("exemption_conditions")) == 3)
