"""Today in somebody's units: who has not called, who is away, what is due, by unit and name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.queries.missing import is_overdue
from notoneless.attendance.queries.schools import school_standings
from notoneless.children.queries.units import ClassName
from notoneless.duties.queries.in_tray import UnitCounts, counts_by_unit
from notoneless.flows.overview.units import (
    ClassNow,
    Division,
    classes_now,
    division,
    looks_after,
    tops,
)
from notoneless.numbers.queries.tree import Group
from notoneless.rules.units import SCHOOLS, UnitKind


@dataclass(slots=True)
class Row:
    """One unit: a class in a school, a school in a township, a township in the county."""

    unit_id: UUID
    name: str
    kind: UnitKind = UnitKind.COUNTY
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
    """Rows in the order of names, never by number; units without pupils are none."""

    rows: tuple[Row, ...]
    is_school_day: bool
    """At one school at least."""
    elsewhere: UnitCounts = field(default_factory=UnitCounts)
    """Duties in the reader's reach that are in none of the rows, as those of a township itself."""

    @property
    def total(self) -> Row:
        sums = Row(UUID(int=0), "", overdue=self.elsewhere.overdue, today=self.elsewhere.today)
        for row in self.rows:
            sums.classes += row.classes
            sums.uncalled += row.uncalled
            sums.is_late |= row.is_late
            sums.away += row.away
            sums.overdue += row.overdue
            sums.today += row.today
        return sums


@dataclass(frozen=True, slots=True)
class _School:
    has_class: bool
    first_session: str
    is_late: bool
    """Its hour has passed."""


@dataclass(slots=True)
class _Facts:
    schools: Mapping[UUID, _School]
    classes: Mapping[UUID, ClassNow]
    """Every class with pupils."""
    duties: Mapping[UUID, UnitCounts] = field(default_factory=dict)


def looks_after_units(actor: Actor) -> bool:
    """Whether the actor sees children of more than the classes that he teaches."""
    return any(looks_after(held) for held in actor.holdings)


def picture(actor: Actor, *, today: date, now: datetime) -> Picture | None:
    """The actor's units now; ``None`` for whoever looks after no more than classes.

    Four statements, and what is not remembered of units, calendars and policies, whatever the
    number of children. Source: R-068, R-307.
    """
    paths = tops(actor)
    if not paths:
        return None
    divided = division(actor, paths, today=today)
    facts = _facts(actor, today=today, now=now)
    seen = _pictured(divided, facts)
    every = facts.duties.values()
    elsewhere = UnitCounts(
        sum(each.overdue for each in every) - seen.total.overdue,
        sum(each.today for each in every) - seen.total.today,
    )
    return replace(seen, elsewhere=elsewhere)


def picture_of(actor: Actor, divided: Division, *, today: date, now: datetime) -> Picture:
    """The same of some units in the actor's reach; three statements."""
    return _pictured(divided, _facts(actor, today=today, now=now))


def _facts(actor: Actor, *, today: date, now: datetime) -> _Facts:
    return _Facts(
        schools=_schools(actor, today, now),
        classes=classes_now(actor.county_id, on=today),
        duties=counts_by_unit(actor, today=today),
    )


def _pictured(divided: Division, facts: _Facts) -> Picture:
    rows: dict[int, Row] = {}
    has_class = False
    for leaf_id, place in divided.place_of.items():
        if leaf_id not in facts.classes:
            continue
        school_id = divided.tree.leaves[leaf_id].school_id
        if place not in rows:
            rows[place] = _row(divided.groups[place], school_id)
        school = facts.schools.get(school_id)
        has_class |= school is not None and school.has_class
        _count(rows[place], leaf_id, school, facts)
    for unit_id, counted in facts.duties.items():
        row = rows.get(divided.place_of_unit(unit_id))
        if row is not None:
            row.overdue += counted.overdue
            row.today += counted.today
    return Picture(tuple(rows[place] for place in sorted(rows)), has_class)


def _schools(actor: Actor, today: date, now: datetime) -> dict[UUID, _School]:
    """Every school of the county; one statement."""
    found = {}
    for school in school_standings(actor.county_id, on=today):
        rules = school.roll_rules(today)
        session = rules.first_session
        found[school.school_id] = _School(
            today in school.calendar(today).school_days,
            session,
            is_overdue(session, rules, day=today, now=now),
        )
    return found


def _row(group: Group, school_id: UUID) -> Row:
    unit = group.unit
    is_of_school = unit.kind is UnitKind.CLASS or unit.kind in SCHOOLS
    return Row(unit.id, unit.name, unit.kind, unit.class_name, school_id if is_of_school else None)


def _count(row: Row, class_id: UUID, school: _School | None, facts: _Facts) -> None:
    row.classes += 1
    now = facts.classes[class_id]
    row.away += now.away
    if school is None or not school.has_class:
        return
    if school.first_session not in now.called:
        row.uncalled += 1
        row.is_late |= school.is_late
