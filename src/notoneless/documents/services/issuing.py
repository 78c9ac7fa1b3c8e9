"""Issues papers, and ends them: withdrawn or replaced, never changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import date
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.documents.models import Document, DocumentBytes
from notoneless.documents.rendering.pdf import Printed, printed
from notoneless.documents.services.numbering import next_number, word_of
from notoneless.journal.services import Stamp, Subject, record
from notoneless.rules.canonical import canonical
from notoneless.rules.documents.forms import blocks_of
from notoneless.rules.documents.kinds import DocumentState, ReceiverKind
from notoneless.rules.documents.lacking import lacking
from notoneless.rules.documents.names import NAMING, name_of_paper
from notoneless.rules.documents.numbers import number_text
from notoneless.rules.documents.payloads.parts import Payload
from notoneless.rules.documents.payloads.wire import to_wire
from notoneless.rules.refusal import Refusal
from notoneless.vault.sealing import seal_bytes

COLUMN = "documents.documentbytes.sealed"


class PaperIncomplete(Refusal):
    """The paper lacks something that it must say; ``lacks``: the names."""

    code = "DOCUMENT-03"

    def __init__(self, *, lacks: tuple[str, ...]) -> None:
        super().__init__(lacks=lacks)
        self.lacks = lacks


class NotStanding(Refusal):
    """The paper has been withdrawn or replaced already."""

    code = "DOCUMENT-04"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who the paper is for."""

    kind: ReceiverKind = ReceiverKind.FILE
    name: str = ""
    unit_id: UUID | None = None


FOR_THE_FILE = Receiver()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """A paper that is about to be issued."""

    payload: Payload
    office_id: UUID
    """The unit that writes it."""
    issued_on: date
    child_id: UUID | None = None
    file: tuple[str, UUID] | None = None
    """Kind and id of the file it belongs to: ("case", id)."""
    receiver: Receiver = FOR_THE_FILE
    deadline_on: date | None = None
    signed_by: tuple[UUID, ...] = ()
    series: str = ""
    """The series' word; empty: that of its kind."""
    id: UUID = field(default_factory=uuid7)


def issue(new: NewDocument, *, stamp: Stamp) -> Document:
    """Number a paper, print it, keep its bytes and put it into the journal: all or nothing.

    Seven statements and some 10 ms, of which the register is locked for the last part. Whether
    the actor may sign such a paper is the caller's to ask. Raises ``PaperIncomplete``,
    ``blocks.Unprintable``.
    """
    must_be_whole(new.payload)
    with transaction.atomic(savepoint=False):
        return _issue(new, replaces=None, stamp=stamp)


def replace(document_id: UUID, new: NewDocument, *, reason: str, stamp: Stamp) -> Document:
    """Issue a paper in the place of another, which keeps its number and says why it ended.

    Raises ``Document.DoesNotExist``, ``NotStanding`` and what ``issue`` raises.
    """
    must_be_whole(new.payload)
    with transaction.atomic(savepoint=False):
        old = _standing(document_id, stamp)
        row = _issue(new, replaces=old, stamp=stamp)
        _end(old, DocumentState.REPLACED, reason=reason, on=new.issued_on, stamp=stamp)
        return row


@transaction.atomic(savepoint=False)
def withdraw(document_id: UUID, *, reason: str, on: date, stamp: Stamp) -> Document:
    """Take a paper back; its number stays used.

    Raises ``Document.DoesNotExist``, ``NotStanding``.
    """
    row = _standing(document_id, stamp)
    _end(row, DocumentState.WITHDRAWN, reason=reason, on=on, stamp=stamp)
    return row


def must_be_whole(payload: Payload) -> None:
    """Raises ``PaperIncomplete`` when the paper lacks what it must say."""
    lacks = lacking(payload)
    if lacks:
        raise PaperIncomplete(lacks=lacks)


def _issue(new: NewDocument, *, replaces: Document | None, stamp: Stamp) -> Document:
    series = new.series or NAMING[new.payload.kind].series
    word = word_of(new.office_id)
    number = next_number(new.office_id, series, new.issued_on.year, county_id=stamp.county_id)
    text = number_text(word, series, year=new.issued_on.year, number=number)
    payload = changed(new.payload, office=changed(new.payload.office, number_text=text))
    paper = printed(blocks_of(payload))
    row = _row(new, payload, paper, stamp)
    row.series, row.number, row.number_text = series, number, text
    row.replaces = replaces
    row.save(force_insert=True)
    DocumentBytes.objects.create(document=row, sealed=seal_paper(row.pk, paper.pdf))
    record("paper.issued", row, subject=subject_of(row), happened_on=row.issued_on, stamp=stamp)
    return row


def _row(new: NewDocument, payload: Payload, paper: Printed, stamp: Stamp) -> Document:
    wire = to_wire(payload)
    file_kind, file_id = new.file or ("", None)
    return Document(
        id=new.id,
        county_id=stamp.county_id,
        office_id=new.office_id,
        kind=payload.kind.value,
        form_name=name_of_paper(payload),
        year=new.issued_on.year,
        child_id=new.child_id,
        file_kind=file_kind,
        file_id=file_id,
        receiver_kind=new.receiver.kind.value,
        receiver_unit_id=new.receiver.unit_id,
        receiver_name=new.receiver.name,
        payload=wire,
        payload_digest=hashlib.sha256(canonical(wire)).hexdigest(),
        pdf_sha256=hashlib.sha256(paper.pdf).hexdigest(),
        pages=paper.pages,
        deadline_on=new.deadline_on,
        issued_on=new.issued_on,
        issued_by_id=stamp.by,
        signed_by=[str(person) for person in new.signed_by],
        recorded_at=stamp.now,
    )


def seal_paper(document_id: UUID, pdf: bytes) -> bytes:
    """Encrypted for this paper's row and no other."""
    return seal_bytes(pdf, column=f"{COLUMN}.{document_id}")


def subject_of(row: Document) -> Subject:
    """What the journal's entries about a paper are about: its child, else the paper."""
    return ("child", row.child_id) if row.child_id else ("document", row.pk)


def _standing(document_id: UUID, stamp: Stamp) -> Document:
    rows = Document.objects.select_for_update(of=("self",)).filter(county=stamp.county_id)
    row = rows.get(pk=document_id)
    if row.state != DocumentState.ISSUED:
        raise NotStanding(number=row.number_text)
    return row


def _end(row: Document, state: DocumentState, *, reason: str, on: date, stamp: Stamp) -> None:
    row.state, row.ended_reason, row.ended_on = state.value, reason[:200], on
    row.save(update_fields=["state", "ended_reason", "ended_on"])
    kind = "paper.replaced" if state is DocumentState.REPLACED else "paper.withdrawn"
    record(kind, row, subject=subject_of(row), happened_on=on, stamp=stamp)
