"""One paper as its readers see it, and its kept bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.documents.models import Document, DocumentBytes, Service, ServicePictureBytes
from notoneless.documents.queries.doors import papers_seen
from notoneless.documents.rendering.file import bound
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.documents.services.issuing import COLUMN
from notoneless.documents.services.serving import PICTURE_COLUMN
from notoneless.places.models import Person
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import (
    DocumentKind,
    DocumentState,
    ReceiverKind,
    ServiceMethod,
)
from notoneless.rules.documents.payloads.parts import Payload
from notoneless.rules.documents.payloads.wire import from_wire
from notoneless.rules.documents.reach import ANSWERED_IN_CASE, FILE_OF_CASE
from notoneless.rules.documents.serving import Proof
from notoneless.vault.sealing import unseal_bytes


class AlteredPaper(ValueError):
    """The kept bytes are not those that were issued: somebody must look into it."""


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A paper in a list."""

    id: UUID
    kind: DocumentKind
    form_name: str
    number_text: str
    office_id: UUID
    office_name: str
    child_id: UUID | None
    child_name: str
    receiver_kind: ReceiverKind
    receiver_name: str
    """The guardian's, or the unit's."""
    receiver_unit_id: UUID | None
    issued_on: date
    deadline_on: date | None
    served_on: date | None
    state: DocumentState
    pages: int
    is_of_case: bool = False
    """Its file is a case, in which it is answered."""
    is_brought_in: bool = False
    """From before the place used the system."""

    @property
    def is_standing(self) -> bool:
        return self.state is DocumentState.ISSUED

    @property
    def awaits_service(self) -> bool:
        return (
            self.is_standing
            and self.served_on is None
            and self.receiver_kind in {ReceiverKind.GUARDIAN, ReceiverKind.COURT}
        )


@dataclass(frozen=True, slots=True)
class PictureLine:
    id: UUID
    proof: Proof
    taken_at: datetime | None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One try to serve the paper."""

    id: UUID
    method: ServiceMethod
    is_served: bool
    on: date
    hour: str
    place: str
    by: str
    second: str
    receiver_name: str
    relation: str
    witness: str
    consent: str
    carrier: str
    note: str
    pictures: tuple[PictureLine, ...]
    ended_reason: str
    """Empty while it counts."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    unit_name: str
    is_accepted: bool
    reason: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class PaperPage:
    """Everything about one paper."""

    line: PaperLine
    payload: Payload
    file: tuple[str, UUID] | None
    issued_by: str
    signed_by: tuple[str, ...]
    recorded_at: datetime
    ended_on: date | None
    ended_reason: str
    replaces: tuple[UUID, str] | None
    """Id and number of the paper in whose place it stands."""
    replaced_by: tuple[UUID, str] | None
    services: tuple[ServiceLine, ...]
    """Oldest first."""
    receipt: ReceiptLine | None


def line_of(row: Document) -> PaperLine:
    """``row`` with its office, child and receiving unit joined."""
    child = row.child
    if row.receiver_unit_id and row.receiver_unit:
        receiver = row.receiver_unit.name
    else:
        receiver = row.receiver_name
    return PaperLine(
        row.pk,
        DocumentKind(row.kind),
        row.form_name,
        row.number_text,
        row.office_id,
        row.office.name,
        (child.merged_into_id or child.pk) if child else None,
        child.name if child else "",
        ReceiverKind(row.receiver_kind),
        receiver,
        row.receiver_unit_id,
        row.issued_on,
        row.deadline_on,
        row.served_on,
        DocumentState(row.state),
        row.pages,
        row.file_kind == FILE_OF_CASE and row.kind in ANSWERED_IN_CASE,
        row.is_brought_in,
    )


