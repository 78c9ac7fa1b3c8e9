"""Who was marked as missing in one lesson, and what is known of the class that day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.attendance.models import Absence, LessonMark
from notoneless.attendance.queries.members import CHILD
from notoneless.rules.attendance.sessions import BOARDERS, Reason


@dataclass(frozen=True, slots=True)
class MarkInLesson:
    """A subject teacher's standing word about one child."""

    id: UUID
    by_id: UUID | None
    by: str
    noted_at: datetime


def marks_in_lesson(class_id: UUID, *, day: date, lesson: int) -> dict[UUID, MarkInLesson]:
    """By child as it is known now; one statement. Whose they are to see is for the caller to
    ask."""
    rows = LessonMark.objects.filter(
        school_class=class_id, day=day, lesson=lesson, withdrawn_at=None
    ).select_related("child", "by")
    return {
        row.child.merged_into_id or row.child_id: MarkInLesson(
            row.pk, row.by_id, row.by.name if row.by else "", row.noted_at
        )
        for row in rows
    }


def missing_that_day(class_id: UUID, *, day: date) -> set[UUID]:
    """Children whom a standing roll of the class has missing that day; one statement.

    A class that was not called has nobody here, which proves nothing.
    """
    rows = Absence.objects.filter(
        roll__school_class=class_id, roll__is_standing=True, roll__day=day
    ).exclude(reason=Reason.LATE)
    rows = rows.exclude(session__in=BOARDERS).exclude(session__startswith="lesson-")
    return set(rows.annotate(who=CHILD).values_list("who", flat=True))
