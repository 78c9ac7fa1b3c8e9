"""S2-3: a member unit of the women and children committee; no figure of ours, five records."""

from __future__ import annotations

import pytest

from notoneless.rules.policy.words import rule_label

SYSTEM = "S2-3"


@pytest.mark.req("R-302")
@pytest.mark.parametrize("number", range(1, 6))
def test_what_the_source_asks_for_stands_in_the_pack_with_its_words(story, number):
    pid = f"P-S2-3.{number:02}"
    (rule,) = [rule for rule in story.pack.rules.values() if pid in rule.pid]

    assert story.policy().is_on(rule.key)
    story.keeps(pid, rule_label(rule, "zh") and rule_label(rule, "en"))
