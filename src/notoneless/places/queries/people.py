"""Reads people, their posts and lessons."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from notoneless.places.models import Person, Post, TeachingAssignment, UnitPlace
from notoneless.places.queries.units import Place, standing, unit_ids_below, units_below
from notoneless.rules.paths import ancestors, below
from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.vault.sealing import blind_index

EXPECTED: Mapping[Role, frozenset[UnitKind]] = {
    Role.PRINCIPAL: SCHOOLS,
    Role.DROPOUT_OFFICER: SCHOOLS,
    Role.HOMEROOM_TEACHER: frozenset({UnitKind.CLASS}),
    Role.CENTRE_HEAD: frozenset({UnitKind.CENTRE_SCHOOL}),
    Role.TOWNSHIP_HEAD: frozenset({UnitKind.TOWNSHIP}),
    Role.TOWNSHIP_OFFICER: frozenset({UnitKind.TOWNSHIP}),
    Role.VILLAGE_OFFICER: frozenset({UnitKind.VILLAGE}),
    Role.BUREAU_HEAD: frozenset({UnitKind.BUREAU}),
    Role.COUNTY_CLERK: frozenset({UnitKind.BUREAU}),
}
"""Posts that every unit of a kind needs: without one, some work has no bearer (R-006, R-007)."""

RESPONSIBLE: Mapping[UnitKind, Role] = {
    **dict.fromkeys(SCHOOLS, Role.PRINCIPAL),
    UnitKind.CLASS: Role.HOMEROOM_TEACHER,
    UnitKind.BUREAU: Role.BUREAU_HEAD,
    UnitKind.CENTRE_SCHOOL: Role.CENTRE_HEAD,
    UnitKind.TOWNSHIP: Role.TOWNSHIP_HEAD,
    UnitKind.VILLAGE: Role.VILLAGE_HEAD,
}
"""Whose post makes its holder the responsible person of such a unit (R-006)."""


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post as pages show it."""

    id: UUID
    unit_id: UUID
    unit_kind: UnitKind
    unit_name: str
    unit_stage: str
    unit_entered_in: int | None
    role: Role
    title: str
    tenure: str
    person_id: UUID | None
    person_name: str
    from_on: date
    to_on: date | None
    version: int
    stands_in_for: UUID | None


@dataclass(frozen=True, slots=True)
class PersonFacts:
    id: UUID
    name: str
    staff_number: str
    phone: str
    """In the clear: mask it before it is shown."""
    left_on: date | None
    version: int
    county_id: UUID


@dataclass(frozen=True, slots=True)
class LessonFacts:
    id: UUID
    class_id: UUID
    person_id: UUID
    person_name: str
    subject: str
    from_on: date


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A post nobody holds: vacant on record, or never filled where the unit needs it."""

    place: Place
    role: Role
    post_id: UUID | None
    stand_in: str = ""


def posts_at(unit_id: UUID, *, on: date) -> list[PostFacts]:
    """The unit's posts of ``on``, vacant ones too."""
    rows = Post.objects.filter(standing(on), unit=unit_id)
    return _posts(rows.order_by("role", "from_on", "pk"))


def posts_coming(unit_id: UUID, *, on: date) -> list[PostFacts]:
    """The unit's posts that begin after ``on``."""
    return _posts(Post.objects.filter(unit=unit_id, from_on__gt=on).order_by("from_on", "pk"))


def posts_below(paths: Iterable[str], *, on: date, roles: Collection[Role] = ()) -> list[PostFacts]:
    """Posts of ``on`` at units at or below ``paths``."""
    rows = Post.objects.filter(standing(on), unit__in=unit_ids_below(paths, on=on))
    if roles:
        rows = rows.filter(role__in=list(roles))
    return _posts(rows.order_by("unit__code", "unit__name", "role", "pk"))


def posts_of(person_id: UUID) -> list[PostFacts]:
    """Every post the person has held or will hold, newest first."""
    return _posts(Post.objects.filter(person=person_id).order_by("-from_on", "pk"))


def post_facts(post_id: UUID) -> PostFacts:
    """One post. Raises ``Post.DoesNotExist``."""
    found = _posts(Post.objects.filter(pk=post_id))
    if not found:
        raise Post.DoesNotExist
    return found[0]


def responsible_history(unit_id: UUID, kind: UnitKind) -> list[PostFacts]:
    """Who has been the unit's responsible person, newest first; acting and standing in too."""
    role = RESPONSIBLE.get(kind)
    if role is None:
        return []
    rows = Post.objects.filter(unit=unit_id, role=role, person__isnull=False)
    return _posts(rows.order_by("-from_on", "pk"))


def person_facts(person_id: UUID, *, county_id: UUID) -> PersonFacts:
    """One person of the county. Raises ``Person.DoesNotExist``."""
    return _person(Person.objects.get(pk=person_id, county=county_id))


def people_below(paths: Iterable[str], *, on: date) -> list[PersonFacts]:
    """Who holds a post at or below ``paths`` on ``on``, by pinyin."""
    posts = Post.objects.filter(standing(on), unit__in=unit_ids_below(paths, on=on))
    rows = Person.objects.filter(pk__in=posts.values("person"), left_on=None)
    return [_person(row) for row in rows.order_by("pinyin", "name", "pk")]


