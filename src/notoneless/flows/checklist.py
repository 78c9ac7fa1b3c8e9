"""What still has to be set up before a place can work, computed from what is on record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.models import AccessApproval, User
from notoneless.children.models import Child
from notoneless.flows.plans import readiness_below
from notoneless.places.queries.calendar import holders_of
from notoneless.places.queries.calendar_desk import terms_sheet
from notoneless.places.queries.coverage import coverage_gaps
from notoneless.places.queries.people import PostFacts, posts_below
from notoneless.places.queries.units import Place, paths_of_many, units_below
from notoneless.policy.models import Adoption
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


@dataclass(frozen=True, slots=True)
class Step:
    task: Task
    done: int
    total: int
    """0 when there is nothing to do yet, because an earlier step is missing."""

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done >= self.total


@dataclass(frozen=True, slots=True)
class Progress:
    steps: tuple[Step, ...]

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)


def set_up_of(actor: Actor, *, today: date) -> Progress:
    """How far the units of the actor's posts are set up. A few statements, whatever their size."""
    own = paths_of_many({h.unit_id for h in actor.holdings}, on=today)
    paths = sorted({h.path for h in actor.holdings} | own)
    places = list({p.id: p for p in units_below(paths, on=today)}.values())
    posts = [post for post in posts_below(paths, on=today) if post.person_id is not None]
    kinds = {place.kind for place in places}
    steps: list[Step] = []
    if UnitKind.BUREAU in kinds:
        steps.append(_present(Task.TOWNSHIPS, places, {UnitKind.TOWNSHIP}))
    if kinds & {UnitKind.BUREAU, UnitKind.TOWNSHIP}:
        steps.append(_present(Task.VILLAGES, places, {UnitKind.VILLAGE}))
    if kinds & {UnitKind.BUREAU, UnitKind.CENTRE_SCHOOL}:
        steps.append(_present(Task.SCHOOLS, places, SCHOOLS))
    steps += _staffing(places, posts)
    steps += _sign_ins(posts, today=today)
    steps += _rest(actor, places, today=today)
    steps += _chains(paths, places, county_id=actor.county_id, today=today)
    return Progress(tuple(steps))


def _present(task: Task, places: Collection[Place], kinds: Collection[UnitKind]) -> Step:
    count = sum(place.kind in kinds and place.is_complete for place in places)
    total = sum(place.kind in kinds for place in places)
    return Step(task, count, max(total, 1))


HEADS = {
    **dict.fromkeys(SCHOOLS, Role.PRINCIPAL),
    UnitKind.CENTRE_SCHOOL: Role.CENTRE_HEAD,
    UnitKind.TOWNSHIP: Role.TOWNSHIP_HEAD,
    UnitKind.BUREAU: Role.BUREAU_HEAD,
}
CLERKS = {
    UnitKind.TOWNSHIP: Role.TOWNSHIP_OFFICER,
    UnitKind.BUREAU: Role.COUNTY_CLERK,
    UnitKind.VILLAGE: Role.VILLAGE_OFFICER,
}


def _staffing(places: Collection[Place], posts: Collection[PostFacts]) -> list[Step]:
    standing = {(post.unit_id, post.role) for post in posts}

    def step(task: Task, wanted: dict[UnitKind, Role]) -> Step:
        need = [(p.id, wanted[p.kind]) for p in places if p.kind in wanted]
        return Step(task, sum(each in standing for each in need), len(need))

    steps = [
        step(Task.HEADS, HEADS),
        step(Task.CLERKS, CLERKS),
        step(Task.DESIGNATED, dict.fromkeys(SCHOOLS, Role.DROPOUT_OFFICER)),
    ]
    return [s for s in steps if s.total]


def _sign_ins(posts: Collection[PostFacts], *, today: date) -> list[Step]:
    people = {post.person_id for post in posts}
    users = list(User.objects.filter(person__in=people, is_active=True))
    own = sum(not u.must_change_password and u.has_usable_password() for u in users)
    need = {p.id for p in posts if CEILING[p.role] & NEEDS_APPROVAL}
    approved = AccessApproval.objects.filter(
        post__in=need, from_on__lte=today, to_on__gt=today, withdrawn_on=None
    )
    return [
        Step(Task.ACCOUNTS, len(users), len(people)),
        Step(Task.PASSWORDS, own, len(people)),
        Step(Task.APPROVALS, approved.values("post").distinct().count(), len(need)),
    ]


def _rest(actor: Actor, places: Collection[Place], *, today: date) -> list[Step]:
    unit = actor.holdings[0].unit_id if actor.holdings else None
    holders = holders_of(unit, on=today) if unit else []
    sheet = terms_sheet(holders, school_year_of(today)) if holders else None
    steps = [Step(Task.CALENDAR, int(bool(sheet and sheet.terms)), 1)]
    adopted = Adoption.objects.filter(county=actor.county_id, from_on__lte=today).exists()
    steps.append(Step(Task.POLICY, int(adopted), 1))
    if any(place.kind in SCHOOLS for place in places):
        has_children = Child.objects.seen_by(actor, on=today).exists()
        has_classes = any(place.kind is UnitKind.CLASS for place in places)
        steps.append(Step(Task.ROSTER, int(has_children or has_classes), 1))
    return steps


def _chains(paths: list[str], places: list[Place], *, county_id: UUID, today: date) -> list[Step]:
    year = school_year_of(today)
    classes = [
        p for p in places if p.kind is UnitKind.CLASS and p.entered_in and p.entered_in <= year
    ]
    villages = [p for p in places if p.kind in {UnitKind.VILLAGE, UnitKind.GROUP}]
    lacking = {gap.place.id: gap.levels for gap in coverage_gaps([*classes, *villages], on=today)}
    ready = readiness_below(paths, county_id=county_id, today=today)
    planning = [row for row in ready if row.needs_plan]
    with_teacher = [c for c in classes if "class_teacher" not in lacking.get(c.id, ())]
    with_lessons = [c for c in classes if "subject_teacher" not in lacking.get(c.id, ())]
    steps = [
        Step(Task.HOMEROOMS, len(with_teacher), len(classes)),
        Step(Task.LESSONS, len(with_lessons), len(classes)),
        Step(Task.GROUPS, sum(row.check.is_valid for row in ready), len(ready)),
        Step(Task.PLANS, sum(row.has_plan for row in planning), len(planning)),
    ]
    if villages:
        covered = sum(v.id not in lacking for v in villages)
        steps.append(Step(Task.COVERAGE, covered, len(villages)))
    return steps


def count_children(actor: Actor, *, today: date) -> int:
    """How many children the actor may see; merged rows count once."""
    return Child.objects.seen_by(actor, on=today).filter(merged_into=None).count()
