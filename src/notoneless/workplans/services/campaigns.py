"""The only writers of campaigns."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.journal.services import Stamp, record
from notoneless.workplans.models import (
    Activity,
    ActivityReach,
    Campaign,
    CampaignPlan,
    CampaignReport,
)
from notoneless.workplans.services.rows import record_rows


@dataclass(frozen=True, slots=True)
class NewPlan:
    text: str
    channels: tuple[str, ...]
    households: int | None = None
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class NewActivity:
    held_on: date
    channel: str
    place: str = ""
    audience: str = ""
    materials: str = ""
    households: int = 0
    persons: int = 0
    units: tuple[UUID, ...] = ()
    id: UUID = field(default_factory=uuid7)


@dataclass(frozen=True, slots=True)
class NewCampaignReport:
    text: str
    figures: dict[str, Any]
    reason: str = ""
    id: UUID = field(default_factory=uuid7)


@transaction.atomic(savepoint=False)
def campaign_of(unit_id: UUID, month: date, *, on: date, stamp: Stamp) -> Campaign:
    """The campaign of a unit's month, locked; begun if nobody has."""
    row, is_new = Campaign.objects.get_or_create(
        county_id=stamp.county_id, unit_id=unit_id, month=month
    )
    if is_new:
        record("campaign.begun", row, subject=("unit", unit_id), happened_on=on, stamp=stamp)
    return Campaign.objects.select_for_update().get(pk=row.pk)


@transaction.atomic(savepoint=False)
def write_plan(campaign: Campaign, new: NewPlan, *, on: date, stamp: Stamp) -> CampaignPlan:
    """Write the plan of a campaign that the caller has locked; a later one stands in its place."""
    row = CampaignPlan(
        id=new.id,
        county_id=stamp.county_id,
        campaign=campaign,
        number=campaign.plans.count() + 1,
        text=new.text,
        channels=list(new.channels),
        households=new.households,
        on=on,
        at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    about = ("unit", campaign.unit_id)
    record("campaign.planned", row, subject=about, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_activity(campaign: Campaign, new: NewActivity, *, stamp: Stamp) -> Activity:
    """Write down one activity with the villages and classes it came to."""
    row = Activity(
        id=new.id,
        county_id=stamp.county_id,
        campaign=campaign,
        held_on=new.held_on,
        channel=new.channel,
        place=new.place,
        audience=new.audience,
        materials=new.materials,
        households=new.households,
        persons=new.persons,
        recorded_at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    about = ("unit", campaign.unit_id)
    record("campaign.activity", row, subject=about, happened_on=new.held_on, stamp=stamp)
    reach = [
        ActivityReach(county_id=stamp.county_id, activity=row, unit_id=unit)
        for unit in dict.fromkeys(new.units)
    ]
    ActivityReach.objects.bulk_create(reach)
    record_rows("campaign.reached", reach, about=about, on=new.held_on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def write_report(
    campaign: Campaign, new: NewCampaignReport, *, on: date, stamp: Stamp
) -> CampaignReport:
    """Hand in what came of a campaign that the caller has locked."""
    row = CampaignReport(
        id=new.id,
        county_id=stamp.county_id,
        campaign=campaign,
        number=campaign.reports.count() + 1,
        text=new.text,
        reason=new.reason,
        figures=new.figures,
        on=on,
        at=stamp.now,
        by_id=stamp.by,
    )
    row.save()
    about = ("unit", campaign.unit_id)
    record("campaign.reported", row, subject=about, happened_on=on, stamp=stamp)
    return row
