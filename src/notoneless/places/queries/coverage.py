"""Resolves the two coverage chains: who answers for a village, a class, a child (R-008 – R-010)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.places.models import Coverage, Post, TeachingAssignment
from notoneless.places.queries.units import Place, chain_above, standing
from notoneless.rules.coverage import (
    BY_POST,
    COVERS,
    GOVERNMENT_LEVELS,
    SCHOOL_LEVELS,
    Level,
    Link,
    TwoLines,
)
from notoneless.rules.paths import Line
from notoneless.rules.units import SCHOOLS, UnitKind

People = dict[tuple[UUID, Level], list[tuple[UUID, str]]]


@dataclass(frozen=True, slots=True)
class CoverageFacts:
    id: UUID
    unit_id: UUID
    level: Level
    area: str
    person_id: UUID
    person_name: str
    from_on: date
    to_on: date | None


def coverage_of(unit_ids: Iterable[UUID]) -> list[CoverageFacts]:
    """Who covers or covered these units in the government line, newest first."""
    rows = Coverage.objects.filter(unit__in=list(unit_ids)).select_related("person")
    return [
        CoverageFacts(
            r.pk, r.unit_id, Level(r.level), r.area, r.person_id, r.person.name, r.from_on, r.to_on
        )
        for r in rows.order_by("level", "area", "-from_on")
    ]


def two_lines_for(*, home_id: UUID | None, class_id: UUID | None, on: date) -> TwoLines:
    """Both chains for whoever lives at ``home_id`` and learns in ``class_id``.

    ``home_id`` is a village or village group, ``class_id`` a class or, while there is none, a
    school; either may be ``None``, and then its chain is all gaps. The government chain takes the
    nearest unit that somebody covers; the leader of a school counts where nobody leads the village.
    """
    homes = list(reversed(chain_above(home_id, Line.GOVERNMENT, on=on))) if home_id else []
    learns = list(reversed(chain_above(class_id, Line.EDUCATION, on=on))) if class_id else []
    schools = [place for place in learns if place.kind in SCHOOLS]
    people = _people([p.id for p in (*homes, *learns)], on=on)
    return TwoLines(
        government=tuple(
            _covered(level, [*homes, *schools], people) for level in GOVERNMENT_LEVELS
        ),
        school=tuple(_led(level, learns, people) for level in SCHOOL_LEVELS),
    )


def _people(unit_ids: list[UUID], *, on: date) -> People:
    """Who answers for which unit at which level: entered coverage, else posts and lessons."""
    found: People = defaultdict(list)
    rows = Coverage.objects.filter(standing(on), unit__in=unit_ids).select_related("person")
    for row in rows.order_by("area", "pk"):
        found[(row.unit_id, Level(row.level))].append((row.person_id, row.person.name))
    entered = set(found)
    posts = Post.objects.filter(standing(on), unit__in=unit_ids, person__isnull=False)
    for post in posts.select_related("person", "unit").order_by("tenure", "pk"):
        for level, (roles, kinds) in BY_POST.items():
            key = (post.unit_id, level)
            if post.role in roles and post.unit.kind in kinds and key not in entered:
                _add(found[key], post.person_id, post.person.name if post.person else "")
    lessons = TeachingAssignment.objects.filter(standing(on), school_class__in=unit_ids)
    for lesson in lessons.select_related("person").order_by("subject", "pk"):
        key = (lesson.school_class_id, Level.SUBJECT_TEACHER)
        _add(found[key], lesson.person_id, lesson.person.name)
    return found


def _add(people: list[tuple[UUID, str]], person_id: UUID | None, name: str) -> None:
    if person_id is not None and (person_id, name) not in people:
        people.append((person_id, name))


def _covered(level: Level, nearest_first: list[Place], people: People) -> Link:
    places = [place for place in nearest_first if place.kind in COVERS[level]]
    for place in places:
        if found := people.get((place.id, level)):
            return Link(level, place.id, place.name, tuple(found))
    return _gap(level, places)


def _led(level: Level, nearest_first: list[Place], people: People) -> Link:
    kinds = {
        Level.PRINCIPAL: SCHOOLS,
        Level.GRADE_LEADER: frozenset({UnitKind.GRADE}),
    }.get(level, frozenset({UnitKind.CLASS}))
    places = [place for place in nearest_first if place.kind in kinds]
    for place in places:
        if found := people.get((place.id, level)):
            return Link(level, place.id, place.name, tuple(found))
    return _gap(level, places)


def _gap(level: Level, places: list[Place]) -> Link:
    first = places[0] if places else None
    return Link(level, first.id if first else None, first.name if first else "", ())


@dataclass(frozen=True, slots=True)
class CoverageGap:
    place: Place
    levels: tuple[Level, ...]


def coverage_gaps(places: Iterable[Place], *, on: date) -> list[CoverageGap]:
    """Villages, groups and classes that lack somebody at a level of their own.

    A constant number of statements, however many places.
    """
    listed = [p for p in places if p.kind in OWN_LEVELS]
    named = {key for key, found in _people([p.id for p in listed], on=on).items() if found}
    gaps = [
        CoverageGap(p, tuple(level for level in OWN_LEVELS[p.kind] if (p.id, level) not in named))
        for p in listed
    ]
    return [gap for gap in gaps if gap.levels]


OWN_LEVELS: dict[UnitKind, tuple[Level, ...]] = {
    UnitKind.VILLAGE: (Level.TOWN_LEADER, Level.TOWN_CADRE),
    UnitKind.GROUP: (Level.VILLAGE_CADRE, Level.GROUP_LEADER),
    UnitKind.GRADE: (Level.GRADE_LEADER,),
    UnitKind.CLASS: (Level.CLASS_TEACHER, Level.SUBJECT_TEACHER),
    **dict.fromkeys(SCHOOLS, (Level.PRINCIPAL,)),
}
"""The levels that a unit of a kind must name by itself."""
