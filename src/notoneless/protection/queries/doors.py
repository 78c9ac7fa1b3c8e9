"""Who knows of a flag: its reporter, and the one child-protection post that has it.

Nobody else, whatever his rank; nobody concerned; no policy changes it (product §Protection).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.access.models import AccessApproval, User
from notoneless.places.models import Post
from notoneless.places.queries.units import standing
from notoneless.protection.models import CriticalFlag, FlagConcerned, FlagLine, FlagStep
from notoneless.rules.protection.concerned import SCHOOL_RANK, ConcernedKind
from notoneless.rules.protection.life_cycle import StepKind
from notoneless.rules.roles import Capability, Role


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the home page of an officer shows first."""

    count: int
    oldest_at: datetime | None
    """When the one that waits longest was raised."""


def waiting(actor: Actor, *, on: date) -> Waiting | None:
    """Open flags that the actor has as an officer; ``None`` for everybody else.

    One statement for an officer, none for others.
    """
    if not desks_of(actor):
        return None
    found = (
        as_officer(actor, on=on)
        .filter(~Exists(_closed()))
        .aggregate(count=Count("pk"), oldest=Min("recorded_at"))
    )
    return Waiting(found["count"], found["oldest"])


def open_count(actor: Actor, *, on: date) -> int:
    """How many open flags the actor has as an officer; at most one statement."""
    found = waiting(actor, on=on)
    return found.count if found else 0


def desks_of(actor: Actor) -> frozenset[UUID]:
    """The units at which the actor is the named child-protection officer, access approved."""
    return frozenset(
        held.unit_id
        for held in actor.holdings
        if held.role is Role.CHILD_PROTECTION_OFFICER
        and Capability.HANDLE_CRITICAL in held.capabilities
    )


def seen_by(actor: Actor, *, on: date) -> QuerySet[CriticalFlag]:
    """The flags that the actor may know of, as reporter or as officer."""
    return _known(actor).filter(Q(reporter=actor.person_id) | _has(actor, on=on))


def as_officer(actor: Actor, *, on: date) -> QuerySet[CriticalFlag]:
    """The flags that the actor has as an officer, or whose closing he may answer."""
    return _known(actor).filter(_has(actor, on=on))


def has_officer(flag_id: UUID, *, on: date, turn: int | None = None) -> bool:
    """Whether anybody has the flag; if not, the reporter must be told whom to call.

    ``turn`` asks about one line of it, before it counts; by default the one that counts.
    """
    which = _is_newest() if turn is None else Q(turn=turn)
    return (
        FlagLine.objects.filter(which, flag=flag_id)
        .filter(_is_open_desk(), Exists(_officers(on=on)))
        .exists()
    )


def _known(actor: Actor) -> QuerySet[CriticalFlag]:
    is_concerned = FlagConcerned.objects.filter(flag=OuterRef("pk"), person=actor.person_id)
    return CriticalFlag.objects.filter(~Exists(is_concerned), county=actor.county_id)


def _has(actor: Actor, *, on: date) -> Q:
    """At the nearest desk that has an officer; above it only to answer a proposal to close."""
    desks = desks_of(actor)
    if not desks:
        return Q(pk__in=[])
    mine = FlagLine.objects.filter(
        _is_newest(), _is_open_desk(), flag=OuterRef("pk"), unit__in=desks
    )
    nearer = FlagLine.objects.filter(
        _is_open_desk(),
        Exists(_officers(on=on)),
        flag=OuterRef("flag"),
        turn=OuterRef("turn"),
        rank__lt=OuterRef("rank"),
    )
    asked = FlagStep.objects.filter(
        flag=OuterRef("pk"), kind=StepKind.PROPOSED, answer__isnull=True
    )
    return Q(Exists(mine.filter(~Exists(nearer)))) | Q(Exists(mine), Exists(asked))


def _is_newest() -> Q:
    """The line's turn is the flag's last: where the child is now."""
    return ~Q(Exists(FlagLine.objects.filter(flag=OuterRef("flag"), turn__gt=OuterRef("turn"))))


def _is_open_desk() -> Q:
    """A line's desk stands open unless it is the school's and unnamed staff are concerned."""
    unnamed = FlagConcerned.objects.filter(
        flag=OuterRef("flag"), kind=ConcernedKind.STAFF, person=None
    )
    return Q(rank__gt=SCHOOL_RANK) | ~Q(Exists(unnamed))


def _officers(*, on: date) -> QuerySet[Post]:
    """Approved child-protection officers of a line's unit who can sign in and are not concerned
    by its flag."""
    approved = AccessApproval.objects.filter(
        Q(withdrawn_on=None) | Q(withdrawn_on__gt=on),
        post=OuterRef("pk"),
        from_on__lte=on,
        to_on__gt=on,
    )
    is_concerned = FlagConcerned.objects.filter(
        flag=OuterRef(OuterRef("flag")), person=OuterRef("person")
    )
    return Post.objects.filter(
        standing(on),
        Q(person__left_on=None) | Q(person__left_on__gt=on),
        Exists(approved),
        Exists(User.objects.filter(person=OuterRef("person"), is_active=True)),
        ~Exists(is_concerned),
        unit=OuterRef("unit"),
        role=Role.CHILD_PROTECTION_OFFICER,
        person__isnull=False,
    )


def _closed() -> QuerySet[FlagStep]:
    return FlagStep.objects.filter(flag=OuterRef("pk"), kind=StepKind.CLOSED)
