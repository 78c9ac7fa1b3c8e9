"""Lay aside a proposal of the checks."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.oversight.models import Dismissal


@transaction.atomic(savepoint=False)
def write_dismissal(
    unit_id: UUID, pointer: str, reason: str, *, on: date, stamp: Stamp
) -> Dismissal:
    """Write why a proposal is no matter; the caller has asked whether ``stamp.by`` may.

    Raises ``ValueError`` for the system, ``IntegrityError`` when somebody laid it aside before.
    """
    if stamp.by is None:
        raise ValueError("a person lays aside")
    row = Dismissal(
        county_id=stamp.county_id,
        unit_id=unit_id,
        pointer=pointer,
        reason=reason,
        by_id=stamp.by,
        at=stamp.now,
    )
    row.save()
    record("fault.laid_aside", row, subject=("unit", unit_id), happened_on=on, stamp=stamp)
    return row
