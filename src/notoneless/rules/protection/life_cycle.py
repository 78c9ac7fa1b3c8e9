"""How a critical flag lives: raised, seen, reported, closed by two. Nothing is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class StepKind(StrEnum):
    """What somebody did about a flag."""

    ADDED = "added"
    """More facts."""
    SEEN = "seen"
    """An officer has taken it on."""
    POLICE = "police"
    SUPERIOR = "superior"
    """The reporter's own superior was told."""
    DEPARTMENT = "department"
    """民政, 教育, 妇联 … were told."""
    PROPOSED = "proposed"
    """An officer holds that it can be closed, with grounds."""
    REFUSED = "refused"
    """A second officer does not agree; the flag stays open."""
    CLOSED = "closed"


class FlagState(StrEnum):
    OPEN = "open"
    CLOSING = "closing"
    """One officer has proposed to close it, a second one has not answered."""
    CLOSED = "closed"


class Ground(StrEnum):
    """Why a flag may be closed."""

    HANDLED = "handled"
    """The police have taken it over or ended it, and the child is safe."""
    UNFOUNDED = "unfounded"
    """The police looked into it and found nothing."""
    MISTAKE = "mistake"
    """Raised by mistake: another child, a slip of the hand."""


BY_REPORTER = frozenset({StepKind.ADDED, StepKind.POLICE})
"""What the reporter may write, too."""


def state_of(steps: Iterable[StepKind]) -> FlagState:
    """The state after ``steps``, oldest first."""
    state = FlagState.OPEN
    for step in steps:
        if step is StepKind.CLOSED:
            return FlagState.CLOSED
        if step is StepKind.PROPOSED:
            state = FlagState.CLOSING
        elif step is StepKind.REFUSED:
            state = FlagState.OPEN
    return state


def needs_police(ground: Ground) -> bool:
    """Whether a flag can be closed on ``ground`` only once the police have been told."""
    return ground is not Ground.MISTAKE
