"""End many rows of one kind on a day, each with its entry in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from notoneless.journal.services import Stamp, record_many
from notoneless.places.models import Coverage, GroupSeat, Post, TeachingAssignment

Row = TypeVar("Row", bound=Post | TeachingAssignment | GroupSeat | Coverage)


def day_after(begun: date, on: date) -> date:
    """``on``, or the day after ``begun``: the shortest period that the database allows."""
    return max(on, begun + timedelta(days=1))


def end_rows(kind: str, rows: Iterable[Row], *, on: date, stamp: Stamp) -> list[Row]:
    """End standing rows; ``on`` is the first day without them. A constant few statements."""
    ended = list(rows)
    for row in ended:
        row.to_on = day_after(row.from_on, on)
        if isinstance(row, Post):
            row.version += 1
    if ended:
        columns = ["to_on", "version"] if isinstance(ended[0], Post) else ["to_on"]
        table: Any = type(ended[0])
        table.objects.bulk_update(ended, columns)
    subjects = [_subject(row) for row in ended]
    record_many(kind, ended, subjects=subjects, happened_on=on, stamp=stamp)
    return ended


def _subject(row: Post | TeachingAssignment | GroupSeat | Coverage) -> tuple[str, UUID]:
    if isinstance(row, Post):
        return ("post", row.pk)
    if isinstance(row, TeachingAssignment):
        return ("unit", row.school_class_id)
    if isinstance(row, GroupSeat):
        return ("person", row.person_id)
    return ("unit", row.unit_id)
