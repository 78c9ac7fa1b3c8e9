"""Which units somebody looks after, and under which of those below each class is counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from notoneless.access.actor import Actor, Holding
from notoneless.attendance.models import AbsenceRun, Roll
from notoneless.children.models import Enrolment
from notoneless.children.queries.units import ClassName, class_name
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.tree import Group, Tree, TreeUnit, tree_of
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.attendance.sessions import DAY, MORNING
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import Line, ancestors, is_below, line_of
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import SCHOOLS, UnitKind

ABOVE_CLASSES = SCHOOLS | {
    UnitKind.CENTRE_SCHOOL,
    UnitKind.TOWNSHIP,
    UnitKind.EDUCATION_OFFICE,
    UnitKind.BUREAU,
}
"""At these a post looks after many classes."""
SHOWN = (ABOVE_CLASSES - {UnitKind.EDUCATION_OFFICE}) | {UnitKind.COUNTY, UnitKind.CLASS}
"""They have an overview; the office of a township has the township's."""
WHOLE_COUNTY = frozenset({UnitKind.COUNTY, UnitKind.BUREAU})
FIRST_SESSIONS = (DAY, MORNING)
"""A day's first roll is one of these."""
OWN_CHILDREN = frozenset({Role.HELPER, Role.VOLUNTEER, Role.MENTOR})
"""They are there for single children, whatever the unit of their post."""


@dataclass(frozen=True, slots=True)
class UnitSeen:
    """A unit in the actor's reach, where it stands."""

    id: UUID
    kind: UnitKind
    name: str
    path: str
    class_name: ClassName | None = None


@dataclass(frozen=True, slots=True)
class ClassNow:
    """A class with pupils today."""

    away: int
    """Children in a run of unexplained absence."""
    called: frozenset[str]
    """Those of ``FIRST_SESSIONS`` whose roll stands."""


@dataclass(frozen=True)
class Division:
    """The units directly below one or several others, and which of them counts each class."""

    tree: Tree
    groups: tuple[Group, ...]
    """In the order of names, never by number."""
    place_of: Mapping[UUID, int]
    """By class, or by school for children without one: the place in ``groups``."""

    def place_of_unit(self, unit_id: UUID) -> int:
        """Where something of a class, a school, or the unit of a group itself is counted; behind
        the last group where none has it."""
        return self.place_of.get(unit_id, self._own.get(unit_id, len(self.groups)))

    @cached_property
    def _own(self) -> Mapping[UUID, int]:
        return {group.unit.id: n for n, group in enumerate(self.groups)}

    def place(self, class_id: UUID | None, school_id: UUID) -> int | None:
        """Where something of that class and school is counted; ``None`` where no group has it."""
        found = self.place_of.get(class_id) if class_id is not None else None
        return found if found is not None else self.place_of.get(school_id)


def looks_after(held: Holding) -> bool:
    """Whether the post looks after all children of a unit above a class."""
    return (
        Capability.SEE_CHILDREN in held.capabilities
        and held.unit_kind in ABOVE_CLASSES
        and held.role not in OWN_CHILDREN
    )


def tops(actor: Actor) -> tuple[str, ...]:
    """Paths from which the actor looks down, none inside another.

    A bureau looks down both lines; the government line comes first, so that its schools are counted
    by township, and those that stand in no township by 学区.
    """
    kept: list[str] = []
    for path in sorted({held.path for held in actor.holdings if looks_after(held)}):
        if not (kept and is_below(path, kept[-1])):
            kept.append(path)
    return tuple(sorted(kept, key=lambda path: line_of(path) is Line.EDUCATION))


def unit_seen(
    actor: Actor, unit_id: UUID, *, on: date, to: Capability = Capability.SEE_CHILDREN
) -> UnitSeen:
    """A unit that lies wholly in the actor's reach, in the line in which it does; one statement.

    Raises ``Unit.DoesNotExist`` for any other.
    """
    rows = UnitPlace.objects.filter(standing(on), unit=unit_id, unit__county=actor.county_id)
    reach = actor.reach(to)
    for row in rows.select_related("unit").order_by("line"):
        if any(is_below(row.path, top) for top in reach):
            unit = row.unit
            return UnitSeen(unit.pk, UnitKind(unit.kind), unit.name, row.path, class_name(unit))
    raise Unit.DoesNotExist


def division(actor: Actor, paths: Iterable[str], *, today: date) -> Division:
    """What stands directly below the units at ``paths``; each class counted under the first path
    that holds it. One statement while no unit has changed, else two."""
    period = Period(today, today)
    tree = tree_of(actor.county_id, period)
    taken: set[UUID] = set()
    groups: list[Group] = []
    for path in paths:
        if path not in tree.units:
            continue
        scope = Scope(actor.county_id, tree.units[path].id, period)
        for group in tree.groups(scope):
            if left := group.leaves - taken:
                groups.append(Group(group.unit, left))
                taken |= left
    place_of = {leaf: n for n, group in enumerate(groups) for leaf in group.leaves}
    return Division(tree, tuple(groups), place_of)


def paths_under(actor: Actor, unit: UnitSeen) -> tuple[str, ...]:
    """The paths below which the unit's classes stand, its own first.

    County and bureau look after the same schools: each has the other's path besides, for schools
    that stand in one line only.
    """
    if unit.kind not in WHOLE_COUNTY:
        return (unit.path,)
    both = {held.path for held in actor.holdings if held.unit_kind is UnitKind.BUREAU}
    return (unit.path, *sorted(both - {unit.path}))


def units_above(actor: Actor, unit: UnitSeen, tree: Tree) -> tuple[TreeUnit, ...]:
    """The units above that lie in the actor's reach too, topmost first; grades are passed over."""
    reach = actor.reach(Capability.SEE_CASES)
    above = [tree.units[path] for path in ancestors(unit.path)[:-1] if path in tree.units]
    return tuple(
        each
        for each in above
        if each.kind is not UnitKind.GRADE and any(is_below(each.path, top) for top in reach)
    )


def own_units(actor: Actor, *, today: date) -> list[TreeUnit]:
    """The units whose overview is the actor's own: townships and 学区 of a county alike.

    Whoever looks after no more than classes has these. One statement while no unit has changed.
    """
    tree = tree_of(actor.county_id, Period(today, today))
    held = [h for h in actor.holdings if Capability.SEE_CASES in h.capabilities]
    paths = [path for path in tops(actor) if any(h.path == path for h in held)]
    paths = paths or sorted({h.path for h in held if h.unit_kind is UnitKind.CLASS})
    return [tree.units[path] for path in paths if path in tree.units]


def classes_now(county_id: UUID, *, on: date) -> dict[UUID, ClassNow]:
    """Every class of the county that has pupils, as it is on ``on``; one statement."""
    pupils = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on), school_class=OuterRef("pk"), from_on__lte=on
    )
    runs = AbsenceRun.objects.filter(county=county_id, is_open=True, school_class=OuterRef("pk"))
    away = runs.order_by().values("school_class").annotate(n=Count("pk")).values("n")
    rolls = Roll.objects.filter(school_class=OuterRef("pk"), day=on, is_standing=True)
    called = {name: Exists(rolls.filter(session=name)) for name in FIRST_SESSIONS}
    rows = Unit.objects.filter(Exists(pupils), county=county_id, kind=UnitKind.CLASS)
    found = rows.values_list("pk", Coalesce(Subquery(away), 0), *called.values())
    return {
        pk: ClassNow(
            n, frozenset(name for name, is_called in zip(called, flags, strict=True) if is_called)
        )
        for pk, n, *flags in found
    }
