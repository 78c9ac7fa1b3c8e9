"""A visit, and a class teacher's report, as steps of the child's open case."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from notoneless.cases.services.causes import note_cause
from notoneless.contacts.models import ClassReport, Contact
from notoneless.flows.cases.following import Seen, follow_children, unfollow
from notoneless.journal.services import Stamp
from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.contacts.kinds import Kind


def follow_contact(
    contact: Contact, child_ids: Collection[UUID], *, today: date, stamp: Stamp
) -> None:
    """A visit that counts moves its children's cases to mobilising (T12).

    Other contacts move none, but a case's report may be due after them: that is planned too.
    """
    if contact.main_cause:
        note_cause(child_ids, contact.main_cause, county_id=stamp.county_id)
    if contact.kind != Kind.VISIT or contact.closed_at is None:
        return
    seen = Seen(
        kind=StepKind.VISITED,
        on=contact.happened_on,
        hour=contact.hour,
        record_kind="contact",
        record_id=contact.pk,
    )
    follow_children(child_ids, seen, today=today, stamp=stamp)


def unfollow_contact(contact: Contact, *, reason: str, today: date, stamp: Stamp) -> None:
    """A visit was withdrawn or corrected: the step that rested on it goes with it."""
    unfollow([contact.pk], reason=reason, today=today, stamp=stamp)


def follow_report(report: ClassReport, *, today: date, stamp: Stamp) -> None:
    """The class teacher's report to the school (T11)."""
    seen = Seen(
        kind=StepKind.REPORTED_TO_SCHOOL,
        on=report.made_on,
        hour=report.hour,
        record_kind="report",
        record_id=report.pk,
    )
    follow_children([report.child_id], seen, today=today, stamp=stamp)
