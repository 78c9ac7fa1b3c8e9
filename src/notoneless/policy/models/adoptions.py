"""Who adopted which pack from when, with which values of the place's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.policy.models.packs import PackVersion
from notoneless.rules.paths import Line

if TYPE_CHECKING:
    from collections.abc import Mapping


class Adoption(InsertOnly):
    """A place takes a pack from a day on; a later one of the same system ends it (R-302)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="adoptions")
    line = models.CharField(max_length=1, choices=choices(Line))
    pack = models.ForeignKey(PackVersion, models.PROTECT, related_name="adoptions")
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    """Exclusive, where the end was fixed from the start; see ``AdoptionEnd`` for a later end."""
    without = models.JSONField(default=list)
    """Keys of the pack that the place leaves to another one."""
    reason = models.CharField(max_length=300, blank=True)
    adopted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """``None`` only for the system, which sets up the sample county."""
    adopted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="adoption_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["county", "unit", "from_on"], name="adoption_at_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "line": self.line,
            "pack": self.pack_id,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "without": sorted(self.without),
            "reason": self.reason,
            "adopted_by": self.adopted_by_id,
        }


class AdoptionEnd(InsertOnly):
    """A place gives a pack up from a day on."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    adoption = models.OneToOneField(Adoption, models.PROTECT, related_name="ending")
    to_on = models.DateField()
    """The first day without it."""
    reason = models.CharField(max_length=300)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "adoption": self.adoption_id,
            "to_on": self.to_on,
            "reason": self.reason,
            "ended_by": self.ended_by_id,
        }


class RuleValue(InsertOnly):
    """A value that a place put in from a day on: where its pack is blank, or instead of it.

    The latest that has begun counts. Setting it again for the same day writes a row with the
    next number; the highest number counts (R-302, R-304).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="values")
    key = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    """As ``rules.policy.wire`` writes it; null takes the place's own value back."""
    unit = models.CharField(max_length=30, blank=True)
    operator = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=200, blank=True)
    """The paper that says so."""
    from_on = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    reason = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "key", "from_on", "number"], name="rule_value_numbered"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "adoption": self.adoption_id,
            "key": self.key,
            "value": self.value,
            "unit": self.unit,
            "operator": self.operator,
            "source": self.source,
            "from_on": self.from_on,
            "number": self.number,
            "reason": self.reason,
            "set_by": self.set_by_id,
        }
