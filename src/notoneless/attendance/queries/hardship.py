"""Hardship alerts of a school or a child, and how a child comes to school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.attendance.models import HardshipAlert, HardshipMeasure, Travel
from notoneless.attendance.queries.class_names import ClassAt, classes_at
from notoneless.attendance.queries.members import CHILD, registered_on, spells_of
from notoneless.attendance.queries.schools import units_in_reach
from notoneless.rules.attendance.travel import Boarding, Way
from notoneless.rules.roles import Capability

NOWHERE = UUID(int=0)


@dataclass(frozen=True, slots=True)
class MeasureLine:
    on: date
    measure: str
    by: str


@dataclass(frozen=True, slots=True)
class HardshipLine:
    """One alert with what was done."""

    id: UUID
    child_id: UUID
    child_name: str
    at: ClassAt | None
    on: date
    difficulty: str
    noted_by: str
    recorded_at: datetime
    measures: tuple[MeasureLine, ...]

    @property
    def is_open(self) -> bool:
        """Nobody has noted a measure yet."""
        return not self.measures


@dataclass(frozen=True, slots=True)
class TravelLine:
    id: UUID
    way: Way
    minutes: int | None
    metres: int | None
    boarding: Boarding
    from_on: date
    noted_by: str
    is_current: bool

    @property
    def km(self) -> str:
        """2.5; empty when nobody measured."""
        if self.metres is None:
            return ""
        whole, rest = divmod(self.metres, 1000)
        return f"{whole}.{rest:03d}".rstrip("0").rstrip(".")


def hardships(
    actor: Actor, *, on: date, to: Capability = Capability.SEE_SIGNS
) -> list[HardshipLine]:
    """Alerts about children now in classes in reach, open ones first, then the newest.

    For those who act on needs (``SEE_SIGNS``); five statements.
    """
    members = (
        registered_on(on)
        .filter(county=actor.county_id, school_class__in=units_in_reach(actor, to))
        .annotate(who=CHILD)
    )
    rows = HardshipAlert.objects.filter(Q(child__in=members.values("who")), county=actor.county_id)
    return sorted(_lines(rows, on), key=lambda row: (not row.is_open, -row.on.toordinal()))


def hardships_of(actor: Actor, child_id: UUID, *, on: date) -> list[HardshipLine]:
    """A child's alerts, newest first; empty for whoever does not act on its needs."""
    there = registered_on(on).filter(
        Q(child=OuterRef("child")) | Q(child__merged_into=OuterRef("child")),
        school_class__in=units_in_reach(actor, Capability.SEE_SIGNS),
    )
    rows = HardshipAlert.objects.filter(Exists(there), child=child_id, county=actor.county_id)
    return sorted(_lines(rows, on), key=lambda row: -row.on.toordinal())


def travels_of(child_id: UUID) -> list[TravelLine]:
    """How a child comes to school, the row that stands first; one statement.

    Whether the child is the reader's to see is for the caller to ask.
    """
    rows = Travel.objects.filter(child=child_id).select_related("noted_by")
    return [
        TravelLine(
            row.pk,
            Way(row.way),
            row.minutes,
            row.metres,
            Boarding(row.boarding),
            row.from_on,
            row.noted_by.name if row.noted_by else "",
            row.superseded_at is None,
        )
        for row in rows.order_by("-recorded_at", "-pk")
    ]


def _lines(rows: QuerySet[HardshipAlert], on: date) -> list[HardshipLine]:
    alerts = list(rows.select_related("child", "noted_by").order_by("-on", "-pk"))
    measures = HardshipMeasure.objects.filter(alert__in=alerts).select_related("by")
    taken: dict[UUID, list[MeasureLine]] = {}
    for row in measures.order_by("on", "pk"):
        line = MeasureLine(row.on, row.measure, row.by.name if row.by else "")
        taken.setdefault(row.alert_id, []).append(line)
    spells = spells_of([a.child_id for a in alerts], on=on)
    columns = spells.exclude(school_class=None).values_list("who", "school_class")
    classes = dict(columns)
    at = classes_at(list(classes.values()))
    return [
        HardshipLine(
            alert.pk,
            alert.child_id,
            alert.child.name,
            at.get(classes.get(alert.child_id, NOWHERE)),
            alert.on,
            alert.difficulty,
            alert.noted_by.name if alert.noted_by else "",
            alert.recorded_at,
            tuple(taken.get(alert.pk, ())),
        )
        for alert in alerts
    ]
