"""A cause on a paper stands there in words."""

from __future__ import annotations

import pytest

from notoneless.flows.cases.papers.words import OTHER, cause_words
from notoneless.rules.contacts.kinds import fold
from notoneless.rules.policy.words import has_label
from notoneless.rules.signs.causes import CAUSES


@pytest.mark.req("R-079", "R-103")
@pytest.mark.parametrize("cause", sorted(CAUSES))
def test_no_paper_prints_the_code_of_a_cause(cause):
    assert cause_words(cause) == OTHER or has_label("codes", fold(cause))


def test_no_cause_stays_nothing():
    assert cause_words("") == ""
