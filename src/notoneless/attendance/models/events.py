"""What empties a place: snow, flood, an illness going round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Person, Unit
from notoneless.places.models.units import PathField

if TYPE_CHECKING:
    from collections.abc import Mapping


class AreaEvent(models.Model):
    """One cause for many absences below a unit, so that they do not alarm one by one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    path = PathField(max_length=150)
    """Where the unit stood in its home line; classes below it are covered."""
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    """Exclusive; none while nobody knows the end."""
    cause = models.CharField(max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When its end was written down."""
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="area_event_ends_after_it_begins",
            )
        ]
        indexes = [models.Index(fields=["county", "from_on"], name="area_event_by_day")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "path": self.path,
            "from_on": self.from_on,
            "cause": self.cause,
            "by": self.by_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if not (self.to_on or self.withdrawn_at):
            return None
        return {"to_on": self.to_on, "withdrawn_at": self.withdrawn_at}
