"""Writes a class teacher's reports and that the school took note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.contacts.models import ClassReport, ReportReceipt
from notoneless.journal.services import Stamp, record


@dataclass(frozen=True, slots=True)
class NewReport:
    id: UUID
    child_id: UUID
    school_id: UUID
    class_id: UUID
    made_on: date
    hour: str
    reason: str
    mobilisation: str
    absent_since: date | None = None
    due_on: date | None = None
    is_late: bool = False
    facts: Mapping[str, object] | None = None


@transaction.atomic(savepoint=False)
def write_report(new: NewReport, *, stamp: Stamp) -> ClassReport:
    """Write a report to the school; three statements."""
    row = ClassReport.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        school_id=new.school_id,
        school_class_id=new.class_id,
        child_id=new.child_id,
        made_on=new.made_on,
        hour=new.hour,
        by_id=stamp.by,
        absent_since=new.absent_since,
        due_on=new.due_on,
        is_late=new.is_late,
        reason=new.reason,
        mobilisation=new.mobilisation,
        facts=dict(new.facts or {}),
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
    )
    subject = ("child", new.child_id)
    record("report.made", row, subject=subject, happened_on=new.made_on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_receipt(report: ClassReport, *, on: date, stamp: Stamp) -> ReportReceipt:
    """Write that the school has taken note of a report, locked by the caller."""
    row = ReportReceipt.objects.create(
        county_id=stamp.county_id, report=report, by_id=stamp.by, at=stamp.now
    )
    subject = ("child", report.child_id)
    record("report.received", row, subject=subject, happened_on=on, stamp=stamp)
    return row
