"""Rolls from which no duties have been planned yet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.attendance.models import Roll
from notoneless.attendance.queries.members import registered_on


def unplanned_rolls(school_id: UUID, *, county_id: UUID, until: date) -> list[UUID]:
    """Standing rolls up to the day ``until`` of the school's classes; one statement."""
    classes = registered_on(until).filter(school=school_id).values("school_class")
    rows = Roll.objects.filter(
        county=county_id,
        planned_at=None,
        is_standing=True,
        day__lte=until,
        school_class__in=classes,
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))
