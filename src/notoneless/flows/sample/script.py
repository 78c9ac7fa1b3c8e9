"""What happens in four weeks at 云顶小学.

Days are counted back: 1 is the last school day that was called, today once the morning is over.
Children are named by their grade and their seat, the order in which they were added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from notoneless.rules.attendance.leave import LeaveKind
from notoneless.rules.attendance.sessions import Reason

SCHOOL_DAYS = 18
"""So many school days have rolls."""
WITH_A_STORY = 12
"""The first seats of each class do only what is written here."""
SIXTY = 4
"""The grade whose class has sixty children; ``teacher`` is its homeroom teacher."""
NIGHTS = timedelta(days=4)
"""So many nights before have been swept, so that what was late has risen."""
EVENINGS = 5
"""The dormitory keeper began with the evening rolls so many days ago."""
SILENT = 2
"""The grade whose class has not called today."""


@dataclass(frozen=True, slots=True)
class Away:
    """A child missing from ``first`` to ``last``, both inclusive."""

    grade: int
    seat: int
    first: int
    last: int
    reason: Reason = Reason.UNEXPLAINED


AWAY = (
    Away(SIXTY, 0, 3, 1),
    Away(SIXTY, 1, 2, 1),
    Away(SIXTY, 2, 1, 1),
    # Perhaps four days: nobody called on the third last.
    Away(3, 0, 4, 1),
    # Came back, all of them.
    Away(5, 3, 11, 8),
    Away(6, 5, 6, 5, Reason.TRUANT),
    Away(1, 2, 9, 9),
)
UNCALLED = frozenset({(3, 3), (6, 2)})
"""Grade and day of rolls that were never called."""
LATE_IN_THE_DAY = frozenset({(1, 6), (5, 2)})
A_DAY_LATE = {(2, 7): "昨日停电，今早补录。"}
NOT_HELD = {(1, 10): "全班到县里参加合唱比赛。"}


@dataclass(frozen=True, slots=True)
class OnLeave:
    """Leave that the guardian asked for on its first day and the homeroom teacher approved."""

    grade: int
    seat: int
    kind: LeaveKind
    first: int
    last: int
    """0: it goes on for ten days after the sample is made."""
    proven: int | None = None
    """The day on which a proof was seen."""


LEAVES = (
    OnLeave(SIXTY, 3, LeaveKind.SICK, 12, 0),
    OnLeave(5, 0, LeaveKind.SICK, 9, 4, proven=7),
    OnLeave(6, 1, LeaveKind.PERSONAL, 2, 1),
    OnLeave(SIXTY, 5, LeaveKind.SICK, 8, 7),
)
CONTENDED = (SIXTY, 2, 8)
"""Grade, day, seat: the principal says that this child was not there either."""
CORRECTED = (5, 4, 6)
"""Grade, day, seat: was missed, and had come in by the back door."""
CORRECTED_BECAUSE = "点名后才看到该生从后门进教室。"
LESSONS_MISSED = ((3, 4), (5, 4), (6, 9))
"""Lesson and seat, in the class of sixty."""
LESSONS_MISSED_ON = 2
EVERYDAY_ILLNESS = "家长来电：感冒发烧"
