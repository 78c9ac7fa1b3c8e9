"""What a school's settlement is drawn from: outcomes with their marks, and who held which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from uuid import UUID

from django.db.models import Q

from notoneless.numbers.queries.outcomes import Wanted, outcomes_by_stage
from notoneless.numbers.queries.tree import Tree, tree_of
from notoneless.oversight.queries.marks import marks_of
from notoneless.places.models import Post, TeachingAssignment
from notoneless.rules.consequences import holders as roles
from notoneless.rules.consequences.holders import Held, Holders
from notoneless.rules.consequences.outcome import Outcome
from notoneless.rules.consequences.wire import Frozen
from notoneless.rules.indicators.periods import Period
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Role
from notoneless.rules.units import SCHOOLS, Stage, UnitKind

WORDS: dict[Role, tuple[str, ...]] = {
    Role.HOMEROOM_TEACHER: (roles.CLASS_TEACHER,),
    Role.DEPUTY_HOMEROOM_TEACHER: (roles.DEPUTY,),
    Role.ATTACHED_LEADER: (roles.ATTACHED_LEADER,),
    Role.ATTACHED_TEACHER: (roles.ATTACHED_TEACHER,),
    Role.PRINCIPAL: (roles.PRINCIPAL, roles.MAIN_PERSON),
}
"""Posts by the words that policies have for them."""


@dataclass(frozen=True, slots=True)
class School:
    """A school with the units in it, as they stood in a period."""

    id: UUID
    tree: Tree
    units: tuple[UUID, ...]
    """The school, its grades, its classes; in the order of a settlement."""
    stages: tuple[tuple[UUID, Stage], ...]
    """Which unit is asked about for which stage."""


def school_in(county_id: UUID, school_id: UUID, period: Period) -> School:
    """The units of a school; one statement or two. Raises ``Unit.DoesNotExist``."""
    tree = tree_of(county_id, period)
    school = tree.unit(school_id)
    inside = [
        unit
        for path, unit in tree.units.items()
        if path.startswith(school.path) and unit.kind in (UnitKind.GRADE, UnitKind.CLASS)
    ]
    inside.sort(key=lambda u: (u.kind is UnitKind.CLASS, u.stage, -(u.entered_in or 0), u.name))
    own = [Stage(school.stage)] if school.stage else sorted({Stage(u.stage) for u in inside})
    stages = [(school_id, stage) for stage in own]
    stages += [(unit.id, Stage(unit.stage)) for unit in inside if unit.stage]
    units = tuple(dict.fromkeys(unit for unit, _ in stages))
    return School(school_id, tree, units, tuple(stages))


def gather(
    county_id: UUID, school_id: UUID, period: Period, policy: ResolvedPolicy, *, today: date
) -> Frozen:
    """A school's outcomes by stage, of its grades and classes each for its own, as they stand
    today; at most twenty-one statements whatever the size of the school.

    Losses bear what decided faults say. Raises ``Unit.DoesNotExist``.
    """
    cut = period.up_to(today)
    school = school_in(county_id, school_id, cut)
    wanted = Wanted(county_id, school.units, cut, stages=tuple(Stage))
    policies = dict.fromkeys(school.units, policy)
    found = outcomes_by_stage(wanted, policies, today=today)
    outcomes = [found[pair] for pair in school.stages if pair in found]
    cases = {loss.case for each in outcomes for loss in each.losses if loss.case}
    marks = marks_of(county_id, case_ids=cases) if cases else {}
    marked = tuple(each.marked(marks) for each in outcomes if _says_something(each))
    return Frozen(marked, holders_in(school.units, cut))


def _says_something(outcome: Outcome) -> bool:
    """Whether there were pupils: an empty class earns and owes nothing."""
    is_empty = not outcome.base and outcome.lacks is None and not outcome.losses
    return not is_empty or outcome.kind in SCHOOLS


def holders_in(unit_ids: Collection[UUID], period: Period) -> dict[UUID, Holders]:
    """Who held which role of these units on some day of the period; two statements."""
    during = Q(from_on__lte=period.until) & (Q(to_on=None) | Q(to_on__gt=period.from_on))
    found: defaultdict[UUID, defaultdict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
    posts = Post.objects.filter(
        during, unit__in=unit_ids, role__in=[each.value for each in WORDS], person__isnull=False
    )
    for post in posts.select_related("person").order_by("from_on", "pk"):
        if post.person is None:
            continue
        held = Held(
            post.person.pk,
            post.person.name,
            post.from_on,
            post.to_on,
            post.pk,
            post.stands_in_for_id,
        )
        for word in WORDS[Role(post.role)]:
            found[post.unit_id][word].append(held)
    lessons = TeachingAssignment.objects.filter(during, school_class__in=unit_ids)
    for lesson in lessons.select_related("person").order_by("from_on", "pk"):
        taught = Held(lesson.person.pk, lesson.person.name, lesson.from_on, lesson.to_on)
        found[lesson.school_class_id][roles.SUBJECT_TEACHERS].append(taught)
    return {
        unit: Holders(MappingProxyType({role: tuple(held) for role, held in by_role.items()}))
        for unit, by_role in found.items()
    }


def people_of(unit_ids: Collection[UUID], period: Period) -> tuple[tuple[UUID, str], ...]:
    """Everybody who held one of these roles at these units in the period, by name; two
    statements."""
    named = {
        held.person: held.name
        for holders in holders_in(unit_ids, period).values()
        for role in holders.by_role.values()
        for held in role
    }
    return tuple(sorted(named.items(), key=lambda pair: (pair[1], pair[0])))
