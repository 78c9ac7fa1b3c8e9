"""Snow, flood, an illness: one event for half a school instead of a thousand alarms."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.access.reach import must_at
from notoneless.attendance.models import Absence, AbsenceRun, AreaEvent
from notoneless.attendance.queries.members import CHILD, registered_on
from notoneless.attendance.queries.schools import school_standings
from notoneless.attendance.services.events import (
    NewEvent,
    end_event,
    withdraw_event,
    write_event,
)
from notoneless.attendance.services.runs import refresh_runs
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.rolls.refusals import EventBackwards, EventOver, EventWithoutCause
from notoneless.journal.services import Stamp
from notoneless.rules.roles import Capability

MOST_PLANNED_AT_ONCE = 3
"""Schools whose duties are planned in the same breath."""


@transaction.atomic
def begin_area_event(actor: Actor, new: NewEvent, *, today: date, now: datetime) -> UUID:
    """Say that one cause keeps many children away below a unit.

    By whoever keeps the unit's calendar. Their unexplained absences in the period leave the runs;
    rolls are still called and numbers still say who is missing. Raises ``Unit.DoesNotExist``,
    ``NotAllowed``, ``EventWithoutCause``, ``EventBackwards``.
    """
    path = must_at(actor, Capability.MANAGE_CALENDAR, new.unit_id, on=today)
    if not new.cause.strip():
        raise EventWithoutCause()
    if new.to_on is not None and new.to_on <= new.from_on:
        raise EventBackwards()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=new.unit_id)
    event = write_event(new, path=path, stamp=stamp)
    _recount(event, today=today, now=now)
    return event.pk


@transaction.atomic
def end_area_event(
    actor: Actor, event_id: UUID, *, to_on: date, today: date, now: datetime
) -> None:
    """Say when it was over: ``to_on`` is the first day without it. Raises ``EventOver``."""
    event = _open_event(actor, event_id, today=today)
    if event.to_on is not None:
        raise EventOver()
    if to_on <= event.from_on:
        raise EventBackwards()
    end_event(event, to_on=to_on, stamp=_stamp(actor, event, now))
    _recount(event, today=today, now=now)


@transaction.atomic
def withdraw_area_event(actor: Actor, event_id: UUID, *, today: date, now: datetime) -> None:
    """Say that there was no such event; every absence under it counts again."""
    event = _open_event(actor, event_id, today=today)
    withdraw_event(event, stamp=_stamp(actor, event, now))
    _recount(event, today=today, now=now)


def _open_event(actor: Actor, event_id: UUID, *, today: date) -> AreaEvent:
    event = AreaEvent.objects.select_for_update().get(pk=event_id, county=actor.county_id)
    must_at(actor, Capability.MANAGE_CALENDAR, event.unit_id, on=today)
    if event.withdrawn_at is not None:
        raise EventOver()
    return event


def _stamp(actor: Actor, event: AreaEvent, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=event.unit_id)


def _recount(event: AreaEvent, *, today: date, now: datetime) -> None:
    """Two statements for each school that has somebody missing in the period, and its duties;
    over many schools the duties wait for the night's sweep."""
    missed = Absence.objects.filter(county=event.county_id, day__gte=event.from_on)
    whom = registered_on(today).exclude(school_class=None).annotate(who=CHILD)
    whom = whom.filter(
        Q(child__in=missed.values("child"))
        | Q(child__in=AbsenceRun.objects.filter(county=event.county_id).values("child")),
        county=event.county_id,
    )
    by_school: dict[UUID, set[UUID]] = defaultdict(set)
    for school_id, child_id in whom.values_list("school", "who"):
        by_school[school_id].add(child_id)
    open_runs = AbsenceRun.objects.filter(county=event.county_id, is_open=True)
    away = set(open_runs.values_list("child", flat=True))
    touched: list[set[UUID]] = []
    for school in school_standings(event.county_id, on=today):
        children = by_school[school.school_id]
        if children and any(
            path.startswith(event.path) or event.path.startswith(path) for path in school.paths
        ):
            refresh_runs(
                children,
                known=away,
                school=school,
                county_id=event.county_id,
                today=today,
                now=now,
            )
            touched.append(children)
    if len(touched) <= MOST_PLANNED_AT_ONCE:
        stamp = Stamp(event.county_id, None, now, unit_id=event.unit_id)
        for children in touched:
            plan_for_children(children, today=today, stamp=stamp)
