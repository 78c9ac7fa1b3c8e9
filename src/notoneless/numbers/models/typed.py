"""Headcounts of times and places of which the system knows nothing, entered with their source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.indicators.counts import BY_HAND
from notoneless.rules.units import Stage

if TYPE_CHECKING:
    from collections.abc import Mapping


class TypedCount(models.Model):
    """One named count of a unit and year that somebody entered; a newer row corrects it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=choices(Stage), blank=True)
    """Empty for both stages together."""
    entered_in = models.PositiveSmallIntegerField(default=0)
    """The autumn in which the cohort entered the stage; 0 for all grades together."""
    count = models.CharField(max_length=30, choices=choices(BY_HAND))
    school_year = models.PositiveSmallIntegerField()
    """The autumn of the year at whose beginning it was counted."""
    value = models.PositiveIntegerField()
    source = models.CharField(max_length=200)
    """Where the figure comes from, in words."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "stage", "entered_in", "count", "school_year"],
                condition=Q(superseded_at=None),
                name="typed_count_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(entered_in=0) | ~Q(stage=""), name="typed_count_cohort_has_a_stage"
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "school_year"],
                condition=Q(superseded_at=None),
                name="typed_count_of_year",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "stage": self.stage,
            "entered_in": self.entered_in,
            "count": self.count,
            "school_year": self.school_year,
            "value": self.value,
            "source": self.source,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None
