"""Write honours, refused ones too, and their cancelling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.consequences.models import Honour, HonourCancelled
from notoneless.journal.services import Stamp, record


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHonour:
    """An honour of a person, or of a class or school."""

    id: UUID
    school_id: UUID
    school_year: int
    code: str
    title: str = ""
    person_id: UUID | None = None
    unit_id: UUID | None = None


@transaction.atomic(savepoint=False)
def write_honour(new: NewHonour, *, refused_by: UUID | None, on: date, stamp: Stamp) -> Honour:
    """Write an honour, or with ``refused_by`` that it was refused because of that line.

    Raises ``ValueError`` for the system, ``IntegrityError`` for an honour recorded before.
    """
    if stamp.by is None:
        raise ValueError("a person records an honour")
    row = Honour(
        id=new.id,
        county_id=stamp.county_id,
        school_id=new.school_id,
        school_year=new.school_year,
        code=new.code,
        title=new.title,
        person_id=new.person_id,
        unit_id=new.unit_id,
        refused_by_id=refused_by,
        by_id=stamp.by,
        at=stamp.now,
    )
    row.save()
    kind = "honour.refused" if refused_by else "honour.recorded"
    record(kind, row, subject=("unit", new.school_id), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def cancel_honour(honour: Honour, line_id: UUID, *, on: date, stamp: Stamp) -> HonourCancelled:
    """A confirmed veto takes the honour away. Raises ``ValueError`` for the system."""
    if stamp.by is None:
        raise ValueError("a person cancels an honour")
    row = HonourCancelled(
        county_id=stamp.county_id, honour=honour, line_id=line_id, by_id=stamp.by, at=stamp.now
    )
    row.save()
    about = ("unit", honour.school_id)
    record("honour.cancelled", row, subject=about, happened_on=on, stamp=stamp)
    return row
