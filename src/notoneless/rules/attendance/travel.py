"""The way to school: how a child comes, and whether a bed at school was offered (R-075)."""

from __future__ import annotations

from enum import StrEnum


class Way(StrEnum):
    """How a child comes to school; the codes of the national roster (上下学交通方式)."""

    WALK = "1"
    CYCLE = "2"
    """Electric and motor bicycles as well."""
    PUBLIC = "3"
    FAMILY = "4"
    """Brought by the family."""
    SCHOOL_BUS = "5"
    OTHER = "9"


class Boarding(StrEnum):
    """What came of a bed at school."""

    UNKNOWN = "unknown"
    """Nobody has asked."""
    NOT_NEEDED = "not_needed"
    NOT_OFFERED = "none"
    """Needed, and the school has none."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
