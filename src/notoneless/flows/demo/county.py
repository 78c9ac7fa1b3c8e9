"""The county while it is played: its classes, children and people, its calendar and its chance."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.access.queries import actor_of_person
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.models import ChildPlace, Enrolment
from notoneless.children.models.places import Relation
from notoneless.places.models import Person, Post, Unit, UnitPlace
from notoneless.rules.paths import Line
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, Stage, UnitKind, school_year_of

HOMES = (Relation.HUKOU, Relation.RESIDENCE)
"""Why a village has to do with a child; where both are known it lives at its residence."""
FIRST_DAY = date(2026, 9, 1)
"""The school year that is played in full begins; the rosters are brought that morning."""
DEMO_DAY = date(2026, 11, 20)
"""The Friday on which a visitor arrives, at 07:50: its morning is still open."""


@dataclass(frozen=True, slots=True)
class DemoClass:
    """A class that calls the roll."""

    id: UUID
    key: str
    """The same in every county that is made: "3199000108/junior/2025/2" (code of the school, stage,
    year of entry, number)."""
    school_id: UUID
    township_id: UUID
    grade: int
    """1 to 9, in the school year that is played."""
    stage: Stage
    homeroom: UUID | None
    """The person; ``None`` while the post is vacant."""


@dataclass(frozen=True, slots=True)
class DemoChild:
    """A child as the play needs it."""

    id: UUID
    key: str
    """The same in every county that is made."""
    class_id: UUID
    village_id: UUID | None
    is_boarding: bool
    name: str


@dataclass(slots=True)
class DemoCounty:
    """Made by ``read_county``; read anew by each start, so that whatever people changed holds."""

    county_id: UUID
    classes: tuple[DemoClass, ...]
    """By key."""
    children: Mapping[UUID, DemoChild]
    schools: Mapping[str, UUID]
    """By 学校标识码."""
    units: Mapping[str, UUID]
    """Townships, centres, departments, bureau and county by name, villages with that of their
    township before it: 石桥乡新街村."""
    _in_class: Mapping[UUID, tuple[UUID, ...]]
    _holders: Mapping[tuple[Role, UUID], tuple[UUID, ...]]
    """By role and unit: the persons, in the order in which they were appointed."""
    _usernames: Mapping[str, UUID]
    _staff: Mapping[str, UUID]
    _days: Mapping[UUID, tuple[date, ...]]
    not_before: datetime | None = None
    """Where people have worked in the demo, their newest moment: nothing is told before it."""
    _actors: dict[tuple[UUID, int], Actor] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Codes of what the product refused in the play: people have changed things since."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What parts of the play have worked out once from what stands here."""

    def actor(self, key: str | UUID, day: date) -> Actor:
        """Somebody as he is on ``day``: by sign-in name, staff number or the person's id.

        Raises ``KeyError`` for a name that nobody has. Posts are read once a year.
        """
        person_id = key if isinstance(key, UUID) else self._person(key)
        cached = (person_id, day.year)
        if cached not in self._actors:
            person = Person.objects.get(pk=person_id)
            self._actors[cached] = actor_of_person(person, today=day)
        return self._actors[cached]

    def holder(self, role: Role, unit_id: UUID, day: date) -> Actor | None:
        """Who holds a post of ``role`` at the unit (the first appointed); ``None`` when vacant."""
        people = self._holders.get((role, unit_id), ())
        return self.actor(people[0], day) if people else None

    def holders(self, role: Role, unit_id: UUID, day: date) -> list[Actor]:
        """All who hold a post of ``role`` at the unit, the first appointed first."""
        return [self.actor(person, day) for person in self._holders.get((role, unit_id), ())]

    def children_of(self, class_id: UUID) -> tuple[UUID, ...]:
        """Those registered in the class, in an order that is the same in every county made."""
        return self._in_class.get(class_id, ())

    def school_days(self, school_id: UUID, from_on: date, to_on: date) -> list[date]:
        """School days of a school from ``from_on`` (inclusive) to ``to_on`` (exclusive)."""
        days = self._days.get(school_id, ())
        return list(days[bisect_left(days, from_on) : bisect_left(days, to_on)])

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        """A moment on the school's clock, aware; minutes over 59 run into the next hour.

        Never one before ``not_before``.
        """
        begun = datetime.combine(day, time(hour), timezone.get_default_timezone())
        moment = begun + timedelta(minutes=minute)
        return max(moment, self.not_before) if self.not_before else moment

    def random(self, *key: object) -> Random:
        """Chance of its own for a matter that ``key`` names, the same each time.

        Ids of rows differ from county to county: use the keys of classes and children.
        """
        return random_of(*key)

    def new_id(self, *key: object) -> UUID:
        """A client-made id for what ``key`` names."""
        return UUID(int=self.random("id", *key).getrandbits(128), version=4)

    @contextmanager
    def unless_refused(self) -> Iterator[None]:
        """Goes on where the product says no to what is done inside, which writes nothing then."""
        try:
            yield
        except Refusal as refusal:
            self.refused.append(refusal.code)

    def _person(self, key: str) -> UUID:
        return self._usernames[key] if key in self._usernames else self._staff[key]


