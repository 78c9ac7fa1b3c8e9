"""What a child needs in a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.signs.needs import Need
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class NeedTag(models.Model):
    """That a child needs something, from a day to a day within one term (R-083)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    need = models.CharField(max_length=10, choices=choices(Need))
    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive; never after the term's end."""
    reason = SealedTextField(default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When somebody took it away before its time."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="need_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["child", "need", "to_on"],
                condition=Q(ended_at=None),
                name="need_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["child", "to_on"], name="need_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "need": self.need,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "reason": self.reason,
            "by": self.by_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"ended_at": self.ended_at} if self.ended_at else None
