"""What planning needs to know, as plain values; whoever stores facts hands them over like this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from uuid import UUID


class ContactKind(StrEnum):
    CALL = "call"
    VISIT = "visit"
    """At the child's home."""
    TALK = "talk"
    """With the child, at school."""
    LETTER = "letter"
    MESSAGE = "message"


class Tag(StrEnum):
    """Why a child counts for a quota."""

    KEY = "key"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class ClassFact:
    """A class and the units above it whose posts can inherit its duties."""

    id: UUID
    school_id: UUID
    bureau_id: UUID
    centre_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody is to be asked to contact a child's people, and nothing says why."""

    from_on: date
    ended_on: date | None = None
    """The day on which it ended; ``None`` while it lasts."""


@dataclass(frozen=True, slots=True)
class ChildFact:
    id: UUID
    class_id: UUID
    from_on: date
    """First day in the class."""
    tags: frozenset[Tag] = frozenset()
    silences: tuple[Silence, ...] = ()

    def is_silenced(self, on: date) -> bool:
        """Whether a silence had not ended by ``on``; one that began later counts too."""
        return any(each.ended_on is None or each.ended_on > on for each in self.silences)


@dataclass(frozen=True, slots=True)
class RollFact:
    """That a class was seen on a day, or that the session was not held, with its reason."""

    id: UUID | None
    """``None`` where the class and the day say enough."""
    class_id: UUID
    on: date
    noted_on: date
    """School-local date on which it was first submitted."""
    noted_hour: str = ""
    """School-local time of day as "08:05"; empty when it does not matter."""


@dataclass(frozen=True, slots=True)
class RunFact:
    """One proved run of unexplained absence: school days in a row, each with a roll.

    Days that a late leave slip explains are not in it. A run that reaches into the window of
    the facts is given whole.
    """

    child_id: UUID
    days: tuple[date, ...]
    """Oldest first, never empty."""
    back_on: date | None = None
    """The first day on which the child was present again."""
    back_by: UUID | None = None
    """The roll that says so."""


@dataclass(frozen=True, slots=True)
class LessonFact:
    """A child missing in one lesson, as its subject teacher noted."""

    child_id: UUID
    on: date
    settled_on: date | None = None
    """When the class teacher said what became of it."""
    settled_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class LeaveFact:
    """Approved leave long enough to need proof."""

    id: UUID
    child_id: UUID
    from_on: date
    proven_on: date | None = None
    is_long: bool = True


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A call, visit, talk, letter or message about one child."""

    id: UUID
    child_id: UUID
    kind: ContactKind
    on: date
    is_reached: bool = True
    """Whether somebody answered; a failed try closes nothing."""
    is_cause_known: bool = False
    by: UUID | None = None
    next_on: date | None = None
    """When whoever made it goes on with it; a failed try sets the day of the next."""


@dataclass(frozen=True, slots=True)
class WordFact:
    """Somebody's own word that a child has dropped out."""

    child_id: UUID
    on: date


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The class teacher's report of a child to the school."""

    id: UUID
    child_id: UUID
    on: date
    """School-local date on which it was made."""
    hour: str = ""


@dataclass(frozen=True, slots=True)
class NoShowFact:
    """A child on the class list who was not there on the day of registration."""

    child_id: UUID
    registration_on: date
    seen_on: date | None = None
    seen_by: UUID | None = None


@dataclass(frozen=True, slots=True)
class NumberCheckFact:
    """That a child's contact numbers were tried and stand."""

    child_id: UUID
    on: date


@dataclass(frozen=True)
class Facts:
    """All that is known about some classes of one school and their children.

    Complete for the children and classes it names, from ``from_on`` on.
    """

    from_on: date
    """Nothing that began earlier is planned: start of the school year, or the place's first day
    with the system."""
    classes: Mapping[UUID, ClassFact]
    children: Mapping[UUID, ChildFact] = field(default_factory=dict)
    rolls: tuple[RollFact, ...] = ()
    runs: tuple[RunFact, ...] = ()
    lessons: tuple[LessonFact, ...] = ()
    leaves: tuple[LeaveFact, ...] = ()
    contacts: tuple[ContactFact, ...] = ()
    words: tuple[WordFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    no_shows: tuple[NoShowFact, ...] = ()
    number_checks: tuple[NumberCheckFact, ...] = ()
    rolls_from: date | None = None
    """The first day from which a missing roll is asked for, where that is later."""

    @cached_property
    def contacts_of(self) -> Mapping[UUID, tuple[ContactFact, ...]]:
        """Contacts by child, oldest first."""
        found: dict[UUID, list[ContactFact]] = {}
        for contact in sorted(self.contacts, key=lambda c: (c.on, str(c.id))):
            found.setdefault(contact.child_id, []).append(contact)
        return {child: tuple(rows) for child, rows in found.items()}

    @property
    def subjects(self) -> frozenset[UUID]:
        """Everybody and everything that these facts speak for."""
        return frozenset(self.children) | frozenset(self.classes)
