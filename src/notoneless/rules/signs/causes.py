"""Why a child is slipping away: the taxonomy of causes, and which of them stay behind a door."""

from __future__ import annotations

from notoneless.rules.contacts.kinds import fold
from notoneless.rules.policy.resolved import ResolvedPolicy

CAUSES = (
    "learning_difficulty",
    "weariness",
    "poverty",
    "distance",
    "family",
    "work",
    "teacher_conduct",
    "peer_conflict",
    "gender_preference",
    "illness",
    "disability",
    "pregnancy",
    "violence",
    "religion",
    "other",
)
"""Nine of the plans, what the law's categories add, and "other" (R-079)."""


def causes_of(policy: ResolvedPolicy) -> tuple[str, ...]:
    """The causes that a place offers: its own list first, then what every place needs.

    Source: R-079, ``dropout_cause_taxonomy``.
    """
    key = "dropout_cause_taxonomy"
    own = policy.items(key) if policy.is_on(key) else ()
    return (*(code for code in own if code not in CAUSES), *CAUSES)


def folded(code: str, *, is_inside: bool) -> str:
    """The cause as a reader may know it: outside the door a restricted one is "other"."""
    return code if is_inside else fold(code)
