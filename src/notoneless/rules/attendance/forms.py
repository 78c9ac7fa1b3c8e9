"""A roll as somebody hands it in, and what becomes of it beside what already stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from notoneless.rules.attendance.sessions import Reason, RollState
from notoneless.rules.canonical import canonical

LONGEST_REASON = 200
LONGEST_NOTE = 500
MOST_MINUTES_LATE = 600


@dataclass(frozen=True, slots=True)
class AbsenceMark:
    """One child who is not simply there. The edge checks the shape; a bad one is a bug here."""

    child_id: UUID
    reason: Reason = Reason.UNEXPLAINED
    minutes_late: int = 0
    note: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.minutes_late <= MOST_MINUTES_LATE:
            raise ValueError(f"late by {self.minutes_late} minutes")
        if self.minutes_late and self.reason is not Reason.LATE:
            raise ValueError(f"{self.reason} has no minutes")
        if len(self.note) > LONGEST_NOTE:
            raise ValueError(f"a note of {len(self.note)} characters")


@dataclass(frozen=True, slots=True)
class Submission:
    """A roll as a phone sends it, at once or much later."""

    id: UUID
    """Made by the phone: sending twice is the same as once."""
    class_id: UUID
    day: date
    session: str
    noted_at: datetime
    """The phone's clock, aware."""
    marks: tuple[AbsenceMark, ...] = ()
    state: RollState = RollState.HELD
    not_held_reason: str = ""
    based_on: UUID | None = None
    """The roll that the phone was showing when the teacher changed it."""
    reason: str = ""
    """Why it is entered late or corrected."""
    is_confirmed: bool = False
    """The teacher has said that there was class although the calendar has none."""

    def __post_init__(self) -> None:
        if self.noted_at.utcoffset() is None:
            raise ValueError(f"{self.noted_at} has no time zone")
        if max(len(self.reason), len(self.not_held_reason)) > LONGEST_REASON:
            raise ValueError("a reason that is too long")
        if self.state is RollState.HELD and self.not_held_reason:
            raise ValueError("a session that was held says why it was not")

    @property
    def digest(self) -> str:
        """Fingerprint of what the roll says; two people who saw the same have the same."""
        marks = sorted(
            (mark.child_id.hex, mark.reason.value, mark.minutes_late, mark.note)
            for mark in self.marks
        )
        return sha256(canonical([self.state.value, self.not_held_reason, marks])).hexdigest()


@dataclass(frozen=True, slots=True)
class Standing:
    """The roll that counts now for a class, day and session."""

    id: UUID
    digest: str
    taken_by: UUID | None
    noted_at: datetime
    based_on: UUID | None


class Verdict(StrEnum):
    """What becomes of a roll that is handed in."""

    FIRST = "first"
    CORRECTION = "correction"
    """It takes the place of the standing one, which stays readable."""
    AGREES = "agrees"
    """It says what the standing one says: nothing to write."""
    OUTDATED = "outdated"
    """It was made before the standing one, which already knew it: kept, changes nothing."""
    CONTENDING = "contending"
    """Two people saw different things: both are kept and shown until somebody decides."""


def judge(form: Submission, standing: Standing | None, *, by: UUID | None) -> Verdict:
    """What becomes of ``form``, handed in by the person ``by``, beside the roll that stands.

    Who saw the standing roll corrects it. Whoever did not never overwrites it: the same person's
    own earlier roll, or one that the standing roll was based on, is outdated whatever the order of
    arrival; anything else that differs contends.
    """
    if standing is None:
        return Verdict.FIRST
    if standing.based_on == form.id:
        return Verdict.OUTDATED
    if form.digest == standing.digest:
        return Verdict.AGREES
    if form.based_on == standing.id:
        return Verdict.CORRECTION
    if by is not None and by == standing.taken_by:
        if form.noted_at <= standing.noted_at:
            return Verdict.OUTDATED
        if form.based_on is not None:
            # His own chain, of which a link has not arrived yet.
            return Verdict.CORRECTION
    return Verdict.CONTENDING
