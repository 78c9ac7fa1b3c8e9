"""Which places' policies ask for which contracts, and for whom they would be drawn up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.places.models import Person, Post, TeachingAssignment, Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.policy.queries.many import policies_of
from notoneless.rules.contracts.kinds import KINDS, ContractKind, wanted_by
from notoneless.rules.paths import Line, ancestors, below
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind

TO_SCHOOL = 2
"""From a class up to its school: the grade stands between."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit where it stands in one line."""

    unit: Unit
    line: Line
    path: str

    @property
    def kind(self) -> UnitKind:
        return UnitKind(self.unit.kind)


@dataclass(frozen=True, slots=True)
class Asking:
    """A place whose policy asks for a kind of contract, as party A."""

    place: Place
    source: str


@dataclass(frozen=True)
class Ground:
    """Every unit below which somebody reads contracts, and what their policies ask for."""

    places: tuple[Place, ...]
    asking: Mapping[ContractKind, tuple[Asking, ...]]

    def bound_by(self, kind: ContractKind, a: Place) -> list[Place]:
        """The units for which A draws up a contract of this kind."""
        found = []
        for layer in KINDS[kind].layers_of(a.kind):
            if layer.line is a.line:
                found += [each for each in self._below.get(a.path, ()) if each.kind in layer.b]
        return found

    @cached_property
    def _below(self) -> Mapping[str, Sequence[Place]]:
        return _by_owner(self.places)


def ground_of(actor: Actor, *, today: date) -> Ground:
    """What an actor reads contracts of; three statements while the policies are remembered."""
    places = _places(actor.reach(Capability.SEE_CONTRACTS), today=today)
    units = {place.unit.pk for place in places}
    policies = policies_of(units, county_id=actor.county_id, on=today) if units else {}
    # The same policy answers for most places: it is asked once.
    answers: dict[tuple[ContractKind, int], str | None] = {}
    found: defaultdict[ContractKind, list[Asking]] = defaultdict(list)
    for place in places:
        policy = policies.get(place.unit.pk)
        for kind in kinds_at(place) if policy else ():
            key = (kind, id(policy))
            if key not in answers and policy is not None:
                rule = wanted_by(kind, policy)
                answers[key] = rule.rule.source if rule else None
            source = answers[key]
            if source is not None:
                found[kind].append(Asking(place, source))
    return Ground(tuple(places), {kind: tuple(those) for kind, those in found.items()})


def kinds_at(place: Place) -> list[ContractKind]:
    """The kinds of which a unit is party A in this line."""
    return [
        facts.kind
        for facts in KINDS.values()
        if any(layer.line is place.line for layer in facts.layers_of(place.kind))
    ]


def teachers_of(
    ground: Ground, schools: Sequence[Place], *, today: date
) -> dict[UUID, list[Person]]:
    """Who teaches a subject at each school, by post or by lesson, each once; two statements."""
    ids = [school.unit.pk for school in schools]
    found: defaultdict[UUID, dict[UUID, Person]] = defaultdict(dict)
    posts = Post.objects.filter(
        standing(today), unit__in=ids, role=Role.SUBJECT_TEACHER, person__isnull=False
    )
    for post in posts.select_related("person"):
        if post.person is not None:
            found[post.unit_id][post.person.pk] = post.person
    by_path = {school.path: school.unit.pk for school in schools}
    school_of = {
        place.unit.pk: by_path[above[-1 - TO_SCHOOL]]
        for place in ground.places
        if place.kind is UnitKind.CLASS
        and len(above := ancestors(place.path)) > TO_SCHOOL
        and above[-1 - TO_SCHOOL] in by_path
    }
    lessons = TeachingAssignment.objects.filter(standing(today), school_class__in=list(school_of))
    for lesson in lessons.select_related("person"):
        found[school_of[lesson.school_class_id]][lesson.person.pk] = lesson.person
    return {
        school: sorted(people.values(), key=lambda p: (p.pinyin, p.name, str(p.pk)))
        for school, people in found.items()
    }


def ranges(paths: Iterable[str]) -> Q:
    """Places at or below any of ``paths``."""
    found = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        found |= Q(path__gte=low, path__lt=high)
    return found


def _places(reach: Sequence[str], *, today: date) -> list[Place]:
    if not reach:
        return []
    rows = UnitPlace.objects.filter(standing(today), ranges(reach))
    return [
        Place(row.unit, Line(row.line), row.path)
        for row in rows.select_related("unit").order_by("path")
    ]


def _by_owner(places: Iterable[Place]) -> Mapping[str, Sequence[Place]]:
    """Units by the path of the one above; classes by that of their school."""
    found: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        above = ancestors(place.path)
        steps = TO_SCHOOL if place.kind is UnitKind.CLASS else 1
        if len(above) > steps:
            found[above[-1 - steps]].append(place)
    return found
