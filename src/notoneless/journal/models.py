"""Envelopes of facts, their seals and salts; who read what; what was refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.rules.canonical import canonical


class Entry(InsertOnly):
    """One envelope: that something happened, about whom, by whom, when, and in which row.

    Holds no personal data, so it survives the erasure of the row it points to. County,
    unit and person are plain ids: the journal lies below the tables that they name.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county_id = models.UUIDField()
    kind = models.CharField(max_length=60)
    """What happened, noun first: "enrolment.begun"."""
    subject_kind = models.CharField(max_length=30)
    subject_id = models.UUIDField()
    unit_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    """The person who did it; none when the system did."""
    happened_on = models.DateField()
    noted_at = models.DateTimeField()
    """The clock of the device on which it was written down."""
    recorded_at = models.DateTimeField()
    """The server's clock."""
    row_model = models.CharField(max_length=60)
    """The table of the fact: "children.enrolment"."""
    row_id = models.UUIDField(null=True)
    covers_end = models.BooleanField(default=False)
    """Whether the row had ended when this was recorded, so that its end is under the digest."""
    digest = models.CharField(max_length=64)
    """Fingerprint of the row's facts under this entry's salt."""
    is_simulated = models.BooleanField(default=False)
    """Written by the demo's play, and not by a person or the system at work."""

    class Meta:
        indexes = [
            models.Index(fields=["county_id", "recorded_at", "id"], name="entry_sealing_order"),
            models.Index(fields=["county_id", "subject_id", "recorded_at"], name="entry_subject"),
            models.Index(fields=["county_id", "row_model", "row_id"], name="entry_row"),
        ]

    def envelope(self) -> Mapping[str, object]:
        """Everything that a seal protects; the mark of a demo only where it is set, so that what
        was sealed before there was one still fits."""
        said = {field.attname: getattr(self, field.attname) for field in self._meta.fields}
        if not self.is_simulated:
            del said["is_simulated"]
        return said


class Salt(models.Model):
    """What makes a digest unguessable; erasing it makes the digest meaningless for ever."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="salt")
    value = models.BinaryField(max_length=16)


class Erasure(InsertOnly):
    """That a salt was erased, by whom and why; a salt missing without one is a finding."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county_id = models.UUIDField()
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="erasure")
    reason = models.CharField(max_length=200)
    """Legal ground or request number; no personal data."""
    erased_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county_id", "erased_at"], name="erasure_county")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "entry_id": self.entry_id,
            "reason": self.reason,
            "erased_at": self.erased_at,
        }


class Seal(InsertOnly):
    """One link of a county's chain: seals one entry after the one before."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county_id = models.UUIDField()
    seq = models.PositiveBigIntegerField()
    """From 1 without a gap."""
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    swept_at = models.DateTimeField(null=True)
    """When the sealer had last found nothing left over; an entry recorded well before that
    and sealed only now was slipped in."""
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The last guard against two sealers: the second one's insert fails.
            models.UniqueConstraint(fields=["county_id", "seq"], name="seal_one_per_place"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="seal_counts_from_one"),
        ]

    def protects(self, entry: Entry) -> bytes:
        """The bytes under this seal's hash: the entry's envelope and the seal's own times."""
        return canonical(
            {**entry.envelope(), "swept_at": self.swept_at, "sealed_at": self.sealed_at}
        )


class ChainHead(models.Model):
    """Where a county's chain ends; locked while sealing. The only journal row that changes."""

    county_id = models.UUIDField(primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    swept_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)
    """A sample county's: its chain begins with another hash, so that nobody can wipe the mark."""


class Reading(InsertOnly):
    """That somebody looked: at one child, or at a list (one row, however long)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county_id = models.UUIDField()
    person_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    """"child.opened", "child.revealed", "children.listed", "children.exported" …"""
    child_id = models.UUIDField(null=True)
    fields = models.JSONField(default=list)
    """Names of the fields shown or revealed, never their values."""
    purpose = models.CharField(max_length=200, blank=True)
    filter = models.CharField(max_length=500, blank=True)
    """A list's filter as the reader set it."""
    row_count = models.PositiveIntegerField(default=1)
    rows_digest = models.CharField(max_length=64, blank=True)
    """Fingerprint of the listed children's ids in sorted order."""

    class Meta:
        indexes = [
            models.Index(fields=["child_id", "-at", "-id"], name="reading_child"),
            models.Index(fields=["county_id", "-at"], name="reading_county"),
            models.Index(fields=["county_id", "person_id", "-at"], name="reading_person"),
        ]


class RefusedAttempt(InsertOnly):
    """That somebody tried what the rules refuse; written after the rollback of the attempt."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county_id = models.UUIDField(null=True)
    code = models.CharField(max_length=30)
    kind = models.CharField(max_length=60)
    """What was tried: "case.close"."""
    subject_kind = models.CharField(max_length=30, blank=True)
    subject_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county_id", "-at"], name="refused_county"),
            models.Index(fields=["county_id", "person_id", "-at"], name="refused_person"),
        ]