def random_of(*key: object) -> Random:
    """Chance that depends on ``key`` alone."""
    seed = sha256("|".join(map(str, key)).encode()).digest()
    return Random(int.from_bytes(seed[:8], "big"))  # noqa: S311  # invented people, nothing secret


def read_county(county_id: UUID, *, day: date) -> DemoCounty:
    """The county as it stands, its classes named as in the school year of ``day``."""
    children = _children(county_id)
    in_class: defaultdict[UUID, list[DemoChild]] = defaultdict(list)
    for child in children:
        in_class[child.class_id].append(child)
    holders = _holders(county_id, day)
    people = Person.objects.filter(county=county_id)
    names = people.filter(user__isnull=False).values_list("user__username", "pk")
    schools = Unit.objects.filter(county=county_id, kind__in=SCHOOLS)
    return DemoCounty(
        county_id=county_id,
        classes=_classes(county_id, frozenset(in_class), holders, year=school_year_of(day)),
        children={child.id: child for child in children},
        schools=dict(schools.values_list("code", "pk")),
        units=_named(county_id),
        _in_class={
            class_id: tuple(child.id for child in sorted(members, key=lambda child: child.key))
            for class_id, members in in_class.items()
        },
        _holders=holders,
        _usernames=dict(names),
        _staff=dict(people.exclude(staff_number="").values_list("staff_number", "pk")),
        _days={
            standing.school_id: standing.calendar(day).school_days
            for standing in school_standings(county_id, on=day)
        },
    )


def _named(county_id: UUID) -> dict[str, UUID]:
    rows = UnitPlace.objects.filter(unit__county=county_id, to_on=None)
    rows = rows.exclude(unit__kind__in=["grade", "class", *SCHOOLS]).select_related(
        "unit", "parent"
    )
    found: dict[str, UUID] = {}
    for row in rows:
        above = row.parent.name if row.unit.kind == UnitKind.VILLAGE and row.parent else ""
        found[above + row.unit.name] = row.unit_id
    return found


def _children(county_id: UUID) -> list[DemoChild]:
    lives = ChildPlace.objects.filter(
        county=county_id, relation__in=HOMES, line=Line.GOVERNMENT, to_on=None
    )
    # "hukou" sorts before "residence", which stays.
    village = dict(lives.order_by("relation").values_list("child", "unit"))
    rows = (
        Enrolment.objects.filter(county=county_id, to_on=None, child__merged_into=None)
        .exclude(school_class=None)
        .values_list("child", "school_class", "child__name", "child__born_on", "child__is_boarding")
    )
    return [
        DemoChild(child, f"{name}/{born_on}", class_id, village.get(child), is_boarding, name)
        for child, class_id, name, born_on, is_boarding in rows
    ]


def _holders(county_id: UUID, day: date) -> dict[tuple[Role, UUID], tuple[UUID, ...]]:
    found: defaultdict[tuple[Role, UUID], list[UUID]] = defaultdict(list)
    posts = Post.objects.filter(
        Q(to_on=None) | Q(to_on__gt=day),
        unit__county=county_id,
        person__isnull=False,
        from_on__lte=day,
    )
    for role, unit_id, person_id in posts.order_by("pk").values_list("role", "unit", "person"):
        if person_id is not None:
            found[Role(role), unit_id].append(person_id)
    return {key: tuple(people) for key, people in found.items()}


def _classes(
    county_id: UUID,
    with_children: frozenset[UUID],
    holders: Mapping[tuple[Role, UUID], tuple[UUID, ...]],
    *,
    year: int,
) -> tuple[DemoClass, ...]:
    above = UnitPlace.objects.filter(unit__county=county_id, to_on=None, line=Line.GOVERNMENT)
    parent = dict(above.values_list("unit", "parent"))
    codes = dict(Unit.objects.filter(county=county_id, kind__in=SCHOOLS).values_list("pk", "code"))
    found = []
    for unit in Unit.objects.filter(county=county_id, kind=UnitKind.CLASS, pk__in=with_children):
        school = parent[parent[unit.pk]]
        homeroom = holders.get((Role.HOMEROOM_TEACHER, unit.pk), (None,))[0]
        entered = unit.entered_in or year
        found.append(
            DemoClass(
                id=unit.pk,
                key=f"{codes[school]}/{unit.stage}/{entered}/{unit.name}",
                school_id=school,
                township_id=parent[school],
                grade=year - entered + (7 if unit.stage == Stage.JUNIOR else 1),
                stage=Stage(unit.stage),
                homeroom=homeroom,
            )
        )
    return tuple(sorted(found, key=lambda each: each.key))
