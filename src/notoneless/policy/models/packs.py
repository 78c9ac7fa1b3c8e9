"""Packs as they were loaded, and policies as they were applied: both written once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class PackVersion(InsertOnly):
    """One pack, word for word, as it came with the product or as a county wrote it (R-303)."""

    journalled_from_birth = False
    """A shipped pack belongs to no county; a county seals its text when it adopts it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """``None`` for a pack that came with the product."""
    system = models.CharField(max_length=30)
    pack_id = models.CharField(max_length=60, unique=True)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=150)
    toml = models.TextField()
    digest = models.CharField(max_length=64)
    """SHA-256 of the text with plain line ends, in hexadecimal."""
    effective_from = models.DateField()
    effective_to = models.DateField(null=True)
    """Exclusive."""
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(effective_to=None) | Q(effective_to__gt=F("effective_from")),
                name="pack_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["system", "effective_from"], name="pack_by_system")]

    def journal_facts(self) -> Mapping[str, object]:
        return {"pack_id": self.pack_id, "text": self.toml, "digest": self.digest}


class ResolvedPolicy(InsertOnly):
    """A policy of some place and day as it was applied, once under its own hash."""

    digest = models.CharField(max_length=64, primary_key=True)
    json = models.TextField()
    first_made_at = models.DateTimeField()


class PolicyMark(models.Model):
    """Changes with every change of policy in a county; tells caches that they are old.

    The row is locked while policy is written, so that two people adopt one after the other.
    It proves nothing and is the only row of this app that is ever changed.
    """

    scope = models.UUIDField(primary_key=True)
    """The county."""
    mark = models.UUIDField()
    """Random, so that a rolled-back change never shares the mark of the next one."""
