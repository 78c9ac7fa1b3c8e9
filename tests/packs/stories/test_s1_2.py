"""S1-2: what a family promises."""

from __future__ import annotations

import pytest

from notoneless.rules.contracts.clauses import Bound
from notoneless.rules.contracts.kinds import ContractKind as K

SYSTEM = "S1-2"


@pytest.mark.req("R-181", "R-302")
@pytest.mark.parametrize(
    ("pid", "told"),
    [
        ("P-S1-2.04", "安全"),
        ("P-S1-2.05", "体检"),
        ("P-S1-2.06", "劳动"),
    ],
)
def test_the_contract_with_a_family_says_what_the_source_asks(story, pid, told):
    written = story.contract(K.GUARDIAN, Bound.CHILD)

    story.keeps(pid, [each for each in written.clauses if told in each.text])
