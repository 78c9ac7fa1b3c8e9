"""Events that empty a place: which stand, what they cover, and where one should be named."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, AreaEvent
from notoneless.attendance.queries.arrivals import arrivals
from notoneless.attendance.queries.class_names import ClassAt, classes_at
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.units import Place, units_once_below
from notoneless.rules.attendance.counts import Counts
from notoneless.rules.attendance.events import suggests_event
from notoneless.rules.attendance.sessions import EXPLAINED, Reason
from notoneless.rules.paths import below, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

PLACES = frozenset(
    {UnitKind.COUNTY, UnitKind.BUREAU, UnitKind.TOWNSHIP, UnitKind.CENTRE_SCHOOL, *SCHOOLS}
)


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event as the list shows it."""

    id: UUID
    unit_id: UUID
    unit_name: str
    path: str
    cause: str
    from_on: date
    to_on: date | None
    """Exclusive; none while nobody knows the end."""
    by: str
    recorded_at: datetime
    ended_at: datetime | None
    withdrawn_at: datetime | None

    @property
    def last_on(self) -> date | None:
        """The last day of it."""
        return date.fromordinal(self.to_on.toordinal() - 1) if self.to_on else None

    def is_open(self, today: date) -> bool:
        return self.withdrawn_at is None and (self.to_on is None or today < self.to_on)


@dataclass(frozen=True, slots=True)
class Covered:
    """A class under an event, and the unexplained absences that it takes out of the runs."""

    at: ClassAt
    absences: int
    children: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A school half empty today without an event."""

    school_id: UUID
    school_name: str
    counts: Counts

    @property
    def called(self) -> int:
        return self.counts.present + self.counts.absent


def area_events(actor: Actor) -> list[EventLine]:
    """Events at, above or below the actor's units, open ones first; one statement."""
    rows = AreaEvent.objects.filter(county=actor.county_id).select_related("unit", "by")
    found = [_line(row) for row in rows.order_by("-from_on", "-recorded_at", "pk")]
    tops = [held.path for held in actor.holdings]
    return [row for row in found if any(_touch(row.path, top) for top in tops)]


def area_event(actor: Actor, event_id: UUID) -> EventLine:
    """One event that touches the actor's units. Raises ``AreaEvent.DoesNotExist``."""
    row = AreaEvent.objects.select_related("unit", "by").get(pk=event_id, county=actor.county_id)
    line = _line(row)
    if not any(_touch(line.path, held.path) for held in actor.holdings):
        raise AreaEvent.DoesNotExist
    return line


def covered_by(actor: Actor, event: EventLine, *, today: date) -> list[Covered]:
    """Classes in the actor's reach below an event that have unexplained absences in its period.

    Three statements. By school and class; standing rolls up to ``today``.
    """
    low, high = below(event.path)
    under: Any = UnitPlace.objects.filter(path__gte=low, path__lt=high, to_on=None).values("unit")
    until = min(event.to_on or date.max, date.fromordinal(today.toordinal() + 1))
    rows = (
        Absence.objects.filter(
            county=actor.county_id,
            day__gte=event.from_on,
            day__lt=until,
            roll__is_standing=True,
            roll__school_class__in=under,
        )
        .exclude(reason__in=[*EXPLAINED, Reason.LATE])
        .order_by()
        .values_list("roll__school_class")
        .annotate(n=Count("pk"), children=Count("child", distinct=True))
    )
    counts = {class_id: (n, children) for class_id, n, children in rows}
    tops = [held.path for held in actor.holdings]
    found = [
        Covered(at, *counts[class_id])
        for class_id, at in classes_at(counts).items()
        if any(is_below(path, top) for path in at.paths for top in tops)
    ]
    return sorted(found, key=lambda row: row.at.order)


def event_places(actor: Actor, *, on: date) -> list[Place]:
    """Units at which the actor may name an event: those whose calendar he keeps."""
    found = units_once_below(actor.reach(Capability.MANAGE_CALENDAR), on=on)
    return [place for place, _ in found if place.kind in PLACES]


def suggested_events(actor: Actor, *, day: date) -> list[Suggestion]:
    """Schools in reach that are half empty on ``day`` and lie under no event; by name.

    From the day's first rolls; six statements.
    """
    found = arrivals(actor, day=day)
    paths: dict[UUID, set[str]] = defaultdict(set)
    names: dict[UUID, str] = {}
    for row in found.classes:
        paths[row.school_class.school_id].update(row.school_class.paths)
        names[row.school_class.school_id] = row.school_class.school_name
    suggested = [
        Suggestion(school_id, names[school_id], counts)
        for school_id, counts in found.by_school().items()
        if suggests_event(counts)
    ]
    if not suggested:
        return []
    tops = _tops_on(actor, day)
    return [row for row in suggested if not _is_under(paths[row.school_id], tops)]


def _tops_on(actor: Actor, day: date) -> list[str]:
    rows = AreaEvent.objects.filter(
        Q(to_on=None) | Q(to_on__gt=day),
        county=actor.county_id,
        from_on__lte=day,
        withdrawn_at=None,
    )
    return list(rows.values_list("path", flat=True))


def _is_under(paths: Iterable[str], tops: Iterable[str]) -> bool:
    return any(is_below(path, top) for path in paths for top in tops)


def _touch(path: str, top: str) -> bool:
    return is_below(path, top) or is_below(top, path)


def _line(row: AreaEvent) -> EventLine:
    unit: Unit = row.unit
    return EventLine(
        id=row.pk,
        unit_id=unit.pk,
        unit_name=unit.name,
        path=row.path,
        cause=row.cause,
        from_on=row.from_on,
        to_on=row.to_on,
        by=row.by.name if row.by else "",
        recorded_at=row.recorded_at,
        ended_at=row.ended_at,
        withdrawn_at=row.withdrawn_at,
    )
