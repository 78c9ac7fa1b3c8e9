"""Register people, appoint them to posts, assign lessons, hand over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import Person, Post, TeachingAssignment, Unit
from notoneless.places.models.people import Tenure
from notoneless.places.pinyin import syllables_and_initials
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import SOLE, WHERE, Role
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
    """Enter somebody who can hold posts. Raises ``StaffNumberTaken``."""
    if (
        staff_number
        and Person.objects.filter(county=stamp.county_id, staff_number=staff_number).exists()
    ):
        raise StaffNumberTaken(number=staff_number)
    pinyin, initials = syllables_and_initials(name)
    return Person.objects.create(
        county_id=stamp.county_id,
        name=name,
        pinyin=pinyin,
        initials=initials,
        staff_number=staff_number,
        phone=phone,
        phone_index=blind_index(phone, kind="phone"),
    )


@transaction.atomic
def appoint(
    appointment: Appointment, *, from_on: date, to_on: date | None = None, stamp: Stamp
) -> Post:
    """Make a post at a unit from ``from_on`` (inclusive) to ``to_on`` (exclusive).

    Raises ``RoleNotHere``, ``PostTaken``, ``Unit.DoesNotExist`` for another county's unit.
    """
    unit = Unit.objects.select_for_update().get(pk=appointment.unit_id, county=stamp.county_id)
    if UnitKind(unit.kind) not in WHERE[appointment.role]:
        raise RoleNotHere(role=appointment.role.value, unit=unit.name)
    if appointment.tenure is Tenure.FULL and appointment.role in SOLE:
        _refuse_second_holder(appointment, unit, from_on=from_on)
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


@transaction.atomic
def end_post(post_id: UUID, *, on: date, stamp: Stamp) -> Post:
    """End a post: ``on`` is the first day without it. Raises ``PostEnded``."""
    post = Post.objects.select_for_update().get(pk=post_id, unit__county=stamp.county_id)
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
