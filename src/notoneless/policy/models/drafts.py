"""A county's own packs on their way: a draft, a proposal, a second person's word."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.policy.models.packs import PackVersion

if TYPE_CHECKING:
    from collections.abc import Mapping


class PackDraft(models.Model):
    """A pack that one person is writing. It proves nothing, holds nowhere and is thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The place for which it is written: whoever confirms it stands here or above."""
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    base = models.ForeignKey(PackVersion, models.PROTECT, null=True, related_name="+")
    """The version that it changes; ``None`` for a system that is new here."""
    toml = models.TextField()
    number = models.PositiveIntegerField(default=1)
    """Counts its changes, so that two windows do not undo each other's."""
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "author"], name="pack_draft_of_author")]


class PackProposal(InsertOnly):
    """Somebody asks that a version be made, word for word as it stands here (R-303)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    base = models.ForeignKey(PackVersion, models.PROTECT, null=True, related_name="+")
    system = models.CharField(max_length=30)
    pack_id = models.CharField(max_length=60)
    title_zh = models.CharField(max_length=100)
    title_en = models.CharField(max_length=150)
    effective_from = models.DateField()
    toml = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "proposed_at"], name="pack_proposal_of_county")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "base": self.base_id,
            "pack_id": self.pack_id,
            "text": self.toml,
            "digest": self.digest,
            "reason": self.reason,
            "proposed_by": self.proposed_by_id,
        }


class ProposalVerdict(StrEnum):
    """What became of a proposed version."""

    CONFIRMED = "confirmed"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    """Taken back by whoever proposed it."""


class ProposalAct(InsertOnly):
    """The one word that ends a proposal; confirmed, the version exists."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    proposal = models.OneToOneField(PackProposal, models.PROTECT, related_name="act")
    verdict = models.CharField(max_length=10, choices=choices(ProposalVerdict))
    version = models.OneToOneField(PackVersion, models.PROTECT, null=True, related_name="made_by")
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict=ProposalVerdict.CONFIRMED, version__isnull=False)
                | (~Q(verdict=ProposalVerdict.CONFIRMED) & Q(version=None)),
                name="proposal_act_makes_its_version",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "proposal": self.proposal_id,
            "verdict": self.verdict,
            "version": self.version_id,
            "reason": self.reason,
            "decided_by": self.decided_by_id,
        }
