"""Serve a paper and prove it; take over or send back what another unit sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.documents.models import Document, Service
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.services.serving import digest_of, end_service, receive, serve
from notoneless.flows.cases.serving import follow_served, must_not_be_paused, unfollow_served
from notoneless.flows.documents.refusals import (
    NotForYou,
    ServiceFaulty,
    ServiceIdUsed,
    Unexplained,
)
from notoneless.journal.services import Stamp
from notoneless.places.models import Person
from notoneless.places.queries.people import posts_at
from notoneless.rules.documents.kinds import ReceiverKind
from notoneless.rules.documents.reach import ANSWERED_IN_CASE, FILE_OF_CASE
from notoneless.rules.documents.serving import NewService, Proof, faults_of
from notoneless.rules.roles import Capability
from notoneless.vault.pictures import Picture, take_photo, take_signature

MOST_PHOTOS = 4


@dataclass(frozen=True, slots=True)
class SentPictures:
    """What came with the form."""

    photos: tuple[bytes, ...] = ()
    receipt: bytes | None = None
    """The signed 送达回证, photographed."""
    signature: str = ""
    """The data address of a PNG; empty when nobody signed on the phone."""


NOTHING_SENT = SentPictures()


@dataclass(frozen=True, slots=True)
class Served:
    """The answer to whoever served it; the same however often it is sent."""

    service_id: UUID
    document_id: UUID
    is_new: bool


def serve_paper(
    actor: Actor,
    document_id: UUID,
    new: NewService,
    sent: SentPictures = NOTHING_SENT,
    *,
    today: date,
    now: datetime,
) -> Served:
    """Write down one try to serve a paper. The same form twice is the same as once.

    Raises ``Document.DoesNotExist``, ``NotAllowed``, ``ServiceFaulty``, ``ServiceIdUsed``,
    ``AlreadyServed``, ``NotStanding``, ``ContactPaused`` and the refusals of ``vault.pictures``.
    The paper of a case moves it (``flows.cases.serving``).
    """
    actor.must(Capability.WORK_CASES)
    paper = papers_seen(actor, on=today).get(pk=document_id)
    known = _known(paper, new, actor)
    if known is not None:
        return known
    pictures = take_in(sent)
    faults = faults_of(
        new, [proof for proof, _ in pictures], issued_on=paper.issued_on, today=today
    )
    if faults:
        raise ServiceFaulty(faults)
    if new.is_served:
        must_not_be_paused(paper, today=today)
    if new.second_id is not None:
        Person.objects.filter(county=actor.county_id).get(pk=new.second_id)
    try:
        with transaction.atomic():
            row = serve(document_id, new, pictures, stamp=_stamp(actor, now))
            follow_served(paper, row, today=today, stamp=_stamp(actor, now))
    except IntegrityError:
        # The other sending of the same form came first.
        known = _known(paper, new, actor)
        if known is None:
            raise
        return known
    return Served(row.pk, document_id, True)


def take_back_service(
    actor: Actor, service_id: UUID, *, reason: str, today: date, now: datetime
) -> UUID:
    """A service was entered by mistake; answers its paper. By whoever entered it or signs papers.

    Raises ``Service.DoesNotExist``, ``NotAllowed``, ``Unexplained``, ``ServiceEnded``.
    """
    rows = Service.objects.filter(document__in=papers_seen(actor, on=today).values("pk"))
    row = rows.get(pk=service_id)
    if row.by_id != actor.person_id:
        actor.must(Capability.ISSUE_PAPERS)
    if not reason.strip():
        raise Unexplained()
    with transaction.atomic():
        ended = end_service(service_id, reason=reason.strip(), on=today, stamp=_stamp(actor, now))
        unfollow_served(ended, today=today, stamp=_stamp(actor, now))
    return row.document_id


def answer_paper(
    actor: Actor, document_id: UUID, *, reason: str = "", today: date, now: datetime
) -> None:
    """Take a paper over for one's own unit, or with a ``reason`` send it back.

    What a case answers is answered there. Raises ``Document.DoesNotExist``, ``NotForYou``,
    ``ReceivedTwice``, ``NotStanding``.
    """
    paper = papers_seen(actor, on=today).defer("payload").get(pk=document_id)
    is_of_case = paper.file_kind == FILE_OF_CASE and paper.kind in ANSWERED_IN_CASE
    if is_of_case or not may_answer(actor, paper.receiver_kind, paper.receiver_unit_id):
        raise NotForYou()
    with transaction.atomic():
        receive(
            document_id,
            unit_id=paper.receiver_unit_id or paper.office_id,
            reason=reason.strip(),
            on=today,
            stamp=_stamp(actor, now),
        )


def may_answer(actor: Actor, kind: str, unit_id: UUID | None) -> bool:
    """Whether a paper came to the actor's own unit, where he works on cases or answers."""
    working = {Capability.WORK_CASES, Capability.ANSWER_REFERRALS}
    return kind == ReceiverKind.UNIT and any(
        held.unit_id == unit_id and held.capabilities & working for held in actor.holdings
    )


def colleagues(actor: Actor, *, today: date) -> list[tuple[UUID, str]]:
    """Who may have gone along: the others at the actor's units; one statement a unit."""
    units = {held.unit_id for held in actor.holdings}
    found = {
        post.person_id: post.person_name
        for unit in units
        for post in posts_at(unit, on=today)
        if post.person_id is not None and post.person_id != actor.person_id
    }
    return sorted(found.items(), key=lambda each: each[1])


def take_in(sent: SentPictures) -> Sequence[tuple[Proof, Picture]]:
    """Decode, strip and shrink what was sent; slow, so before any transaction."""
    zone = timezone.get_default_timezone()
    found = [(Proof.PHOTO, take_photo(each, zone=zone)) for each in sent.photos[:MOST_PHOTOS]]
    if sent.receipt:
        found.append((Proof.RECEIPT, take_photo(sent.receipt, zone=zone)))
    if sent.signature:
        found.append((Proof.SIGNATURE, take_signature(sent.signature)))
    return found


def _known(paper: Document, new: NewService, actor: Actor) -> Served | None:
    row = Service.objects.filter(pk=new.id).first()
    if row is None:
        return None
    if row.by_id != actor.person_id or row.digest != digest_of(paper.pk, new):
        raise ServiceIdUsed()
    return Served(row.pk, paper.pk, False)


def _stamp(actor: Actor, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now)
