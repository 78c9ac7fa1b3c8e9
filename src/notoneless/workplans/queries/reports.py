"""Reads reports, their versions and verdicts."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from notoneless.rules.workplans.kinds import ReportAct, ReportState, Stream
from notoneless.rules.workplans.lifecycle import WAITS
from notoneless.workplans.models import ReportPeriod, ReportVersion


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version with what the receiver said of it."""

    id: UUID
    number: int
    figures: dict[str, Any]
    text: str
    reason: str
    is_correction: bool
    submitted_on: date
    submitted_at: datetime
    by: str
    verdict: ReportAct | None
    verdict_reason: str
    verdict_by: str
    verdict_at: datetime | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """One report that waits for its receiver."""

    unit_id: UUID
    unit_name: str
    stage: str
    entered_in: int | None
    stream: Stream
    from_on: date
    until: date
    due_on: date | None
    first_on: date
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """How the report of one unit and period stands."""

    state: ReportState
    first_on: date | None
    versions: int


def period_row(
    unit_id: UUID, stream: Stream, from_on: date, *, county_id: UUID
) -> ReportPeriod | None:
    """The report of a period, if somebody has opened it; one statement."""
    return (
        ReportPeriod.objects.filter(
            county=county_id, unit=unit_id, stream=stream.value, from_on=from_on
        )
        .select_related("receiver")
        .first()
    )


def versions_of(period_id: UUID) -> list[VersionLine]:
    """All versions of a report, newest first; one statement."""
    rows = (
        ReportVersion.objects.filter(period=period_id)
        .select_related("by", "verdict", "verdict__by")
        .order_by("-number")
    )
    return [_line(row) for row in rows]


def version_of(version_id: UUID, *, county_id: UUID) -> tuple[ReportPeriod, VersionLine]:
    """One version with its period. Raises ``ReportVersion.DoesNotExist``."""
    row = ReportVersion.objects.select_related(
        "by", "verdict", "verdict__by", "period", "period__receiver", "period__unit"
    ).get(pk=version_id, county=county_id)
    return row.period, _line(row)


def last_cut(unit_id: UUID, stream: Stream, *, before: date, county_id: UUID) -> date | None:
    """The last day of which the unit's figures have spoken in this stream before a day."""
    row = (
        ReportVersion.objects.filter(
            period__county=county_id,
            period__unit=unit_id,
            period__stream=stream.value,
            period__from_on__lt=before,
        )
        .order_by("-period__from_on", "-number")
        .first()
    )
    return date.fromisoformat(row.figures["until"]) if row else None


def waiting_at(receiver_id: UUID, *, county_id: UUID) -> QuerySet[ReportPeriod]:
    """Reports that wait at a unit, oldest first; for flows only."""
    states = [state.value for state in WAITS]
    rows = ReportPeriod.objects.filter(county=county_id, receiver=receiver_id, state__in=states)
    return rows.order_by("from_on", "pk")


def waiting_count(receiver_ids: Collection[UUID], *, county_id: UUID) -> int:
    """How many reports wait at these units together; one statement."""
    states = [state.value for state in WAITS]
    rows = ReportPeriod.objects.filter(county=county_id, state__in=states)
    return rows.filter(receiver__in=receiver_ids).count()


def waiting_lines(receiver_id: UUID, *, county_id: UUID) -> list[Waiting]:
    """The same as lines, by stream and name of unit; one statement."""
    rows = (
        waiting_at(receiver_id, county_id=county_id)
        .select_related("unit")
        .annotate(first_on=Min("versions__submitted_on"))
        .order_by("stream", "-from_on", "unit__pinyin", "unit__name", "pk")
    )
    return [
        Waiting(
            row.unit_id,
            row.unit.name,
            row.unit.stage,
            row.unit.entered_in,
            Stream(row.stream),
            row.from_on,
            row.until,
            row.due_on,
            row.first_on,
            row.state == ReportState.CORRECTED,
        )
        for row in rows
    ]


def standings_of(
    unit_ids: Collection[UUID], *, county_id: UUID, from_on: date
) -> dict[tuple[UUID, Stream, date], Standing]:
    """How each report of these units since ``from_on`` stands; one statement."""
    rows = (
        ReportPeriod.objects.filter(county=county_id, unit__in=list(unit_ids), until__gte=from_on)
        .annotate(first_on=Min("versions__submitted_on"), n=Count("versions"))
        .values_list("unit", "stream", "from_on", "state", "first_on", "n")
    )
    return {
        (unit, Stream(stream), began): Standing(ReportState(state), first, n)
        for unit, stream, began, state, first, n in rows
    }


def _line(row: ReportVersion) -> VersionLine:
    verdict = row.verdict if hasattr(row, "verdict") else None
    return VersionLine(
        id=row.pk,
        number=row.number,
        figures=row.figures,
        text=row.text,
        reason=row.reason,
        is_correction=row.is_correction,
        submitted_on=row.submitted_on,
        submitted_at=row.submitted_at,
        by=row.by.name if row.by else "",
        verdict=ReportAct(verdict.verdict) if verdict else None,
        verdict_reason=verdict.reason if verdict else "",
        verdict_by=verdict.by.name if verdict and verdict.by else "",
        verdict_at=verdict.at if verdict else None,
    )
