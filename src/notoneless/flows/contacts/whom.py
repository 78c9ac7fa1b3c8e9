"""The children that a contact is about: whether they are the actor's, and where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.attendance.queries.members import (
    STANDING_COLUMNS,
    SchoolStanding,
    paths_in,
    school_in,
    spells_of,
    standing_columns,
)
from notoneless.children.models import Child, Enrolment
from notoneless.children.queries.prepared import Prepared
from notoneless.flows.rolls.permission import BOARDERS_ONLY, LESSONS_ONLY
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import INSIDE_SCHOOLS

LOOK_AHEAD_DAYS = 60


@dataclass(frozen=True, slots=True)
class ChildAt:
    """Where one child is registered on a day."""

    child_id: UUID
    school_id: UUID
    class_id: UUID | None
    paths: tuple[str, ...]
    """Of the class, or of the school while there is no class."""
    school: SchoolStanding


def inside_schools(actor: Actor) -> list[str]:
    """The paths at or below which the actor writes contacts from a post inside a school."""
    return [
        held.path
        for held in actor.holdings
        if held.unit_kind in INSIDE_SCHOOLS and Capability.LOG_CONTACTS in held.capabilities
    ]


def must_log(actor: Actor, child_ids: Sequence[UUID], *, today: date) -> tuple[UUID, ...]:
    """The children as they are known now, in their order, each once; one statement.

    Raises ``Child.DoesNotExist`` when one is not the actor's to see, ``NotAllowed`` when he sees
    all of them and may not write contacts about one.
    """
    rows = Child.objects.filter(county=actor.county_id, pk__in=child_ids)
    able = Child.objects.seen_by(actor, on=today, to=Capability.LOG_CONTACTS)
    seen = Child.objects.seen_by(actor, on=today)
    found = {
        pk: (kept or pk, is_able, is_seen)
        for pk, kept, is_able, is_seen in rows.values_list(
            "pk", "merged_into", _is_in(able), _is_in(seen)
        )
    }
    if any(child not in found or not found[child][2] for child in child_ids):
        raise Child.DoesNotExist
    if not all(found[child][1] for child in child_ids):
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)
    return tuple(dict.fromkeys(found[child][0] for child in child_ids))


def where_they_are(
    child_ids: Collection[UUID], *, county_id: UUID, today: date
) -> dict[UUID, ChildAt]:
    """Where each child is registered today; one statement. Others are not in it."""
    found: dict[UUID, ChildAt] = {}
    if not child_ids:
        return found
    for row in _WHERE.rows(child_ids=child_ids, county_id=county_id, today=today):
        up = 2 if row["school_class"] else 0
        found[row["who"]] = ChildAt(
            row["who"],
            row["school"],
            row["school_class"],
            paths_in(row),
            school_in(row, row["school"], up=up),
        )
    return found


def _where(asked: Mapping[str, Any]) -> QuerySet[Enrolment, Any]:
    county_id = asked["county_id"]
    rows: QuerySet[Enrolment, Any] = (
        spells_of(asked["child_ids"], on=asked["today"])
        .filter(county=county_id)
        .annotate(stands_at=Coalesce("school_class", "school"))
        .annotate(**standing_columns(OuterRef("stands_at"), county_id=county_id))
        .values("who", "school", "school_class", *STANDING_COLUMNS)
    )
    return rows


_WHERE = Prepared(_where, child_ids=list, county_id=UUID, today=date)


def role_in_which(actor: Actor, places: Iterable[ChildAt]) -> str:
    """The post in which the actor acts here: the nearest that covers one of the children."""
    able = [h for h in actor.holdings if Capability.LOG_CONTACTS in h.capabilities]
    paths = [path for place in places for path in place.paths]
    here = [h for h in able if any(is_below(path, h.path) for path in paths)]
    best: Holding | None = max(here or able, key=lambda h: len(h.path), default=None)
    return best.role.value if best else ""


def answers_for(actor: Actor, places: Iterable[ChildAt]) -> bool:
    """Whether the actor answers for the class of one of the children."""
    paths = [path for place in places for path in place.paths]
    return any(
        Capability.CALL_ROLL in held.capabilities
        and held.role not in LESSONS_ONLY | BOARDERS_ONLY
        and any(is_below(path, held.path) for path in paths)
        for held in actor.holdings
    )


def next_school_day(place: ChildAt | None, *, after: date, today: date) -> date:
    """The first school day after ``after`` that is not in the past.

    Where no calendar knows it, or the child is at no school, the next weekday.
    """
    first = max(after + ONE_DAY, today)
    known = place.school.calendar(today).school_days if place else ()
    day = next((day for day in known if day >= first), None)
    if day is not None and (day - first).days <= LOOK_AHEAD_DAYS:
        return day
    while first.isoweekday() > 5:
        first += ONE_DAY
    return first


def _is_in(which: QuerySet[Child]) -> Exists:
    return Exists(which.filter(pk=OuterRef("pk")))
