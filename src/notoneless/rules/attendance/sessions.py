"""Which roll of a day, why a child is missing, and what the policy makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from notoneless.rules.policy.measures import Duration
from notoneless.rules.policy.resolved import ResolvedPolicy

DAY = "day"
MORNING = "morning"
AFTERNOON = "afternoon"
EVENING = "evening"
"""The boarding school's evening roll."""
RETURN = "return"
"""The boarding school's roll on the evening before the week begins."""
HALVES = (MORNING, AFTERNOON)
WHOLE_CLASS = (DAY, MORNING, AFTERNOON, EVENING, RETURN)
BOARDERS = frozenset({EVENING, RETURN})
"""Rolls of those who sleep at school; they say nothing about a school day."""

MOST_LESSONS = 12
_LESSON = re.compile(r"lesson-([1-9][0-9]?)")


class RollState(StrEnum):
    HELD = "held"
    NOT_HELD = "not_held"
    """There was no class in this session, for a reason that is named."""


class Reason(StrEnum):
    """Why a child is missing (R-069)."""

    UNEXPLAINED = "unexplained"
    TRUANT = "truant"
    SICK = "sick"
    PERSONAL = "personal"
    OFFICIAL = "official"
    """Sent by the school: a match, an examination elsewhere."""
    LATE = "late"
    """Came after all; counts as missing only where the policy says after how many minutes."""


EXPLAINED = frozenset({Reason.SICK, Reason.PERSONAL, Reason.OFFICIAL})


class HalfDays(StrEnum):
    """How missed half-days make an absent day."""

    ANY = "any_half"
    BOTH = "both_halves"


class LateEntry(StrEnum):
    """From when on a roll needs a reason for being entered only now."""

    AFTER_HOUR = "after_hour"
    AFTER_DAY = "after_day"


@dataclass(frozen=True, slots=True)
class RollRules:
    """What a place's policy says about rolls.

    The defaults hold where no policy speaks: one roll a day, the mildest reading of half-days, no
    lateness that turns into absence, a reason for what is entered after the day.
    """

    sessions: tuple[str, ...] = (DAY,)
    due_by: time | None = None
    """Local time by which the first roll of the day is called; inclusive."""
    half_days: HalfDays = HalfDays.BOTH
    late_minutes: int | None = None
    """From so many minutes on a late child counts as missing in that session."""
    lessons: int | None = None
    """So many missed lessons make an absent day."""
    late_entry: LateEntry = LateEntry.AFTER_DAY
    long_leave: Duration | None = None
    """Leave of at least this length needs proof."""
    proof_within: Duration | None = None

    @property
    def first_session(self) -> str:
        """The roll that the morning's report of arrivals is made from (R-068)."""
        return self.sessions[0]


def roll_rules(policy: ResolvedPolicy) -> RollRules:
    """The part of a policy that rolls need; a rule that is not in force leaves the default.

    Source: R-067 to R-071; ``daily_attendance_report`` and what completes it.
    """
    plain = RollRules()
    sessions = _items(policy, "roll_sessions")
    return RollRules(
        sessions=tuple(code for code in sessions if code in WHOLE_CLASS) or plain.sessions,
        due_by=due_hour(policy),
        half_days=HalfDays(_choice(policy, "half_days_make_absent_day", plain.half_days)),
        late_minutes=_count(policy, "late_minutes_make_absence"),
        lessons=_count(policy, "lessons_make_absent_day"),
        late_entry=LateEntry(_choice(policy, "late_entry_reason", plain.late_entry)),
        long_leave=_duration(policy, "long_leave_from"),
        proof_within=_duration(policy, "leave_proof_within"),
    )


def due_hour(policy: ResolvedPolicy) -> time | None:
    """The hour by which a class has reported; ``None`` where no daily report is asked for.

    Where it is asked for without an hour, the day's last minute.
    """
    if not (policy.is_on("daily_attendance_report") and policy.flag("daily_attendance_report")):
        return None
    if not policy.is_on("daily_attendance_report_by"):
        return time.max
    return time.fromisoformat(policy.choice("daily_attendance_report_by"))


def is_session(code: str) -> bool:
    """Whether ``code`` names a roll: of the class, or of a lesson from 1 to 12."""
    return code in WHOLE_CLASS or lesson_of(code) is not None


def lesson_of(code: str) -> int | None:
    """The lesson's number; ``None`` for a roll of the whole class."""
    match = _LESSON.fullmatch(code)
    number = int(match[1]) if match else 0
    return number if 1 <= number <= MOST_LESSONS else None


def lesson_code(number: int) -> str:
    return f"lesson-{number}"


def is_late(at: time, due_by: time | None) -> bool:
    """Whether a roll called ``at`` is late: nine o'clock sharp is still in time."""
    return due_by is not None and at.replace(second=0, microsecond=0) > due_by


def _items(policy: ResolvedPolicy, key: str) -> tuple[str, ...]:
    return policy.items(key) if policy.is_on(key) else ()


def _choice(policy: ResolvedPolicy, key: str, otherwise: str) -> str:
    return policy.choice(key) if policy.is_on(key) else otherwise


def _count(policy: ResolvedPolicy, key: str) -> int | None:
    return policy.count(key) if policy.is_on(key) else None


def _duration(policy: ResolvedPolicy, key: str) -> Duration | None:
    return policy.duration(key) if policy.is_on(key) else None
