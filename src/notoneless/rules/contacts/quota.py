"""How far a term's visits and talks have come, pupil by pupil (R-089 - R-092)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.rules.calendar import Period
from notoneless.rules.duties.facts import ContactFact, ContactKind, Tag
from notoneless.rules.duties.quotas import visit_modes
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Role

ALL = "visits_all_students_per_term"
KEY_VISITS = "visits_key_students_per_term_min"
KEY_TALKS = "talks_key_students_per_term_min"
TOTAL = "visits_per_homeroom_teacher_per_term_min"
RETURNED = "visits_recurrent_student_min"
BY_ROLE: Mapping[Role, str] = {
    Role.HOMEROOM_TEACHER: "homeroom",
    Role.DEPUTY_HOMEROOM_TEACHER: "homeroom",
    Role.SUBJECT_TEACHER: "subject",
    Role.HELPER: "helper",
}
"""Whose visits and talks are counted apart (R-090); everybody else is "other"."""


@dataclass(frozen=True, slots=True)
class Made:
    """A contact that counts, with the roles of all who made it."""

    fact: ContactFact
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class Need:
    """One number that a term asks about one pupil or one class."""

    have: int
    need: int
    is_met: bool

    @property
    def short(self) -> int:
        return 0 if self.is_met else max(self.need - self.have, 1)


@dataclass(frozen=True, slots=True)
class PupilProgress:
    child_id: UUID
    last_visit: ContactFact | None
    visits: int
    talks: int
    by_role: Mapping[str, tuple[int, int]]
    """Visits and talks of each visitor role."""
    all_visited: Need | None
    """``None`` where the plan asks nothing of this kind."""
    key_visits: Need | None
    key_talks: Need | None
    returned: Need | None

    @property
    def is_short(self) -> bool:
        needs = (self.all_visited, self.key_visits, self.key_talks, self.returned)
        return any(need is not None and not need.is_met for need in needs)


@dataclass(frozen=True, slots=True)
class ClassProgress:
    """A class in one term."""

    pupils: tuple[PupilProgress, ...]
    total: Need | None
    """Person-visits of the class teacher against the plan's least number (R-091)."""

    @property
    def not_visited(self) -> tuple[PupilProgress, ...]:
        return tuple(p for p in self.pupils if p.all_visited and not p.all_visited.is_met)


def class_progress(
    made: Iterable[Made],
    pupils: Mapping[UUID, Collection[Tag]],
    policy: ResolvedPolicy,
    term: Period,
    *,
    until: date,
) -> ClassProgress:
    """What a class has in ``term`` up to ``until`` (inclusive) of what its plan asks.

    ``pupils`` are the class's children with their tags, in the order of the list. Counts as the
    duties of the same numbers do: failed contacts do not, and a way of visiting that the plan does
    not recognise does not. Rules with a hole ask nothing here; the county sees the hole.
    """
    modes = visit_modes(policy)
    counted: dict[UUID, list[Made]] = {child: [] for child in pupils}
    for each in sorted(made, key=lambda m: (m.fact.on, str(m.fact.id))):
        fact = each.fact
        if fact.child_id in counted and fact.is_reached and fact.on in term and fact.on <= until:
            counted[fact.child_id].append(each)
    rows = tuple(_pupil(c, counted[c], tags, policy, modes) for c, tags in pupils.items())
    visits = sum(row.visits for row in rows)
    return ClassProgress(rows, _need(policy, TOTAL, visits))


def _pupil(
    child: UUID,
    made: list[Made],
    tags: Collection[Tag],
    policy: ResolvedPolicy,
    modes: Collection[ContactKind],
) -> PupilProgress:
    visits = [each for each in made if each.fact.kind in modes]
    talks = [each for each in made if each.fact.kind is ContactKind.TALK]
    roles = sorted({role for each in (*visits, *talks) for role in each.roles})
    is_key, is_back = Tag.KEY in tags, Tag.RETURNED in tags
    return PupilProgress(
        child,
        visits[-1].fact if visits else None,
        len(visits),
        len(talks),
        {role: (_with(visits, role), _with(talks, role)) for role in roles},
        _need(policy, ALL, len(visits)),
        _need(policy, KEY_VISITS, len(visits)) if is_key else None,
        _need(policy, KEY_TALKS, len(talks)) if is_key else None,
        _need(policy, RETURNED, len(visits)) if is_back else None,
    )


def _with(made: Iterable[Made], role: str) -> int:
    return sum(role in each.roles for each in made)


def _need(policy: ResolvedPolicy, key: str, have: int) -> Need | None:
    if not policy.is_on(key):
        return None
    needed = policy.count(key) + (policy.operator(key) is Operator.MORE)
    return Need(have, needed, policy.is_met(key, have))
