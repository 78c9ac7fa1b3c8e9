"""S2-1: two or three children to a teacher, a file and a card for each."""

from __future__ import annotations

import pytest

SYSTEM = "S2-1"


@pytest.mark.req("R-135", "R-302")
@pytest.mark.parametrize(
    ("key", "pupils", "is_met"),
    [
        ("pairing_pupils_per_teacher_min", 1, False),
        ("pairing_pupils_per_teacher_min", 2, True),
        ("pairing_pupils_per_teacher_max", 3, True),
        ("pairing_pupils_per_teacher_max", 4, False),
    ],
)
def test_a_teacher_helps_two_or_three(story, key, pupils, is_met):
    story.figure("P-S2-1.02", key, pupils, is_met)
