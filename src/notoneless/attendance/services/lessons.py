"""A subject teacher's one tap: missing in my lesson."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.attendance.models import LessonMark
from notoneless.journal.services import Stamp, record


@dataclass(frozen=True, slots=True)
class NewLessonMark:
    """A child missing in a lesson, as a phone sends it."""

    id: UUID
    """Made by the phone: sending twice is the same as once."""
    class_id: UUID
    child_id: UUID
    day: date
    lesson: int
    """From 1 to 12."""


@transaction.atomic(savepoint=False)
def write_lesson_mark(new: NewLessonMark, *, stamp: Stamp) -> LessonMark:
    """Write the mark; raises ``IntegrityError`` when one stands for child, day and lesson."""
    mark = LessonMark.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        school_class_id=new.class_id,
        child_id=new.child_id,
        day=new.day,
        lesson=new.lesson,
        by_id=stamp.by,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    record("lesson.missed", mark, subject=("child", new.child_id), happened_on=new.day, stamp=stamp)
    return mark


@transaction.atomic(savepoint=False)
def withdraw_lesson_mark(mark: LessonMark, *, stamp: Stamp) -> None:
    """The child turned up, or it was a slip of the thumb; the mark stays readable."""
    mark.withdrawn_at = stamp.now
    mark.save(update_fields=["withdrawn_at"])
    record(
        "lesson.mark_withdrawn",
        mark,
        subject=("child", mark.child_id),
        happened_on=mark.day,
        stamp=stamp,
    )
