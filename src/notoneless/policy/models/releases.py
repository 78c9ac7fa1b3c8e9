"""Which legal instrument lets a money or sanction rule be applied, and who said so (R-308)."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices

if TYPE_CHECKING:
    from collections.abc import Mapping


class Release(InsertOnly):
    """Somebody proposes to switch one money or sanction rule on, naming its legal instrument.

    It covers the very value that it was proposed for. Nothing is on until a second person
    has granted it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="releases")
    """Here and below it counts."""
    key = models.CharField(max_length=80)
    value = models.JSONField()
    instrument_name = models.CharField(max_length=120)
    instrument_number = models.CharField(max_length=60)
    """文号."""
    instrument_issued_on = models.DateField()
    from_on = models.DateField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["county", "unit", "key"], name="release_at_unit")]

    @property
    def instrument(self) -> str:
        """Name and number as one line, as resolved policies carry it."""
        return f"《{self.instrument_name}》({self.instrument_number})"

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "key": self.key,
            "value": self.value,
            "instrument_name": self.instrument_name,
            "instrument_number": self.instrument_number,
            "instrument_issued_on": self.instrument_issued_on,
            "from_on": self.from_on,
            "proposed_by": self.proposed_by_id,
        }


class Verdict(StrEnum):
    """What was decided about a proposed release."""

    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ReleaseAct(InsertOnly):
    """A second person's word on a release, or its later withdrawal."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="acts")
    verdict = models.CharField(max_length=10, choices=choices(Verdict))
    on = models.DateField()
    """Granted: the first day with it. Withdrawn: the first day without it."""
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "verdict"], name="release_act_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "release": self.release_id,
            "verdict": self.verdict,
            "on": self.on,
            "reason": self.reason,
            "decided_by": self.decided_by_id,
        }
