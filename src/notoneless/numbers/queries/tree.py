"""The tree of a date: class, school, township or centre, county (numbers use the tree of their
date, doors the tree of today)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Subquery, Sum

from notoneless.children.queries.units import ClassName
from notoneless.numbers.queries.scope import Scope
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import STEP, ancestors
from notoneless.rules.units import SCHOOLS, Stage, UnitKind, grade_of

_REMEMBERED: dict[tuple[UUID, Period], tuple[Mark, Tree]] = {}
_REMEMBER_AT_MOST = 60
Mark = tuple[int, int, UUID | None]
"""How many units there are, how often they were described or closed, the newest place."""


@dataclass(frozen=True, slots=True)
class TreeUnit:
    """A unit where it stood in one line."""

    id: UUID
    kind: UnitKind
    name: str
    path: str
    stage: str = ""
    entered_in: int | None = None
    short_name: str = ""
    pinyin: str = ""

    @property
    def class_name(self) -> ClassName | None:
        """Of a class; ``None`` for any other unit."""
        if self.kind is not UnitKind.CLASS or self.entered_in is None:
            return None
        stage = Stage(self.stage or Stage.PRIMARY)
        return ClassName(stage, self.entered_in, self.name, self.short_name)


@dataclass(frozen=True, slots=True)
class Leaf:
    """What children are counted by: a class, or a school for its children without a class."""

    id: UUID
    school_id: UUID
    stage: Stage | None
    entered_in: int | None
    paths: tuple[str, ...]
    """In each line in which it stands."""

    def grade(self, school_year: int) -> int | None:
        """1 to 9 in that school year; ``None`` for children without a class."""
        if self.stage is None or self.entered_in is None:
            return None
        return grade_of(self.stage, self.entered_in, school_year=school_year)


@dataclass(frozen=True, slots=True)
class Group:
    """One line of a table: a unit directly below the place, or the place's own class."""

    unit: TreeUnit
    leaves: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every unit of a county that stood there in a period, each where it stood last in it."""

    units: Mapping[str, TreeUnit]
    """By path, in both lines."""
    paths: Mapping[UUID, tuple[str, ...]]
    leaves: Mapping[UUID, Leaf]
    """Classes and schools by id."""
    _known: dict[Scope, tuple[Group, ...]] = field(default_factory=dict, repr=False, compare=False)
    """Groups that were asked for before: a tree is shared by all who ask about its period."""

    def unit(self, unit_id: UUID) -> TreeUnit:
        """A unit in its home line if it stands there. Raises ``Unit.DoesNotExist``."""
        paths = self.paths.get(unit_id)
        if not paths:
            raise Unit.DoesNotExist
        return self.units[paths[0]]

    def leaf_of(self, class_id: UUID | None, school_id: UUID) -> UUID:
        """By which leaf a row with these columns is counted."""
        return class_id if class_id is not None and class_id in self.leaves else school_id

    def chosen(self, scope: Scope) -> frozenset[UUID]:
        """The leaves that a scope is about; empty where the place did not exist then."""
        tops = self.paths.get(scope.unit_id, ())
        year = scope.period.school_year
        return frozenset(
            leaf.id
            for leaf in self.leaves.values()
            if any(path.startswith(top) for path in leaf.paths for top in tops)
            and (scope.stage is None or leaf.stage is scope.stage)
            and (scope.grade is None or leaf.grade(year) == scope.grade)
            and (not scope.without_class or leaf.id == scope.unit_id)
        )

    def groups(self, scope: Scope) -> tuple[Group, ...]:
        """The scope's leaves under the units directly below its place, in the order of names.

        Below a school these are its classes, of lower grades first. A place in both lines, as the
        bureau's county, is divided by the line in which it is asked for: townships below a county,
        centres and schools below a bureau. Schools that stand directly below are lines as well.
        """
        scope = replace(scope, known_at=None)
        if scope not in self._known:
            self._known[scope] = self._divided(scope)
        return self._known[scope]

    def _divided(self, scope: Scope) -> tuple[Group, ...]:
        chosen = self.chosen(scope)
        found: dict[str, set[UUID]] = {}
        for top in self.paths.get(scope.unit_id, ())[:1]:
            for leaf_id in chosen:
                for path in self.leaves[leaf_id].paths:
                    if path.startswith(top):
                        found.setdefault(self._line(path, top), set()).add(leaf_id)
        groups = [Group(self.units[path], frozenset(ids)) for path, ids in found.items()]
        return tuple(sorted(groups, key=lambda g: (g.unit.id == scope.unit_id, _order(g.unit))))

    def _line(self, path: str, top: str) -> str:
        """The path of the line under which a leaf is listed: no line for grades."""
        line = path[: len(top) + STEP]
        return path if self.units[line].kind is UnitKind.GRADE else line


def tree_of(county_id: UUID, period: Period) -> Tree:
    """The county's tree on the last day of a period, with the units that ended within it.

    One statement while nothing has changed since this process last answered, else two. The answer
    may be shared.
    """
    mark = _mark(county_id)
    found = _REMEMBERED.get((county_id, period))
    if found is not None and found[0] == mark:
        return found[1]
    if len(_REMEMBERED) >= _REMEMBER_AT_MOST:
        _REMEMBERED.clear()
    tree = _read(county_id, period)
    _REMEMBERED[county_id, period] = mark, tree
    return tree


def _mark(county_id: UUID) -> Mark:
    newest = UnitPlace.objects.order_by("-pk").values("pk")[:1]
    row: Any = (
        Unit.objects.filter(county=county_id)
        .order_by()
        .values("county")
        .annotate(n=Count("pk"), versions=Sum("version"), newest=Subquery(newest))
        .values("n", "versions", "newest")
        .first()
    )
    return (row["n"], row["versions"], row["newest"]) if row else (0, 0, None)


_COLUMNS = (
    "unit",
    "unit__kind",
    "unit__name",
    "path",
    "unit__stage",
    "unit__entered_in",
    "unit__short_name",
    "unit__pinyin",
)


def _read(county_id: UUID, period: Period) -> Tree:
    rows = UnitPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=period.from_on),
        unit__county=county_id,
        from_on__lte=period.until,
    ).order_by("line", "from_on", "pk")
    last: dict[tuple[UUID, str], TreeUnit] = {}
    for unit, kind, *rest in rows.values_list(*_COLUMNS):
        last[unit, rest[1][0]] = TreeUnit(unit, UnitKind(kind), *rest)
    units = {unit.path: unit for unit in last.values()}
    paths: dict[UUID, tuple[str, ...]] = {}
    for unit in last.values():
        paths[unit.id] = (*paths.get(unit.id, ()), unit.path)
    return Tree(units, paths, _leaves(units, paths))


def _leaves(
    units: Mapping[str, TreeUnit], paths: Mapping[UUID, tuple[str, ...]]
) -> dict[UUID, Leaf]:
    found: dict[UUID, Leaf] = {}
    for unit in units.values():
        if unit.kind is UnitKind.CLASS:
            school = _school_above(unit.path, units)
            stage = Stage(unit.stage) if unit.stage else None
            if school is not None:
                found[unit.id] = Leaf(unit.id, school.id, stage, unit.entered_in, paths[unit.id])
        elif unit.kind in SCHOOLS:
            stage = Stage(unit.stage) if unit.stage else None
            found[unit.id] = Leaf(unit.id, unit.id, stage, None, paths[unit.id])
    return found


def _school_above(path: str, units: Mapping[str, TreeUnit]) -> TreeUnit | None:
    above: Iterable[str] = reversed(ancestors(path)[:-1])
    return next((units[p] for p in above if p in units and units[p].kind in SCHOOLS), None)


def _order(unit: TreeUnit) -> tuple[int, int, int, str]:
    """Classes by grade and number, other units by the sound of their names."""
    name = unit.class_name
    if name is None:
        return (0, 0, 0, unit.pinyin or unit.name)
    number = int(name.number) if name.number.isdigit() else 99
    return (1 + (name.stage is Stage.JUNIOR), -name.entered_in, number, name.number)
