"""Register people, appoint them to posts, assign lessons, hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Person, Post, TeachingAssignment, Unit
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.units import StaleVersion
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import SOLE, WHERE, Role, Tenure
from notoneless.rules.units import UnitKind
from notoneless.vault.sealing import blind_index


class StaffNumberTaken(Refusal):
    code = "PERSON-01"


class RoleNotHere(Refusal):
    """A post with this role cannot stand at a unit of this kind."""

    code = "POST-01"


class PostTaken(Refusal):
    """The role has one holder at a time, and somebody holds it in that period."""

    code = "POST-02"


class PostEnded(Refusal):
    code = "POST-03"


class AlreadyHeld(Refusal):
    """The person holds this very post already."""

    code = "POST-04"


class NotThatPost(Refusal):
    """A stand-in stands in for a post of the same role at the same unit, held by another."""

    code = "POST-05"


class NoDesignatedPerson(Refusal):
    """The school has no 控辍专人; no reporting period opens (R-007)."""

    code = "POST-08"


class PersonThere(Refusal):
    """Somebody of this name and phone is registered already."""

    code = "PERSON-02"


class PersonLeft(Refusal):
    code = "PERSON-03"


@dataclass(frozen=True, slots=True)
class Appointment:
    role: Role
    unit_id: UUID
    person_id: UUID | None
    """``None`` makes a vacant post."""
    tenure: Tenure = Tenure.FULL
    stands_in_for: UUID | None = None
    title: str = ""


@transaction.atomic
def register_person(*, name: str, phone: str = "", staff_number: str = "", stamp: Stamp) -> Person:
    """Enter somebody who can hold posts. Raises ``StaffNumberTaken``, ``PersonThere``."""
    if (
        staff_number
        and Person.objects.filter(county=stamp.county_id, staff_number=staff_number).exists()
    ):
        raise StaffNumberTaken(number=staff_number)
    index = blind_index(phone, kind="phone")
    same = Person.objects.filter(county=stamp.county_id, name=name, phone_index=index)
    if index and same.exists():
        raise PersonThere(name=name)
    pinyin, initials = syllables_and_initials(name)
    person = Person.objects.create(
        county_id=stamp.county_id,
        name=name,
        pinyin=pinyin,
        initials=initials,
        staff_number=staff_number,
        phone=phone,
        phone_index=index,
    )
    record(
        "person.registered",
        person,
        subject=("person", person.pk),
        happened_on=stamp.now.date(),
        stamp=stamp,
    )
    return person


@transaction.atomic
def appoint(
    appointment: Appointment, *, from_on: date, to_on: date | None = None, stamp: Stamp
) -> Post:
    """Make a post at a unit from ``from_on`` (inclusive) to ``to_on`` (exclusive).

    A vacant post of the same role ends there when somebody takes it. Raises ``RoleNotHere``,
    ``PostTaken``, ``AlreadyHeld``, ``NotThatPost``, ``PersonLeft``; ``DoesNotExist`` for a unit,
    person or post of another county.
    """
    unit = Unit.objects.select_for_update().get(pk=appointment.unit_id, county=stamp.county_id)
    if UnitKind(unit.kind) not in WHERE[appointment.role]:
        raise RoleNotHere(role=appointment.role.value, unit=unit.name)
    _refuse_wrong_person(appointment, unit, stamp)
    if appointment.tenure is Tenure.FULL and appointment.role in SOLE:
        _refuse_second_holder(appointment, unit, from_on=from_on)
    if appointment.person_id and appointment.tenure is Tenure.FULL:
        _end_vacancy(appointment.role, unit, on=from_on, stamp=stamp)
    post = Post.objects.create(
        unit=unit,
        role=appointment.role,
        title=appointment.title,
        person_id=appointment.person_id,
        tenure=appointment.tenure,
        stands_in_for_id=appointment.stands_in_for,
        from_on=from_on,
        to_on=to_on,
    )
    record("post.begun", post, subject=("post", post.pk), happened_on=from_on, stamp=stamp)
    return post


def _refuse_second_holder(appointment: Appointment, unit: Unit, *, from_on: date) -> None:
    standing = Post.objects.filter(
        unit=unit, role=appointment.role, tenure=Tenure.FULL, person__isnull=False
    ).exclude(to_on__lte=from_on)
    holder = standing.select_related("person").first()
    if holder is not None and holder.person is not None:
        raise PostTaken(role=appointment.role.value, unit=unit.name, holder=holder.person.name)


def _refuse_wrong_person(appointment: Appointment, unit: Unit, stamp: Stamp) -> None:
    if appointment.person_id is not None:
        person = Person.objects.get(pk=appointment.person_id, county=stamp.county_id)
        if person.left_on is not None:
            raise PersonLeft(name=person.name)
        held = Post.objects.filter(unit=unit, role=appointment.role, person=person, to_on=None)
        if held.exists():
            raise AlreadyHeld(name=person.name, unit=unit.name)
    if appointment.stands_in_for is not None:
        post = Post.objects.get(pk=appointment.stands_in_for, unit__county=stamp.county_id)
        if (post.unit_id, post.role) != (unit.pk, appointment.role):
            raise NotThatPost(unit=unit.name)


def _end_vacancy(role: Role, unit: Unit, *, on: date, stamp: Stamp) -> None:
    for vacant in Post.objects.filter(unit=unit, role=role, person=None, to_on=None):
        end_post(vacant.pk, on=on, stamp=stamp)


@transaction.atomic
def end_post(post_id: UUID, *, on: date, stamp: Stamp, version: int | None = None) -> Post:
    """End a post: ``on`` is the first day without it.

    ``version`` is the one that the page was made from. Raises ``PostEnded``, ``StaleVersion``.
    """
    post = Post.objects.select_for_update().get(pk=post_id, unit__county=stamp.county_id)
    if version is not None and post.version != version:
        raise StaleVersion(what=post.unit.name)
    if post.to_on is not None and post.to_on <= on:
        raise PostEnded(on=post.to_on.isoformat())
    if post.from_on >= on:
        # Ended before it began: keep the row with the shortest period the database allows.
        on = date.fromordinal(post.from_on.toordinal() + 1)
    post.to_on = on
    post.version += 1
    post.save(update_fields=["to_on", "version"])
    record("post.ended", post, subject=("post", post.pk), happened_on=on, stamp=stamp)
    return post


@transaction.atomic
def assign_lesson(
    *, school_class: UUID, person_id: UUID, subject: str, from_on: date, stamp: Stamp
) -> TeachingAssignment:
    """Say that a person teaches ``subject`` to a class from ``from_on`` (R-009)."""
    unit = Unit.objects.get(pk=school_class, county=stamp.county_id, kind=UnitKind.CLASS)
    Person.objects.get(pk=person_id, county=stamp.county_id, left_on=None)
    row, is_new = TeachingAssignment.objects.get_or_create(
        school_class=unit,
        person_id=person_id,
        subject=subject,
        to_on=None,
        defaults={"from_on": from_on},
    )
    if is_new:
        record("lesson.assigned", row, subject=("unit", unit.pk), happened_on=from_on, stamp=stamp)
    return row


@transaction.atomic
def end_lesson(assignment_id: UUID, *, on: date, stamp: Stamp) -> None:
    """End a teaching assignment: ``on`` is the first day without it."""
    row = TeachingAssignment.objects.select_for_update().get(
        pk=assignment_id, school_class__county=stamp.county_id
    )
    row.to_on = max(on, date.fromordinal(row.from_on.toordinal() + 1))
    row.save(update_fields=["to_on"])
    record("lesson.ended", row, subject=("unit", row.school_class_id), happened_on=on, stamp=stamp)
