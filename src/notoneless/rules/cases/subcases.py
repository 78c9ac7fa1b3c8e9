"""Sub-cases: conduct of grown-ups that made a child stay away (T26)."""

from __future__ import annotations

from enum import StrEnum


class SubCaseKind(StrEnum):
    EMPLOYER = "employer"
    """Somebody employs a child (义务教育法 art. 14, 59)."""
    TEACHER = "teacher"
    """Conduct of school staff drove the child away."""
    CADRE = "cadre"
    """A duty of an official was not done."""


class SubCaseResult(StrEnum):
    FOUNDED = "founded"
    PARTLY = "partly"
    UNFOUNDED = "unfounded"
    PASSED_ON = "passed_on"
    """To an authority outside."""
