"""The attendance part of the ledger of work against dropping out (控辍工作台账, R-073)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, UUIDField

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, AreaEvent, Leave, Roll
from notoneless.attendance.queries.schools import school_seen
from notoneless.children.models import Enrolment
from notoneless.places.models import UnitPlace
from notoneless.rules.attendance.leave import LeaveKind, LeaveState
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.paths import below, is_below


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
class LedgerLeave:
    """One leave, whatever came of it."""

    on: date
    last_on: date
    class_id: UUID | None
    """The child's class on the first day."""
    child_id: UUID
    child_name: str
    kind: LeaveKind
    state: LeaveState
    by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class LedgerDay:
    """What happened on one day."""

    day: date
    is_school_day: bool
    rolls_called: int
    lines: tuple[LedgerLine, ...]
    leaves: tuple[LedgerLeave, ...] = ()
    """Leave that begins on the day."""
    causes: tuple[str, ...] = ()
    """Area events over the school that begin on the day."""


def ledger(
    actor: Actor, school_id: UUID, *, from_on: date, to_on: date, today: date
) -> list[LedgerDay]:
    """Every day from ``from_on`` (inclusive) to ``to_on`` (exclusive) on which the school had
    class, called a roll or gave leave, with who was missing; six statements.

    From standing rolls only. Leave stands at the day on which it begins. A school day on which
    nothing was called stays in the list, so that the gap is seen. Raises ``Unit.DoesNotExist``
    unless the whole school is in the actor's reach.
    """
    school = school_seen(actor, school_id)
    rolls = Roll.objects.filter(
        county=actor.county_id,
        is_standing=True,
        day__gte=from_on,
        day__lt=to_on,
        school_class__in=_classes_below(school.paths),
    )
    called = Counter(rolls.order_by().values_list("day", flat=True))
    lines: dict[date, list[LedgerLine]] = defaultdict(list)
    for line in _lines(rolls):
        lines[line.day].append(line)
    leaves = _leaves_begun(school_id, actor.county_id, from_on, to_on)
    causes = _causes(school.paths, actor.county_id, from_on, to_on)
    school_days = set(school.calendar(today).days(from_on, min(to_on, _after(today))))
    return [
        LedgerDay(
            day=day,
            is_school_day=day in school_days,
            rolls_called=called[day],
            lines=tuple(lines[day]),
            leaves=tuple(leaves.get(day, ())),
            causes=tuple(causes.get(day, ())),
        )
        for day in sorted({*called, *leaves, *causes, *school_days})
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


def _leaves_begun(
    school_id: UUID, county_id: UUID, from_on: date, to_on: date
) -> dict[date, list[LedgerLeave]]:
    """Leave of children who were at the school when it began."""
    there = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=OuterRef("from_on")),
        child=OuterRef("child"),
        school=school_id,
        from_on__lte=OuterRef("from_on"),
    )
    rows: Any = (
        Leave.objects.filter(
            Exists(there), county=county_id, from_on__gte=from_on, from_on__lt=to_on
        )
        .annotate(class_then=Subquery(there.values("school_class")[:1], output_field=UUIDField()))
        .select_related("child", "entered_by")
        .defer("reason")
        .order_by("from_on", "child__pinyin", "pk")
    )
    found: dict[date, list[LedgerLeave]] = defaultdict(list)
    for row in rows:
        found[row.from_on].append(
            LedgerLeave(
                on=row.from_on,
                last_on=date.fromordinal(row.to_on.toordinal() - 1),
                class_id=row.class_then,
                child_id=row.child_id,
                child_name=row.child.name,
                kind=LeaveKind(row.kind),
                state=LeaveState(row.state),
                by=row.entered_by.name if row.entered_by else "",
                recorded_at=row.recorded_at,
            )
        )
    return found


def _causes(
    paths: Collection[str], county_id: UUID, from_on: date, to_on: date
) -> dict[date, list[str]]:
    rows = AreaEvent.objects.filter(
        county=county_id, from_on__gte=from_on, from_on__lt=to_on, withdrawn_at=None
    )
    found: dict[date, list[str]] = defaultdict(list)
    for on, top, cause in rows.order_by("from_on", "pk").values_list("from_on", "path", "cause"):
        if any(is_below(path, top) for path in paths):
            found[on].append(cause)
    return found


def _leaves(child_ids: Collection[UUID]) -> dict[UUID, list[tuple[date, date]]]:
    found: dict[UUID, list[tuple[date, date]]] = {}
    rows = Leave.objects.filter(child__in=child_ids, state=LeaveState.APPROVED)
    for child_id, from_on, to_on in rows.values_list("child", "from_on", "to_on"):
        found.setdefault(child_id, []).append((from_on, to_on))
    return found
