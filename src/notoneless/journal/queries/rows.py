"""Are the rows behind entries still what they were when recorded?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from notoneless.journal.facts import end_of, facts_under_digest
from notoneless.journal.models import Entry, Erasure, Salt
from notoneless.journal.queries.findings import Finding, Report, Trouble
from notoneless.rules import chain

AnyRow = TypeVar("AnyRow", bound=Model)
Stored = Mapping[UUID, Model | None]
"""Rows by id; ``None`` where the stored values cannot be read."""
MISSING = object()


def check_rows(entries: Sequence[Entry], report: Report) -> None:
    """Compare the digest of each entry with its row as stored now; a few statements in all.

    An end may be re-dated by a later entry: only a row's last end must still be true.
    """
    salts = Salt.objects.in_bulk([entry.id for entry in entries])
    _check_unsalted([entry for entry in entries if entry.id not in salts], report)
    for label, group in _by_table([entry for entry in entries if entry.id in salts]).items():
        ids = {entry.row_id for entry in group if entry.row_id}
        rows = _stored(label, ids)
        ends = _last_ends(report.county_id, label, rows)
        for entry in group:
            last_end = ends.get(entry.row_id) if entry.row_id else None
            if entry.covers_end and last_end not in {None, entry.id}:
                continue
            report.rows_checked += 1
            row = rows.get(entry.row_id, MISSING) if entry.row_id else MISSING
            trouble = _row_trouble(entry, bytes(salts[entry.id].value), row)
            if trouble is None and last_end is None and end_of(row):
                trouble = Trouble.ENDED_UNRECORDED
            if trouble:
                report.add(finding_about(trouble, entry))


def _last_ends(county_id: UUID, label: str, rows: Stored) -> Mapping[UUID | None, UUID]:
    """The newest entry that covers the end of each row, for rows of a kind that can end."""
    if not any(hasattr(row, "journal_end") for row in rows.values()):
        return {}
    ends = Entry.objects.filter(
        county_id=county_id, row_model=label, row_id__in=list(rows), covers_end=True
    )
    return dict(ends.order_by("recorded_at", "id").values_list("row_id", "id"))


def finding_about(trouble: Trouble, entry: Entry, seq: int | None = None) -> Finding:
    return Finding(trouble, seq, entry_id=entry.id, row=f"{entry.row_model} {entry.row_id}")


def _by_table(entries: Sequence[Entry]) -> Mapping[str, list[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.row_model].append(entry)
    return groups


def _check_unsalted(entries: Sequence[Entry], report: Report) -> None:
    if not entries:
        return
    erasures = Erasure.objects.filter(entry_id__in=[entry.id for entry in entries])
    entry_of = dict(erasures.values_list("id", "entry_id"))
    journalled = Entry.objects.filter(
        county_id=report.county_id,
        row_model=Erasure._meta.label_lower,
        row_id__in=list(entry_of),
    ).values_list("row_id", flat=True)
    lawful = {entry_of[erasure_id] for erasure_id in journalled if erasure_id}
    for entry in entries:
        if entry.id in lawful:
            report.erased += 1
        else:
            report.add(finding_about(Trouble.SALT_MISSING, entry))


def _stored(label: str, ids: Collection[UUID]) -> Stored:
    try:
        model: type[Model] = apps.get_model(label)
    except LookupError:  # an edited envelope may name any table
        return dict.fromkeys(ids)
    return read_rows(model, ids)


def read_rows(model: type[AnyRow], ids: Collection[UUID]) -> Mapping[UUID, AnyRow | None]:
    """Rows by id, without those that are gone; ``None`` for one that cannot be read.

    SQLite keeps whatever raw SQL puts into a column, so a damaged value may be no value.
    """
    try:
        return dict(model._base_manager.in_bulk(ids))
    except ValueError:  # one such value spoils the whole batch: find which row it is
        return dict(_one_by_one(model, ids))


def _one_by_one(model: type[AnyRow], ids: Collection[UUID]) -> Iterator[tuple[UUID, AnyRow | None]]:
    for row_id in ids:
        try:
            row = model._base_manager.filter(pk=row_id).first()
        except ValueError:
            yield row_id, None
        else:
            if row is not None:
                yield row_id, row


def _row_trouble(entry: Entry, salt: bytes, row: Any) -> Trouble | None:
    if row is MISSING:
        return Trouble.ROW_MISSING
    if not hasattr(row, "journal_facts"):
        return Trouble.ROW_CHANGED
    try:
        facts = facts_under_digest(row, covers_end=entry.covers_end)
        is_same = chain.digest(salt, facts) == entry.digest
    except (TypeError, ValueError):  # a damaged value of the wrong kind has no digest
        is_same = False
    return None if is_same else Trouble.ROW_CHANGED
