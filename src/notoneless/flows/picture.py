"""Today in somebody's units: who has not called, who is away, what is due, by unit and name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import AbsenceRun, Roll
from notoneless.attendance.queries.missing import is_overdue
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.models import Enrolment
from notoneless.children.queries.units import ClassName, class_name
from notoneless.duties.queries.in_tray import UnitCounts, counts_by_class
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.attendance.sessions import RollRules
from notoneless.rules.paths import Line, ancestors, below, line_of
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind

ABOVE_CLASSES = frozenset(
    {
        *SCHOOLS,
        UnitKind.CENTRE_SCHOOL,
        UnitKind.TOWNSHIP,
        UnitKind.EDUCATION_OFFICE,
        UnitKind.BUREAU,
    }
)
"""At these a post looks after many classes."""


@dataclass(slots=True)
class Row:
    """One unit: a class in a school, a school in a township, a township in the county."""

    unit_id: UUID
    name: str
    class_name: ClassName | None = None
    school_id: UUID | None = None
    """Where the row is a school, or a class of it."""
    classes: int = 0
    uncalled: int = 0
    is_late: bool = False
    """Some roll's hour has passed."""
    away: int = 0
    overdue: int = 0
    today: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows in the order of names, never by number."""

    rows: tuple[Row, ...]
    is_school_day: bool
    """At one school at least."""

    @property
    def total(self) -> Row:
        sums = Row(UUID(int=0), "")
        for row in self.rows:
            sums.classes += row.classes
            sums.uncalled += row.uncalled
            sums.is_late |= row.is_late
            sums.away += row.away
            sums.overdue += row.overdue
            sums.today += row.today
        return sums


@dataclass(frozen=True, slots=True)
class _Class:
    id: UUID
    unit: Unit
    path: str
    group: str
    """Path of the unit that it is counted in; its own in a school."""
    school: str


@dataclass(frozen=True, slots=True)
class _School:
    id: UUID
    has_class: bool
    rules: RollRules


@dataclass(slots=True)
class _Facts:
    schools: Mapping[str, _School]
    called: set[tuple[UUID, str]]
    away: Mapping[UUID, int]
    duties: Mapping[UUID, UnitCounts] = field(default_factory=dict)


def looks_after_units(actor: Actor) -> bool:
    """Whether the actor sees children of more than the classes that he teaches."""
    return bool(_tops(actor))


def picture(actor: Actor, *, today: date, now: datetime) -> Picture | None:
    """The actor's units now; ``None`` for whoever looks after no more than classes.

    Six statements (five for one school), and what is not remembered of calendars and policies,
    whatever the number of children. Source: R-068, R-307.
    """
    tops = _tops(actor)
    if not tops:
        return None
    classes = _classes(actor, tops, today)
    names = _names({each.group for each in classes if each.group != each.path})
    facts = _Facts(
        schools=_schools(actor, today),
        called=_called(actor, today),
        away=_away(actor),
        duties=counts_by_class(actor, today=today),
    )
    rows: dict[str, Row] = {}
    for each in classes:
        if each.group not in rows:
            rows[each.group] = _row(each, names, facts)
        _count(rows[each.group], each, facts, today=today, now=now)
    ordered = sorted(rows.values(), key=_order)
    is_school_day = any(
        facts.schools[each.school].has_class for each in classes if each.school in facts.schools
    )
    return Picture(tuple(ordered), is_school_day)


def _tops(actor: Actor) -> list[tuple[str, bool]]:
    """Paths from which the actor looks down, one a unit, and whether each is a school."""
    found: dict[UUID, tuple[str, bool]] = {}
    for holding in actor.holdings:
        if (
            Capability.SEE_CHILDREN in holding.capabilities
            and holding.unit_kind in ABOVE_CLASSES
            # A bureau looks down both lines; its classes are counted by 学区.
            and (holding.unit_id not in found or line_of(holding.path) is Line.EDUCATION)
        ):
            found[holding.unit_id] = (holding.path, holding.unit_kind in SCHOOLS)
    return sorted(found.values())


def _classes(actor: Actor, tops: list[tuple[str, bool]], today: date) -> list[_Class]:
    """Classes with children below the actor's units; each once, in one statement."""
    ranges = Q(pk__in=[])
    for top, _ in tops:
        low, high = below(top)
        ranges |= Q(path__gte=low, path__lt=high)
    pupils = Enrolment.objects.filter(
        Q(to_on=None) | Q(to_on__gt=today), school_class=OuterRef("unit"), from_on__lte=today
    )
    rows = UnitPlace.objects.filter(
        ranges, Exists(pupils), unit__kind=UnitKind.CLASS, to_on=None
    ).select_related("unit")
    found: dict[UUID, _Class] = {}
    for row in rows.order_by("line"):
        top, is_school = next((t, s) for t, s in tops if row.path.startswith(t))
        above = ancestors(row.path)
        deeper = above[len(ancestors(top))]
        group = row.path if is_school else deeper
        found.setdefault(row.unit_id, _Class(row.unit_id, row.unit, row.path, group, above[-3]))
    return list(found.values())


def _names(paths: Iterable[str]) -> dict[str, tuple[UUID, str]]:
    wanted = set(paths)
    if not wanted:
        return {}
    rows = UnitPlace.objects.filter(path__in=wanted, to_on=None)
    return {p: (unit, name) for p, unit, name in rows.values_list("path", "unit", "unit__name")}


def _schools(actor: Actor, today: date) -> dict[str, _School]:
    """Every school of the county under each of its paths; one statement."""
    return {
        path: _School(
            school.school_id,
            today in school.calendar(today).school_days,
            school.roll_rules(today),
        )
        for school in school_standings(actor.county_id, on=today)
        for path in school.paths
    }


def _called(actor: Actor, today: date) -> set[tuple[UUID, str]]:
    rolls = Roll.objects.filter(county=actor.county_id, day=today, is_standing=True)
    return set(rolls.values_list("school_class", "session"))


def _away(actor: Actor) -> dict[UUID, int]:
    runs = AbsenceRun.objects.filter(county=actor.county_id, is_open=True).order_by()
    return dict(runs.values_list("school_class").annotate(n=Count("pk")))


def _row(each: _Class, names: Mapping[str, tuple[UUID, str]], facts: _Facts) -> Row:
    school = facts.schools.get(each.school)
    school_id = school.id if school else None
    if each.group == each.path:
        return Row(each.id, each.unit.name, class_name(each.unit), school_id)
    unit_id, name = names.get(each.group, (each.id, ""))
    return Row(unit_id, name, school_id=school_id if each.group == each.school else None)


def _count(row: Row, each: _Class, facts: _Facts, *, today: date, now: datetime) -> None:
    row.classes += 1
    row.away += facts.away.get(each.id, 0)
    counted = facts.duties.get(each.id, UnitCounts())
    row.overdue += counted.overdue
    row.today += counted.today
    school = facts.schools.get(each.school)
    if school is None or not school.has_class:
        return
    session = school.rules.first_session
    if (each.id, session) not in facts.called:
        row.uncalled += 1
        row.is_late |= is_overdue(session, school.rules, day=today, now=now)


def _order(row: Row) -> tuple[bool, int, int, str]:
    """Classes by grade and number, other units by name."""
    if row.class_name is None:
        return (False, 0, 0, row.name)
    number = int(row.class_name.number) if row.class_name.number.isdigit() else 99
    is_junior = row.class_name.stage.value == "junior"
    return (is_junior, -row.class_name.entered_in, number, row.class_name.number)
