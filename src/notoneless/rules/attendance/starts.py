"""The first weeks of a term: who has not come, and who is on the list but never seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from notoneless.rules.attendance.days import Mark
from notoneless.rules.calendar import Period, SchoolCalendar
from notoneless.rules.policy.resolved import ResolvedPolicy


@dataclass(frozen=True, slots=True)
class Unseen:
    """School days since the start on which a child was never seen."""

    missed: int
    """Called, and not there for whatever reason."""
    uncalled: int
    first_called_on: date | None


def enrolment_week(day: date, policy: ResolvedPolicy, calendar: SchoolCalendar) -> bool:
    """Whether the day lies in the week of registration (``enrolment_week_index``) or before it.

    False in a vacation and where no policy names a week. Raises ``NoSuchDay``.
    """
    if not policy.is_on("enrolment_week_index"):
        return False
    week = calendar.week_of_term(day)
    return week is not None and week <= policy.count("enrolment_week_index")


class Arrival(StrEnum):
    """Whether a child has come since the term began (T08)."""

    ARRIVED = "arrived"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"
    """Its class was never called since: nobody can say, so nobody says present."""


def enrolment_period(term: Period, policy: ResolvedPolicy) -> Period:
    """From the term's first day to the end of the week of registration (``enrolment_week_index``),
    Monday to Sunday; the term's first week where no policy names one."""
    key = "enrolment_week_index"
    weeks = policy.count(key) if policy.is_on(key) else 1
    monday = term.from_on - timedelta(days=term.from_on.weekday())
    return Period(term.name, term.from_on, min(monday + timedelta(weeks=weeks), term.to_on))


def arrival(held: Sequence[date], missed: Sequence[date], *, from_on: date, until: date) -> Arrival:
    """Whether a child has set foot in the room from ``from_on`` to ``until``, both inclusive.

    ``held`` are the days of its class's rolls, one for each roll that was held; ``missed`` those
    of the rolls in which it was missing. One roll that saw it is enough. Source: T08, R-068.
    """
    called = sum(from_on <= day <= until for day in held)
    if not called:
        return Arrival.UNKNOWN
    gone = sum(from_on <= day <= until for day in missed)
    return Arrival.NOT_YET if gone >= called else Arrival.ARRIVED


def unseen(days: Sequence[date], marks: Mapping[date, Mark]) -> Unseen | None:
    """How long a child has not been seen since the first of ``days``; ``None`` once it was.

    ``days`` are its class's school days since the term or its own spell began, whichever is later.
    Excused days count as not seen: what is asked here is who has set foot in the room. Days never
    called are counted apart and prove nothing. Source: T08, R-072.
    """
    if any(marks.get(day) is Mark.PRESENT for day in days):
        return None
    called = [day for day in days if marks.get(day) in {Mark.UNEXPLAINED, Mark.EXCUSED}]
    uncalled = sum(marks.get(day, Mark.UNKNOWN) is Mark.UNKNOWN for day in days)
    return Unseen(len(called), uncalled, called[0] if called else None)


def is_phantom(found: Unseen, policy: ResolvedPolicy) -> bool:
    """Whether the child is on the list and not at school (名在人不在, ``phantom_absence_days``)."""
    key = "phantom_absence_days"
    if not policy.is_on(key):
        return False
    return policy.is_met(key, found.missed)
