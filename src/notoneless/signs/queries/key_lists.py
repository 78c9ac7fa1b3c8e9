"""The lists of key pupils, and their files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.children.queries.branches import WHO
from notoneless.rules.signs.kinds import FilePart
from notoneless.signs.models import KeyFileEntry, KeyList, KeyPupil
from notoneless.signs.queries.who import about


@dataclass(frozen=True, slots=True)
class PupilRow:
    child_id: UUID
    name: str
    criteria: tuple[str, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One version of a class's list."""

    id: UUID
    version: int
    is_closed: bool
    is_standing: bool
    size: int | None
    least: int | None
    most: int | None
    reason: str
    by: str
    closed_at: datetime | None
    pupils: tuple[PupilRow, ...]


@dataclass(frozen=True, slots=True)
class EntryRow:
    id: UUID
    part: FilePart
    on: date
    text: str
    by: str
    term_from: date


def lists_of(class_id: UUID, *, term_from: date) -> list[ListRow]:
    """All versions of a class's list for a term, the newest first; two statements."""
    rows = (
        KeyList.objects.filter(school_class=class_id, term_from=term_from)
        .select_related("by")
        .prefetch_related("pupils__child")
    )
    return [
        ListRow(
            id=row.pk,
            version=row.version,
            is_closed=row.closed_at is not None,
            is_standing=row.closed_at is not None and row.superseded_at is None,
            size=row.size,
            least=row.least,
            most=row.most,
            reason=row.reason,
            by=row.by.name if row.by else "",
            closed_at=row.closed_at,
            pupils=tuple(
                PupilRow(p.child_id, p.child.name, tuple(p.criteria), p.evidence)
                for p in sorted(row.pupils.all(), key=lambda p: (p.child.pinyin, p.child.name))
            ),
        )
        for row in rows.order_by("-version")
    ]


def is_key_pupil(child_id: UUID, *, on: date) -> bool:
    """Whether a closed list of the term that holds ``on`` names the child; one statement."""
    return (
        KeyPupil.objects.filter(
            about([child_id]),
            key_list__closed_at__isnull=False,
            key_list__superseded_at=None,
            key_list__term_from__lte=on,
            key_list__term_to__gt=on,
        )
        .annotate(who=WHO)
        .exists()
    )


def file_of(child_id: UUID) -> list[EntryRow]:
    """A key pupil's file, term by term, the newest term first; one statement."""
    rows = KeyFileEntry.objects.filter(about([child_id])).select_related("by")
    return [
        EntryRow(
            row.pk,
            FilePart(row.part),
            row.on,
            row.text,
            row.by.name if row.by else "",
            row.term_from,
        )
        for row in rows.order_by("-term_from", "on", "recorded_at", "pk")
    ]
