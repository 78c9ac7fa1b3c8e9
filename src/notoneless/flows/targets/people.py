"""Who answers for a unit's result together (捆绑式考核), and the parts of an appraisal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.targets.board import Board
from notoneless.numbers.queries.clocks import Clocks, clocks_by_rule, total_of
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.places.queries.people import lessons_at, posts_at
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.paths import ancestors
from notoneless.rules.roles import Role
from notoneless.rules.targets.scores import Appraisal, UnitScore, appraisal_of, unit_score
from notoneless.rules.units import SCHOOLS, UnitKind

JOINT: dict[UnitKind, tuple[Role, ...]] = {
    UnitKind.CLASS: (
        Role.HOMEROOM_TEACHER,
        Role.DEPUTY_HOMEROOM_TEACHER,
        Role.ATTACHED_LEADER,
        Role.ATTACHED_TEACHER,
    ),
    UnitKind.GRADE: (Role.VICE_PRINCIPAL, Role.LEADERSHIP_MEMBER, Role.GRADE_HEAD),
    **dict.fromkeys(SCHOOLS, (Role.PRINCIPAL, Role.VICE_PRINCIPAL)),
    UnitKind.CENTRE_SCHOOL: (Role.CENTRE_HEAD,),
    UnitKind.TOWNSHIP: (Role.TOWNSHIP_HEAD, Role.TOWNSHIP_LEADER),
    UnitKind.BUREAU: (Role.BUREAU_HEAD, Role.BUREAU_LEADER),
    UnitKind.COUNTY: (Role.COUNTY_LEADER,),
}
"""Whose result a unit's figure is, together (S1-19, S1-29, S2-5)."""
REPORTS = frozenset({DutyRule.ABSENCE_REPORT, DutyRule.REPORT_CLASS})
VISITS = frozenset(
    {
        DutyRule.INVESTIGATE,
        DutyRule.VISIT,
        DutyRule.CASE_VISIT,
        DutyRule.VISIT_ALL,
        DutyRule.VISIT_TOTAL,
        DutyRule.VISIT_KEY,
        DutyRule.VISIT_RETURNED,
    }
)


@dataclass(frozen=True, slots=True)
class Answering:
    """One post, or one who teaches, with whoever holds it."""

    role: Role
    person_id: UUID | None
    name: str
    """Empty while the post is vacant: nobody else answers in its place."""
    subjects: tuple[str, ...] = ()
    at: str = ""
    """The unit of the post, where it stands above the one asked about."""


def answering(actor: Actor, board: Board, *, today: date) -> list[Answering]:
    """Everybody who answers for the unit's figure together, in the order of posts.

    A class: its teachers of all kinds; a grade: its head with principal and vice principal; a
    school: principal and vice principals. Two or three statements. Source: R-195.
    """
    unit = board.unit
    found = _posts(unit.id, JOINT.get(unit.kind, ()), today=today)
    if unit.kind is UnitKind.CLASS:
        return found + _teachers(unit.id, today=today)
    if unit.kind is UnitKind.GRADE:
        tree = tree_of(actor.county_id, board.period)
        school = _school(unit.path, tree)
        if school is not None:
            name = tree.unit(school).name
            found += _posts(school, (Role.PRINCIPAL,), today=today, at=name)
    return found


def _posts(unit_id: UUID, roles: tuple[Role, ...], *, today: date, at: str = "") -> list[Answering]:
    rows = [post for post in posts_at(unit_id, on=today) if post.role in roles]
    rows.sort(key=lambda post: (roles.index(post.role), post.from_on, str(post.id)))
    return [Answering(post.role, post.person_id, post.person_name, at=at) for post in rows]


def _teachers(class_id: UUID, *, today: date) -> list[Answering]:
    """Each subject teacher once, with his subjects."""
    subjects: dict[tuple[UUID, str], list[str]] = {}
    for lesson in lessons_at([class_id], on=today):
        subjects.setdefault((lesson.person_id, lesson.person_name), []).append(lesson.subject)
    return [
        Answering(Role.SUBJECT_TEACHER, person, name, tuple(taught))
        for (person, name), taught in subjects.items()
    ]


def _school(path: str, tree: Tree) -> UUID | None:
    above = [tree.units[each] for each in ancestors(path) if each in tree.units]
    return next((unit.id for unit in reversed(above) if unit.kind in SCHOOLS), None)


@dataclass(frozen=True, slots=True)
class Assessed:
    """What is appraised at a unit; ``None`` where nothing of the kind is."""

    appraisal: Appraisal | None
    score: UnitScore | None


def assessed(actor: Actor, board: Board, *, today: date) -> Assessed:
    """The parts of the class teacher's appraisal of a class, or of another unit's score.

    One statement for a class, none else. A clock that still runs is neither in time nor late.
    """
    if board.unit.kind is not UnitKind.CLASS:
        return Assessed(None, unit_score(board.outcome, board.policy, enrolment=board.enrolment))
    by_rule = clocks_by_rule(actor, board.period, today=today, unit_id=board.unit.id)
    appraisal = appraisal_of(
        board.outcome,
        board.policy,
        reports=_of(by_rule, REPORTS).kept,
        visits=_of(by_rule, VISITS).kept,
    )
    return Assessed(appraisal, None)


def _of(by_rule: dict[DutyRule, Clocks], rules: frozenset[DutyRule]) -> Clocks:
    return total_of(clocks for rule, clocks in by_rule.items() if rule in rules)
