"""Writes tried numbers, named visitors, summaries of a term and counsellors' notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.contacts.models import Assignment, Counselling, NumberCheck, TermSummary
from notoneless.journal.services import Stamp, Subject, record, record_many
from notoneless.rules.contacts.kinds import NumberState


@dataclass(frozen=True, slots=True)
class Tried:
    """What trying one family's numbers showed."""

    child_id: UUID
    state: NumberState
    new_number: str = ""


@dataclass(frozen=True, slots=True)
class NewSummary:
    class_id: UUID
    term_from: date
    analysis: str
    summary: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class NewCounselling:
    id: UUID
    child_id: UUID
    on: date
    topic: str
    notes: str = ""
    follow_up: str = ""
    next_on: date | None = None


@transaction.atomic(savepoint=False)
def write_number_checks(tried: Sequence[Tried], *, on: date, stamp: Stamp) -> list[NumberCheck]:
    """Write several checks of one day; three statements whatever their number."""
    rows = [
        NumberCheck(
            county_id=stamp.county_id,
            child_id=each.child_id,
            on=on,
            state=each.state.value,
            new_number=each.new_number,
            by_id=stamp.by,
            recorded_at=stamp.now,
        )
        for each in tried
    ]
    NumberCheck.objects.bulk_create(rows)
    subjects: list[Subject] = [("child", each.child_id) for each in tried]
    record_many("numbers.checked", rows, subjects=subjects, happened_on=on, stamp=stamp)
    return rows


@transaction.atomic(savepoint=False)
def write_assignments(
    child_ids: Sequence[UUID],
    *,
    visitor_id: UUID,
    role: str,
    why: str,
    on: date,
    stamp: Stamp,
) -> list[Assignment]:
    """Name a visitor for some children from ``on``; whoever was named before ends that day.

    Six statements at most, whatever their number.
    """
    before = list(
        Assignment.objects.select_for_update()
        .filter(child__in=child_ids, to_on=None, county=stamp.county_id)
        .order_by("pk")
    )
    for row in before:
        row.to_on = max(on, row.from_on)
    if before:
        Assignment.objects.bulk_update(before, ["to_on"])
    rows = [
        Assignment(
            county_id=stamp.county_id,
            child_id=child,
            visitor_id=visitor_id,
            role=role,
            from_on=on,
            why=why,
            by_id=stamp.by,
            recorded_at=stamp.now,
        )
        for child in child_ids
    ]
    Assignment.objects.bulk_create(rows)
    both = [*before, *rows]
    subjects: list[Subject] = [("child", row.child_id) for row in both]
    record_many("visitor.named", both, subjects=subjects, happened_on=on, stamp=stamp)
    return rows


@transaction.atomic(savepoint=False)
def write_summary(new: NewSummary, *, on: date, stamp: Stamp) -> TermSummary:
    """Write the summary of a class's term; an earlier one that was not filed is superseded."""
    old = (
        TermSummary.objects.select_for_update()
        .filter(school_class=new.class_id, term_from=new.term_from, superseded_at=None)
        .first()
    )
    subject: Subject = ("unit", new.class_id)
    if old is not None:
        old.superseded_at = stamp.now
        old.save(update_fields=["superseded_at"])
        record("term_summary.superseded", old, subject=subject, happened_on=on, stamp=stamp)
    row = TermSummary.objects.create(
        county_id=stamp.county_id,
        school_class_id=new.class_id,
        term_from=new.term_from,
        analysis=new.analysis,
        summary=new.summary,
        counts=dict(new.counts),
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    record("term_summary.written", row, subject=subject, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def file_summary(row: TermSummary, *, on: date, stamp: Stamp) -> None:
    """Write that the term's visit report was filed with this summary, locked by the caller."""
    row.filed_at = stamp.now
    row.save(update_fields=["filed_at"])
    subject: Subject = ("unit", row.school_class_id)
    record("term_visits.filed", row, subject=subject, happened_on=on, stamp=stamp)


@transaction.atomic(savepoint=False)
def write_counselling(new: NewCounselling, *, by: UUID, stamp: Stamp) -> Counselling:
    """Write a counsellor's note; the journal keeps that there is one, never about what."""
    row = Counselling.objects.create(
        id=new.id,
        county_id=stamp.county_id,
        child_id=new.child_id,
        by_id=by,
        on=new.on,
        topic=new.topic,
        notes=new.notes,
        follow_up=new.follow_up,
        next_on=new.next_on,
        recorded_at=stamp.now,
    )
    record(
        "counselling.noted", row, subject=("child", new.child_id), happened_on=new.on, stamp=stamp
    )
    return row
