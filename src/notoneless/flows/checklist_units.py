"""Walks the units below once and asks of each what it needs before it can work (R-022)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import NamedTuple
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.queries import StaffPost, staff_below
from notoneless.flows.groups import checks_at
from notoneless.flows.plans import Readiness, with_plans
from notoneless.places.queries.coverage import covered_below, gaps_among
from notoneless.places.queries.groups import Holders
from notoneless.places.queries.units import Place, units_once_below
from notoneless.rules.coverage import BY_POST, Level
from notoneless.rules.groups import shipped_compositions
from notoneless.rules.paths import is_below, parent_path
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Role
from notoneless.rules.units import SCHOOLS, UnitKind, school_year_of


class Task(StrEnum):
    """A step of the set-up."""

    TOWNSHIPS = "townships"
    VILLAGES = "villages"
    SCHOOLS = "schools"
    HEADS = "heads"
    CLERKS = "clerks"
    DESIGNATED = "designated"
    PROTECTION = "protection"
    ACCOUNTS = "accounts"
    PASSWORDS = "passwords"
    APPROVALS = "approvals"
    CALENDAR = "calendar"
    POLICY = "policy"
    ROSTER = "roster"
    HOMEROOMS = "homerooms"
    LESSONS = "lessons"
    GROUPS = "groups"
    PLANS = "plans"
    COVERAGE = "coverage"


LISTED = SCHOOLS | {UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.CENTRE_SCHOOL}
"""Units that are set up by themselves; a class or a group belongs to the one above it."""
POSTS: Mapping[Task, Mapping[UnitKind, Role]] = {
    Task.HEADS: {
        **dict.fromkeys(SCHOOLS, Role.PRINCIPAL),
        UnitKind.CENTRE_SCHOOL: Role.CENTRE_HEAD,
        UnitKind.TOWNSHIP: Role.TOWNSHIP_HEAD,
        UnitKind.BUREAU: Role.BUREAU_HEAD,
    },
    Task.CLERKS: {
        UnitKind.TOWNSHIP: Role.TOWNSHIP_OFFICER,
        UnitKind.BUREAU: Role.COUNTY_CLERK,
        UnitKind.VILLAGE: Role.VILLAGE_OFFICER,
    },
    Task.DESIGNATED: dict.fromkeys(SCHOOLS, Role.DROPOUT_OFFICER),
    Task.PROTECTION: {UnitKind.BUREAU: Role.CHILD_PROTECTION_OFFICER},
}
"""Posts that a unit of a kind cannot begin without."""
_PRESENT: Mapping[Task, frozenset[UnitKind]] = {
    Task.TOWNSHIPS: frozenset({UnitKind.TOWNSHIP}),
    Task.VILLAGES: frozenset({UnitKind.VILLAGE}),
    Task.SCHOOLS: SCHOOLS,
}
_VILLAGES = frozenset({UnitKind.VILLAGE, UnitKind.GROUP})
_LEVELS = {
    role: [(level, where) for level, (roles, where) in BY_POST.items() if role in roles]
    for role in Role
}
_SEES_CHILDREN = frozenset(role for role in Role if CEILING[role] & NEEDS_APPROVAL)


Holding = defaultdict[UUID, defaultdict[Role, list[tuple[UUID, str]]]]


class Need(NamedTuple):
    """One thing that must be there before units can work, and whether it is."""

    task: Task
    subject: UUID
    """What or whom it concerns: a sum counts it once, at however many units it shows."""
    unit: UUID | None
    """The listed unit at which it shows; ``None`` above all of them, as at the bureau."""
    is_met: bool


@dataclass(frozen=True, slots=True)
class Walk:
    places: tuple[Place, ...]
    """Every unit in reach once, in its home line if it is reached there."""
    needs: tuple[Need, ...]


def walk_units(actor: Actor, *, today: date) -> Walk:
    """What the units at and below the actor's posts need; seven statements, whatever their number.

    The first look after a change of policy costs those of ``policies_of`` more.
    """
    paths = sorted({held.path for held in actor.holdings})
    stood = units_once_below(paths, on=today)
    places = tuple(place for place, _ in stood)
    staff = staff_below(paths, on=today)
    owner = _owners(places)
    covered = covered_below(paths, on=today)
    checks = checks_at(
        places, county_id=actor.county_id, on=today, holders_of=partial(_holders, stood, staff)
    )
    needs: list[Need] = [
        *_of_presence(places, owner),
        *_of_posts(places, owner, staff),
        *_of_sign_ins(owner, staff),
        *_of_chains(places, owner, staff, covered, year=school_year_of(today)),
        *_of_readiness(with_plans(checks, today=today), owner),
    ]
    return Walk(places, tuple(needs))


def _owners(places: Iterable[Place]) -> dict[UUID, UUID]:
    """Each unit → the nearest one at or above it that is set up by itself."""
    found: dict[UUID, UUID] = {}
    above: list[Place] = []
    # In the order of paths whatever lies below a unit follows it at once.
    for place in sorted(places, key=lambda each: each.path):
        while above and not is_below(place.path, above[-1].path):
            above.pop()
        if place.kind in LISTED:
            above.append(place)
        if above:
            found[place.id] = above[-1].id
    return found


def _holders(
    stood: Iterable[tuple[Place, str]], staff: Iterable[StaffPost], roles: Collection[Role]
) -> Holders:
    """Who holds each of ``roles`` at each unit that needs a group, or below it in either line.

    Without names: the walk asks whether a group is whole, not who is missing.
    """
    kinds = shipped_compositions()
    with_group = {place.path: place.id for place, _ in stood if place.kind in kinds}
    lines = {place.id: {place.path, other} for place, other in stood}
    above: dict[str, frozenset[UUID]] = {"": frozenset()}

    def units_above(path: str) -> frozenset[UUID]:
        """Units with a group at ``path`` or above it; those of a grade are found once."""
        if path not in above:
            higher = units_above(parent_path(path))
            here = with_group.get(path)
            above[path] = higher | {here} if here else higher
        return above[path]

    found: Holding = defaultdict(lambda: defaultdict(list))
    for post in staff:
        if post.role in roles:
            units = (units_above(path) for path in lines.get(post.unit_id, ()))
            for unit in frozenset[UUID]().union(*units):
                found[unit][post.role].append((post.person_id, ""))
    return found


def _of_presence(places: Iterable[Place], owner: Mapping[UUID, UUID]) -> Iterator[Need]:
    for place in places:
        for task, kinds in _PRESENT.items():
            if place.kind in kinds:
                yield Need(task, place.id, owner.get(place.id), place.is_complete)


def _of_posts(
    places: Iterable[Place], owner: Mapping[UUID, UUID], staff: Iterable[StaffPost]
) -> Iterator[Need]:
    held = {(post.unit_id, post.role) for post in staff}
    for place in places:
        for task, roles in POSTS.items():
            if role := roles.get(place.kind):
                yield Need(task, place.id, owner.get(place.id), (place.id, role) in held)


def _of_sign_ins(owner: Mapping[UUID, UUID], staff: Iterable[StaffPost]) -> Iterator[Need]:
    seen = set()
    for post in staff:
        unit = owner.get(post.unit_id)
        if (post.person_id, unit) not in seen:
            seen.add((post.person_id, unit))
            yield Need(Task.ACCOUNTS, post.person_id, unit, post.has_account)
            yield Need(Task.PASSWORDS, post.person_id, unit, post.has_own_password)
        if post.role in _SEES_CHILDREN:
            yield Need(Task.APPROVALS, post.id, unit, post.is_approved)


def _of_chains(
    places: Iterable[Place],
    owner: Mapping[UUID, UUID],
    staff: Iterable[StaffPost],
    covered: Collection[tuple[UUID, Level]],
    *,
    year: int,
) -> Iterator[Need]:
    asked = [p for p in places if p.kind in _VILLAGES or _has_begun(p, year)]
    kinds = {place.id: place.kind for place in asked}
    by_post = {
        (post.unit_id, level)
        for post in staff
        for level, where in _LEVELS.get(post.role, ())
        if kinds.get(post.unit_id) in where
    }
    lacking = {gap.place.id: gap.levels for gap in gaps_among(asked, {*covered, *by_post})}
    with_classes = {owner.get(place.id) for place in asked if place.kind is UnitKind.CLASS}
    for place in asked:
        levels, unit = lacking.get(place.id, ()), owner.get(place.id)
        if place.kind in _VILLAGES:
            yield Need(Task.COVERAGE, place.id, unit, not levels)
        else:
            yield Need(Task.HOMEROOMS, place.id, unit, Level.CLASS_TEACHER not in levels)
            yield Need(Task.LESSONS, place.id, unit, Level.SUBJECT_TEACHER not in levels)
    for place in places:
        if place.kind in SCHOOLS:
            yield Need(Task.ROSTER, place.id, place.id, place.id in with_classes)


def _has_begun(place: Place, year: int) -> bool:
    return place.kind is UnitKind.CLASS and (place.entered_in or year) <= year


def _of_readiness(rows: Iterable[Readiness], owner: Mapping[UUID, UUID]) -> Iterator[Need]:
    for row in rows:
        place = row.check.place.id
        yield Need(Task.GROUPS, place, owner.get(place), row.check.is_valid)
        if row.needs_plan:
            yield Need(Task.PLANS, place, owner.get(place), row.has_plan)
