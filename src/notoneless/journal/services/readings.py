"""Notes who read what, and what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from notoneless.journal.models import Reading, RefusedAttempt
from notoneless.journal.services.envelopes import Stamp, Subject


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list or an export showed."""

    filter: str
    row_count: int
    rows_digest: str

    @classmethod
    def of(cls, filter: str, child_ids: Iterable[UUID]) -> Listed:
        """``child_ids`` in any order; each child counts once."""
        ids = sorted(child.bytes for child in set(child_ids))
        return cls(filter, len(ids), sha256(b"".join(ids)).hexdigest())


def note_reading(
    kind: str,
    *,
    stamp: Stamp,
    child_id: UUID | None = None,
    fields: Sequence[str] = (),
    purpose: str = "",
    listed: Listed | None = None,
) -> None:
    """Note that ``stamp.by`` looked at a child, or at a list (``listed``: one row for all).

    ``fields`` names what was shown or revealed, never its content. Raises ``ValueError``
    when nobody is named, or when neither a child nor a list is given, or both.
    """
    if stamp.by is None:
        raise ValueError("a reading needs a reader")
    if (child_id is None) == (listed is None):
        raise ValueError("a reading is of one child or of one list")
    Reading.objects.create(
        county_id=stamp.county_id,
        person_id=stamp.by,
        at=stamp.now,
        kind=kind,
        child_id=child_id,
        fields=list(fields),
        purpose=purpose[:200],
        filter=listed.filter[:500] if listed else "",
        row_count=listed.row_count if listed else 1,
        rows_digest=listed.rows_digest if listed else "",
    )


def note_refusal(
    code: str,
    *,
    kind: str,
    subject: Subject | None,
    by: UUID | None,
    now: datetime,
    county_id: UUID | None = None,
) -> None:
    """Keep that an attempt was refused. Call it at the edge, after the attempt rolled back.

    ``code`` is the refusal's, ``kind`` what was tried ("case.close").
    """
    RefusedAttempt.objects.create(
        county_id=county_id,
        code=code,
        kind=kind,
        subject_kind=subject[0] if subject else "",
        subject_id=subject[1] if subject else None,
        person_id=by,
        at=now,
    )
