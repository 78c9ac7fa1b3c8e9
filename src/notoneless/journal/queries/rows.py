"""Are the rows behind entries still what they were when recorded?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from notoneless.journal.models import Entry, Erasure, Salt
from notoneless.journal.queries.findings import Finding, Report, Trouble
from notoneless.rules import chain

Unread = Mapping[UUID, Model | None]
"""Rows by id; ``None`` where the stored values cannot be read."""


def check_rows(entries: Sequence[Entry], report: Report) -> None:
    """Compare the digest of each entry with its row as stored now; a few statements in all."""
    salts = Salt.objects.in_bulk([entry.id for entry in entries])
    _check_unsalted([entry for entry in entries if entry.id not in salts], report)
    for label, group in _by_table([entry for entry in entries if entry.id in salts]).items():
        rows = _stored(label, [entry.row_id for entry in group if entry.row_id])
        for entry in group:
            report.rows_checked += 1
            trouble = _row_trouble(entry, bytes(salts[entry.id].value), rows)
            if trouble:
                report.add(finding_about(trouble, entry))


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


def _stored(label: str, ids: Sequence[UUID]) -> Unread:
    try:
        model: type[Model] = apps.get_model(label)
    except LookupError:  # an edited envelope may name any table
        return dict.fromkeys(ids)
    try:
        return model._base_manager.in_bulk(ids)
    except ValueError:  # one damaged value spoils the whole batch: find which row it is
        return dict(_one_by_one(model, ids))


def _one_by_one(model: type[Model], ids: Sequence[UUID]) -> Iterator[tuple[UUID, Model | None]]:
    for row_id in ids:
        try:
            row = model._base_manager.filter(pk=row_id).first()
        except ValueError:
            yield row_id, None
        else:
            if row is not None:
                yield row_id, row


def _row_trouble(entry: Entry, salt: bytes, rows: Unread) -> Trouble | None:
    if entry.row_id is None or entry.row_id not in rows:
        return Trouble.ROW_MISSING
    facts = getattr(rows[entry.row_id], "journal_facts", None)
    if facts is None:
        return Trouble.ROW_CHANGED
    try:
        is_same = chain.digest(salt, facts()) == entry.digest
    except (TypeError, ValueError):  # a damaged value of the wrong kind has no digest
        is_same = False
    return None if is_same else Trouble.ROW_CHANGED
