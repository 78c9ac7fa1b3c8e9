"""Sums what the units below need before they can work, and what each of them lacks (R-022)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.staff import StaffCount, sign_ins_below, staff_counts_below
from notoneless.flows.groups import whole_groups
from notoneless.places.queries.setup import CoverCount, UnitState, covers_below, states_below
from notoneless.places.queries.units import Place
from notoneless.rules.groups import shipped_compositions
from notoneless.rules.paths import above
from notoneless.rules.plans import NEED_PLAN
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Role
from notoneless.rules.telephones import NEED_TELEPHONE
from notoneless.rules.units import SCHOOLS, STEPS_TO_OWNER, UnitKind, school_year_of


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
    TELEPHONES = "telephones"


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
_SEES_CHILDREN = frozenset(role for role in Role if CEILING[role] & NEEDS_APPROVAL)


@dataclass(frozen=True, slots=True)
class Sums:
    """How much of each task is asked and met, and what is lacking where.

    What is lacking stands under the path of the unit at which it shows: the nearest at or above
    that is set up by itself.
    """

    places: tuple[Place, ...]
    """Units in reach once each, in their home line if they are reached there; without grades,
    classes and groups below the actor's own units."""
    asked: Counter[Task] = field(default_factory=Counter)
    met: Counter[Task] = field(default_factory=Counter)
    lacks: defaultdict[str, Counter[Task]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, task: Task, path: str, met: int, asked: int = 1) -> None:
        self.asked[task] += asked
        self.met[task] += met
        if met < asked:
            self.lacks[path][task] += asked - met


def sum_units(actor: Actor, *, today: date) -> Sums:
    """What the units at and below the actor's posts need.

    Four statements and, where a unit has a leading group, four more, whatever their number; the
    first look after a change of policy costs those of ``policies_of`` more.
    """
    paths = sorted({held.path for held in actor.holdings})
    states = states_below(paths, on=today, school_year=school_year_of(today))
    staff = staff_counts_below(paths, on=today, see_children=_SEES_CHILDREN, wanted=POSTS.values())
    sums = Sums(tuple(state.place for state in states))
    counts = {count.path: count for count in staff}
    _add_presence(sums)
    _add_posts(sums, counts)
    _add_sign_ins(sums, paths, staff, on=today)
    _add_chains(sums, counts, covers_below(paths, on=today))
    _add_readiness(sums, states, county_id=actor.county_id, on=today)
    return sums


def _add_presence(sums: Sums) -> None:
    for place in sums.places:
        for task, kinds in _PRESENT.items():
            if place.kind in kinds:
                sums.add(task, place.path, place.is_complete)


def _add_posts(sums: Sums, counts: Mapping[str, StaffCount]) -> None:
    for place in sums.places:
        held = counts[place.path].held if place.path in counts else (0,) * len(POSTS)
        for number, (task, roles) in zip(held, POSTS.items(), strict=True):
            if place.kind in roles:
                sums.add(task, place.path, number > 0)


def _add_sign_ins(
    sums: Sums, paths: Iterable[str], staff: Iterable[StaffCount], *, on: date
) -> None:
    for count in staff:
        sums.add(Task.ACCOUNTS, count.path, count.with_account, count.people)
        sums.add(Task.APPROVALS, count.path, count.approved, count.to_approve)
    # Who holds posts at several units shows at each and counts once in all.
    each = sign_ins_below(paths, on=on)
    for task, met in (
        (Task.ACCOUNTS, each.with_account),
        (Task.PASSWORDS, each.with_own_password),
    ):
        sums.asked[task], sums.met[task] = each.people, met


def _add_chains(sums: Sums, counts: Mapping[str, StaffCount], covers: Iterable[CoverCount]) -> None:
    for count in counts.values():
        sums.add(Task.HOMEROOMS, count.path, count.with_homeroom_teacher, count.classes)
        sums.add(Task.LESSONS, count.path, count.with_lessons, count.classes)
    for cover in covers:
        sums.add(Task.COVERAGE, cover.path, cover.covered, cover.total)
    with_classes = {count.path for count in counts.values() if count.classes}
    for place in sums.places:
        if place.kind in SCHOOLS:
            sums.add(Task.ROSTER, place.path, place.path in with_classes)


def _add_readiness(sums: Sums, states: Iterable[UnitState], *, county_id: UUID, on: date) -> None:
    states = list(states)
    for state in states:
        if state.place.kind in NEED_TELEPHONE:
            sums.add(Task.TELEPHONES, state.place.path, state.has_telephone)
    kinds = shipped_compositions()
    asked = [state for state in states if state.place.kind in kinds]
    with_group = [state.place for state in asked if state.has_group]
    whole = whole_groups(with_group, county_id=county_id, on=on) if with_group else set()
    for state in asked:
        place = state.place
        shows_at = above(place.path, STEPS_TO_OWNER.get(place.kind, 0))
        sums.add(Task.GROUPS, shows_at, place.id in whole)
        if place.kind in NEED_PLAN:
            sums.add(Task.PLANS, shows_at, state.has_plan)
