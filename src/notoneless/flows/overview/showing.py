"""Everything that the overview of a unit says, in statements that do not grow with the county."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.attendance.queries.schools import school_standings
from notoneless.cases.queries.sight import list_sight
from notoneless.flows.overview.late import LateRow, late_rows
from notoneless.flows.overview.periods import Stretch, monday_of, period_of
from notoneless.flows.overview.units import (
    WHOLE_COUNTY,
    Division,
    UnitSeen,
    division,
    paths_under,
    units_above,
)
from notoneless.flows.picture import Picture, Row, picture_of
from notoneless.numbers.queries.clocks import Clocks, clocks_by_unit, overdue_now
from notoneless.numbers.queries.ladder import (
    Move,
    MovedOn,
    OpenCases,
    moved_by_day,
    moved_by_unit,
    open_by_cause,
    open_by_stage,
)
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Sheet, Span, table
from notoneless.numbers.queries.tree import TreeUnit
from notoneless.numbers.queries.weeks import Seats, seats_by_class, seats_by_day
from notoneless.rules.calendar import SchoolCalendar
from notoneless.rules.cases.kinds import OPEN, State
from notoneless.rules.indicators.folding import fold_small
from notoneless.rules.indicators.formulas import LEDGER
from notoneless.rules.indicators.periods import Period, statistical_year, year_of
from notoneless.rules.indicators.ratio import Ratio

OTHER = "other"
WEEK = timedelta(days=7)


@dataclass(slots=True)
class Compared:
    """One unit of the table; nothing here is ever sorted by."""

    unit: TreeUnit | None
    """``None`` for what stands in none of the units below, such as a closed class."""
    now: Row | None = None
    """Today's numbers; ``None`` where it has no class with pupils."""
    open_cases: int = 0
    late_cases: int = 0
    overdue: int = 0
    """Duties whose time is over."""
    moved: Counter[Move] = field(default_factory=Counter)
    seats: Seats = field(default_factory=Seats)
    clocks: Clocks = field(default_factory=Clocks)
    ledger: Ratio = field(default_factory=lambda: Ratio(0, 0))

    @property
    def has_anything(self) -> bool:
        return bool(
            self.now
            or self.open_cases
            or self.overdue
            or self.moved
            or self.clocks.due
            or self.clocks.running
        )


@dataclass(slots=True)
class Week:
    """One week of the school year."""

    monday: date
    seats: Seats = field(default_factory=Seats)
    moved: Counter[Move] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Overview:
    """A unit today, in a period, and through the school year."""

    unit: UnitSeen
    trail: tuple[TreeUnit, ...]
    """Units above it that the reader may open too, topmost first."""
    period: Period
    year: Period
    """The school year up to today, for what is counted since its beginning."""
    today: Picture
    stages: Mapping[State, int]
    late_cases: int
    causes: Mapping[str, int] | None
    """``None`` where so few cases are open that a cause would point to a child."""
    rows: tuple[Compared, ...]
    """In the order of names."""
    total: Compared
    weeks: tuple[Week, ...]
    late: tuple[LateRow, ...]

    @property
    def open_cases(self) -> int:
        return sum(self.stages.values())


@dataclass(frozen=True, slots=True)
class _Asked:
    actor: Actor
    unit: UnitSeen
    divided: Division
    today: date

    @property
    def unit_id(self) -> UUID | None:
        """What lists are narrowed to; nothing where the reader's whole county is meant."""
        return None if self.unit.kind in WHOLE_COUNTY else self.unit.id

    @property
    def leaves(self) -> frozenset[UUID]:
        return frozenset(self.divided.place_of)

    def scope(self, period: Period) -> Scope:
        cut = period.up_to(self.today)
        return Scope(self.actor.county_id, self.unit.id, cut)


def overview(
    actor: Actor, unit: UnitSeen, stretch: Stretch, *, today: date, now: datetime
) -> Overview:
    """A unit in the actor's reach; some twenty-five statements, however many units lie below it.

    Source: R-068, R-186, R-307.
    """
    divided = division(actor, paths_under(actor, unit), today=today)
    asked = _Asked(actor, unit, divided, today)
    period = period_of(stretch, today=today, calendar=_calendar(asked))
    pictured = picture_of(actor, divided, today=today, now=now)
    cases = open_by_stage(actor, on=today, unit_id=asked.unit_id)
    late = overdue_now(actor, today=today, unit_id=asked.unit_id)
    rows = _compared(asked, period, pictured, cases)
    for each in late:
        rows[divided.place_of_unit(each.unit_id)].overdue += each.duties
    year = year_of(statistical_year(today)).up_to(today)
    return Overview(
        unit=unit,
        trail=units_above(actor, unit, divided.tree),
        period=period,
        year=year,
        today=pictured,
        stages=_stages(actor, cases),
        late_cases=sum(each.late for each in cases),
        causes=fold_small(open_by_cause(actor, on=today, unit_id=asked.unit_id), into=OTHER),
        rows=tuple(row for row in rows if row.has_anything),
        total=_total(asked, rows, year),
        weeks=_weeks(asked, year),
        late=tuple(late_rows(late, divided)),
    )


