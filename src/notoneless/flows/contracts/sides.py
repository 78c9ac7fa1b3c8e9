"""Who stands on either side: the units, teachers or families below A, and who holds which post."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Guardian
from notoneless.children.queries.branches import WHO
from notoneless.children.queries.classes import registered_now
from notoneless.children.queries.units import class_name
from notoneless.flows.cases.papers.words import class_words, office_words
from notoneless.flows.contracts.refusals import NotThisLayer
from notoneless.places.models import Post, TeachingAssignment, Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.contracts.clauses import BOUND_BY, Bound
from notoneless.rules.contracts.kinds import KINDS, About, ContractKind, Layer
from notoneless.rules.paths import Line, below, is_below
from notoneless.rules.roles import Capability, Role, Tenure
from notoneless.rules.units import SCHOOLS, Stage, UnitKind


@dataclass(frozen=True, slots=True)
class SideA:
    """Party A of a kind of contract, where it stands."""

    unit: Unit
    kind: UnitKind
    paths: Mapping[Line, str]
    school: str
    """Of a class: its school."""


@dataclass(frozen=True, slots=True)
class Other:
    """One for whom a contract is drawn up."""

    about: UUID
    name: str
    """As it is printed."""
    bound: Bound
    layer: Layer
    unit: Unit | None = None
    child_id: UUID | None = None
    person_id: UUID | None = None
    guardian: Guardian | None = None
    stages: tuple[Stage, ...] = ()
    pupils: int = 0


@dataclass(frozen=True, slots=True)
class Holds:
    """A post and its holder; no person while it is vacant."""

    post_id: UUID | None
    person_id: UUID | None
    name: str


NOBODY = Holds(None, None, "")


def side_a(actor: Actor, kind: ContractKind, unit_id: UUID, *, on: date) -> SideA:
    """Party A if the actor keeps its contracts of this kind; three statements.

    Raises ``Unit.DoesNotExist`` out of reach, ``NotAllowed``, ``NotThisLayer``.
    """
    rows = UnitPlace.objects.filter(standing(on), unit=unit_id, unit__county=actor.county_id)
    places = list(rows.select_related("unit"))
    if not places:
        raise Unit.DoesNotExist
    unit = places[0].unit
    paths = {Line(place.line): place.path for place in places}
    at = UnitKind(unit.kind)
    layers = KINDS[kind].layers_of(at)
    seen = any(is_below(path, held.path) for path in paths.values() for held in actor.holdings)
    if not seen:
        raise Unit.DoesNotExist
    if not layers:
        raise NotThisLayer(unit=unit.name)
    own = [paths[layer.line] for layer in layers if layer.line in paths]
    if not any(actor.may(Capability.KEEP_CONTRACTS, at=path) for path in own):
        raise NotAllowed(capability=Capability.KEEP_CONTRACTS.value)
    return SideA(unit, at, paths, _school_above(at, paths, on=on))


def _school_above(kind: UnitKind, paths: Mapping[Line, str], *, on: date) -> str:
    if kind is not UnitKind.CLASS:
        return ""
    place = UnitPlace.objects.filter(
        standing(on), unit__kind__in=SCHOOLS, path__in=_above(paths.values())
    ).select_related("unit")
    found = place.first()
    return found.unit.name if found else ""


def _above(paths: Iterable[str]) -> set[str]:
    return {path[:end] for path in paths for end in range(1, len(path)) if path[end - 1] == "."}


def class_sides(school: SideA, *, on: date) -> list[SideA]:
    """The classes of a school as party A, in the order of their paths; one statement."""
    low, high = below(school.paths[Line.EDUCATION])
    rows = UnitPlace.objects.filter(
        standing(on),
        line=Line.EDUCATION,
        path__gte=low,
        path__lt=high,
        unit__kind=UnitKind.CLASS,
    )
    return [
        SideA(row.unit, UnitKind.CLASS, {Line.EDUCATION: row.path}, school.unit.name)
        for row in rows.select_related("unit").order_by("path")
    ]


def others_of(kind: ContractKind, a: SideA, *, on: date) -> list[Other]:
    """Everybody for whom A draws up a contract of this kind; two statements at most.

    A family without a guardian in the record is among them, without one.
    """
    facts = KINDS[kind]
    if facts.about is About.CHILD:
        return families_of([a])[a.unit.pk]
    if facts.about is About.TEACHER:
        return _teachers(facts.layers[0], a, on=on)
    return [each for layer in facts.layers_of(a.kind) for each in _units(layer, a, on=on)]


def _units(layer: Layer, a: SideA, *, on: date) -> list[Other]:
    path = a.paths.get(layer.line)
    if path is None:
        return []
    rows = UnitPlace.objects.filter(standing(on), line=layer.line, unit__kind__in=layer.b)
    if UnitKind.CLASS in layer.b:
        low, high = below(path)
        rows = rows.filter(path__gte=low, path__lt=high)
    else:
        rows = rows.filter(parent=a.unit)
    units = [row.unit for row in rows.select_related("unit").order_by("path")]
    classes = [unit.pk for unit in units if unit.kind == UnitKind.CLASS]
    pupils = pupils_of(classes) if classes else {}
    return [
        Other(
            about=unit.pk,
            name=printed(unit, on),
            bound=BOUND_BY[UnitKind(unit.kind)],
            layer=layer,
            unit=unit,
            stages=(Stage(unit.stage),) if unit.stage else (),
            pupils=pupils.get(unit.pk, 0),
        )
        for unit in units
    ]


def _teachers(layer: Layer, a: SideA, *, on: date) -> list[Other]:
    posts = Post.objects.filter(
        standing(on), unit=a.unit, role=Role.SUBJECT_TEACHER, person__isnull=False
    ).select_related("person")
    people = {post.person.pk: post.person for post in posts if post.person}
    low, high = below(a.paths[Line.EDUCATION])
    lessons = TeachingAssignment.objects.filter(
        standing(on),
        standing(on, of="school_class__places__"),
        school_class__places__path__gte=low,
        school_class__places__path__lt=high,
    ).select_related("person")
    people |= {lesson.person.pk: lesson.person for lesson in lessons}
    stages = (Stage(a.unit.stage),) if a.unit.stage else ()
    return [
        Other(
            about=person.pk,
            name=person.name,
            bound=Bound.TEACHER,
            layer=layer,
            unit=a.unit,
            person_id=person.pk,
            stages=stages,
        )
        for person in sorted(people.values(), key=lambda p: (p.pinyin, p.name, str(p.pk)))
    ]


def families_of(classes: Sequence[SideA]) -> dict[UUID, list[Other]]:
    """The families of classes, by class and pinyin; two statements."""
    layer = KINDS[ContractKind.GUARDIAN].layers[0]
    stages = {a.unit.pk: (Stage(a.unit.stage),) if a.unit.stage else () for a in classes}
    spells = list(
        registered_now(stages)
        .annotate(who=WHO)
        .order_by("child__pinyin", "child")
        .values_list("school_class", "who", "child__name")
    )
    guardians: dict[UUID, Guardian] = {}
    rows = Guardian.objects.filter(
        child__in=[who for _, who, _ in spells], superseded_at=None, is_guardian=True
    )
    for row in rows.defer("phone", "national_id").order_by("child", "position"):
        guardians.setdefault(row.child_id, row)
    found: dict[UUID, list[Other]] = {each: [] for each in stages}
    for class_id, who, name in spells:
        if class_id is not None:
            other = Other(
                about=who,
                name=name,
                bound=Bound.CHILD,
                layer=layer,
                child_id=who,
                guardian=guardians.get(who),
                stages=stages[class_id],
            )
            found[class_id].append(other)
    return found


def pupils_of(class_ids: Collection[UUID]) -> dict[UUID, int]:
    """How many children are registered in each class now; one statement."""
    counts: defaultdict[UUID, int] = defaultdict(int)
    for class_id in registered_now(class_ids).values_list("school_class", flat=True):
        if class_id is not None:
            counts[class_id] += 1
    return counts


def holders_at(
    unit_ids: Collection[UUID], roles: Collection[str], *, on: date
) -> dict[tuple[UUID, str], Holds]:
    """Who holds each post now; one statement. The holder before whoever stands in for him."""
    rows = (
        Post.objects.filter(standing(on), unit__in=unit_ids, role__in=roles)
        .select_related("person")
        .order_by("from_on", "pk")
    )
    found: dict[tuple[UUID, str], Holds] = {}
    for post in sorted(rows, key=_nearness):
        name = post.person.name if post.person else ""
        found.setdefault((post.unit_id, post.role), Holds(post.pk, post.person_id, name))
    return found


def _nearness(post: Post) -> tuple[bool, bool]:
    return post.person_id is None, post.tenure == Tenure.STAND_IN


def printed(unit: Unit, on: date) -> str:
    """A unit as a contract calls it."""
    name = class_name(unit)
    return class_words(name, on) if name else office_words(unit.name, UnitKind(unit.kind))
