"""Writes what children need in a term."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.rules.signs.needs import Need
from notoneless.signs.models import NeedTag


@dataclass(frozen=True, slots=True)
class NewNeed:
    child_id: UUID
    need: Need
    from_on: date
    to_on: date
    """Exclusive."""
    reason: str = ""


@transaction.atomic(savepoint=False)
def write_need(new: NewNeed, *, stamp: Stamp) -> NeedTag:
    """Write that a child needs something; one that stands already is answered as it is."""
    standing = NeedTag.objects.filter(
        child=new.child_id, need=new.need.value, ended_at=None, to_on__gt=new.from_on
    ).first()
    if standing is not None:
        return standing
    row = NeedTag.objects.create(
        county_id=stamp.county_id,
        child_id=new.child_id,
        need=new.need.value,
        from_on=new.from_on,
        to_on=new.to_on,
        reason=new.reason,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("need.named", row, subject=("child", row.child_id), happened_on=row.from_on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def end_need(row: NeedTag, *, on: date, stamp: Stamp) -> None:
    """Take a need away before its time; once more changes nothing."""
    if row.ended_at is not None:
        return
    row.ended_at = stamp.now
    row.save(update_fields=["ended_at"])
    record("need.ended", row, subject=("child", row.child_id), happened_on=on, stamp=stamp)
