"""How a unit is reached by whoever has its paper in hand, as facts (R-017)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.places.models.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class UnitTelephone(models.Model):
    """A unit's telephone from one saving to the next; saved again it becomes a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="telephones")
    phone = models.CharField(max_length=40)
    contact = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=120, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(superseded_at=None), name="telephone_one_now_per_unit"
            ),
            models.CheckConstraint(condition=~Q(phone=""), name="telephone_can_be_called"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "phone": self.phone,
            "contact": self.contact,
            "address": self.address,
            "recorded_by": self.recorded_by,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None
