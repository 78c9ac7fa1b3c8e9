"""Signatures under contracts and amendments, and the sealed ink or paper behind them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.contracts.models.contract import Contract, Party
from notoneless.contracts.models.later import Amendment
from notoneless.families.models import Visit
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contracts.signing import Method
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class InkKind(StrEnum):
    DRAWN = "drawn"
    PAPER = "paper"


class Ink(InsertOnly):
    """A drawn signature, or one page of a signed paper; read through the contract's door alone."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="ink")
    kind = models.CharField(max_length=8, choices=choices(InkKind))
    media_type = models.CharField(max_length=10)
    """``image/jpeg`` or ``image/png``."""
    sha256 = models.CharField(max_length=64)
    """Of the bytes that were sent."""
    sealed = models.BinaryField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """``None`` where a guardian drew on his own page."""
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "sha256"], name="ink_same")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "kind": self.kind,
            "sha256": self.sha256,
            "added_by": self.added_by_id,
            "added_at": self.added_at,
        }


class Signature(InsertOnly):
    """One line was signed: by its holder here, by a guardian, or on paper."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", db_index=False)
    amendment = models.ForeignKey(Amendment, models.PROTECT, null=True, related_name="+")
    """``None`` for the contract itself."""
    method = models.CharField(max_length=8, choices=choices(Method))
    typed_name = SealedTextField(default="", blank=True)
    ink = models.ForeignKey(Ink, models.PROTECT, null=True, related_name="+", db_index=False)
    witness = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who saw the guardian sign on the teacher's phone."""
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, related_name="+")
    """Of a guardian who signed on his own page."""
    text_sha256 = models.CharField(max_length=64)
    """What it stands under."""
    signed_on = models.DateField()
    signed_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The signer himself, or whoever took in the paper; ``None`` on a guardian's page."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party"], condition=Q(amendment=None), name="signature_once"
            ),
            models.UniqueConstraint(
                fields=["party", "amendment"],
                condition=Q(amendment__isnull=False),
                name="signature_once_per_amendment",
            ),
            models.CheckConstraint(
                condition=Q(method="typed", ink=None)
                | Q(method__in=["drawn", "paper"], ink__isnull=False),
                name="signature_has_its_ink",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "party": self.party_id,
            "amendment": self.amendment_id,
            "method": self.method,
            "typed_name": self.typed_name,
            "ink": self.ink_id,
            "witness": self.witness_id,
            "visit": self.visit_id,
            "text_sha256": self.text_sha256,
            "signed_on": self.signed_on,
            "signed_at": self.signed_at,
            "entered_by": self.entered_by_id,
        }
