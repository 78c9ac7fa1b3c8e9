"""A named visitor for every child at risk, one by one (逐个家访动员, R-100)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.attendance.queries.absentees import Away, away_now
from notoneless.children.models import Child
from notoneless.children.queries.listing import Registration, registrations
from notoneless.contacts.queries.upkeep import Named, visitors_of
from notoneless.contacts.services.upkeep import write_assignments
from notoneless.flows.contacts.refusals import NobodyChosen, VisitorElsewhere
from notoneless.flows.contacts.whom import ChildAt, must_log, where_they_are
from notoneless.flows.duties.told import tags_about
from notoneless.journal.services import Stamp
from notoneless.places.models import Post
from notoneless.places.queries.people import posts_below
from notoneless.places.queries.units import paths_of_many, standing
from notoneless.rules.duties.facts import Tag
from notoneless.rules.paths import ancestors, is_below
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind

NAMES_VISITORS = frozenset(
    {
        Role.PRINCIPAL,
        Role.VICE_PRINCIPAL,
        Role.TEACHING_DIRECTOR,
        Role.DROPOUT_OFFICER,
        Role.HOMEROOM_TEACHER,
        Role.CENTRE_HEAD,
    }
)
MOST_AT_ONCE = 100
LARGEST_REACH = 3_000
"""Above this only children who are away are looked for: tags are read class by class."""


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A child who is away, a key pupil, or one who came back."""

    child_id: UUID
    name: str
    at: Registration | None
    away: Away | None
    tags: frozenset[Tag]
    visitor: Named | None


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: UUID
    name: str
    role: str
    unit_name: str


def children_at_risk(actor: Actor, *, today: date) -> list[AtRisk]:
    """Children at risk in reach, those without a visitor first; nine statements at most."""
    away = {row.child_id: row for row in away_now(actor)}
    seen = Child.objects.seen_by(actor, on=today).filter(merged_into=None)
    ids = list(seen.values_list("pk", flat=True)[: LARGEST_REACH + 1])
    tags = tags_about(ids, county_id=actor.county_id, on=today) if len(ids) <= LARGEST_REACH else {}
    whom = list({*away, *tags})
    names = dict(seen.filter(pk__in=whom).values_list("pk", "name"))
    at, visitors = registrations(whom), visitors_of(whom, on=today)
    rows = [
        AtRisk(
            child,
            names[child],
            at.get(child),
            away.get(child),
            tags.get(child, frozenset()),
            visitors.get(child),
        )
        for child in whom
        if child in names
    ]
    return sorted(rows, key=lambda r: (r.visitor is not None, -_days(r), r.name, str(r.child_id)))


def name_visitor(
    actor: Actor,
    child_ids: Sequence[UUID],
    visitor_id: UUID,
    *,
    why: str,
    today: date,
    now: datetime,
) -> int:
    """Name one visitor for some children; answers for how many that changed anything.

    By the school's leaders, the class teacher or the centre school's head. The visitor's own post
    must lie in the line over the child, or in its school. Raises ``Child.DoesNotExist``,
    ``NotAllowed``, ``NobodyChosen``, ``VisitorElsewhere``.
    """
    if not 0 < len(child_ids) <= MOST_AT_ONCE:
        raise NobodyChosen()
    with transaction.atomic():
        ids = must_log(actor, child_ids, today=today)
        places = where_they_are(ids, county_id=actor.county_id, today=today)
        _must_name(actor, places.values(), wanted=len(ids))
        role = _role_of(visitor_id, places.values(), actor, today=today)
        # Two who name at once come one after the other.
        list(Child.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
        before = visitors_of(ids, on=today)
        new = [c for c in ids if c not in before or before[c].person_id != visitor_id]
        if new:
            stamp = Stamp(actor.county_id, actor.person_id, now)
            write_assignments(
                new, visitor_id=visitor_id, role=role, why=why.strip(), on=today, stamp=stamp
            )
    return len(new)


def candidates(actor: Actor, *, today: date) -> list[Candidate]:
    """People below the actor's schools and classes who can be named, by name; two statements."""
    able = [h for h in actor.holdings if h.role in NAMES_VISITORS]
    schools = {_school_path(held) for held in able}
    found: dict[UUID, Candidate] = {}
    for post in posts_below(sorted(schools), on=today):
        if post.person_id and post.role is not Role.STAFF:
            found.setdefault(
                post.person_id,
                Candidate(post.person_id, post.person_name, post.role.value, post.unit_name),
            )
    return sorted(found.values(), key=lambda each: each.name)


def may_name(actor: Actor) -> bool:
    """Whether the page offers to name visitors."""
    return any(
        held.role in NAMES_VISITORS and Capability.LOG_CONTACTS in held.capabilities
        for held in actor.holdings
    )


def _school_path(held: Holding) -> str:
    """A class teacher asks colleagues of the whole school: it stands two levels above a class."""
    up = {UnitKind.CLASS: 2, UnitKind.GRADE: 1}.get(held.unit_kind, 0)
    return ancestors(held.path)[-1 - up]


def _must_name(actor: Actor, places: Iterable[ChildAt], *, wanted: int) -> None:
    rows = list(places)
    able = [h for h in actor.holdings if h.role in NAMES_VISITORS]
    covered = [
        row for row in rows if any(is_below(path, held.path) for held in able for path in row.paths)
    ]
    if len(covered) < wanted:
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)


def _role_of(visitor_id: UUID, places: Iterable[ChildAt], actor: Actor, *, today: date) -> str:
    posts = list(
        Post.objects.filter(
            standing(today), person=visitor_id, person__county=actor.county_id
        ).values_list("unit", "role")
    )
    paths = paths_of_many([unit for unit, _ in posts], on=today)
    for place in places:
        school_paths = place.school.paths
        is_near = any(
            is_below(own, school) or is_below(school, own)
            for own in paths
            for school in school_paths
        )
        if not is_near:
            raise VisitorElsewhere()
    if not posts:
        raise VisitorElsewhere()
    return str(posts[0][1])


def _days(row: AtRisk) -> int:
    return row.away.possible_days if row.away else 0
