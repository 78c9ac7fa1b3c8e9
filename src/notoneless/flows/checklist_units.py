"""What each unit below still lacks before it can work: the set-up checklist, unit by unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.models import AccessApproval, User
from notoneless.flows.checklist import CLERKS, HEADS, Task
from notoneless.flows.plans import readiness_below
from notoneless.places.queries.coverage import coverage_gaps
from notoneless.places.queries.people import PostFacts, posts_below
from notoneless.places.queries.units import Place, paths_of_many, units_below
from notoneless.rules.coverage import Level
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Role
from notoneless.rules.units import SCHOOLS, UnitKind, home_line, school_year_of

LISTED = SCHOOLS | {UnitKind.TOWNSHIP, UnitKind.VILLAGE, UnitKind.CENTRE_SCHOOL}
"""Units that are set up by themselves; a class or a group belongs to the one above it."""
_BY_LEVEL = {Level.CLASS_TEACHER: Task.HOMEROOMS, Level.SUBJECT_TEACHER: Task.LESSONS}

Lacks = dict[UUID, Counter[Task]]


@dataclass(frozen=True, slots=True)
class UnitLacks:
    """One unit and how much of each step is missing there."""

    place: Place
    """Where it stands, in its home line if the actor reaches it there."""
    lacks: tuple[tuple[Task, int], ...]

    @property
    def is_home(self) -> bool:
        """Whether the actor reaches it in the line in which units are administered."""
        return _is_home(self.place)


@dataclass(frozen=True, slots=True)
class BelowLacks:
    rows: tuple[UnitLacks, ...]
    """Units that lack something, by kind and name."""
    total: int
    """Units looked at."""


def lacks_below(actor: Actor, *, today: date) -> BelowLacks:
    """What each unit below the actor's own lacks; a constant number of statements.

    Nobody below, as for a school's people: an empty answer.
    """
    own = {held.unit_id for held in actor.holdings}
    paths = sorted({h.path for h in actor.holdings} | paths_of_many(own, on=today))
    places = units_below(paths, on=today)
    listed = {p.id: p for p in places if p.kind in LISTED and p.id not in own}
    listed |= {p.id: p for p in places if p.id in listed and _is_home(p)}
    if not listed:
        return BelowLacks((), 0)
    owner = _owners(places)
    found: Lacks = defaultdict(Counter)
    _count_posts(found, listed, owner, posts_below(paths, on=today), today=today)
    _count_chains(found, {p.id: p for p in places}.values(), owner, today=today)
    for row in readiness_below(paths, county_id=actor.county_id, today=today):
        found[row.check.place.id][Task.GROUPS] += not row.check.is_valid
        found[row.check.place.id][Task.PLANS] += row.needs_plan and not row.has_plan
    return BelowLacks(_rows(listed, found), len(listed))


def _is_home(place: Place) -> bool:
    return place.path.startswith(home_line(place.kind).value)


def _owners(places: Collection[Place]) -> dict[UUID, UUID]:
    """Each unit → the nearest one at or above it that is set up by itself."""
    by_path = {p.path: p.id for p in places if p.kind in LISTED}
    return {
        place.id: owner
        for place in places
        for path in ancestors(place.path)
        if (owner := by_path.get(path))
    }


def _count_posts(
    found: Lacks,
    listed: Mapping[UUID, Place],
    owner: Mapping[UUID, UUID],
    posts: Iterable[PostFacts],
    *,
    today: date,
) -> None:
    held = [post for post in posts if post.person_id is not None]
    standing = {(post.unit_id, post.role) for post in held}
    officer = dict.fromkeys(SCHOOLS, Role.DROPOUT_OFFICER)
    for unit, place in listed.items():
        for task, wanted in (
            (Task.HEADS, HEADS),
            (Task.CLERKS, CLERKS),
            (Task.DESIGNATED, officer),
        ):
            role = wanted.get(place.kind)
            found[unit][task] += role is not None and (unit, role) not in standing
    _count_sign_ins(found, owner, held, today=today)


def _count_sign_ins(
    found: Lacks, owner: Mapping[UUID, UUID], held: Collection[PostFacts], *, today: date
) -> None:
    people = {(owner.get(p.unit_id), p.person_id) for p in held}
    users = User.objects.filter(person__in={p.person_id for p in held}, is_active=True)
    with_account = set(users.values_list("person", flat=True))
    need = {p.id: owner.get(p.unit_id) for p in held if CEILING[p.role] & NEEDS_APPROVAL}
    approvals = AccessApproval.objects.filter(
        post__in=list(need), from_on__lte=today, to_on__gt=today, withdrawn_on=None
    )
    approved = set(approvals.values_list("post", flat=True))
    for unit, person in people:
        if unit is not None:
            found[unit][Task.ACCOUNTS] += person not in with_account
    for post, unit in need.items():
        if unit is not None:
            found[unit][Task.APPROVALS] += post not in approved


def _count_chains(
    found: Lacks, places: Collection[Place], owner: Mapping[UUID, UUID], *, today: date
) -> None:
    year = school_year_of(today)
    classes = [p for p in places if p.kind is UnitKind.CLASS and (p.entered_in or year) <= year]
    with_classes = {owner.get(p.id) for p in classes}
    for place in places:
        if place.kind in SCHOOLS:
            found[place.id][Task.ROSTER] += place.id not in with_classes
    villages = [p for p in places if p.kind in {UnitKind.VILLAGE, UnitKind.GROUP}]
    for gap in coverage_gaps([*classes, *villages], on=today):
        unit = owner.get(gap.place.id)
        if unit is None:
            continue
        for task in {_BY_LEVEL.get(level, Task.COVERAGE) for level in gap.levels}:
            found[unit][task] += 1


def _rows(listed: Mapping[UUID, Place], found: Lacks) -> tuple[UnitLacks, ...]:
    rows = [
        UnitLacks(place, tuple((t, found[unit][t]) for t in Task if found[unit][t]))
        for unit, place in listed.items()
    ]
    lacking = [row for row in rows if row.lacks]
    return tuple(sorted(lacking, key=lambda r: (r.place.kind.value, r.place.name)))
