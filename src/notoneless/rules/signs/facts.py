"""What the rules of signs know about a child. Nothing else may be asked of them.

There is no field for ethnicity, religion or the mind, nor for marks: what is not known cannot
count. A structure test keeps it so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from notoneless.rules.attendance.days import Mark
from notoneless.rules.calendar import Period
from notoneless.rules.signs.kinds import AnswerKind, Context


@dataclass(frozen=True, slots=True)
class TryFact:
    """One try to reach the family."""

    id: UUID | None
    on: date
    is_reached: bool


@dataclass(frozen=True, slots=True)
class NumbersFact:
    """The child's numbers were checked."""

    on: date
    working: int
    """How many of them answered."""


@dataclass(frozen=True, slots=True)
class WordFact:
    """A teacher's word about the child that nobody has cleared."""

    id: UUID
    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """Somebody did something about the child."""

    kind: AnswerKind
    on: date
    until: date | None = None
    """Of a decision: the last day for which it speaks."""


@dataclass(frozen=True, slots=True)
class SignFacts:
    """One child up to the end of the day ``as_of``."""

    child_id: UUID
    as_of: date
    days: tuple[date, ...]
    """School days of the calendar, oldest first, up to ``as_of``."""
    marks: Mapping[date, Mark]
    """Days on which the child was in a class; a day that nobody called is ``UNKNOWN``."""
    next_day: date | None = None
    """The first school day after ``as_of``; ``None`` where the calendar ends."""
    term: Period | None = None
    """The term that holds ``as_of``; ``None`` in a vacation."""
    class_on: Mapping[date, UUID] = field(default_factory=dict)
    """The class that the child was in, for days that a row may name."""
    tries: tuple[TryFact, ...] = ()
    numbers: tuple[NumbersFact, ...] = ()
    words: tuple[WordFact, ...] = ()
    answers: tuple[AnswerFact, ...] = ()
    context: frozenset[Context] = frozenset()
