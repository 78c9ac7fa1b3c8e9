"""Reads units and where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet

from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.paths import Line, ancestors, below, line_of
from notoneless.rules.units import PARENTS, UnitKind, home_line


def county_by_code(code: str) -> UUID | None:
    """The county with this six-digit division code, if it has been founded."""
    return Unit.objects.filter(kind=UnitKind.COUNTY, code=code).values_list("pk", flat=True).first()


def counties() -> list[tuple[UUID, str, str]]:
    """Every county: id, code, name, in the order of codes."""
    rows = Unit.objects.filter(kind=UnitKind.COUNTY).order_by("code")
    return [(unit.pk, unit.code, unit.name) for unit in rows]


@dataclass(frozen=True, slots=True)
class Place:
    """A unit where it stands in one line on a day."""

    id: UUID
    kind: UnitKind
    name: str
    path: str
    code: str = ""
    stage: str = ""
    entered_in: int | None = None
    """Of a grade or class: the autumn in which its cohort began."""
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit with those directly below it."""

    place: Place
    below: list[Branch] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """A period in which a unit stood somewhere in a line."""

    line: Line
    parent_id: UUID | None
    parent_name: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is on record about a unit."""

    id: UUID
    kind: UnitKind
    name: str
    short_name: str
    code: str
    stage: str
    entered_in: int | None
    is_boarding: bool
    is_complete: bool
    active_from: date
    active_to: date | None
    version: int


def paths_of(unit_id: UUID, *, on: date) -> tuple[str, ...]:
    """The unit's paths on ``on``, one per line in which it stands; for ``actor.must(at=…)``."""
    rows = UnitPlace.objects.filter(standing(on), unit=unit_id).order_by("line")
    return tuple(rows.values_list("path", flat=True))


def paths_of_many(unit_ids: Iterable[UUID], *, on: date) -> set[str]:
    """The paths of several units on ``on`` in both lines; one statement."""
    rows = UnitPlace.objects.filter(standing(on), unit__in=list(unit_ids))
    return set(rows.values_list("path", flat=True))


def home_path(unit_id: UUID, *, on: date) -> str:
    """The path that says who administers the unit: that of its home line, else the other's.

    A township thus administers its villages and not its schools. Raises ``Unit.DoesNotExist``
    when the unit stands nowhere on ``on``.
    """
    rows = UnitPlace.objects.filter(standing(on), unit=unit_id).select_related("unit")
    paths = {Line(row.line): (row.path, UnitKind(row.unit.kind)) for row in rows}
    for line, (path, kind) in paths.items():
        if line is home_line(kind):
            return path
    if paths:
        return min(path for path, _ in paths.values())
    raise Unit.DoesNotExist


def unit_facts(unit_id: UUID) -> UnitFacts:
    """What is on record about a unit. Raises ``Unit.DoesNotExist``."""
    unit = Unit.objects.get(pk=unit_id)
    return UnitFacts(
        id=unit.pk,
        kind=UnitKind(unit.kind),
        name=unit.name,
        short_name=unit.short_name,
        code=unit.code,
        stage=unit.stage,
        entered_in=unit.entered_in,
        is_boarding=unit.is_boarding,
        is_complete=unit.is_complete,
        active_from=unit.active_from,
        active_to=unit.active_to,
        version=unit.version,
    )


def history_of(unit_id: UUID) -> list[Standing]:
    """Where the unit has stood in both lines, newest first."""
    rows = UnitPlace.objects.filter(unit=unit_id).select_related("parent")
    return [
        Standing(Line(r.line), r.parent_id, r.parent.name if r.parent else "", r.from_on, r.to_on)
        for r in rows.order_by("line", "-from_on")
    ]


def tree_below(paths: Iterable[str], *, on: date, kinds: Iterable[UnitKind] = ()) -> list[Branch]:
    """The branches at ``paths``, each unit with those below it, in the order of names.

    Units of other kinds than ``kinds`` are left out with all below them.
    """
    roots: list[Branch] = []
    by_path: dict[str, Branch] = {}
    for place in units_below(paths, on=on, kinds=kinds):
        branch = Branch(place)
        by_path[place.path] = branch
        above = by_path.get(ancestors(place.path)[-2]) if len(ancestors(place.path)) > 1 else None
        (above.below if above else roots).append(branch)
    for branch in by_path.values():
        branch.below.sort(key=lambda b: (b.place.code or "~", b.place.name))
    return roots


