"""Give departments their duties, and take their reports (R-005)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.places.models import DepartmentDuty, DutyReport, Person, Unit
from notoneless.places.services.units import StaleVersion
from notoneless.rules.refusal import Refusal


class DutyThere(Refusal):
    """The department has this duty already."""

    code = "DEPARTMENT-01"


@dataclass(frozen=True, slots=True)
class DutyWanted:
    text: str
    partners: Sequence[UUID] = ()
    leader_id: UUID | None = None
    liaison_id: UUID | None = None


@transaction.atomic
def give_duty(department_id: UUID, wanted: DutyWanted, *, on: date, stamp: Stamp) -> DepartmentDuty:
    """Enter a duty of a department from ``on``. Raises ``DutyThere``."""
    department = Unit.objects.get(pk=department_id, county=stamp.county_id)
    if department.duties.filter(text=wanted.text, to_on=None).exists():
        raise DutyThere(unit=department.name)
    duty = DepartmentDuty.objects.create(
        department=department,
        text=wanted.text,
        leader=_person(wanted.leader_id, stamp),
        liaison=_person(wanted.liaison_id, stamp),
        from_on=on,
    )
    duty.partners.set(Unit.objects.filter(county=stamp.county_id, pk__in=wanted.partners))
    record("duty.given", duty, subject=("unit", department.pk), happened_on=on, stamp=stamp)
    return duty


@transaction.atomic
def name_people(
    duty_id: UUID,
    *,
    leader_id: UUID | None,
    liaison_id: UUID | None,
    version: int,
    stamp: Stamp,
) -> DepartmentDuty:
    """Name a duty's leader and liaison officer. Raises ``StaleVersion``."""
    duty = DepartmentDuty.objects.select_for_update().get(
        pk=duty_id, department__county=stamp.county_id
    )
    if duty.version != version:
        raise StaleVersion(what=duty.department.name)
    duty.leader = _person(leader_id, stamp)
    duty.liaison = _person(liaison_id, stamp)
    duty.version += 1
    duty.save(update_fields=["leader", "liaison", "version"])
    return duty


@transaction.atomic
def report_duty(duty_id: UUID, *, period: str, note: str, today: date, stamp: Stamp) -> DutyReport:
    """A department says what it did about a duty in ``period``; a newer report supersedes.

    Sending the same words twice is the same as once.
    """
    duty = DepartmentDuty.objects.select_for_update().get(
        pk=duty_id, department__county=stamp.county_id
    )
    standing = duty.reports.filter(period=period, superseded_at=None).first()
    if standing and standing.note == note:
        return standing
    if standing:
        standing.superseded_at = stamp.now
        standing.save(update_fields=["superseded_at"])
    report = DutyReport.objects.create(
        duty=duty, period=period, note=note, by_id=stamp.by, reported_on=today
    )
    subject = ("unit", duty.department_id)
    record("duty.reported", report, subject=subject, happened_on=today, stamp=stamp)
    return report


def _person(person_id: UUID | None, stamp: Stamp) -> Person | None:
    if person_id is None:
        return None
    return Person.objects.get(pk=person_id, county=stamp.county_id)
