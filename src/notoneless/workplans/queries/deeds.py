"""What units have handed in, held, decided and run, as planning reads it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.rules.duties.wants import Bearer
from notoneless.rules.roles import Role
from notoneless.rules.workplans.facts import CampaignFact, Decided, Held, Sent
from notoneless.rules.workplans.kinds import MeetingKind, ReportState, Stream
from notoneless.workplans.models import (
    CampaignPlan,
    CampaignReport,
    Decision,
    Meeting,
    ReportVersion,
)


@dataclass(slots=True)
class Deeds:
    """What one unit has done."""

    sent: dict[tuple[Stream, date], Sent] = field(default_factory=dict)
    held: tuple[Held, ...] = ()
    decided: tuple[Decided, ...] = ()
    campaigns: dict[date, CampaignFact] = field(default_factory=dict)


def deeds_of(unit_ids: Collection[UUID], *, county_id: UUID, from_on: date) -> Mapping[UUID, Deeds]:
    """What each unit has done since ``from_on``, and its older decisions that are still open.

    Five statements, however many units. What was withdrawn was never done.
    """
    found: dict[UUID, Deeds] = {unit: Deeds() for unit in unit_ids}
    _add_sent(found, county_id, from_on)
    _add_meetings(found, county_id, from_on)
    _add_campaigns(found, county_id, from_on)
    return found


def _add_sent(found: dict[UUID, Deeds], county_id: UUID, from_on: date) -> None:
    first = ReportVersion.objects.filter(
        number=1, period__county=county_id, period__unit__in=found, period__until__gte=from_on
    )
    columns = ("pk", "submitted_on", "period__unit", "period__stream", "period__from_on")
    for pk, on, unit, stream, began, state in first.values_list(*columns, "period__state"):
        sent = Sent(pk, on, is_returned=state == ReportState.RETURNED)
        found[unit].sent[Stream(stream), began] = sent


def _add_meetings(found: dict[UUID, Deeds], county_id: UUID, from_on: date) -> None:
    rows = Meeting.objects.filter(
        county=county_id, unit__in=found, held_on__gte=from_on, withdrawal=None
    )
    for pk, unit, kind, on in rows.values_list("pk", "unit", "kind", "held_on"):
        found[unit].held += (Held(pk, MeetingKind(kind), on),)
    decisions = Decision.objects.filter(
        Q(done=None) | Q(meeting__held_on__gte=from_on) | Q(done__on__gte=from_on),
        county=county_id,
        meeting__unit__in=found,
        meeting__withdrawal=None,
    )
    for row in decisions.select_related("meeting", "done").order_by("pk"):
        done = row.done if hasattr(row, "done") else None
        found[row.meeting.unit_id].decided += (
            Decided(
                row.pk,
                row.meeting.held_on,
                Bearer(Role(row.owner_role), row.owner_unit_id),
                row.due_on,
                done.on if done else None,
                done.pk if done else None,
            ),
        )


def _add_campaigns(found: dict[UUID, Deeds], county_id: UUID, from_on: date) -> None:
    mine = {"campaign__county": county_id, "campaign__unit__in": found}
    since = {"campaign__month__gte": from_on, "number": 1}
    columns = ("pk", "on", "campaign__unit", "campaign__month")
    reports = {
        (unit, month): (pk, on)
        for pk, on, unit, month in CampaignReport.objects.filter(**mine, **since).values_list(
            *columns
        )
    }
    plans = {
        (unit, month): (pk, on)
        for pk, on, unit, month in CampaignPlan.objects.filter(**mine, **since).values_list(
            *columns
        )
    }
    for unit, month in {*reports, *plans}:
        plan_id, planned_on = plans.get((unit, month), (None, None))
        report_id, reported_on = reports.get((unit, month), (None, None))
        found[unit].campaigns[month] = CampaignFact(plan_id, planned_on, report_id, reported_on)
