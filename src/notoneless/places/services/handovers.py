"""What happens to posts and lessons when somebody goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import Person, Post, TeachingAssignment
from notoneless.places.services.ends import end_rows
from notoneless.places.services.people import PersonLeft
from notoneless.places.services.units import StaleVersion
from notoneless.rules.refusal import Refusal


class ToOneself(Refusal):
    """A load cannot be handed over to the person who carries it."""

    code = "POST-06"


class NothingToHandOver(Refusal):
    code = "POST-07"


@transaction.atomic
def hand_over(
    from_person: UUID,
    to_person: UUID,
    *,
    on: date,
    stamp: Stamp,
    post_ids: Collection[UUID] | None = None,
) -> list[Post]:
    """Give one person's posts and lessons to another from ``on`` (inclusive).

    ``post_ids`` narrows it to some posts; lessons go along with posts of their school, or all when
    ``post_ids`` is ``None``. Approvals of access do not go along: the other person needs one.
    A constant number of statements. Raises ``ToOneself``, ``PersonLeft``, ``NothingToHandOver``.
    """
    if from_person == to_person:
        raise ToOneself()
    people = Person.objects.filter(county=stamp.county_id).in_bulk([from_person, to_person])
    giver, taker = people.get(from_person), people.get(to_person)
    if giver is None or taker is None:
        raise Person.DoesNotExist
    if taker.left_on is not None:
        raise PersonLeft(name=taker.name)
    standing = Post.objects.filter(person=giver, to_on=None).exclude(tenure="stand_in")
    if post_ids is not None:
        standing = standing.filter(pk__in=post_ids)
    held = Post.objects.filter(person=taker, to_on=None).values_list("unit", "role")
    ended = [p for p in standing if (p.unit_id, p.role) not in set(held)]
    if not ended:
        raise NothingToHandOver(name=giver.name)
    end_rows("post.ended", ended, on=on, stamp=stamp)
    fresh = Post.objects.bulk_create(
        Post(
            unit_id=post.unit_id,
            role=post.role,
            title=post.title,
            person=taker,
            tenure=post.tenure,
            from_on=on,
        )
        for post in ended
    )
    subjects = [("post", post.pk) for post in fresh]
    record_many("post.begun", fresh, subjects=subjects, happened_on=on, stamp=stamp)
    if post_ids is None:
        _pass_on_lessons(giver, taker, on=on, stamp=stamp)
    return fresh


def _pass_on_lessons(giver: Person, taker: Person, *, on: date, stamp: Stamp) -> None:
    own = set(taker.assignments.filter(to_on=None).values_list("school_class", "subject"))
    standing = giver.assignments.filter(to_on=None)
    lessons = end_rows("lesson.ended", standing, on=on, stamp=stamp)
    fresh = TeachingAssignment.objects.bulk_create(
        TeachingAssignment(
            school_class_id=lesson.school_class_id,
            person=taker,
            subject=lesson.subject,
            from_on=on,
        )
        for lesson in lessons
        if (lesson.school_class_id, lesson.subject) not in own
    )
    subjects = [("unit", lesson.school_class_id) for lesson in fresh]
    record_many("lesson.assigned", fresh, subjects=subjects, happened_on=on, stamp=stamp)


@transaction.atomic
def let_leave(person_id: UUID, *, version: int, on: date, stamp: Stamp) -> Person:
    """Somebody leaves: posts, lessons and seats end with ``on``, the first day without them.

    Raises ``PersonLeft``, ``StaleVersion``.
    """
    person = Person.objects.select_for_update().get(pk=person_id, county=stamp.county_id)
    if person.left_on is not None:
        raise PersonLeft(name=person.name)
    if person.version != version:
        raise StaleVersion(what=person.name)
    end_rows("post.ended", person.posts.filter(to_on=None), on=on, stamp=stamp)
    end_rows("lesson.ended", person.assignments.filter(to_on=None), on=on, stamp=stamp)
    end_rows("seat.ended", person.seats.filter(to_on=None), on=on, stamp=stamp)
    end_rows("coverage.ended", person.coverages.filter(to_on=None), on=on, stamp=stamp)
    person.left_on = on
    person.version += 1
    person.save(update_fields=["left_on", "version"])
    record("person.left", person, subject=("person", person.pk), happened_on=on, stamp=stamp)
    return person
