"""Write what a guardian said, and how the school decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.families.models import Saying, SayingVerdict
from notoneless.journal.services import Stamp, record
from notoneless.rules.families import SaidKind, Verdict


@dataclass(frozen=True, slots=True)
class NewSaying:
    visit_id: UUID
    child_id: UUID
    guardian_id: UUID
    kind: SaidKind
    value: str = ""
    leave_id: UUID | None = None
    id: UUID | None = None
    """Made when the page was opened."""


@transaction.atomic(savepoint=False)
def write_saying(new: NewSaying, *, on: date, stamp: Stamp) -> Saying:
    """Write what a guardian said; the caller has asked whether the child is on his page."""
    row = Saying(
        id=new.id or uuid7(),
        county_id=stamp.county_id,
        visit_id=new.visit_id,
        child_id=new.child_id,
        guardian_id=new.guardian_id,
        kind=new.kind.value,
        value=new.value,
        leave_id=new.leave_id,
        said_at=stamp.now,
    )
    row.save()
    record("family.said", row, subject=("child", new.child_id), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_verdict(saying: Saying, verdict: Verdict, *, on: date, stamp: Stamp) -> SayingVerdict:
    """Write how the school decided; the caller has locked the child. Raises ``ValueError`` for the
    system, which decides nothing."""
    if stamp.by is None:
        raise ValueError("a person decides")
    row = SayingVerdict(
        county_id=stamp.county_id,
        saying=saying,
        verdict=verdict.value,
        by_id=stamp.by,
        at=stamp.now,
    )
    row.save()
    record("family.decided", row, subject=("child", saying.child_id), happened_on=on, stamp=stamp)
    return row
