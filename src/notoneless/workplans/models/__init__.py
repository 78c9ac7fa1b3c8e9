"""Reports up the line, meetings with their decisions, campaigns."""

from __future__ import annotations

from notoneless.workplans.models.campaigns import (
    Activity,
    ActivityReach,
    Campaign,
    CampaignPlan,
    CampaignReport,
)
from notoneless.workplans.models.meetings import (
    Attendee,
    Decision,
    DecisionDone,
    Meeting,
    Withdrawal,
)
from notoneless.workplans.models.reports import ReportPeriod, ReportVerdict, ReportVersion

__all__ = [
    "Activity",
    "ActivityReach",
    "Attendee",
    "Campaign",
    "CampaignPlan",
    "CampaignReport",
    "Decision",
    "DecisionDone",
    "Meeting",
    "ReportPeriod",
    "ReportVerdict",
    "ReportVersion",
    "Withdrawal",
]
