"""What a form for a contact shows before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.queries.absentees import away_now
from notoneless.children.models import Child
from notoneless.contacts.queries.shown import shown_of
from notoneless.contacts.queries.upkeep import same_household
from notoneless.flows.contacts.causes import causes_at
from notoneless.flows.contacts.visitors import Candidate
from notoneless.flows.contacts.whom import ChildAt, must_log, next_school_day, where_they_are
from notoneless.places.queries.people import posts_below
from notoneless.rules.contacts.closing import needs_proof
from notoneless.rules.contacts.kinds import RESTRICTED_CAUSES, Kind
from notoneless.rules.paths import is_below
from notoneless.rules.policy.resolve import PolicyConflict
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind

MOST_COLLEAGUES = 200
MOST_AWAY = 40
_OFFICES = frozenset({UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.COMMUNITY, UnitKind.GROUP})


@dataclass(frozen=True, slots=True)
class Before:
    """Everything that choices on the form are made from."""

    children: tuple[tuple[UUID, str], ...]
    near: tuple[tuple[UUID, str], ...]
    """Others that the contact may be about as well: the same household, or who is away."""
    places: tuple[ChildAt, ...]
    causes: tuple[str, ...]
    restricted: tuple[str, ...]
    """Restricted causes, only for posts inside the school."""
    colleagues: tuple[Candidate, ...]
    needs_proof: bool
    """Whether a visit needs proof here."""
    next_day: date
    """When a failed try is repeated unless another day is said."""


def before_contact(
    actor: Actor, child_ids: Sequence[UUID], *, kind: Kind | None = None, today: date
) -> Before:
    """The form about some children; about nine statements.

    Raises ``Child.DoesNotExist``, ``NotAllowed`` as ``log_contact`` does.
    """
    ids = must_log(actor, child_ids, today=today) if child_ids else ()
    if not ids:
        actor.must(Capability.LOG_CONTACTS)
    places = where_they_are(ids, county_id=actor.county_id, today=today)
    names = dict(Child.objects.filter(pk__in=ids).values_list("pk", "name"))
    shown = shown_of(actor, ids, on=today)
    inside = bool(ids) and all(child in shown and shown[child].restricted for child in ids)
    first = next(iter(places.values()), None)
    return Before(
        tuple((child, names[child]) for child in ids),
        tuple(_near(actor, ids, kind, today)),
        tuple(places.values()),
        causes_at(places.values(), today=today),
        RESTRICTED_CAUSES if inside else (),
        tuple(_colleagues(actor, places.values(), today)),
        any(_asks_proof(place, today) for place in places.values()),
        next_school_day(first, after=today, today=today),
    )


def _near(
    actor: Actor, ids: Sequence[UUID], kind: Kind | None, today: date
) -> list[tuple[UUID, str]]:
    if kind is Kind.MEETING:
        away = [(row.child_id, row.name) for row in away_now(actor)[:MOST_AWAY]]
        return [each for each in away if each[0] not in ids]
    return same_household(actor, ids[0], on=today) if len(ids) == 1 else []


def _colleagues(actor: Actor, places: Iterable[ChildAt], today: date) -> list[Candidate]:
    """People of the children's schools, and of the actor's own office, without himself."""
    paths = {path for place in places for path in place.school.paths}
    paths |= {held.path for held in actor.holdings if held.unit_kind in _OFFICES}
    found: dict[UUID, Candidate] = {}
    for post in posts_below(sorted(paths), on=today):
        if post.person_id and post.person_id != actor.person_id and post.role is not Role.STAFF:
            found.setdefault(
                post.person_id,
                Candidate(post.person_id, post.person_name, post.role.value, post.unit_name),
            )
    return sorted(found.values(), key=lambda each: each.name)[:MOST_COLLEAGUES]


def _asks_proof(place: ChildAt, today: date) -> bool:
    try:
        return needs_proof(Kind.VISIT, place.school.policy(today))
    except PolicyConflict:
        return False


def is_own_school(actor: Actor, place: ChildAt) -> bool:
    """Whether the actor holds a post in the child's school."""
    return any(is_below(held.path, path) for held in actor.holdings for path in place.school.paths)
