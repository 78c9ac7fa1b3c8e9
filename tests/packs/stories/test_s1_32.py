"""S1-32: class teacher and deputy answer together."""

from __future__ import annotations

from decimal import Decimal

import pytest

from notoneless.rules.consequences.vetoes import vetoes_of
from tests.rules.consequences.desk import losses, of_class, people, vetoed

SYSTEM = "S1-32"


@pytest.mark.req("R-204", "R-210", "R-302")
@pytest.mark.parametrize(
    ("base", "lost", "whom"),
    [
        (100, 1, set()),
        (99, 1, {"chen", "deng"}),
    ],
)
def test_past_the_line_the_veto_reaches_whom_the_plan_names(story, base, lost, whom):
    rules = story.policy(entered={"dropout_ceiling_external_pct": (Decimal(1), "percent", "<=")})
    found = vetoed(vetoes_of(of_class(base, *losses(lost)), rules, people()))

    story.says("P-S1-32.03", found, whom, at=f"{lost} of {base}")


@pytest.mark.req("R-187", "R-302")
@pytest.mark.parametrize(("kept", "is_met"), [(43, False), (44, True)])
def test_the_class_keeps_everybody(story, kept, is_met):
    story.share("P-S1-32.02", "retention_target_class_pct", kept, 44, is_met)
