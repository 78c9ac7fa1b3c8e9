"""Photos and drawn signatures: stripped, shrunk, sealed, and known again when used twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.contacts.models.contact import Contact
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contacts.kinds import Proof

if TYPE_CHECKING:
    from collections.abc import Mapping


class Evidence(models.Model):
    """One picture that proves a contact; the picture itself lies in ``SealedPicture``."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="evidence")
    proof = models.CharField(max_length=12, choices=choices(Proof))
    sha256 = models.CharField(max_length=64)
    """Of the bytes that were sent."""
    likeness = models.CharField(max_length=16)
    """Perceptual hash: nearly equal for the same picture after shrinking or cropping a little."""
    taken_at = models.DateTimeField(null=True)
    """From the camera. Everything else it wrote is dropped."""
    had_place = models.BooleanField(default=False)
    """The camera had noted where; that is all that is kept of it."""
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "sha256"], name="evidence_same"),
            models.Index(fields=["county", "likeness"], name="evidence_alike"),
            models.Index(fields=["contact"], name="evidence_of_contact"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contact": self.contact_id,
            "proof": self.proof,
            "sha256": self.sha256,
            "taken_at": self.taken_at,
            "added_by": self.added_by_id,
            "added_at": self.added_at,
        }


class SealedPicture(models.Model):
    """The bytes of one picture, encrypted; in a table of their own so that no list loads them."""

    evidence = models.OneToOneField(
        Evidence, models.CASCADE, primary_key=True, related_name="picture"
    )
    kind = models.CharField(max_length=10)
    """``image/jpeg`` or ``image/png``."""
    sealed = models.BinaryField()
