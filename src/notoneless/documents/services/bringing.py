"""Papers from before the place used the system: on record with their numbers, never printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.documents.models import Document, DocumentBytes, Service
from notoneless.documents.rendering.scans import pdf_of_scans
from notoneless.documents.services.issuing import Receiver, seal_paper, subject_of
from notoneless.documents.services.numbering import locked_register
from notoneless.journal.services import Stamp, record
from notoneless.rules.canonical import canonical
from notoneless.rules.documents.kinds import ServiceMethod
from notoneless.rules.documents.names import NAMING
from notoneless.rules.documents.numbers import NO_NUMBER, number_in
from notoneless.rules.documents.payloads.brought_in import BroughtIn
from notoneless.rules.documents.payloads.wire import to_wire
from notoneless.rules.refusal import Refusal
from notoneless.vault.pictures import Picture

ON_PAPER = "见纸质送达回证"
"""Where the proof of an old service is; what it needs besides stands there."""


class OldNumberTaken(Refusal):
    """The office has a paper of this number already; ``number``."""

    code = "DOCUMENT-18"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOldPaper:
    """A paper from before that is about to be put on record."""

    payload: BroughtIn
    office_id: UUID
    child_id: UUID
    file: tuple[str, UUID]
    receiver: Receiver
    method: ServiceMethod | None
    """How it was served; ``None`` while it was not, or goes to nobody."""
    scans: tuple[Picture, ...] = ()


@transaction.atomic(savepoint=False)
def bring_in_paper(new: NewOldPaper, *, stamp: Stamp) -> Document:
    """Put an old paper on record with its service and its scan; six statements.

    A number of one of the office's own series is given by no register here any more. Raises
    ``OldNumberTaken``.
    """
    payload = new.payload
    row = _row(new, stamp)
    same = Document.objects.filter(office=row.office_id, number_text=row.number_text)
    if row.number_text != NO_NUMBER and same.exists():
        raise OldNumberTaken(number=row.number_text)
    _use_up(row, stamp)
    if new.scans:
        pdf = pdf_of_scans(new.scans)
        row.pages, row.pdf_sha256 = len(new.scans), hashlib.sha256(pdf).hexdigest()
    row.save(force_insert=True)
    if new.scans:
        DocumentBytes.objects.create(document=row, sealed=seal_paper(row.pk, pdf))
    record("paper.brought_in", row, subject=subject_of(row), happened_on=row.issued_on, stamp=stamp)
    if payload.served_on is not None and new.method is not None:
        _serve(row, new.method, payload.served_on, stamp)
    return row


def _row(new: NewOldPaper, stamp: Stamp) -> Document:
    payload, wire = new.payload, to_wire(new.payload)
    if payload.written_on is None:
        raise ValueError("an old paper bears its date")
    file_kind, file_id = new.file
    return Document(
        county_id=stamp.county_id,
        office_id=new.office_id,
        kind=payload.brought_in.value,
        form_name=payload.name,
        series=NAMING[payload.brought_in].series,
        year=payload.written_on.year,
        number=None,
        number_text=payload.office.number_text,
        child_id=new.child_id,
        file_kind=file_kind,
        file_id=file_id,
        receiver_kind=new.receiver.kind.value,
        receiver_unit_id=new.receiver.unit_id,
        receiver_name=new.receiver.name,
        payload=wire,
        payload_digest=hashlib.sha256(canonical(wire)).hexdigest(),
        is_brought_in=True,
        pages=0,
        deadline_on=payload.deadline_on,
        issued_on=payload.written_on,
        issued_by_id=stamp.by,
        served_on=payload.served_on,
        recorded_at=stamp.now,
    )


def _serve(row: Document, method: ServiceMethod, on: date, stamp: Stamp) -> None:
    service = Service.objects.create(
        id=uuid7(),
        county_id=stamp.county_id,
        document=row,
        method=method.value,
        is_served=True,
        on=on,
        by_id=None,
        receiver_name=row.receiver_name if method is ServiceMethod.IN_PERSON else "",
        relation=ON_PAPER if method is ServiceMethod.ADULT_RELATIVE else "",
        witness=ON_PAPER if method is ServiceMethod.LEFT_AT_HOME else "",
        consent=ON_PAPER if method is ServiceMethod.ELECTRONIC else "",
        note=ON_PAPER,
        digest=row.payload_digest,
        recorded_at=stamp.now,
    )
    record("paper.served", service, subject=subject_of(row), happened_on=service.on, stamp=stamp)


def _use_up(row: Document, stamp: Stamp) -> None:
    """Let no register here give the number again: whichever of the office's series it is of."""
    every = {naming.series for naming in NAMING.values()}
    fitting = [series for series in every if number_in(row.number_text, series)]
    series = max(fitting, key=len, default="")
    found = number_in(row.number_text, series) if series else None
    if found is None:
        return
    year, number = found
    register = locked_register(row.office_id, series, year, county_id=stamp.county_id)
    if register.last < number:
        register.last = number
        register.save(update_fields=["last"])
