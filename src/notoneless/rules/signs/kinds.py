"""The closed sets that signs are made of."""

from __future__ import annotations

from enum import StrEnum


class SignRule(StrEnum):
    """What can fire. The order is that of a child's page."""

    RUN = "run"
    """Unexplained school days in a row."""
    UNREGISTERED = "unregistered"
    """Not there when the term, or its own time in the class, began."""
    SHARE = "share"
    """A share of the last school days missed without explanation."""
    TERM_DAYS = "term_days"
    """Unexplained days this term."""
    WEEK_EDGE = "week_edge"
    """Missing mostly on the first and last days of weeks."""
    AFTER_BREAK = "after_break"
    """Missing on the first day after breaks."""
    LOST_CONTACT = "lost_contact"
    """Nobody at home can be reached."""
    WORD = "word"
    """A teacher's own word."""


GUARDED = frozenset({SignRule.SHARE, SignRule.WEEK_EDGE, SignRule.AFTER_BREAK})
"""Shares and patterns mean nothing in the first days of a term."""


class Context(StrEnum):
    """What makes a child more alone with its trouble. Never fires anything: it only orders."""

    RETURNED = "returned"
    """Came back to school not long ago."""
    SIBLING_LEFT = "sibling_left"
    LEFT_BEHIND_BOTH = "left_behind_both"
    LEFT_BEHIND_ONE = "left_behind_one"
    POOR = "poor"
    """A household under support: 脱贫户, 监测户, 低保, 特困."""
    DISABILITY = "disability"


class RowKind(StrEnum):
    ABSENT = "absent"
    """A school day without explanation, in the class named."""
    TRY = "try"
    """A try to reach the family that reached nobody."""
    NUMBERS = "numbers"
    """A check in which no number worked."""
    WORD = "word"


class AnswerKind(StrEnum):
    """What somebody did about a child."""

    CONTACT = "contact"
    """Somebody of the family, or the child itself, was reached."""
    VISIT = "visit"
    DECISION = "decision"
    """Seen, doing something about it until a day."""
    FOLLOW_UP = "follow_up"
    """An entry in the tracking record."""


class StepKind(StrEnum):
    ESCALATED = "escalated"
    """Put before the grade head and the teaching office (R-081)."""
    MEASURE = "measure"
    """What they decided together to do."""
    CLEARED = "cleared"
    """The sign is gone, after a visit (T07)."""


class FilePart(StrEnum):
    """Chapters of the cultivation file 重点生培养档案; visits and talks are read from contacts."""

    RISK = "risk"
    PLAN = "plan"
    PROGRESS = "progress"
    CONCLUSION = "conclusion"
