"""Reads campaigns: plan, activities, reports."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from notoneless.rules.workplans.campaigns import Told
from notoneless.workplans.models import Activity, Campaign


@dataclass(frozen=True, slots=True)
class PlanLine:
    number: int
    text: str
    channels: tuple[str, ...]
    households: int | None
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class ActivityLine:
    id: UUID
    held_on: date
    channel: str
    place: str
    audience: str
    materials: str
    households: int
    persons: int
    units: frozenset[UUID]
    by: str
    withdrawn: str

    @property
    def told(self) -> Told:
        return Told(self.units, self.households, self.persons)


@dataclass(frozen=True, slots=True)
class ReportLine:
    number: int
    text: str
    reason: str
    figures: dict[str, Any]
    on: date
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """One month of one unit."""

    month: date
    plans: tuple[PlanLine, ...] = ()
    """Newest first."""
    activities: tuple[ActivityLine, ...] = ()
    """By day."""
    reports: tuple[ReportLine, ...] = ()
    """Newest first."""

    @property
    def standing(self) -> list[ActivityLine]:
        return [each for each in self.activities if not each.withdrawn]


def campaign_file(unit_id: UUID, month: date, *, county_id: UUID) -> CampaignFile:
    """Everything on record about a campaign; five statements, one where there is nothing."""
    row = Campaign.objects.filter(county=county_id, unit=unit_id, month=month).first()
    if row is None:
        return CampaignFile(month)
    return CampaignFile(
        month,
        plans=tuple(
            PlanLine(p.number, p.text, tuple(p.channels), p.households, p.on, _name(p.by))
            for p in row.plans.select_related("by").order_by("-number")
        ),
        activities=tuple(
            _activity(a)
            for a in row.activities.select_related("by", "withdrawal")
            .prefetch_related("reach")
            .order_by("held_on", "pk")
        ),
        reports=tuple(
            ReportLine(r.number, r.text, r.reason, r.figures, r.on, r.at, _name(r.by))
            for r in row.reports.select_related("by").order_by("-number")
        ),
    )


def _activity(row: Activity) -> ActivityLine:
    return ActivityLine(
        id=row.pk,
        held_on=row.held_on,
        channel=row.channel,
        place=row.place,
        audience=row.audience,
        materials=row.materials,
        households=row.households,
        persons=row.persons,
        units=frozenset(each.unit_id for each in row.reach.all()),
        by=_name(row.by),
        withdrawn=row.withdrawal.reason if hasattr(row, "withdrawal") else "",
    )


def _name(person: Any) -> str:
    return person.name if person else ""
