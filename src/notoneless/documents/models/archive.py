"""The volumes in which an office keeps its files (R-298)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.documents.models.document import Document
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.documents.archive import ArchiveKind
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Volume(models.Model):
    """One volume: a kind of file of one year, numbered, with somebody who keeps it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=choices(ArchiveKind))
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=100)
    keeper = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year", "number"], name="volume_number_once"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "kind": self.kind,
            "year": self.year,
            "number": self.number,
            "title": self.title,
            "keeper": self.keeper_id,
            "by": self.by_id,
        }


class VolumeItem(models.Model):
    """One paper in a volume, or a reference to another record with its title."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    volume = models.ForeignKey(Volume, models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    title = SealedTextField(default="", blank=True)
    """Of what is no paper of the register: minutes, a photo album, a paper from elsewhere."""
    dated_on = models.DateField(null=True)
    pages = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["volume", "position"], name="volume_position_once"),
            models.UniqueConstraint(
                fields=["volume", "document"],
                condition=Q(document__isnull=False),
                name="volume_document_once",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "volume": self.volume_id,
            "position": self.position,
            "document": self.document_id,
            "title": self.title,
            "dated_on": self.dated_on,
            "pages": self.pages,
            "by": self.by_id,
        }
