"""The headcount of a school's classes at the beginning of a year, frozen by two people."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices

if TYPE_CHECKING:
    from collections.abc import Mapping


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Baseline(models.Model):
    """One asking for a school and year, with what a second person made of it.

    A confirmed one stands until a newer one for the same school and year is confirmed; its numbers
    are never changed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made with the form, so that sending it twice asks once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    school_year = models.PositiveSmallIntegerField()
    """The autumn of the year on whose 1 September the children were registered."""
    source = models.CharField(max_length=200)
    """By what the list was checked, in words."""
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    """What was known at this moment is what is frozen."""
    verdict = models.CharField(max_length=10, choices=choices(Verdict), blank=True)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "school_year"],
                condition=Q(verdict="confirmed", superseded_at=None),
                name="baseline_one_stands",
            ),
            models.UniqueConstraint(
                fields=["school", "school_year"],
                condition=Q(verdict=""),
                name="baseline_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | ~Q(verdict="")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("asked_by")),
                name="baseline_seen_by_a_second_person",
            ),
        ]
        indexes = [models.Index(fields=["county", "school_year"], name="baseline_of_year")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "school": self.school_id,
            "school_year": self.school_year,
            "source": self.source,
            "asked_by": self.asked_by_id,
            "asked_at": self.asked_at,
            "lines": {
                str(line.school_class_id or self.school_id): line.headcount
                for line in self.lines.all()
            },
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if not self.verdict:
            return None
        return {
            "verdict": self.verdict,
            "reason": self.reason,
            "decided_by": self.decided_by_id,
            "decided_at": self.decided_at,
            "superseded_at": self.superseded_at,
        }


class BaselineLine(models.Model):
    """One class of a baseline, or the children of the school who were in none."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    baseline = models.ForeignKey(Baseline, models.PROTECT, related_name="lines", db_index=False)
    school_class = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    headcount = models.PositiveIntegerField()
    children = models.JSONField(default=list)
    """Ids of exactly the children who were counted, so that what changed later has names."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["baseline", "school_class"],
                condition=Q(school_class__isnull=False),
                name="baseline_line_once_a_class",
            ),
            models.UniqueConstraint(
                fields=["baseline"],
                condition=Q(school_class=None),
                name="baseline_line_once_without_a_class",
            ),
        ]
