"""Staging of rosters: an import, its files, its rows, and decisions on parked rows."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.children.models.child import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.vault.fields import SealedJSONField

if TYPE_CHECKING:
    from collections.abc import Mapping


class ImportStatus(StrEnum):
    """Where an import stands. READING and APPLYING survive a killed run and are taken up again."""

    UPLOADED = "uploaded"
    READING = "reading"
    READY = "ready"
    APPLYING = "applying"
    APPLIED = "applied"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Verdict(StrEnum):
    """What became of a row."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    PARKED = "parked"


class Parking(StrEnum):
    """How a parked row stands."""

    NONE = ""
    PENDING = "pending"
    DECIDED = "decided"
    REPLACED = "replaced"
    """A later import parked the same child for the same school again."""


class ParkedDecision(StrEnum):
    KEEP = "keep"
    """The child stays where it was listed first."""
    MOVE = "move"
    """The child belongs to the school whose row was parked."""
    OTHER_CHILD = "other_child"
    """The identity number is wrong: this row is another child, and the school corrects it."""


class RosterImport(models.Model):
    """One upload of one or more roster files by one person."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The unit on whose behalf it was brought: the bureau, a centre school, a school."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """``None`` for the command line."""
    status = models.CharField(max_length=10, choices=choices(ImportStatus), default="uploaded")
    school_year = models.PositiveSmallIntegerField()
    """Autumn year of the school year that the lists are for."""
    allowed_schools = models.JSONField(null=True)
    """School codes that may appear; ``None`` where the whole county may, new schools included."""
    created_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField()
    """When the run last moved; long ago means that it was killed."""
    rows_read = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    """An estimate while a file is streamed; 0 while unknown."""
    rows_applied = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    """Rows by verdict, and ``warned``, once everything is read."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[status.value for status in ImportStatus]),
                name="roster_import_status_is_known",
            )
        ]
        indexes = [models.Index(fields=["county", "-created_at"], name="roster_import_by_time")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "county": self.county_id,
            "unit": self.unit_id,
            "school_year": self.school_year,
            "created_at": self.created_at,
        }


class RosterFile(models.Model):
    """One file of an import. ``last_row`` is the checkpoint of reading."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    roster_import = models.ForeignKey(RosterImport, models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    """As the person named it, without folders."""
    location = models.CharField(max_length=500)
    """Where its bytes are until it has been read; empty afterwards."""
    is_ours = models.BooleanField(default=True)
    """Whether the bytes were copied for us and are deleted after reading."""
    sha256 = models.CharField(max_length=64)
    last_row = models.PositiveIntegerField(default=0)
    is_read = models.BooleanField(default=False)
    fault = models.CharField(max_length=30, blank=True)
    """Why nothing of it could be taken (``children.roster.faults``)."""
    fault_facts = models.JSONField(default=dict)
    titles = models.JSONField(default=list)
    """The words of the heading row, for the error workbook."""
    notes = models.JSONField(default=list)
    """Remarks on the whole file: code and facts."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roster_import", "position"], name="roster_file_order")
        ]


class StagedRow(models.Model):
    """One row of a sheet, checked and waiting; what it says lies sealed."""

    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    roster_import = models.ForeignKey(
        RosterImport, models.CASCADE, related_name="rows", db_index=False
    )
    file = models.ForeignKey(RosterFile, models.PROTECT, related_name="rows", db_index=False)
    sheet_row = models.PositiveIntegerField()
    verdict = models.CharField(max_length=9, choices=choices(Verdict))
    is_warned = models.BooleanField(default=False)
    school_code = models.CharField(max_length=10, blank=True)
    identity = models.CharField(max_length=34, blank=True)
    """Blind index of what makes the row one certain child; empty for rows refused without one."""
    digest = models.CharField(max_length=32, blank=True)
    """Keyed fingerprint of the values, to compare with the child's record."""
    findings = models.JSONField(default=list)
    values = SealedJSONField(default=dict)
    raw = SealedJSONField(default=dict)
    """``cells``: the row as it was, for rows that go back to the school."""
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+", db_index=False)
    """The child found, or made from this row."""
    rival = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    """Of a parked row: the earlier row of the same import that stays."""
    parking = models.CharField(max_length=8, choices=choices(Parking), blank=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "sheet_row"], name="staged_row_once"),
            models.CheckConstraint(
                condition=Q(verdict="parked") | Q(parking=""), name="staged_row_parking"
            ),
        ]
        indexes = [
            models.Index(fields=["roster_import", "identity"], name="staged_row_by_identity"),
            models.Index(
                fields=["roster_import", "school_code", "verdict", "applied_at"],
                name="staged_row_to_apply",
            ),
            models.Index(
                fields=["roster_import", "verdict", "file", "sheet_row"], name="staged_row_in_order"
            ),
            models.Index(
                fields=["county", "identity"],
                condition=Q(verdict="parked"),
                name="staged_row_parked",
            ),
            models.Index(
                fields=["roster_import", "file", "sheet_row"],
                condition=Q(is_warned=True),
                name="staged_row_warned",
            ),
            models.Index(
                fields=["child"], condition=Q(child__isnull=False), name="staged_row_child"
            ),
            # Not ~Q(rival=None): SQLite would not use it when it looks who names a row as rival,
            # and for each row that is thrown away it would read through all of them.
            models.Index(
                fields=["rival"], condition=Q(rival__isnull=False), name="staged_row_rival"
            ),
        ]


class RosterDecision(models.Model):
    """What a person decided about a parked row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    row = models.OneToOneField(StagedRow, models.PROTECT, related_name="decision")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    """The child that was listed first."""
    decision = models.CharField(max_length=12, choices=choices(ParkedDecision))
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "decision": self.decision,
            "reason": self.reason,
            "decided_at": self.decided_at,
        }
