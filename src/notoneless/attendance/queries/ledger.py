"""The attendance part of the ledger of work against dropping out (控辍工作台账, R-073)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, Leave, Roll
from notoneless.attendance.queries.schools import school_seen
from notoneless.places.models import UnitPlace
from notoneless.rules.attendance.leave import LeaveState
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.paths import below


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One child missing in one session."""

    day: date
    session: str
    class_id: UUID
    class_number: str
    child_id: UUID
    child_name: str
    reason: Reason
    minutes_late: int
    has_leave: bool
    """Approved leave covers the day."""
    taken_by: str
    noted_at: datetime
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What was called on one school day."""

    day: date
    is_school_day: bool
    rolls_called: int
    lines: tuple[LedgerLine, ...]


def ledger(
    actor: Actor, school_id: UUID, *, from_on: date, to_on: date, today: date
) -> list[LedgerDay]:
    """Every day from ``from_on`` (inclusive) to ``to_on`` (exclusive) on which the school had class
    or called a roll, with who was missing; four statements.

    From standing rolls only. A school day on which nothing was called stays in the list, so that
    the gap is seen. Raises ``Unit.DoesNotExist`` unless the whole school is in the actor's reach.
    """
    school = school_seen(actor, school_id)
    rolls = Roll.objects.filter(
        county=actor.county_id,
        is_standing=True,
        day__gte=from_on,
        day__lt=to_on,
        school_class__in=_classes_below(school.paths),
    )
    days = list(rolls.order_by().values_list("day", flat=True))
    lines = list(_lines(rolls))
    calendar = school.calendar(today)
    return [
        LedgerDay(
            day=day,
            is_school_day=day in calendar.school_days,
            rolls_called=days.count(day),
            lines=tuple(line for line in lines if line.day == day),
        )
        for day in sorted({*days, *calendar.days(from_on, min(to_on, _after(today)))})
    ]


def _after(today: date) -> date:
    return date.fromordinal(today.toordinal() + 1)


def _classes_below(paths: Collection[str]) -> QuerySet[UnitPlace, Any]:
    """Classes that ever stood below: closed ones called rolls too."""
    ranges = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    rows: QuerySet[UnitPlace, Any] = UnitPlace.objects.filter(ranges).values("unit")
    return rows


def _lines(rolls: QuerySet[Roll]) -> Iterator[LedgerLine]:
    rows = (
        Absence.objects.filter(roll__in=rolls.order_by().values("pk"))
        .select_related("roll__school_class", "roll__taken_by", "child")
        .order_by("day", "session", "roll__school_class__name", "child__pinyin", "pk")
    )
    absences = list(rows)
    leaves = _leaves({row.child_id for row in absences})
    for row in absences:
        yield LedgerLine(
            day=row.day,
            session=row.session,
            class_id=row.roll.school_class_id,
            class_number=row.roll.school_class.name,
            child_id=row.child_id,
            child_name=row.child.name,
            reason=Reason(row.reason),
            minutes_late=row.minutes_late,
            has_leave=any(a <= row.day < b for a, b in leaves.get(row.child_id, ())),
            taken_by=row.roll.taken_by.name if row.roll.taken_by else "",
            noted_at=row.roll.noted_at,
            recorded_at=row.roll.recorded_at,
        )


def _leaves(child_ids: Collection[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    found: dict[UUID, list[tuple[date, date]]] = {}
    rows = Leave.objects.filter(child__in=child_ids, state=LeaveState.APPROVED)
    for child_id, from_on, to_on in rows.values_list("child", "from_on", "to_on"):
        found.setdefault(child_id, []).append((from_on, to_on))
    return found
