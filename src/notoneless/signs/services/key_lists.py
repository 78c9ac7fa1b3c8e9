"""Writes a class's list of key pupils, version by version, and the files kept on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.calendar import Period
from notoneless.rules.signs.key_list import Band
from notoneless.rules.signs.kinds import FilePart
from notoneless.signs.models import KeyFileEntry, KeyList, KeyPupil


@dataclass(frozen=True, slots=True)
class NewPupil:
    child_id: UUID
    criteria: Sequence[str]
    evidence: str


@dataclass(frozen=True, slots=True)
class NewEntry:
    id: UUID
    child_id: UUID
    term_from: date
    part: FilePart
    on: date
    text: str


@transaction.atomic(savepoint=False)
def draft_of(class_id: UUID, term: Period, *, stamp: Stamp) -> KeyList:
    """The draft of a class's list for a term; begun from the standing one where there is none.

    Locked until the transaction ends, so that two people change it one after the other.
    """
    rows = KeyList.objects.select_for_update().filter(
        school_class=class_id, term_from=term.from_on, county=stamp.county_id
    )
    versions = {row.version: row for row in rows.order_by("version")}
    newest = versions[max(versions)] if versions else None
    if newest is not None and newest.closed_at is None:
        return newest
    draft = KeyList.objects.create(
        county_id=stamp.county_id,
        school_class_id=class_id,
        term_from=term.from_on,
        term_to=term.to_on,
        version=newest.version + 1 if newest else 1,
        by_id=stamp.by,
    )
    if newest is not None:
        KeyPupil.objects.bulk_create(
            KeyPupil(
                county_id=stamp.county_id,
                key_list=draft,
                child_id=pupil.child_id,
                criteria=pupil.criteria,
                evidence=pupil.evidence,
            )
            for pupil in newest.pupils.order_by("pk")
        )
    return draft


@transaction.atomic(savepoint=False)
def put_on(draft: KeyList, new: NewPupil) -> KeyPupil:
    """Put a child on a draft, or change what the draft says about it."""
    pupil, _ = KeyPupil.objects.update_or_create(
        key_list=draft,
        child_id=new.child_id,
        defaults={
            "county_id": draft.county_id,
            "criteria": list(new.criteria),
            "evidence": new.evidence,
        },
    )
    return pupil


def take_off(draft: KeyList, child_id: UUID) -> None:
    """Take a child off a draft; once more changes nothing."""
    draft.pupils.filter(child=child_id).delete()


@transaction.atomic(savepoint=False)
def close_draft(
    draft: KeyList, *, size: int, band: Band | None, reason: str, on: date, stamp: Stamp
) -> KeyList:
    """Close a draft, locked by the caller: it is a fact from now on, the one before is past."""
    before = KeyList.objects.filter(
        school_class=draft.school_class_id,
        term_from=draft.term_from,
        closed_at__isnull=False,
        superseded_at=None,
    ).first()
    subject = ("unit", draft.school_class_id)
    if before is not None:
        before.superseded_at = stamp.now
        before.save(update_fields=["superseded_at"])
        record("key_list.superseded", before, subject=subject, happened_on=on, stamp=stamp)
    draft.size = size
    draft.least, draft.most = (band.least, band.most) if band else (None, None)
    draft.reason, draft.by_id, draft.closed_at = reason, stamp.by, stamp.now
    draft.save()
    record("key_list.closed", draft, subject=subject, happened_on=on, stamp=stamp)
    pupils = list(draft.pupils.order_by("pk"))
    record_many(
        "key_list.named",
        pupils,
        subjects=[("child", pupil.child_id) for pupil in pupils],
        happened_on=on,
        stamp=stamp,
    )
    return draft


@transaction.atomic(savepoint=False)
def write_entry(new: NewEntry, *, stamp: Stamp) -> KeyFileEntry:
    """Write one entry of a key pupil's file."""
    row = KeyFileEntry.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        term_from=new.term_from,
        part=new.part.value,
        on=new.on,
        text=new.text,
        by_id=stamp.by,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    record(
        "key_file.written", row, subject=("child", new.child_id), happened_on=new.on, stamp=stamp
    )
    return row
