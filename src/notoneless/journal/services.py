"""Writes the journal: envelopes of facts, who read what, what was refused."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from notoneless.journal.models import Entry, Reading, RefusedAttempt, Salt
from notoneless.rules import chain

Subject = tuple[str, UUID]
"""Kind and id of what an entry is about: ("child", id)."""

SALT_BYTES = 16


class Journalled(Protocol):
    """A row that can be put into the journal."""

    def journal_facts(self) -> Mapping[str, object]:
        """The row's frozen columns with plain values: what must never change again.

        Read from the row's own columns only (``verify`` calls it for whole tables).
        """
        ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """Where, by whom and when something is written down."""

    county_id: UUID
    by: UUID | None
    """The person; ``None`` only for the system."""
    now: datetime
    """The server's clock, aware."""
    unit_id: UUID | None = None
    noted_at: datetime | None = None
    """The device's clock, for work done offline; the server's when absent."""


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


def record(
    kind: str, row: Journalled, *, subject: Subject, happened_on: date, stamp: Stamp
) -> Entry:
    """Put one saved row into the journal. Call it in the transaction that saved the row.

    ``kind`` says what happened ("enrolment.begun"), ``happened_on`` the day it is about.
    Two statements. Raises ``ValueError`` when the row is not saved or not a table's row,
    ``NotCanonical`` when one of its facts has no agreed bytes.
    """
    return record_many(kind, [row], subjects=[subject], happened_on=happened_on, stamp=stamp)[0]


def record_many(
    kind: str,
    rows: Sequence[Journalled],
    *,
    subjects: Sequence[Subject],
    happened_on: date,
    stamp: Stamp,
) -> list[Entry]:
    """Put saved rows into the journal, each with the subject at the same place in ``subjects``.

    Two statements whatever their number (SQLite splits beyond some 60 rows). Raises as
    ``record``, and ``ValueError`` when the two sequences differ in length.
    """
    entries: list[Entry] = []
    salts: list[Salt] = []
    for row, subject in zip(rows, subjects, strict=True):
        salt = secrets.token_bytes(SALT_BYTES)
        entry = Entry(
            county_id=stamp.county_id,
            kind=kind,
            subject_kind=subject[0],
            subject_id=subject[1],
            unit_id=stamp.unit_id,
            actor_id=stamp.by,
            happened_on=happened_on,
            noted_at=stamp.noted_at or stamp.now,
            recorded_at=stamp.now,
            row_model=_table(row),
            row_id=_row_id(row),
            digest=chain.digest(salt, row.journal_facts()),
        )
        entries.append(entry)
        salts.append(Salt(entry=entry, value=salt))
    with transaction.atomic(savepoint=False):
        Entry.objects.bulk_create(entries)
        Salt.objects.bulk_create(salts)
    return entries


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


def _table(row: Journalled) -> str:
    if not isinstance(row, Model):
        raise ValueError(f"{row!r} is not a table's row")
    return row._meta.label_lower


def _row_id(row: Journalled) -> UUID:
    key = getattr(row, "pk", None)
    if not isinstance(key, UUID):
        raise ValueError(f"{row!r} has no UUID of its own")
    return key
