"""Puts facts into the journal, and takes their salts out again."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from notoneless.journal.facts import Journalled, end_of, facts_under_digest
from notoneless.journal.inserting import Insertion
from notoneless.journal.models import Entry, Erasure, Salt
from notoneless.rules import chain

Subject = tuple[str, UUID]
"""Kind and id of what an entry is about: ("child", id)."""

SALT_BYTES = 16
_IS_SIMULATED: ContextVar[bool] = ContextVar("is_simulated", default=False)
Envelopes = tuple[list[Entry], list[Salt]]


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
    gathered: Envelopes | None = field(default=None, repr=False, compare=False)
    """Where envelopes wait for the others of ``written_together``."""


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

    Two statements whatever their number, none under a stamp of ``written_together``. Raises as
    ``record``, and ``ValueError`` when the two sequences differ in length.
    """
    if stamp.gathered is not None:
        more = _envelopes(kind, rows, subjects=subjects, happened_on=happened_on, stamp=stamp)
        stamp.gathered[0].extend(more[0])
        stamp.gathered[1].extend(more[1])
        return more[0]
    entries, salts = make_ready(kind, rows, subjects=subjects, happened_on=happened_on, stamp=stamp)
    with transaction.atomic(savepoint=False):
        entries.write()
        salts.write()
    return entries.rows


@contextmanager
def written_together(stamp: Stamp) -> Iterator[Stamp]:
    """Gives a stamp under which all that is recorded is written at the end, in two statements.

    Use it inside the transaction that saves the rows. Nothing is written when the block raises.
    """
    together = replace(stamp, gathered=([], []))
    yield together
    entries, salts = together.gathered or ([], [])
    with transaction.atomic(savepoint=False):
        Insertion(entries).write()
        Insertion(salts).write()


@contextmanager
def simulated() -> Iterator[None]:
    """Marks all that is recorded inside as the play of a demo, whoever acts in it."""
    before = _IS_SIMULATED.set(True)
    try:
        yield
    finally:
        _IS_SIMULATED.reset(before)


def make_ready(
    kind: str,
    rows: Sequence[Journalled],
    *,
    subjects: Sequence[Subject],
    happened_on: date,
    stamp: Stamp,
) -> tuple[Insertion[Entry], Insertion[Salt]]:
    """Entries and salts as of ``record_many``, to be written in this order with their rows."""
    entries, salts = _envelopes(kind, rows, subjects=subjects, happened_on=happened_on, stamp=stamp)
    return Insertion(entries), Insertion(salts)


def _envelopes(
    kind: str,
    rows: Sequence[Journalled],
    *,
    subjects: Sequence[Subject],
    happened_on: date,
    stamp: Stamp,
) -> Envelopes:
    entries: list[Entry] = []
    salts: list[Salt] = []
    is_simulated = _IS_SIMULATED.get()
    for row, subject in zip(rows, subjects, strict=True):
        salt = secrets.token_bytes(SALT_BYTES)
        covers_end = end_of(row) is not None
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
            covers_end=covers_end,
            digest=chain.digest(salt, facts_under_digest(row, covers_end=covers_end)),
            is_simulated=is_simulated,
        )
        entries.append(entry)
        salts.append(Salt(entry=entry, value=salt))
    return entries, salts


def erase(
    entry_ids: Collection[UUID], *, reason: str, happened_on: date, stamp: Stamp
) -> list[Entry]:
    """Erase what ties entries to their rows' content; the chain of entries stays whole.

    Call it in the transaction that erases the rows. ``reason`` names the legal ground or the
    request, without personal data. The erasure is itself journalled, one entry for each, so
    that ``verify`` can tell it from a salt that somebody removed. Entries of another county,
    unknown ones and those already erased are left out. Returns the new entries.
    """
    with transaction.atomic(savepoint=False):
        salts = Salt.objects.select_for_update(of=("self",)).filter(
            entry_id__in=entry_ids, entry__county_id=stamp.county_id
        )
        subjects = {
            salt.entry_id: (salt.entry.subject_kind, salt.entry.subject_id)
            for salt in salts.select_related("entry").order_by("entry_id")
        }
        rows = [
            Erasure(
                county_id=stamp.county_id, entry_id=entry_id, reason=reason, erased_at=stamp.now
            )
            for entry_id in subjects
        ]
        Erasure.objects.bulk_create(rows)
        Salt.objects.filter(entry_id__in=list(subjects)).delete()
        return record_many(
            "journal.erased",
            rows,
            subjects=list(subjects.values()),
            happened_on=happened_on,
            stamp=stamp,
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
