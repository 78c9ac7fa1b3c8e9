"""The life of a report (requirements §7.4): what may follow what, and what is in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from notoneless.rules.workplans.kinds import Punctual, ReportAct, ReportState

S, A = ReportState, ReportAct
TRANSITIONS: Mapping[tuple[ReportState, ReportAct], ReportState] = MappingProxyType(
    {
        (S.OPEN, A.SUBMIT): S.SUBMITTED,
        (S.RETURNED, A.SUBMIT): S.SUBMITTED,
        (S.SUBMITTED, A.ACCEPT): S.ACCEPTED,
        (S.SUBMITTED, A.SEND_BACK): S.RETURNED,
        (S.SUBMITTED, A.CORRECT): S.CORRECTED,
        (S.ACCEPTED, A.CORRECT): S.CORRECTED,
        (S.CORRECTED, A.CORRECT): S.CORRECTED,
        (S.CORRECTED, A.ACCEPT): S.ACCEPTED,
        (S.CORRECTED, A.SEND_BACK): S.RETURNED,
    }
)
"""What was handed in is never edited: another version is put beside it, with a reason."""
WITH_REASON = frozenset({A.SEND_BACK, A.CORRECT})
WAITS = frozenset({S.SUBMITTED, S.CORRECTED})
"""The receiver has still to accept it or send it back."""
TO_SEND = frozenset({S.OPEN, S.RETURNED})
"""Its sender has still to hand it in."""


def after(state: ReportState, act: ReportAct) -> ReportState | None:
    """How a report stands after ``act``; ``None`` where it may not follow."""
    return TRANSITIONS.get((state, act))


def punctual(due_on: date | None, first_sent_on: date | None, *, today: date) -> Punctual:
    """Whether a report came in time: its first version counts, the due day itself is in time.

    A later correction, or one that was sent back, makes nothing late (R-228, R-236).
    """
    if due_on is None:
        return Punctual.NO_DAY
    if first_sent_on is not None:
        return Punctual.LATE if first_sent_on > due_on else Punctual.IN_TIME
    return Punctual.MISSING if today > due_on else Punctual.RUNNING
