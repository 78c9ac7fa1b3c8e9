"""What a child needs this term, in place of what offices call it; gone when the term ends."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.calendar import Period


class Need(StrEnum):
    STAY = "stay"
    """Somebody beside it so that it stays."""
    LEARNING = "learning"
    READING = "reading"
    AID = "aid"
    """Money or goods for the family."""
    RETURNING = "returning"
    """Company after coming back to school."""
    CONDUCT = "conduct"
    """A grown-up's guidance."""


class OfficeList(StrEnum):
    """A list that offices ask for (R-083)."""

    EASY_TO_DROP = "easy_to_drop"
    """易辍生."""
    WEAK_LEARNERS = "weak_learners"
    """学困生."""
    POOR = "poor"
    """贫困生."""
    DOUBLY_HARD = "doubly_hard"
    """双困生."""
    RETURNED = "returned"
    """辍返生."""
    BEHAVIOUR = "behaviour"
    """行为偏差生."""


NEEDS_OF: Mapping[OfficeList, frozenset[Need]] = MappingProxyType(
    {
        OfficeList.EASY_TO_DROP: frozenset({Need.STAY}),
        OfficeList.WEAK_LEARNERS: frozenset({Need.LEARNING}),
        OfficeList.POOR: frozenset({Need.AID}),
        OfficeList.DOUBLY_HARD: frozenset({Need.LEARNING, Need.AID}),
        OfficeList.RETURNED: frozenset({Need.RETURNING}),
        OfficeList.BEHAVIOUR: frozenset({Need.CONDUCT}),
    }
)
"""Who has all of these needs belongs on the list."""


def expires_on(term: Period, *, watch_ends: date | None = None) -> date:
    """The first day without the need: the term's end, or an earlier end of a watch (R-085).

    No need outlives its term; whoever still has it is named anew (protection rule).
    """
    return term.to_on if watch_ends is None else min(term.to_on, watch_ends)


def holds_on(day: date, from_on: date, to_on: date) -> bool:
    """Whether a need from ``from_on`` (inclusive) to ``to_on`` (exclusive) stands on ``day``."""
    return from_on <= day < to_on


def is_listed(on: OfficeList, needs: Collection[Need]) -> bool:
    """Whether a child with these needs belongs on the office's list."""
    return NEEDS_OF[on] <= set(needs)