def _calendar(asked: _Asked) -> SchoolCalendar | None:
    """That of one school of the unit: terms are the county's nearly everywhere."""
    leaf = next(iter(asked.divided.place_of), None)
    if leaf is None:
        return None
    school_id = asked.divided.tree.leaves[leaf].school_id
    found = school_standings(asked.actor.county_id, on=asked.today, only=[school_id])
    return found[0].calendar(asked.today).calendar if found else None


def _stages(actor: Actor, cases: Iterable[OpenCases]) -> dict[State, int]:
    """Every stage that the reader is told of, in the order of the ladder."""
    sight = list_sight(actor)
    found = {state: 0 for state in OPEN if sight.state(state) is state}
    for each in cases:
        found[each.state] += each.cases
    return found


def _compared(
    asked: _Asked, period: Period, pictured: Picture, cases: Iterable[OpenCases]
) -> list[Compared]:
    """A row for each unit below, and one for what belongs to none of them."""
    divided = asked.divided
    rows = [Compared(group.unit) for group in divided.groups]
    rows.append(Compared(None))
    now = {row.unit_id: row for row in pictured.rows}
    for row in rows:
        row.now = now.get(row.unit.id) if row.unit else None

    def of(class_id: UUID | None, school_id: UUID) -> Compared:
        place = divided.place(class_id, school_id)
        return rows[-1] if place is None else rows[place]

    for case in cases:
        row = of(case.class_id, case.school_id)
        row.open_cases += case.cases
        row.late_cases += case.late
    for moved in moved_by_unit(asked.actor, period, on=asked.today, unit_id=asked.unit_id):
        of(moved.class_id, moved.school_id).moved[moved.move] += moved.cases
    _add_rates(asked, period, rows)
    return rows


def _add_rates(asked: _Asked, period: Period, rows: list[Compared]) -> None:
    divided = asked.divided
    clocks = clocks_by_unit(asked.actor, period, today=asked.today, unit_id=asked.unit_id)
    for leaf, ended in clocks.items():
        rows[divided.place_of_unit(leaf)].clocks += ended
    for leaf, seats in seats_by_class(asked.scope(period), divided.tree, asked.leaves).items():
        rows[divided.place_of[leaf]].seats += seats


def _total(asked: _Asked, rows: Iterable[Compared], year: Period) -> Compared:
    """The sums of the rows; ledger rates are counted for each row and for the whole."""
    whole = Compared(None)
    counted = table(asked.scope(year), Sheet.DROPOUT, today=asked.today)
    of_unit = {line.unit.id: LEDGER.ratio(line.of(Span.PERIOD)) for line in counted.lines}
    for row in rows:
        row.ledger = of_unit.get(row.unit.id, Ratio(0, 0)) if row.unit else row.ledger
        whole.open_cases += row.open_cases
        whole.late_cases += row.late_cases
        whole.overdue += row.overdue
        whole.moved += row.moved
        whole.seats += row.seats
        whole.clocks += row.clocks
    whole.ledger = LEDGER.ratio(counted.total.of(Span.PERIOD))
    return whole


def _weeks(asked: _Asked, year: Period) -> tuple[Week, ...]:
    """Every week of the school year up to today, those without any class among them."""
    first = monday_of(year.from_on)
    count = (monday_of(asked.today) - first).days // 7 + 1
    weeks = {first + n * WEEK: Week(first + n * WEEK) for n in range(count)}
    tree = asked.divided.tree
    for day, seats in seats_by_day(asked.scope(year), tree, asked.leaves).items():
        weeks[monday_of(day)].seats += seats
    for moved in _moves(asked, year):
        weeks[monday_of(moved.on)].moved[moved.move] += moved.cases
    return tuple(weeks.values())


def _moves(asked: _Asked, year: Period) -> list[MovedOn]:
    return moved_by_day(asked.actor, year, on=asked.today, unit_id=asked.unit_id)
