"""Freezes the headcount of a school's classes: one person asks, another confirms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.journal.services import Stamp, record
from notoneless.numbers.models import Baseline, BaselineLine, Verdict
from notoneless.rules.indicators.periods import base_day
from notoneless.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """What is put before the second person."""

    school_id: UUID
    school_year: int
    source: str
    children: Mapping[UUID | None, Sequence[UUID]]
    """By class; under ``None`` those in no class. Classes without a child are left out."""
    id: UUID = field(default_factory=uuid7)


class AlreadyWaiting(Refusal):
    """Another asking for the school and year waits for the second person."""

    code = "TARGET-01"


class NobodyToCount(Refusal):
    """The school has no child registered on that day."""

    code = "TARGET-02"


class SamePerson(Refusal):
    """Who asked is not the second person."""

    code = "TARGET-03"


class AlreadyDecided(Refusal):
    """Somebody else has confirmed or refused it since the page was opened."""

    code = "TARGET-04"


@transaction.atomic
def ask_for_baseline(new: NewBaseline, *, stamp: Stamp) -> Baseline:
    """Put a headcount before the second person; the same form sent twice asks once.

    Raises ``AlreadyWaiting``, ``NobodyToCount``.
    """
    if stamp.by is None:
        raise ValueError("a person asks")
    known = Baseline.objects.filter(pk=new.id).first()
    if known is not None:
        return known
    if not any(new.children.values()):
        raise NobodyToCount()
    waits = Baseline.objects.select_for_update().filter(
        school=new.school_id, school_year=new.school_year, verdict=""
    )
    if waits.exists():
        raise AlreadyWaiting()
    row = Baseline.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        school_id=new.school_id,
        school_year=new.school_year,
        source=new.source,
        asked_by_id=stamp.by,
        asked_at=stamp.now,
    )
    BaselineLine.objects.bulk_create(
        BaselineLine(
            baseline=row,
            school_class_id=group,
            headcount=len(children),
            children=[str(child) for child in children],
        )
        for group, children in new.children.items()
        if children
    )
    _record("baseline.asked", row, stamp)
    return row


@transaction.atomic
def decide_baseline(
    baseline_id: UUID, *, is_confirmed: bool, reason: str = "", stamp: Stamp
) -> Baseline:
    """Confirm a headcount, or refuse it with a reason; the one that stood is superseded.

    Deciding the same again changes nothing. Raises ``SamePerson`` for who asked,
    ``AlreadyDecided`` when it was decided otherwise, ``Baseline.DoesNotExist``.
    """
    row = Baseline.objects.select_for_update().get(pk=baseline_id, county=stamp.county_id)
    verdict = Verdict.CONFIRMED if is_confirmed else Verdict.REFUSED
    if row.verdict == verdict:
        return row
    if row.verdict:
        raise AlreadyDecided(verdict=row.verdict)
    if row.asked_by_id == stamp.by:
        raise SamePerson()
    if is_confirmed:
        _supersede(row, stamp)
    row.verdict, row.reason = verdict, reason
    row.decided_by_id, row.decided_at = stamp.by, stamp.now
    row.save(update_fields=["verdict", "reason", "decided_by", "decided_at"])
    _record(f"baseline.{verdict}", row, stamp)
    return row


def _supersede(newer: Baseline, stamp: Stamp) -> None:
    stood = Baseline.objects.select_for_update().filter(
        school=newer.school_id,
        school_year=newer.school_year,
        verdict=Verdict.CONFIRMED,
        superseded_at=None,
    )
    for row in stood:
        row.superseded_at = stamp.now
        row.save(update_fields=["superseded_at"])
        _record("baseline.superseded", row, stamp)


def _record(kind: str, row: Baseline, stamp: Stamp) -> None:
    day = base_day(row.school_year)
    record(kind, row, subject=("unit", row.school_id), happened_on=day, stamp=stamp)
