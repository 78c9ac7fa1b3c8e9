"""What must never count for a child's signs is not read for them."""

from __future__ import annotations

import re

import pytest

from tests.structure.source import PACKAGE

NEVER = re.compile(r"ethnic|politics|Counselling|religio", re.IGNORECASE)


@pytest.mark.req("R-022", "R-076")
def test_nothing_that_makes_signs_reads_ethnicity_religion_or_counselling():
    offenders = []
    for folder in ("rules/signs", "flows/signs", "signs"):
        for path in (PACKAGE / folder).rglob("*.py"):
            code = re.sub(r'""".*?"""|#.*', "", path.read_text("utf-8"), flags=re.DOTALL)
            # A cause may be religion; a restricted one, and no input of any rule.
            code = code.replace('"religion",', "")
            if NEVER.search(code):
                offenders.append(str(path.relative_to(PACKAGE)))

    assert offenders == []