def people_matching(county_id: UUID, text: str, *, limit: int = 20) -> list[PersonFacts]:
    """People of the county whose name, pinyin, initials or staff number begins with ``text``, or
    whose phone it is; those who left are not among them."""
    text = text.strip().lower()
    if not text:
        return []
    wanted = (
        Q(name__startswith=text)
        | Q(pinyin__startswith=text)
        | Q(initials__startswith=text)
        | Q(staff_number__iexact=text)
        | Q(phone_index=blind_index(text, kind="phone"))
    )
    rows = Person.objects.filter(wanted, county=county_id, left_on=None)
    return [_person(row) for row in rows.order_by("pinyin", "name", "pk")[:limit]]


def find_people(county_id: UUID, text: str) -> list[PersonFacts]:
    """People whom ``text`` names exactly: a staff number, a name, or a name and a number or phone.

    ``陈小满（P0012）``, as a list of suggestions offers it, is understood. Several when a name is
    shared; none when nobody is called so or all such people have left.
    """
    words = re.sub(r"[（）()·,，]", " ", text).split()
    if not words or len(words) > 2:
        return []
    rows = Person.objects.filter(county=county_id, left_on=None)
    one = words[0]
    found = rows.filter(Q(name=one) | Q(staff_number=one) | Q(phone_index=_phone(one)))
    for other in words[1:]:
        found = found.filter(Q(staff_number=other) | Q(phone_index=_phone(other)))
    return [_person(row) for row in found.order_by("staff_number", "pk")[:20]]


def _phone(text: str) -> str:
    return blind_index(text, kind="phone")


def people_called(
    county_id: UUID, name: str, *, phone: str, staff_number: str
) -> PersonFacts | None:
    """The registered person whom a list means: by staff number, else by name and phone together."""
    rows = Person.objects.filter(county=county_id, left_on=None)
    row = rows.filter(staff_number=staff_number).first() if staff_number else None
    if row is None and phone:
        row = rows.filter(name=name, phone_index=blind_index(phone, kind="phone")).first()
    return _person(row) if row else None


def lessons_at(class_ids: Iterable[UUID], *, on: date) -> list[LessonFacts]:
    """Who teaches what in these classes on ``on``, by class and subject."""
    rows = TeachingAssignment.objects.filter(standing(on), school_class__in=list(class_ids))
    return [
        LessonFacts(r.pk, r.school_class_id, r.person_id, r.person.name, r.subject, r.from_on)
        for r in rows.select_related("person").order_by("school_class", "subject", "pk")
    ]


def vacancies(paths: Iterable[str], *, on: date) -> list[Vacancy]:
    """Posts that units need and nobody holds, and other vacant posts on record."""
    kinds = frozenset().union(*EXPECTED.values())
    places = {p.id: p for p in units_below(paths, on=on)}
    rows = list(Post.objects.filter(standing(on), unit__in=list(places)).select_related("person"))
    held = {(r.unit_id, r.role) for r in rows if r.person_id and r.tenure != "stand_in"}
    helping = {
        (r.unit_id, r.role): r.person.name for r in rows if r.person and r.tenure == "stand_in"
    }
    empty = {(r.unit_id, r.role): r.pk for r in rows if r.person_id is None}
    wanted = {
        (place.id, role.value)
        for place in places.values()
        if place.kind in kinds
        for role, where in EXPECTED.items()
        if place.kind in where
    }
    open_posts = (wanted | set(empty)) - held
    found = [
        Vacancy(places[unit], Role(role), empty.get((unit, role)), helping.get((unit, role), ""))
        for unit, role in open_posts
    ]
    return sorted(found, key=lambda v: (v.place.path, v.role.value))


def has_designated_person(school_id: UUID, *, on: date) -> bool:
    """Whether the school has its 控辍专人; without one no reporting period opens (R-007)."""
    rows = Post.objects.filter(standing(on), unit=school_id, role=Role.DROPOUT_OFFICER)
    return rows.filter(person__isnull=False).exists()


def holders_below(
    units: Mapping[UUID, str], roles: Collection[Role], *, on: date
) -> dict[UUID, dict[Role, list[tuple[UUID, str]]]]:
    """Who holds each of ``roles`` at a unit or below it, for many units (id → path) at once."""
    ranges = Q(pk__in=[])
    for path in units.values():
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    paths = defaultdict(list)
    for unit, path in UnitPlace.objects.filter(standing(on), ranges).values_list("unit", "path"):
        paths[unit].append(path)
    rows = Post.objects.filter(
        standing(on), role__in=list(roles), person__isnull=False, unit__in=list(paths)
    ).select_related("person")
    unit_at = {path: unit for unit, path in units.items()}
    found: dict[UUID, dict[Role, list[tuple[UUID, str]]]] = {u: {} for u in units}
    for row in rows.order_by("pk"):
        above = {top for path in paths[row.unit_id] for top in ancestors(path)}
        for top in above & unit_at.keys():
            if row.person:
                holders = found[unit_at[top]].setdefault(Role(row.role), [])
                holders.append((row.person.pk, row.person.name))
    return found


def _posts(rows: QuerySet[Post]) -> list[PostFacts]:
    return [
        PostFacts(
            id=r.pk,
            unit_id=r.unit_id,
            unit_kind=UnitKind(r.unit.kind),
            unit_name=r.unit.name,
            unit_stage=r.unit.stage,
            unit_entered_in=r.unit.entered_in,
            role=Role(r.role),
            title=r.title,
            tenure=r.tenure,
            person_id=r.person_id,
            person_name=r.person.name if r.person else "",
            from_on=r.from_on,
            to_on=r.to_on,
            version=r.version,
            stands_in_for=r.stands_in_for_id,
        )
        for r in rows.select_related("unit", "person")
    ]


def _person(row: Person) -> PersonFacts:
    return PersonFacts(
        row.pk, row.name, row.staff_number, row.phone, row.left_on, row.version, row.county_id
    )
