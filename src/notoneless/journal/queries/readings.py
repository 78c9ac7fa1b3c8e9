"""Who has looked at a child's file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from notoneless.journal.models import Reading

PAGE_ROWS = 20


@dataclass(frozen=True, slots=True)
class ReadingLine:
    at: datetime
    person_id: UUID
    kind: str
    fields: tuple[str, ...]
    purpose: str
    county_id: UUID


@dataclass(frozen=True, slots=True)
class ReadingPage:
    rows: tuple[ReadingLine, ...]
    """Newest first."""
    total: int
    page: int
    page_rows: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.page_rows))

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def readings_of(child_id: UUID, *, page: int = 1, page_rows: int = PAGE_ROWS) -> ReadingPage:
    """Who opened or revealed this child's file, newest first, from every county.

    Lists and exports are kept as one row each, without the children in them, and are not
    here. ``page`` counts from 1; one beyond the last is empty. Two statements.
    """
    readings = Reading.objects.filter(child_id=child_id).order_by("-at", "-id")
    start = max(page - 1, 0) * page_rows
    rows = tuple(_line(reading) for reading in readings[start : start + page_rows])
    return ReadingPage(rows, readings.count(), max(page, 1), page_rows)


def _line(reading: Reading) -> ReadingLine:
    return ReadingLine(
        at=reading.at,
        person_id=reading.person_id,
        kind=reading.kind,
        fields=tuple(reading.fields),
        purpose=reading.purpose,
        county_id=reading.county_id,
    )


def children_read_by(reader_id: UUID, *, county_id: UUID, kind: str) -> frozenset[UUID]:
    """The children whose reading of this kind a reader has been noted with; one statement."""
    rows = Reading.objects.filter(county_id=county_id, person_id=reader_id, kind=kind)
    return frozenset(child for child in rows.values_list("child_id", flat=True) if child)
