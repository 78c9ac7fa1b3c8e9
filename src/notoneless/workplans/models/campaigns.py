"""Campaign months of a unit: plan, activities with what they reached, report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Campaign(InsertOnly):
    """One month of one unit's campaign, since somebody planned it or held something in it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    """Its first day."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "unit", "month"], name="campaign_once"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"unit": self.unit_id, "month": self.month}


class CampaignPlan(InsertOnly):
    """What is planned; the newest number stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    text = SealedTextField(default="", blank=True)
    channels = models.JSONField(default=list)
    households = models.PositiveIntegerField(null=True)
    """How many there are in the area, as far as the school knows."""
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="campaign_plan_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "campaign": self.campaign_id,
            "number": self.number,
            "text": self.text,
            "channels": self.channels,
            "households": self.households,
            "on": self.on,
            "by": self.by_id,
        }


class Activity(InsertOnly):
    """One act of publicity (R-240)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the page was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="activities")
    held_on = models.DateField()
    channel = models.CharField(max_length=60)
    place = models.CharField(max_length=100, blank=True)
    audience = models.CharField(max_length=100, blank=True)
    materials = models.CharField(max_length=200, blank=True)
    households = models.PositiveIntegerField(default=0)
    persons = models.PositiveIntegerField(default=0)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "campaign": self.campaign_id,
            "held_on": self.held_on,
            "channel": self.channel,
            "place": self.place,
            "audience": self.audience,
            "materials": self.materials,
            "households": self.households,
            "persons": self.persons,
            "by": self.by_id,
        }


class ActivityReach(InsertOnly):
    """A village or class that an activity came to."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="reach")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "unit"], name="activity_reach_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"activity": self.activity_id, "unit": self.unit_id}


class CampaignReport(InsertOnly):
    """What came of a campaign, with its reach of that day; a later one gives its reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the page was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    text = SealedTextField(default="", blank=True)
    reason = SealedTextField(default="", blank=True)
    figures = models.JSONField(default=dict)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="campaign_report_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "campaign": self.campaign_id,
            "number": self.number,
            "text": self.text,
            "reason": self.reason,
            "figures": self.figures,
            "on": self.on,
            "by": self.by_id,
        }
