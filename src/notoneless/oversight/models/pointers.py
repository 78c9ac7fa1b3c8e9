"""Proposals of the integrity checks that somebody looked into and laid aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class Dismissal(InsertOnly):
    """A proposal was looked into and has an innocent reason; it is not proposed again."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    pointer = models.CharField(max_length=120)
    """The proposal's key."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "pointer"], name="dismissal_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="dismissal_says_why"),
        ]
        indexes = [models.Index(fields=["county", "unit"], name="dismissal_of_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "pointer": self.pointer,
            "reason": self.reason,
            "by": self.by_id,
            "at": self.at,
        }
