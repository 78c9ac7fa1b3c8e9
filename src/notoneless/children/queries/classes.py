"""Classes with their counts, teachers and children."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.models import Enrolment
from notoneless.children.queries.listing import ChildFilter, ChildRow, child_rows, children_fitting
from notoneless.children.queries.units import ClassUnit, classes_in_reach
from notoneless.places.models import Person, Post
from notoneless.rules.paths import below
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import has_left, school_year_of


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class and how many children are registered in it."""

    unit: ClassUnit
    children: int
    boys: int
    girls: int
    boarders: int
    homeroom: tuple[str, ...]
    is_leaving: bool
    """The cohort has finished its stage: to be graduated."""

    @property
    def is_empty(self) -> bool:
        return self.children == 0


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody's post at a class."""

    post_id: UUID
    person_id: UUID | None
    name: str
    from_on: date


def capability_for_classes(actor: Actor) -> Capability:
    """What lets ``actor`` see classes: a school's administrator sees them without the children."""
    if actor.may(Capability.SEE_CHILDREN):
        return Capability.SEE_CHILDREN
    return Capability.MANAGE_CLASSES


def count_classes(actor: Actor, *, school_id: UUID | None = None, on: date) -> list[ClassCount]:
    """Classes in reach (of one school) with counts by sex and boarding; five statements."""
    to = capability_for_classes(actor)
    units = classes_in_reach(actor, on=on, to=to, school_id=school_id)
    ids = [unit.id for unit in units]
    counts = _counts(ids)
    teachers = homeroom_names(ids, on=on)
    year = school_year_of(on)
    return [
        ClassCount(
            unit=unit,
            children=sum(counts[unit.id].values()),
            boys=_sum(counts[unit.id], sex="1"),
            girls=_sum(counts[unit.id], sex="2"),
            boarders=_sum(counts[unit.id], is_boarding=True),
            homeroom=tuple(teachers.get(unit.id, ())),
            is_leaving=has_left(unit.name.stage, unit.name.entered_in, school_year=year),
        )
        for unit in units
    ]


def registered_now(class_ids: Collection[UUID]) -> QuerySet[Enrolment]:
    """Open spells in classes, one per child: a row that was merged away counts only where the kept
    child has no spell of its own."""
    own = Enrolment.objects.filter(child=OuterRef("child__merged_into"), to_on=None)
    return Enrolment.objects.filter(
        Q(child__merged_into=None) | ~Exists(own), school_class__in=class_ids, to_on=None
    )


def class_children(actor: Actor, class_id: UUID, *, on: date) -> list[ChildRow]:
    """The children registered in a class, as far as they are in reach, by pinyin."""
    at = children_fitting(actor, ChildFilter(class_id=class_id), on=on)
    rows = child_rows(at.order_by("pinyin", "pk"), actor, on=on)
    return [r for r in rows if r.registration and r.registration.class_id == class_id]


def homeroom_names(class_ids: Collection[UUID], *, on: date) -> dict[UUID, list[str]]:
    """Who is homeroom teacher of each class on ``on``; one statement."""
    names: dict[UUID, list[str]] = defaultdict(list)
    for post in _homeroom_posts(class_ids, on=on):
        if post.person is not None:
            names[post.unit_id].append(post.person.name)
    return names


def homeroom_holder(class_id: UUID, *, on: date) -> Holder | None:
    """The homeroom teacher in full charge of a class on ``on``, if there is one."""
    post = _homeroom_posts([class_id], on=on).filter(tenure="full").first()
    if post is None:
        return None
    name = post.person.name if post.person else ""
    return Holder(post.pk, post.person_id, name, post.from_on)


def staff_of(school_path: str, *, on: date) -> list[tuple[UUID, str]]:
    """People with a post at a school or its classes on ``on``, by name."""
    low, high = below(school_path)
    people = Person.objects.filter(
        Q(posts__to_on=None) | Q(posts__to_on__gt=on),
        Q(left_on=None) | Q(left_on__gt=on),
        posts__from_on__lte=on,
        posts__unit__places__path__gte=low,
        posts__unit__places__path__lt=high,
        posts__unit__places__to_on=None,
    )
    return list(people.distinct().order_by("pinyin", "pk").values_list("pk", "name"))


def _homeroom_posts(class_ids: Collection[UUID], *, on: date) -> QuerySet[Post]:
    return (
        Post.objects.filter(
            Q(to_on=None) | Q(to_on__gt=on),
            unit__in=class_ids,
            role=Role.HOMEROOM_TEACHER,
            from_on__lte=on,
        )
        .select_related("person")
        .order_by("from_on", "pk")
    )


_Counts = Counter[tuple[str, bool]]


def _counts(class_ids: Collection[UUID]) -> dict[UUID, _Counts]:
    rows = (
        registered_now(class_ids)
        .values_list("school_class", "child__sex", "child__is_boarding")
        .annotate(n=Count("pk"))
        .order_by()
    )
    counts: dict[UUID, _Counts] = defaultdict(Counter)
    for class_id, sex, is_boarding, n in rows:
        counts[class_id][(sex, is_boarding)] += n
    return counts


def _sum(counts: _Counts, *, sex: str = "", is_boarding: bool = False) -> int:
    return sum(
        n for (s, b), n in counts.items() if (not sex or s == sex) and (not is_boarding or b)
    )
