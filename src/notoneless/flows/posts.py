"""Appoint, end, hand over: who holds which post and teaches which class."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import OnOneself, day_of, must_at, must_be_above
from notoneless.journal.services import Stamp
from notoneless.places.queries.people import lessons_at, post_facts, posts_of
from notoneless.places.services import handovers, people
from notoneless.places.services.people import Appointment
from notoneless.rules.roles import SOLE, Capability, Tenure


@dataclass(frozen=True, slots=True)
class NewPerson:
    name: str
    phone: str = ""
    staff_number: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """For how long: from inclusive, to exclusive or open."""

    from_on: date
    to_on: date | None = None


@transaction.atomic
def appoint(
    appointment: Appointment,
    term: Term,
    *,
    actor: Actor,
    today: date,
    stamp: Stamp,
    newcomer: NewPerson | None = None,
) -> UUID:
    """Appoint somebody to a post, registering a ``newcomer`` first; answers the post's id.

    Raises what ``places.services.people.appoint`` raises, and ``NotAllowed``, ``OnOneself``,
    ``FromAboveOnly``; ``Unit.DoesNotExist`` out of reach.
    """
    path = must_at(actor, Capability.MANAGE_POSTS, appointment.unit_id, on=today)
    must_be_above(actor, appointment.role, path)
    if appointment.person_id is not None and appointment.person_id == actor.person_id:
        raise OnOneself()
    if newcomer is not None:
        person = people.register_person(
            name=newcomer.name,
            phone=newcomer.phone,
            staff_number=newcomer.staff_number,
            stamp=stamp,
        )
        appointment = replace(appointment, person_id=person.pk)
    post = people.appoint(appointment, from_on=term.from_on, to_on=term.to_on, stamp=stamp)
    return post.pk


@transaction.atomic
def end_post(
    post_id: UUID,
    *,
    version: int,
    leave_vacant: bool,
    on: date,
    actor: Actor,
    stamp: Stamp,
) -> UUID:
    """End a post; ``on`` is the first day without it. A sole post may be left vacant on record.

    Answers the unit's id. Raises ``PostEnded``, ``StaleVersion``, ``NotAllowed``,
    ``FromAboveOnly``; ``DoesNotExist`` out of reach.
    """
    post = post_facts(post_id)
    path = must_at(actor, Capability.MANAGE_POSTS, post.unit_id, on=day_of(stamp))
    must_be_above(actor, post.role, path)
    people.end_post(post_id, on=on, version=version, stamp=stamp)
    if leave_vacant and post.role in SOLE and post.person_id is not None:
        vacant = Appointment(post.role, post.unit_id, None, title=post.title)
        people.appoint(vacant, from_on=on, stamp=stamp)
    return post.unit_id


def stand_in(
    post_id: UUID, *, person_id: UUID, term: Term, actor: Actor, today: date, stamp: Stamp
) -> UUID:
    """Let somebody stand in for a post: same unit, role and duties, for a time.

    Raises as ``appoint``.
    """
    post = post_facts(post_id)
    appointment = Appointment(
        post.role, post.unit_id, person_id, Tenure.STAND_IN, post_id, post.title
    )
    return appoint(appointment, term, actor=actor, today=today, stamp=stamp)


@transaction.atomic
def hand_over(
    from_person: UUID,
    to_person: UUID,
    *,
    on: date,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> int:
    """Hand all posts and lessons of one person to another; answers how many posts went over.

    Every post lies in the actor's reach. Raises ``NotAllowed``, ``OnOneself``, ``FromAboveOnly``,
    ``ToOneself``, ``NothingToHandOver``; ``DoesNotExist`` out of reach.
    """
    if actor.person_id == to_person:
        raise OnOneself()
    for post in posts_of(from_person):
        if post.to_on is None:
            path = must_at(actor, Capability.MANAGE_POSTS, post.unit_id, on=today)
            must_be_above(actor, post.role, path)
    return len(handovers.hand_over(from_person, to_person, on=on, stamp=stamp))


@dataclass(frozen=True, slots=True)
class LessonWanted:
    class_id: UUID
    subject: str
    person_id: UUID | None
    """``None``: nobody teaches it there."""


@transaction.atomic
def assign_lessons(
    school_id: UUID,
    wanted: Sequence[LessonWanted],
    *,
    on: date,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> int:
    """Make the matrix of classes and subjects be as ``wanted`` from ``on``; answers how many
    cells changed. Cells that are not named stay. A class out of reach is not there.

    Raises ``NotAllowed``; ``DoesNotExist`` out of reach.
    """
    must_at(actor, Capability.MANAGE_POSTS, school_id, on=today)
    classes: Collection[UUID] = {cell.class_id for cell in wanted}
    for class_id in classes:
        must_at(actor, Capability.MANAGE_POSTS, class_id, on=today)
    standing = {(row.class_id, row.subject): row for row in lessons_at(classes, on=on)}
    changed = 0
    for cell in wanted:
        before = standing.get((cell.class_id, cell.subject))
        if (before.person_id if before else None) == cell.person_id:
            continue
        changed += 1
        if before is not None:
            people.end_lesson(before.id, on=on, stamp=stamp)
        if cell.person_id is not None:
            people.assign_lesson(
                school_class=cell.class_id,
                person_id=cell.person_id,
                subject=cell.subject,
                from_on=on,
                stamp=stamp,
            )
    return changed