def possible_parents(kind: UnitKind, line: Line, *, within: Iterable[str], on: date) -> list[Place]:
    """Units in reach under which a unit of ``kind`` may stand in ``line``."""
    kinds = PARENTS[line].get(kind, frozenset())
    if not kinds:
        return []
    found = units_below(within, on=on, kinds=kinds)
    return sorted({p.id: p for p in found}.values(), key=lambda p: (p.kind.value, p.code, p.name))


def chain_above(unit_id: UUID, line: Line, *, on: date) -> list[Place]:
    """The units above in ``line`` on ``on``, topmost first, the unit itself last; two statements.

    Empty when the unit has no place in that line.
    """
    path = (
        UnitPlace.objects.filter(standing(on), unit=unit_id, line=line)
        .values_list("path", flat=True)
        .first()
    )
    if path is None:
        return []
    rows = UnitPlace.objects.filter(standing(on), path__in=ancestors(path))
    return _places(rows.order_by("path"))


def units_below(paths: Iterable[str], *, on: date, kinds: Iterable[UnitKind] = ()) -> list[Place]:
    """Units at or below any of ``paths`` on ``on``, by path; all kinds when none is named."""
    rows = UnitPlace.objects.filter(standing(on), _at_or_below(paths))
    if wanted := list(kinds):
        rows = rows.filter(unit__kind__in=wanted)
    return _places(rows.order_by("path"))


def units_once_below(paths: Iterable[str], *, on: date) -> list[tuple[Place, str]]:
    """Each unit at or below ``paths`` once, in its home line if it is reached there; one statement.

    With its other path, or the same again where it is reached in one line only.
    """
    rows = UnitPlace.objects.filter(standing(on), _at_or_below(paths)).order_by()
    # A unit that stands in both lines is at home in the education line: e comes before g.
    both = rows.values("unit").annotate(home=Min("path"), other=Max("path"))
    columns = both.values_list("unit", "unit__kind", "unit__name", "home", *_MORE, "other")
    return [(Place(unit, UnitKind(kind), *rest), other) for unit, kind, *rest, other in columns]


def once_below(paths: Iterable[str], *, on: date) -> QuerySet[UnitPlace]:
    """The rows that say where each unit at or below ``paths`` stands, once for each unit.

    In its home line if it is reached there, as ``units_once_below``; to be counted within a
    statement.
    """
    paths = list(paths)
    rows = UnitPlace.objects.filter(standing(on), _at_or_below(paths))
    education = [path for path in paths if line_of(path) is Line.EDUCATION]
    if not education or len(education) == len(paths):
        return rows
    at_home = unit_ids_below(education, on=on)
    return rows.exclude(line=Line.GOVERNMENT, unit__in=at_home)


def unit_ids_below(paths: Iterable[str], *, on: date) -> QuerySet[UnitPlace, UUID]:
    """Units at or below ``paths`` on ``on``, to be asked about within another statement."""
    rows = UnitPlace.objects.filter(standing(on), _at_or_below(paths))
    return rows.values_list("unit", flat=True)


_MORE = ("unit__code", "unit__stage", "unit__entered_in", "unit__is_complete")


def _places(rows: QuerySet[UnitPlace]) -> list[Place]:
    columns = rows.values_list("unit", "unit__kind", "unit__name", "path", *_MORE)
    return [Place(unit, UnitKind(kind), *rest) for unit, kind, *rest in columns]


def _at_or_below(paths: Iterable[str]) -> Q:
    ranges = Q(pk__in=[])
    for path in paths:
        low, high = below(path)
        ranges |= Q(path__gte=low, path__lt=high)
    return ranges


def standing(on: date, *, of: str = "") -> Q:
    """Rows of a period that holds on ``on``; of those to which the lookup ``of`` leads."""
    begun, open_end = Q((f"{of}from_on__lte", on)), Q((f"{of}to_on", None))
    return begun & (open_end | Q((f"{of}to_on__gt", on)))
