"""The class's list of key pupils: how many a plan asks for, and when the list may be closed.

No quota of labels: whatever the plan's band, "none found" with one reason satisfies it, and any
other number needs one written reason, never more names.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from notoneless.rules.policy.resolved import ResolvedPolicy

LEAST, MOST, ROUNDING = (
    "key_student_ratio_min_pct",
    "key_student_ratio_max_pct",
    "key_student_rounding",
)


class Criterion(StrEnum):
    """What makes a key pupil (S1-25): met and told with evidence, one by one."""

    LEARNING = "learning"
    """Relative difficulty in thinking or learning."""
    CONDUCT = "conduct"
    """Words and conduct need a hand."""
    MAY_LEAVE = "may_leave"
    """Might drop out."""


@dataclass(frozen=True, slots=True)
class Band:
    """How many pupils the plan expects, both ends included."""

    least: int
    most: int

    def __contains__(self, count: int) -> bool:
        return self.least <= count <= self.most


class Verdict(StrEnum):
    CLOSES = "closes"
    NEEDS_REASON = "needs_reason"
    """Outside the band: one written reason, and it closes."""


def band_of(size: int, policy: ResolvedPolicy) -> Band | None:
    """The band for a class of ``size``; ``None`` where no plan sets one, or nobody is in it.

    A class of 47 under 10–15 % has 4.7 to 7.05, so 5 to 7 rounded inward. Where a class is so
    small that no whole number lies inside, the band is rounded outward. Source: R-077, S1-25.
    """
    if size <= 0 or not (policy.is_on(LEAST) or policy.is_on(MOST)):
        return None
    low = _share(size, policy, LEAST) if policy.is_on(LEAST) else Fraction(0)
    high = _share(size, policy, MOST) if policy.is_on(MOST) else Fraction(size)
    inward = Band(math.ceil(low), math.floor(high))
    is_outward = policy.is_on(ROUNDING) and policy.choice(ROUNDING) == "outward"
    if is_outward or inward.least > inward.most:
        return Band(math.floor(low), math.ceil(high))
    return inward


def verdict(count: int, band: Band | None, *, reason: str) -> Verdict:
    """Whether a list of ``count`` pupils may be closed with this reason.

    An empty list says in one sentence that nobody was found, whatever the band.
    """
    if reason.strip():
        return Verdict.CLOSES
    if band is None:
        return Verdict.CLOSES
    return Verdict.CLOSES if count and count in band else Verdict.NEEDS_REASON


def _share(size: int, policy: ResolvedPolicy, key: str) -> Fraction:
    return Fraction(policy.number(key)) * size / 100
