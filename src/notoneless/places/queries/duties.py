"""Reads departments' duties and what they report (R-005)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.places.models import DepartmentDuty
from notoneless.places.queries.units import standing, units_below
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class ReportFacts:
    period: str
    note: str
    by_name: str
    reported_on: date


@dataclass(frozen=True, slots=True)
class DutyFacts:
    id: UUID
    department_id: UUID
    department: str
    text: str
    partners: tuple[str, ...]
    leader_id: UUID | None
    leader: str
    liaison_id: UUID | None
    liaison: str
    from_on: date
    version: int
    reports: tuple[ReportFacts, ...]
    """Newest first, superseded ones left out."""


def duties_below(paths: Iterable[str], *, on: date) -> list[DutyFacts]:
    """The duties of departments at or below ``paths``; a constant number of statements."""
    departments = units_below(paths, on=on, kinds=[UnitKind.DEPARTMENT])
    rows = DepartmentDuty.objects.filter(
        standing(on), department__in=[place.id for place in departments]
    )
    rows = rows.select_related("department", "leader", "liaison")
    rows = rows.prefetch_related("partners", "reports__by")
    return [_facts(row) for row in rows.order_by("department__name", "from_on", "pk")]


def duty_department(duty_id: UUID) -> UUID:
    """The department whose duty it is. Raises ``DepartmentDuty.DoesNotExist``."""
    return DepartmentDuty.objects.values_list("department_id", flat=True).get(pk=duty_id)


def _facts(row: DepartmentDuty) -> DutyFacts:
    reports = sorted(
        (r for r in row.reports.all() if r.superseded_at is None),
        key=lambda r: (r.reported_on, r.pk),
        reverse=True,
    )
    return DutyFacts(
        id=row.pk,
        department_id=row.department_id,
        department=row.department.name,
        text=row.text,
        partners=tuple(sorted(unit.name for unit in row.partners.all())),
        leader_id=row.leader_id,
        leader=row.leader.name if row.leader else "",
        liaison_id=row.liaison_id,
        liaison=row.liaison.name if row.liaison else "",
        from_on=row.from_on,
        version=row.version,
        reports=tuple(
            ReportFacts(r.period, r.note, r.by.name if r.by else "", r.reported_on) for r in reports
        ),
    )
