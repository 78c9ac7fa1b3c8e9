"""Withdraw a paper; only who may sign it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.services.issuing import withdraw
from notoneless.flows.cases.serving import unfollow_withdrawn
from notoneless.flows.documents.refusals import Unexplained
from notoneless.journal.services import Stamp
from notoneless.places.queries.units import home_path
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.reach import signs


def withdraw_paper(
    actor: Actor, document_id: UUID, *, reason: str, today: date, now: datetime
) -> None:
    """Take a paper back with a reason; it stays readable and its number used.

    A step of a case that rests on it is taken back. Raises ``Document.DoesNotExist``,
    ``NotAllowed``, ``Unexplained``, ``NotStanding``, ``NotTakenBack``.
    """
    must_sign(actor, document_id, reason, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    with transaction.atomic():
        ended = withdraw(document_id, reason=reason.strip(), on=today, stamp=stamp)
        unfollow_withdrawn(ended, today=today, stamp=stamp)


def may_sign(actor: Actor, kind: DocumentKind, office_id: UUID, *, today: date) -> bool:
    """Whether the actor may withdraw or replace papers of this kind and office."""
    return actor.may(signs(kind), at=home_path(office_id, on=today))


def must_sign(actor: Actor, document_id: UUID, reason: str, *, today: date) -> None:
    """Raises ``Document.DoesNotExist``, ``NotAllowed``, ``Unexplained``."""
    paper = papers_seen(actor, on=today).defer("payload").get(pk=document_id)
    capability = signs(DocumentKind(paper.kind))
    actor.must(capability, at=[home_path(paper.office_id, on=today)])
    if not reason.strip():
        raise Unexplained()
