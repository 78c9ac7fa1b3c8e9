"""Write what was done about a critical flag."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.protection.models import CriticalFlag, FlagStep
from notoneless.protection.services.flags import silent, writer_of
from notoneless.rules.protection.life_cycle import StepKind


@dataclass(frozen=True, slots=True)
class NewStep:
    """One step before it is judged."""

    id: UUID
    kind: StepKind
    words: str = ""
    receipt: str = ""
    ground: str = ""
    answers: UUID | None = None


@transaction.atomic(savepoint=False)
def write_step(flag: CriticalFlag, new: NewStep, *, on: date, stamp: Stamp) -> FlagStep:
    """Write a step about a flag that the caller has locked and whose rules he has asked."""
    step = FlagStep(
        id=new.id,
        county_id=stamp.county_id,
        flag=flag,
        kind=new.kind.value,
        by_id=writer_of(stamp),
        words=new.words,
        receipt=new.receipt,
        ground=new.ground,
        answers_id=new.answers,
        on=on,
        recorded_at=stamp.now,
    )
    step.save()
    record(
        "protection.step",
        step,
        subject=("flag", flag.pk),
        happened_on=on,
        stamp=silent(stamp),
    )
    return step
