"""Writes how papers were served, and what units answered that received one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.documents.models import (
    Document,
    Receipt,
    Service,
    ServicePicture,
    ServicePictureBytes,
)
from notoneless.documents.services.issuing import NotStanding, subject_of
from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.canonical import canonical
from notoneless.rules.documents.kinds import DocumentState
from notoneless.rules.documents.serving import NewService, Proof
from notoneless.rules.refusal import Refusal
from notoneless.vault.pictures import Picture
from notoneless.vault.sealing import seal_bytes

PICTURE_COLUMN = "documents.servicepicturebytes.sealed"


class AlreadyServed(Refusal):
    """The paper has reached its receiver; a further service changes nothing."""

    code = "DOCUMENT-05"


class ServiceEnded(Refusal):
    """The service has been taken back already."""

    code = "DOCUMENT-06"


class ReceivedTwice(Refusal):
    """The unit has answered already."""

    code = "DOCUMENT-07"


@transaction.atomic(savepoint=False)
def serve(
    document_id: UUID,
    new: NewService,
    pictures: Sequence[tuple[Proof, Picture]] = (),
    *,
    stamp: Stamp,
) -> Service:
    """Write down one try to serve a paper; the form was found good by the caller.

    Raises ``Document.DoesNotExist``, ``NotStanding``, ``AlreadyServed``.
    """
    paper = _locked(document_id, stamp)
    if new.is_served and paper.served_on is not None:
        raise AlreadyServed(on=paper.served_on, number=paper.number_text)
    row = Service.objects.create(**_columns(paper, new, len(pictures), stamp))
    rows = [_picture(row, proof, picture, stamp) for proof, picture in pictures]
    ServicePicture.objects.bulk_create(rows)
    ServicePictureBytes.objects.bulk_create(
        [
            ServicePictureBytes(
                picture=each,
                kind=picture.kind,
                sealed=seal_bytes(picture.data, column=f"{PICTURE_COLUMN}.{each.pk}"),
            )
            for each, (_, picture) in zip(rows, pictures, strict=True)
        ]
    )
    if new.is_served:
        paper.served_on = new.on
        paper.save(update_fields=["served_on"])
    about = subject_of(paper)
    record_many(
        "paper.served" if new.is_served else "paper.not_served",
        [row, *rows],
        subjects=[about] * (1 + len(rows)),
        happened_on=new.on,
        stamp=stamp,
    )
    return row


@transaction.atomic(savepoint=False)
def end_service(service_id: UUID, *, reason: str, on: date, stamp: Stamp) -> Service:
    """Say that a service was entered by mistake; it stays readable and counts no more.

    Raises ``Service.DoesNotExist``, ``ServiceEnded``.
    """
    rows = Service.objects.filter(county=stamp.county_id)
    paper = _locked(rows.values_list("document", flat=True).get(pk=service_id), stamp, ended=True)
    row = rows.select_for_update(of=("self",)).get(pk=service_id)
    if row.ended_at is not None:
        raise ServiceEnded()
    row.ended_at, row.ended_reason = stamp.now, reason[:200]
    row.save(update_fields=["ended_at", "ended_reason"])
    if row.is_served:
        paper.served_on = None
        paper.save(update_fields=["served_on"])
    record("paper.service_ended", row, subject=subject_of(paper), happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def receive(
    document_id: UUID, *, unit_id: UUID, reason: str = "", on: date, stamp: Stamp
) -> Receipt:
    """The unit that got a paper takes it over, or with a ``reason`` sends it back.

    Raises ``Document.DoesNotExist``, ``NotStanding``, ``ReceivedTwice``.
    """
    paper = _locked(document_id, stamp)
    if Receipt.objects.filter(document=paper).exists():
        raise ReceivedTwice(number=paper.number_text)
    row = Receipt.objects.create(
        county_id=stamp.county_id,
        document=paper,
        unit_id=unit_id,
        is_accepted=not reason,
        reason=reason[:300],
        on=on,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    kind = "paper.sent_back" if reason else "paper.accepted"
    record(kind, row, subject=subject_of(paper), happened_on=on, stamp=stamp)
    return row


def digest_of(document_id: UUID, new: NewService) -> str:
    """Tells the same form sent twice from another one."""
    said = {name: getattr(new, name) for name in NewService.__dataclass_fields__}
    return hashlib.sha256(canonical({"document": document_id, **said})).hexdigest()


def _locked(document_id: UUID, stamp: Stamp, *, ended: bool = False) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).filter(county=stamp.county_id)
    row = rows.defer("payload").get(pk=document_id)
    if row.state != DocumentState.ISSUED and not ended:
        raise NotStanding(number=row.number_text)
    return row


def _columns(paper: Document, new: NewService, pictures: int, stamp: Stamp) -> dict[str, object]:
    return {
        "id": new.id,
        "county_id": stamp.county_id,
        "document": paper,
        "method": new.method.value,
        "is_served": new.is_served,
        "on": new.on,
        "hour": new.hour,
        "place": new.place,
        "by_id": stamp.by,
        "second_id": new.second_id,
        "receiver_name": new.receiver_name,
        "relation": new.relation,
        "witness": new.witness,
        "consent": new.consent,
        "carrier": new.carrier,
        "note": new.note,
        "pictures_count": pictures,
        "digest": digest_of(paper.pk, new),
        "recorded_at": stamp.now,
    }


def _picture(row: Service, proof: Proof, picture: Picture, stamp: Stamp) -> ServicePicture:
    return ServicePicture(
        county_id=stamp.county_id,
        service=row,
        proof=proof.value,
        sha256=picture.sha256,
        likeness=picture.likeness,
        taken_at=picture.taken_at,
        had_place=picture.had_place,
        added_by_id=stamp.by,
        added_at=stamp.now,
    )
