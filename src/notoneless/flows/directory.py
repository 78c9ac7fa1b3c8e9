"""The contact network 控辍保学联系网: who is where, with masked phones (R-017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.reach import must_see
from notoneless.children.models import Child, ChildPlace, Guardian
from notoneless.children.models.places import Relation
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.places.models import Person
from notoneless.places.queries import chain_above, paths_of
from notoneless.places.queries.coverage import two_lines_for
from notoneless.places.queries.people import PostFacts, posts_at, posts_below, posts_of
from notoneless.rules.coverage import TwoLines
from notoneless.rules.masking import mask_phone
from notoneless.rules.paths import Line, is_below
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Contact:
    """One person in one post, with a masked phone."""

    post: PostFacts
    person_id: UUID
    name: str
    phone: str
    is_in_reach: bool
    """Whether the actor may open the unit's own page."""


@dataclass(frozen=True, slots=True)
class ParentContact:
    name: str
    relation: str
    phone: str


@dataclass(frozen=True, slots=True)
class Network:
    """Bureau, school, teachers and, from a child, parents."""

    contacts: Sequence[Contact]
    parents: Sequence[ParentContact] = ()
    lines: TwoLines | None = None
    child_name: str = ""


def contacts_of_unit(actor: Actor, unit_id: UUID, *, today: date) -> Network:
    """Who works at a unit, below it and, in both lines, above it.

    Raises ``NotAllowed``; ``Unit.DoesNotExist`` out of reach.
    """
    actor.must(Capability.SEE_DIRECTORY)
    must_see(actor, unit_id, on=today)
    above = {place.id for line in Line for place in chain_above(unit_id, line, on=today)}
    own = posts_below(paths_of(unit_id, on=today), on=today)
    upper = [post for unit in sorted(above - {unit_id}) for post in posts_at(unit, on=today)]
    return Network(_contacts([*own, *upper], {post.unit_id for post in own}))


def contacts_of_child(actor: Actor, child_id: UUID, *, today: date, stamp: Stamp) -> Network:
    """Everybody along both lines of a child, and its guardians if the actor may see contacts.

    The look is noted. Raises ``Child.DoesNotExist`` for a child that is not the actor's to see.
    """
    child = Child.objects.seen_by(actor, on=today).get(pk=child_id)
    home, school_class = _home_and_class(child_id, today=today)
    units: list[UUID] = []
    for unit_id, line in ((school_class, Line.EDUCATION), (home, Line.GOVERNMENT)):
        if unit_id is not None:
            units += [p.id for p in reversed(chain_above(unit_id, line, on=today))]
    posts = [post for unit in dict.fromkeys(units) for post in posts_at(unit, on=today)]
    may_see = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CONTACTS)
    parents = _parents(child_id) if may_see.filter(pk=child_id).exists() else []
    note_reading("child.contacts", stamp=stamp, child_id=child_id, fields=["guardians"])
    lines = two_lines_for(home_id=home, class_id=school_class, on=today)
    return Network(_contacts(posts, set()), parents, lines, child.name)


def _home_and_class(child_id: UUID, *, today: date) -> tuple[UUID | None, UUID | None]:
    rows = ChildPlace.objects.filter(child=child_id, to_on=None, from_on__lte=today)
    units = dict(rows.values_list("relation", "unit"))
    home = units.get(Relation.RESIDENCE) or units.get(Relation.HUKOU)
    return home, units.get(Relation.SCHOOL)


def _contacts(posts: Sequence[PostFacts], in_reach: set[UUID]) -> list[Contact]:
    held = [post for post in posts if post.person_id is not None]
    people = Person.objects.in_bulk([post.person_id for post in held if post.person_id])
    return [
        Contact(
            post,
            person.pk,
            person.name,
            mask_phone(person.phone),
            post.unit_id in in_reach,
        )
        for post in held
        if post.person_id and (person := people.get(post.person_id))
    ]


def _parents(child_id: UUID) -> list[ParentContact]:
    rows = Guardian.objects.filter(child=child_id, superseded_at=None).order_by("position")
    return [ParentContact(row.name, row.relation, mask_phone(row.phone)) for row in rows]


def reveal_phone(person_id: UUID, *, actor: Actor, today: date, stamp: Stamp) -> str:
    """A colleague's whole number; noted with who looked.

    The person holds a post in the actor's reach, or above the actor in either line. Raises
    ``NotAllowed``; ``Person.DoesNotExist`` otherwise.
    """
    actor.must(Capability.SEE_DIRECTORY)
    person = Person.objects.get(pk=person_id, county=actor.county_id)
    paths = [
        path
        for post in posts_of(person_id)
        if post.to_on is None or post.to_on > today
        for path in paths_of(post.unit_id, on=today)
    ]
    own = [path for held in actor.holdings for path in paths_of(held.unit_id, on=today)]
    if not any(is_below(p, o) or is_below(o, p) for p in paths for o in own):
        raise Person.DoesNotExist
    listed = Listed.of(f"person {person_id}", [person_id])
    note_reading("person.phone", stamp=stamp, fields=["phone"], listed=listed)
    number: str = person.phone
    return number
