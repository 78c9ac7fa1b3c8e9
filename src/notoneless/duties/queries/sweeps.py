"""Rules that could not be applied, and when the county was last swept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.duties.models import RuleHole, SweepRun
from notoneless.duties.models.runs import RunState
from notoneless.duties.services.runs import DEAD_AFTER
from notoneless.places.models import UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.paths import below
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class HoleLine:
    """One rule that cannot be applied in one school."""

    unit_id: UUID
    unit_name: str
    rule: DutyRule
    key: str
    """The policy rule to fill in; ``calendar`` where a school year is missing."""
    why: str
    since_on: date


class SweepState(StrEnum):
    """How a sweep is, as far as can be seen from outside."""

    RUNNING = "running"
    STUCK = "stuck"
    """Its heart has not beaten for long; the next sweep takes its place."""
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class SweepLine:
    """One sweep of a county."""

    id: UUID
    as_of: date
    state: RunState
    started_at: datetime
    beat_at: datetime
    ended_at: datetime | None
    schools: int
    opened: int
    changed: int
    holes: int


def rules_not_applied(actor: Actor, *, today: date) -> list[HoleLine]:
    """Rules that could not be applied in the schools whose policy the actor may read, by school.

    Raises ``NotAllowed``.
    """
    actor.must(Capability.SEE_POLICY)
    ranges = Q(pk__in=[])
    for path in actor.reach(Capability.SEE_POLICY):
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    units = UnitPlace.objects.filter(standing(today), ranges).values("unit")
    rows = RuleHole.objects.filter(county=actor.county_id, unit__in=units)
    return [
        HoleLine(row.unit_id, row.unit.name, DutyRule(row.rule), row.key, row.why, row.since_on)
        for row in rows.select_related("unit").order_by("unit__name", "unit", "rule", "key")
    ]


def newest_sweeps(county_id: UUID, *, limit: int = 10) -> list[SweepLine]:
    """The last sweeps of a county, newest first."""
    rows = SweepRun.objects.filter(county=county_id).order_by("-started_at", "-pk")[:limit]
    return [
        SweepLine(
            row.pk,
            row.as_of,
            RunState(row.state),
            row.started_at,
            row.beat_at,
            row.ended_at,
            row.schools,
            row.opened,
            row.changed,
            row.holes,
        )
        for row in rows
    ]


def state_of(line: SweepLine, *, now: datetime) -> SweepState:
    """How a sweep is at the moment ``now``."""
    if line.state is RunState.RUNNING and line.beat_at < now - DEAD_AFTER:
        return SweepState.STUCK
    return SweepState(line.state.value)


def last_swept_on(county_id: UUID) -> date | None:
    """The day of the newest sweep that came to its end; ``None`` before the first."""
    rows = SweepRun.objects.filter(county=county_id, state=RunState.DONE)
    return rows.order_by("-as_of").values_list("as_of", flat=True).first()
