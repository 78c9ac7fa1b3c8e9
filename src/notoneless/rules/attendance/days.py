"""What one day was for one child, from the rolls that were called and the marks in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from notoneless.rules.attendance.sessions import (
    DAY,
    EXPLAINED,
    HALVES,
    HalfDays,
    Reason,
    RollRules,
    RollState,
    lesson_of,
)


class Mark(StrEnum):
    """A child's day, or one session of it."""

    PRESENT = "present"
    UNEXPLAINED = "unexplained"
    EXCUSED = "excused"
    NO_CLASS = "no_class"
    """Nothing was held, or a named event emptied the place: neither there nor missing."""
    UNKNOWN = "unknown"
    """Nobody called the roll. Never taken for an answer."""


@dataclass(frozen=True, slots=True)
class Missed:
    reason: Reason
    minutes_late: int = 0


@dataclass(frozen=True, slots=True)
class DayFacts:
    """All that is known about one child's day."""

    called: Mapping[str, RollState]
    """Standing rolls of its class by session; a roll not called is not there."""
    missed: Mapping[str, Missed]
    """By session; only in sessions that were called, or one lesson's teacher's word."""
    on_leave: bool = False
    """Approved leave covers the day."""
    under_event: bool = False


def day_mark(facts: DayFacts, rules: RollRules) -> Mark:
    """What the day was, by the place's policy.

    Half-days that were called replace the roll of the day. A child seen in one session was not
    away all day; a session not called proves nothing. Leave excuses, an area event takes the day
    out. Raises nothing. Source: R-069, R-072; ``half_days_make_absent_day``,
    ``late_minutes_make_absence``, ``lessons_make_absent_day``.
    """
    if _too_many_lessons(facts, rules):
        return _softened(Mark.UNEXPLAINED, facts)
    parts = [session_mark(facts, session, rules) for session in _parts(facts, rules)]
    counted = [part for part in parts if part is not Mark.NO_CLASS]
    if not counted:
        return Mark.NO_CLASS if parts else Mark.UNKNOWN
    return _together(counted, rules.half_days)


def plain_mark(called: Mapping[str, RollState]) -> Mark | None:
    """What most days are, told at once: one on which the child was missing in nothing.

    ``None`` where ``day_mark`` has to look.
    """
    if not called:
        return Mark.UNKNOWN
    is_plain = len(called) == 1 and called.get(DAY) is RollState.HELD
    return Mark.PRESENT if is_plain else None


def session_mark(facts: DayFacts, session: str, rules: RollRules) -> Mark:
    """What one session was for the child."""
    missed = facts.missed.get(session)
    state = facts.called.get(session)
    if state is RollState.NOT_HELD:
        return Mark.NO_CLASS
    if missed is None:
        return Mark.UNKNOWN if state is None else Mark.PRESENT
    return _softened(_missed_mark(missed, rules), facts)


def _missed_mark(missed: Missed, rules: RollRules) -> Mark:
    if missed.reason is Reason.LATE:
        counts = rules.late_minutes is not None and missed.minutes_late >= rules.late_minutes
        return Mark.UNEXPLAINED if counts else Mark.PRESENT
    return Mark.EXCUSED if missed.reason in EXPLAINED else Mark.UNEXPLAINED


def _softened(mark: Mark, facts: DayFacts) -> Mark:
    if mark is Mark.UNEXPLAINED and facts.on_leave:
        return Mark.EXCUSED
    if mark is Mark.UNEXPLAINED and facts.under_event:
        return Mark.NO_CLASS
    return mark


def _parts(facts: DayFacts, rules: RollRules) -> Collection[str]:
    called = set(facts.called) | {s for s in facts.missed if lesson_of(s) is None}
    if called & set(HALVES):
        # A half without a roll of its own stays open unless the day's roll speaks for it.
        open_halves = [half for half in HALVES if half not in called]
        return [*(called & set(HALVES)), *([DAY] if DAY in called else open_halves)]
    if DAY in called:
        return [DAY]
    lessons = [session for session in called if lesson_of(session) is not None]
    return lessons if len(lessons) < 2 else [_best_lesson(facts, lessons, rules)]


def _best_lesson(facts: DayFacts, lessons: Collection[str], rules: RollRules) -> str:
    """Where only lessons were called, being seen in one of them is being seen."""
    order = [Mark.PRESENT, Mark.EXCUSED, Mark.UNEXPLAINED, Mark.UNKNOWN, Mark.NO_CLASS]
    return min(sorted(lessons), key=lambda s: order.index(session_mark(facts, s, rules)))


def _too_many_lessons(facts: DayFacts, rules: RollRules) -> bool:
    if rules.lessons is None:
        return False
    missed = [
        session
        for session, missed in facts.missed.items()
        if lesson_of(session) is not None
        and facts.called.get(session) is not RollState.NOT_HELD
        and _missed_mark(missed, rules) is Mark.UNEXPLAINED
    ]
    return len(missed) >= rules.lessons


def _together(parts: Collection[Mark], half_days: HalfDays) -> Mark:
    if half_days is HalfDays.ANY:
        order = [Mark.UNEXPLAINED, Mark.PRESENT, Mark.EXCUSED, Mark.UNKNOWN]
    else:
        order = [Mark.PRESENT, Mark.UNKNOWN, Mark.EXCUSED, Mark.UNEXPLAINED]
    return next(mark for mark in order if mark in parts)
