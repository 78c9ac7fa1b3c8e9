"""Who covers which village, school or group in the government line (R-008)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models.people import Person
from notoneless.places.models.units import Unit, choices
from notoneless.rules.coverage import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


class Coverage(models.Model):
    """One named person covers one unit, or a part of it, at one level (包保)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="coverages")
    level = models.CharField(max_length=16, choices=choices(Level))
    area = models.CharField(max_length=60, blank=True)
    """The part of the unit: households or a hamlet; empty for all of it."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="coverages")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "level", "area"],
                condition=Q(to_on=None),
                name="coverage_one_person_now",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="coverage_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["person", "to_on"], name="coverage_of_person")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "level": self.level,
            "area": self.area,
            "person": self.person_id,
            "from_on": self.from_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on} if self.to_on else None
