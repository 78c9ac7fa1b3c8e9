"""The contact network 控辍保学联系网: who is where, with masked phones (R-017)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import must_see
from notoneless.children.models import Child, ChildPlace, Guardian
from notoneless.children.models.places import Relation
from notoneless.children.queries.doors import why_visible
from notoneless.children.queries.listing import ChildFilter, children_fitting
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.places.models import Person
from notoneless.places.queries import chain_above, paths_of
from notoneless.places.queries.coverage import two_lines_for
from notoneless.places.queries.people import PostFacts, posts_at, posts_below, posts_of
from notoneless.places.queries.telephones import TelephoneFacts, telephones_of
from notoneless.places.queries.units import unit_facts
from notoneless.rules.coverage import TwoLines
from notoneless.rules.masking import mask_phone
from notoneless.rules.paths import Line, is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.rules.visibility import FieldGroup, may_reveal


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
    child_id: UUID
    child_name: str
    position: int
    name: str
    relation: str
    phone: str
    """Masked."""


@dataclass(frozen=True, slots=True)
class Network:
    """Bureau, school, teachers and, from a child, parents."""

    contacts: Sequence[Contact]
    parents: Sequence[ParentContact] = ()
    lines: TwoLines | None = None
    child_name: str = ""
    telephones: Sequence[TelephoneFacts] = ()
    """Of the units, as their papers print them."""


def contacts_of_unit(actor: Actor, unit_id: UUID, *, today: date, stamp: Stamp) -> Network:
    """Who works at a unit, below it and, in both lines, above it; of a class the parents too.

    Parents are those of children whose contacts the actor may see, and the look is noted.
    Raises ``NotAllowed``; ``Unit.DoesNotExist`` out of reach.
    """
    actor.must(Capability.SEE_DIRECTORY)
    must_see(actor, unit_id, on=today)
    above = {place.id for line in Line for place in chain_above(unit_id, line, on=today)}
    own = posts_below(paths_of(unit_id, on=today), on=today)
    upper = [post for unit in sorted(above - {unit_id}) for post in posts_at(unit, on=today)]
    contacts = _contacts([*own, *upper], {post.unit_id for post in own})
    telephones = list(telephones_of([unit_id, *above]).values())
    if unit_facts(unit_id).kind is not UnitKind.CLASS:
        return Network(contacts, telephones=telephones)
    parents = _parents_of_class(actor, unit_id, today=today, stamp=stamp)
    return Network(contacts, parents, telephones=telephones)


def contacts_of_child(actor: Actor, child_id: UUID, *, today: date, stamp: Stamp) -> Network:
    """Everybody along both lines of a child, and its guardians if the actor may see contacts.

    The look is noted. Raises ``NotAllowed``; ``Child.DoesNotExist`` for a child that is not the
    actor's to see.
    """
    actor.must(Capability.SEE_DIRECTORY)
    child = Child.objects.seen_by(actor, on=today).get(pk=child_id)
    home, school_class = _home_and_class(child_id, today=today)
    units: list[UUID] = []
    for unit_id, line in ((school_class, Line.EDUCATION), (home, Line.GOVERNMENT)):
        if unit_id is not None:
            units += [p.id for p in reversed(chain_above(unit_id, line, on=today))]
    posts = [post for unit in dict.fromkeys(units) for post in posts_at(unit, on=today)]
    may_see = Child.objects.seen_by(actor, on=today, to=Capability.SEE_CONTACTS)
    parents = _parents([child]) if may_see.filter(pk=child_id).exists() else []
    note_reading("child.contacts", stamp=stamp, child_id=child_id, fields=["guardians"])
    lines = two_lines_for(home_id=home, class_id=school_class, on=today)
    telephones = list(telephones_of(units).values())
    return Network(_contacts(posts, set()), parents, lines, child.name, telephones)


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


def _parents_of_class(
    actor: Actor, class_id: UUID, *, today: date, stamp: Stamp
) -> list[ParentContact]:
    if not actor.may(Capability.SEE_CONTACTS):
        return []
    wanted = ChildFilter(class_id=class_id)
    fitting = children_fitting(actor, wanted, on=today, to=Capability.SEE_CONTACTS)
    children = list(fitting.order_by("pinyin", "name", "pk"))
    if children:
        listed = Listed.of(wanted.told(), [child.pk for child in children])
        note_reading("guardians.listed", stamp=stamp, fields=["guardians"], listed=listed)
    return _parents(children)


def _parents(children: Sequence[Child]) -> list[ParentContact]:
    """Parents and guardians, child after child as given; one statement."""
    rows = Guardian.objects.filter(child__in=children, superseded_at=None).order_by("position")
    found: dict[UUID, list[Guardian]] = {}
    for row in rows:
        found.setdefault(row.child_id, []).append(row)
    return [
        ParentContact(
            child.pk, child.name, row.position, row.name, row.relation, mask_phone(row.phone)
        )
        for child in children
        for row in found.get(child.pk, ())
    ]


@transaction.atomic
def reveal_parent_phone(
    child_id: UUID, position: int, *, actor: Actor, today: date, stamp: Stamp
) -> str:
    """A parent's whole number, to call about the child; noted in the child's file.

    Raises ``Child.DoesNotExist`` when this actor may not see the child's contacts,
    ``Guardian.DoesNotExist``.
    """
    doors = why_visible(actor, child_id, on=today)
    if not may_reveal([door.opening for door in doors], FieldGroup.CONTACT):
        raise Child.DoesNotExist
    parent = Guardian.objects.get(
        child=child_id, county=actor.county_id, position=position, superseded_at=None
    )
    note_reading(
        "child.revealed",
        stamp=stamp,
        child_id=child_id,
        fields=[f"guardian{position}_phone"],
        purpose="contact",
    )
    number: str = parent.phone
    return number


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
