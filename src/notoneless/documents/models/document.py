"""One paper: what it says, its number, who it is for; and apart from it its bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.documents.kinds import DocumentKind, DocumentState, ReceiverKind
from notoneless.rules.documents.numbers import NO_NUMBER
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Document(models.Model):
    """A paper that was issued. What it says is never changed; it can be withdrawn or replaced."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    """The unit that writes it, by whose register it is numbered."""
    kind = models.CharField(max_length=24, choices=choices(DocumentKind))
    form_name = models.CharField(max_length=60)
    """What the paper is called at its place."""
    series = models.CharField(max_length=20)
    """Follows the office's word in the number: 责改."""
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True)
    """None of a paper from before: no register here gave it."""
    number_text = models.CharField(max_length=80)
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+", db_index=False)
    """None for a list of several children."""
    file_kind = models.CharField(max_length=20, blank=True)
    """Of the file it belongs to: "case", "flag"."""
    file_id = models.UUIDField(null=True)
    receiver_kind = models.CharField(max_length=10, choices=choices(ReceiverKind))
    receiver_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False
    )
    receiver_name = SealedTextField(default="", blank=True)
    payload = SealedJSONField(default=dict)
    payload_digest = models.CharField(max_length=64)
    is_brought_in = models.BooleanField(default=False)
    """Issued on paper before the place used the system; its bytes are a scan, if there are any."""
    pdf_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField()
    deadline_on = models.DateField(null=True)
    """Until when the receiver must act."""
    issued_on = models.DateField()
    """The date printed under it."""
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    signed_by = models.JSONField(default=list)
    """Ids of the persons who sign it."""
    state = models.CharField(
        max_length=10, choices=choices(DocumentState), default=DocumentState.ISSUED
    )
    served_on = models.DateField(null=True)
    """Of its standing service that reached the receiver; kept here for lists."""
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    ended_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    """Why it was withdrawn or replaced."""
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "series", "number"], name="document_number_once"
            ),
            models.UniqueConstraint(
                fields=["office", "year", "number_text"],
                condition=~Q(number_text=NO_NUMBER),
                name="document_number_text_once",
            ),
            models.CheckConstraint(
                condition=Q(is_brought_in=True, number=None)
                | Q(is_brought_in=False, number__isnull=False) & ~Q(pdf_sha256=""),
                name="document_of_here_is_numbered",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_number_from_one"),
            models.CheckConstraint(
                condition=Q(file_kind="", file_id=None) | (~Q(file_kind="") & ~Q(file_id=None)),
                name="document_file_whole",
            ),
            models.CheckConstraint(
                condition=~Q(receiver_kind=ReceiverKind.UNIT) | ~Q(receiver_unit=None),
                name="document_to_a_unit_names_it",
            ),
            models.CheckConstraint(
                condition=Q(state=DocumentState.ISSUED, ended_on=None, ended_reason="")
                | (~Q(state=DocumentState.ISSUED) & ~Q(ended_reason="") & ~Q(ended_on=None)),
                name="document_end_is_explained",
            ),
            models.CheckConstraint(
                condition=Q(deadline_on=None) | Q(deadline_on__gte=F("issued_on")),
                name="document_deadline_not_before",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "office", "year", "issued_on"], name="document_of_year"),
            models.Index(fields=["child", "issued_on"], name="document_of_child"),
            models.Index(
                fields=["file_id"],
                condition=Q(file_id__isnull=False),
                name="document_of_file",
            ),
            models.Index(
                fields=["receiver_unit", "issued_on"],
                condition=Q(receiver_unit__isnull=False),
                name="document_to_unit",
            ),
            models.Index(
                fields=["county", "office", "issued_on"],
                condition=Q(state=DocumentState.ISSUED, served_on=None),
                name="document_unserved",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "office": self.office_id,
            "kind": self.kind,
            "form_name": self.form_name,
            "number_text": self.number_text,
            "child": self.child_id,
            "file": [self.file_kind, self.file_id],
            "receiver_kind": self.receiver_kind,
            "receiver_unit": self.receiver_unit_id,
            "receiver_name": self.receiver_name,
            "payload": dict(self.payload),
            "is_brought_in": self.is_brought_in,
            "pdf_sha256": self.pdf_sha256,
            "deadline_on": self.deadline_on,
            "issued_on": self.issued_on,
            "issued_by": self.issued_by_id,
            "signed_by": list(self.signed_by),
            "replaces": self.replaces_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.ended_on is None:
            return None
        return {
            "state": self.state,
            "ended_on": self.ended_on,
            "ended_reason": self.ended_reason,
        }


class DocumentBytes(models.Model):
    """The PDF as it was issued, encrypted; the only thing that is ever served."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="kept")
    sealed = models.BinaryField()
