"""How a paper reached its receiver, and what a unit answered that received one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.documents.models.document import Document
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.documents.kinds import ServiceMethod
from notoneless.rules.documents.serving import Proof
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Service(models.Model):
    """One try to serve a paper (送达). Several may fail; one stands that succeeded."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    method = models.CharField(max_length=16, choices=choices(ServiceMethod))
    is_served = models.BooleanField()
    on = models.DateField()
    hour = models.CharField(max_length=5, blank=True)
    place = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    receiver_name = SealedTextField(default="", blank=True)
    relation = models.CharField(max_length=20, blank=True)
    witness = models.CharField(max_length=100, blank=True)
    consent = models.CharField(max_length=200, blank=True)
    """When and how the receiver agreed to electronic service."""
    carrier = models.CharField(max_length=100, blank=True)
    """Number of the registered letter, or the unit that delivered it."""
    note = SealedTextField(default="", blank=True)
    pictures_count = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64)
    """Of the form, to tell the same form sent twice from another one."""
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    """Why it no longer counts: entered for the wrong paper."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(is_served=True, ended_at=None),
                name="service_that_succeeded_once",
            ),
            models.CheckConstraint(
                condition=Q(is_served=False, method=ServiceMethod.NOT_SERVED)
                | (Q(is_served=True) & ~Q(method=ServiceMethod.NOT_SERVED)),
                name="service_in_vain_is_not_served",
            ),
            models.CheckConstraint(
                condition=~Q(method=ServiceMethod.LEFT_AT_HOME)
                | ~Q(witness="")
                | Q(pictures_count__gt=0),
                name="service_left_is_witnessed",
            ),
            models.CheckConstraint(
                condition=~Q(method=ServiceMethod.ELECTRONIC) | ~Q(consent=""),
                name="service_electronic_with_consent",
            ),
            models.CheckConstraint(
                condition=~Q(method=ServiceMethod.ADULT_RELATIVE) | ~Q(relation=""),
                name="service_to_relative_names_relation",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="")
                | (~Q(ended_at=None) & ~Q(ended_reason="")),
                name="service_end_is_explained",
            ),
        ]
        indexes = [models.Index(fields=["county", "on"], name="service_by_day")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "document": self.document_id,
            "method": self.method,
            "on": self.on,
            "hour": self.hour,
            "place": self.place,
            "by": self.by_id,
            "second": self.second_id,
            "receiver_name": self.receiver_name,
            "relation": self.relation,
            "witness": self.witness,
            "consent": self.consent,
            "carrier": self.carrier,
            "note": self.note,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.ended_at is None:
            return None
        return {"ended_at": self.ended_at, "ended_reason": self.ended_reason}


class ServicePicture(models.Model):
    """One picture that proves a service; the picture itself lies in ``ServicePictureBytes``."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    service = models.ForeignKey(Service, models.PROTECT, related_name="pictures")
    proof = models.CharField(max_length=12, choices=choices(Proof))
    sha256 = models.CharField(max_length=64)
    """Of the bytes that were sent."""
    likeness = models.CharField(max_length=16)
    taken_at = models.DateTimeField(null=True)
    had_place = models.BooleanField(default=False)
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "sha256"], name="service_picture_same"),
            models.Index(fields=["county", "likeness"], name="service_picture_alike"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "service": self.service_id,
            "proof": self.proof,
            "sha256": self.sha256,
            "taken_at": self.taken_at,
            "added_by": self.added_by_id,
        }


class ServicePictureBytes(models.Model):
    """The bytes of one picture, encrypted; in a table of their own so that no list loads them."""

    picture = models.OneToOneField(
        ServicePicture, models.CASCADE, primary_key=True, related_name="kept"
    )
    kind = models.CharField(max_length=10)
    sealed = models.BinaryField()


class Receipt(models.Model):
    """What the unit that received a paper answered: taken over, or sent back with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    document = models.OneToOneField(Document, models.PROTECT, related_name="receipt")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    is_accepted = models.BooleanField()
    reason = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(reason=""), name="receipt_sent_back_says_why"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "document": self.document_id,
            "unit": self.unit_id,
            "is_accepted": self.is_accepted,
            "reason": self.reason,
            "on": self.on,
            "by": self.by_id,
        }
