"""What families wait for: the clerk's look at their words, the teacher's word on their leave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce

from notoneless.access.actor import Actor
from notoneless.attendance.models import Leave
from notoneless.attendance.queries.members import CHILD, registered_on
from notoneless.attendance.queries.schools import units_in_reach
from notoneless.families.queries.sayings import items_waiting
from notoneless.flows.rolls.permission import answers_for
from notoneless.places.models import Unit
from notoneless.rules.attendance.leave import AskedBy, LeaveState
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class FromFamilies:
    """How much of what guardians wrote themselves waits for the actor."""

    items: int
    leaves: int


def from_families(actor: Actor, *, today: date) -> FromFamilies:
    """For the first page; one statement, none for who decides neither."""
    counted = {
        "items": items_waiting(actor, on=today) if actor.may(Capability.CORRECT_CHILDREN) else None,
        "leaves": _leaves(actor, today=today)
        if answers_for(actor, actor.reach(Capability.CALL_ROLL))
        else None,
    }
    columns = {name: _count(rows) for name, rows in counted.items() if rows is not None}
    if not columns:
        return FromFamilies(0, 0)
    found: Any = Unit.objects.filter(pk=actor.county_id).values(**columns).get()
    return FromFamilies(found.get("items", 0), found.get("leaves", 0))


def _leaves(actor: Actor, *, today: date) -> QuerySet[Leave, Any]:
    """Leave that guardians asked for on their page, of classes that the actor answers for."""
    members = (
        registered_on(today)
        .filter(
            county=actor.county_id,
            school_class__in=units_in_reach(actor, Capability.CALL_ROLL),
        )
        .annotate(who=CHILD)
        .values("who")
    )
    return Leave.objects.filter(
        county=actor.county_id,
        state=LeaveState.ASKED,
        asked_by=AskedBy.GUARDIAN,
        entered_by=None,
        child__in=members,
    )


def _count(rows: QuerySet[Any, Any]) -> Coalesce:
    number = rows.order_by().values("county").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
