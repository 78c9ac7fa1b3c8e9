"""One contact as it was written down, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from notoneless.rules.canonical import canonical
from notoneless.rules.contacts.kinds import (
    ADULTS,
    SEVERAL,
    UNREACHED,
    Kind,
    Met,
    Purpose,
    Result,
)

MOST_CHILDREN = 60
MOST_PEOPLE = 12
OLDEST = timedelta(days=366)
FURTHEST = timedelta(days=120)
TWO_ADULTS = 2


class Fault(StrEnum):
    """Why a contact cannot be written down like this."""

    NO_CHILD = "no_child"
    TOO_MANY_CHILDREN = "too_many_children"
    ONE_CHILD_ONLY = "one_child_only"
    FUTURE = "future"
    TOO_OLD = "too_old"
    NOBODY_MET = "nobody_met"
    ALONE_WITH_CHILD = "alone_with_child"
    NEXT_BEFORE = "next_before"
    NEXT_TOO_FAR = "next_too_far"
    MAIN_CAUSE_NOT_AMONG = "main_cause_not_among"
    TOO_MANY_PEOPLE = "too_many_people"
    MEETING_NOWHERE = "meeting_nowhere"


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody of the directory who was there besides the writer."""

    person_id: UUID
    role: str = ""


@dataclass(frozen=True, slots=True)
class NewContact:
    """What the form says. Statements are sealed when they are kept."""

    id: UUID
    """Made by the phone, or by the page when the form was shown."""
    kind: Kind
    result: Result
    child_ids: tuple[UUID, ...]
    happened_on: date
    hour: str = ""
    """School-local, "14:05"."""
    purpose: Purpose = Purpose.OTHER
    place: str = ""
    met: frozenset[Met] = frozenset()
    companions: tuple[Companion, ...] = ()
    others: tuple[str, ...] = ()
    """Free names: guardian, relatives, village cadre."""
    child_words: str = ""
    guardian_view: str = ""
    found: str = ""
    causes: tuple[str, ...] = ()
    main_cause: str = ""
    promise: str = ""
    next_step: str = ""
    next_on: date | None = None
    feedback: Mapping[str, str] = field(default_factory=dict)
    witness: str = ""
    noted_at: datetime | None = None
    """The phone's clock, aware; none where the page was sent at once."""

    @property
    def digest(self) -> str:
        """Fingerprint of what the form says: the same form sent twice has the same."""
        said = [
            [self.kind.value, self.result.value, self.purpose.value, self.place, self.witness],
            [self.happened_on, self.hour, self.next_step, self.next_on, self.promise],
            sorted(child.hex for child in self.child_ids),
            sorted(each.value for each in self.met),
            sorted((each.person_id.hex, each.role) for each in self.companions),
            [self.others, self.child_words, self.guardian_view, self.found],
            [self.causes, self.main_cause, dict(self.feedback)],
        ]
        return sha256(canonical(said)).hexdigest()

    @property
    def is_reached(self) -> bool:
        return self.result not in UNREACHED

    @property
    def is_cause_known(self) -> bool:
        return bool(self.main_cause)


def faults_of(new: NewContact, *, today: date) -> tuple[Fault, ...]:
    """Everything that keeps a contact from being written down; empty when nothing does.

    A visit that finds a child alone needs two adults (product.md §Protection). The next step may
    be on the same day, not before it.
    """
    found = [*_whom(new), *_when(new, today), *_people(new)]
    if new.main_cause and new.main_cause not in new.causes:
        found.append(Fault.MAIN_CAUSE_NOT_AMONG)
    if new.kind is Kind.MEETING and not new.place.strip():
        found.append(Fault.MEETING_NOWHERE)
    return tuple(found)


def is_child_alone(kind: Kind, met: Iterable[Met]) -> bool:
    """Whether a visit found the child and no adult of its family or village."""
    there = frozenset(met)
    return kind is Kind.VISIT and Met.CHILD in there and not there & ADULTS


def _whom(new: NewContact) -> Iterable[Fault]:
    if not new.child_ids:
        yield Fault.NO_CHILD
    if len(new.child_ids) > MOST_CHILDREN:
        yield Fault.TOO_MANY_CHILDREN
    if len(new.child_ids) > 1 and new.kind not in SEVERAL:
        yield Fault.ONE_CHILD_ONLY


def _when(new: NewContact, today: date) -> Iterable[Fault]:
    if new.happened_on > today:
        yield Fault.FUTURE
    if new.happened_on < today - OLDEST:
        yield Fault.TOO_OLD
    if new.next_on is not None and new.next_on < new.happened_on:
        yield Fault.NEXT_BEFORE
    if new.next_on is not None and new.next_on > today + FURTHEST:
        yield Fault.NEXT_TOO_FAR


def _people(new: NewContact) -> Iterable[Fault]:
    if len(new.companions) + len(new.others) > MOST_PEOPLE:
        yield Fault.TOO_MANY_PEOPLE
    if new.kind is not Kind.VISIT or not new.is_reached:
        return
    if not new.met:
        yield Fault.NOBODY_MET
    elif is_child_alone(new.kind, new.met) and 1 + len(new.companions) < TWO_ADULTS:
        yield Fault.ALONE_WITH_CHILD
