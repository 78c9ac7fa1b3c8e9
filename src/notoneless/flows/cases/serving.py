"""A paper of a case that was served, or no longer counts, moves its case (T13, T15, T17, T18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from notoneless.documents.models import Document, Service
from notoneless.flows.cases.following import (
    SERVED,
    Seen,
    follow_service,
    unfollow,
    unfollow_paper,
)
from notoneless.flows.cases.refusals import ContactPaused
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.protection.queries.silence import silenced
from notoneless.rules.documents.kinds import DocumentKind, ReceiverKind
from notoneless.rules.documents.reach import FILE_OF_CASE

RECORD = "service"


def must_not_be_paused(document: Document, *, today: date) -> None:
    """Raise ``ContactPaused`` where nobody is to go to the guardian now; one statement at most."""
    if document.receiver_kind != ReceiverKind.GUARDIAN or document.child_id is None:
        return
    if silenced([document.child_id], county_id=document.county_id, on=today):
        raise ContactPaused()


def follow_served(document: Document, service: Service, *, today: date, stamp: Stamp) -> None:
    """Write into its case that a paper reached its receiver; call it in the same transaction.

    Nothing for a try in vain, for papers of no case and for those whose service moves none. The
    deadline is the one that the paper gives.
    """
    kind = SERVED.get(DocumentKind(document.kind))
    if kind is None or not service.is_served or _case_of(document) is None:
        return
    seen = Seen(
        kind=kind,
        on=service.on,
        hour=service.hour,
        record_kind=RECORD,
        record_id=service.pk,
        paper_id=document.pk,
        deadline_on=deadline_of(document, served_on=service.on),
    )
    at_office = replace(stamp, unit_id=document.office_id)
    if document.file_id is not None:
        follow_service(document.file_id, seen, today=today, stamp=at_office)
    _plan_letter(document, today=today, stamp=stamp)


def unfollow_served(service: Service, *, today: date, stamp: Stamp) -> None:
    """A service does not count any more: the step that rested on it goes with it."""
    reason = service.ended_reason or "service"
    unfollow([service.pk], reason=reason, today=today, stamp=stamp)
    _plan_letter(service.document, today=today, stamp=stamp)


def unfollow_withdrawn(document: Document, *, today: date, stamp: Stamp) -> None:
    """A paper of a case was withdrawn: its step and its service are taken back.

    With it go the steps of the papers that it had replaced: no paper is left of them.
    Raises ``NotTakenBack`` for the paper that closed the case.
    """
    if _case_of(document) is not None:
        reason = document.ended_reason or "withdrawn"
        for paper in _chain(document):
            unfollow_paper(paper.pk, reason=reason, today=today, stamp=stamp)


def unfollow_replaced(document: Document, *, reason: str, today: date, stamp: Stamp) -> None:
    """A paper is replaced: that it was served tells nothing of the paper in its place.

    Its issue stays a step; what rested on its service does not: the new paper's clock runs from
    its own service on.
    """
    services = Service.objects.filter(document=document).values_list("pk", flat=True)
    unfollow(services, reason=reason, today=today, stamp=stamp)


def deadline_of(document: Document, *, served_on: date) -> date | None:
    """The last day that a paper gives its receiver; a demand's days run from its service."""
    if DocumentKind(document.kind) is not DocumentKind.DEMAND or document.deadline_on is None:
        return document.deadline_on
    days = document.payload.get("days")
    given = timedelta(days=days) if isinstance(days, int) else timedelta()
    return max(document.deadline_on, served_on + given)


def _plan_letter(document: Document, *, today: date, stamp: Stamp) -> None:
    """A letter that was served closes what the class was asked for as well (T13)."""
    is_letter = document.kind == DocumentKind.PERSUASION_LETTER
    if is_letter and document.child_id is not None:
        plan_for_children([document.child_id], today=today, stamp=stamp)


def _case_of(document: Document) -> Document | None:
    return document if document.file_kind == FILE_OF_CASE and document.file_id is not None else None


def _chain(document: Document) -> Iterator[Document]:
    """A paper and those that it replaced, newest first."""
    paper: Document | None = document
    while paper is not None:
        yield paper
        paper = paper.replaces