def document_seen(
    actor: Actor, document_id: UUID, *, on: date, flags: Collection[UUID] = ()
) -> PaperPage:
    """One paper with its services; five statements.

    Raises ``Document.DoesNotExist`` for one that the actor may not read.
    """
    rows = papers_seen(actor, on=on, flags=flags).select_related(
        "office",
        "child",
        "receiver_unit",
        "issued_by",
        "replaces",
        "replaced_by",
        "receipt__unit",
        "receipt__by",
    )
    row = rows.get(pk=document_id)
    replaces, after = row.replaces, getattr(row, "replaced_by", None)
    return PaperPage(
        line_of(row),
        from_wire(DocumentKind(row.kind), row.payload),
        (row.file_kind, row.file_id) if row.file_id else None,
        row.issued_by.name if row.issued_by else "",
        _names(row.signed_by),
        row.recorded_at,
        row.ended_on,
        row.ended_reason,
        (replaces.pk, replaces.number_text) if replaces else None,
        (after.pk, after.number_text) if after else None,
        _services(row),
        _receipt(row),
    )


def kept_pdf(
    actor: Actor, document_id: UUID, *, on: date, flags: Collection[UUID] = ()
) -> tuple[PaperLine, bytes]:
    """The bytes as they were issued, their hash checked. Reading them is noted by the flow.

    Raises ``Document.DoesNotExist``, ``AlteredPaper``.
    """
    rows = papers_seen(actor, on=on, flags=flags).select_related("office", "child", "receiver_unit")
    row = rows.defer("payload").get(pk=document_id)
    return line_of(row), opened(row)


def opened(row: Document) -> bytes:
    """The kept bytes of a paper that a door let through; of an old one a sheet that stands for it,
    and its scan. Raises ``AlteredPaper``."""
    if not row.is_brought_in:
        return _kept(row)
    sheet = pdf_of_sheet(blocks_of(from_wire(DocumentKind(row.kind), row.payload)))
    return bound([sheet, _kept(row)]) if row.pdf_sha256 else sheet


def _kept(row: Document) -> bytes:
    kept = DocumentBytes.objects.get(document=row.pk)
    pdf = unseal_bytes(bytes(kept.sealed), column=f"{COLUMN}.{row.pk}")
    if hashlib.sha256(pdf).hexdigest() != row.pdf_sha256:
        raise AlteredPaper(f"{row.number_text} {row.pk}")
    return pdf


def picture_of_service(
    actor: Actor, picture_id: UUID, *, on: date
) -> tuple[UUID | None, str, bytes]:
    """The child, the kind and the bytes of a picture that proves a service.

    Raises ``ServicePictureBytes.DoesNotExist`` unless the actor reads the paper.
    """
    seen = papers_seen(actor, on=on).values("pk")
    kept = ServicePictureBytes.objects.select_related("picture__service__document__child").get(
        picture=picture_id, picture__service__document__in=seen
    )
    child = kept.picture.service.document.child
    data = unseal_bytes(bytes(kept.sealed), column=f"{PICTURE_COLUMN}.{picture_id}")
    return ((child.merged_into_id or child.pk) if child else None, kept.kind, data)


def _names(ids: Collection[str]) -> tuple[str, ...]:
    if not ids:
        return ()
    names: Mapping[str, str] = {
        str(person): name
        for person, name in Person.objects.filter(pk__in=list(ids)).values_list("pk", "name")
    }
    return tuple(names[each] for each in ids if each in names)


def _services(row: Document) -> tuple[ServiceLine, ...]:
    found = (
        Service.objects.filter(document=row)
        .select_related("by", "second")
        .prefetch_related("pictures")
        .order_by("on", "hour", "recorded_at")
    )
    return tuple(_service(each) for each in found)


def _service(row: Service) -> ServiceLine:
    pictures = tuple(
        PictureLine(each.pk, Proof(each.proof), each.taken_at) for each in row.pictures.all()
    )
    return ServiceLine(
        row.pk,
        ServiceMethod(row.method),
        row.is_served,
        row.on,
        row.hour,
        row.place,
        row.by.name if row.by else "",
        row.second.name if row.second else "",
        row.receiver_name,
        row.relation,
        row.witness,
        row.consent,
        row.carrier,
        row.note,
        pictures,
        row.ended_reason,
    )


def _receipt(row: Document) -> ReceiptLine | None:
    receipt = getattr(row, "receipt", None)
    if receipt is None:
        return None
    by = receipt.by.name if receipt.by else ""
    return ReceiptLine(receipt.unit.name, receipt.is_accepted, receipt.reason, receipt.on, by)
