"""Lists of cases: filters, order and pages in a constant number of statements; and the board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.cases.models import Case, CaseStep
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.lines import SELECTED, CaseLine, lines_of
from notoneless.cases.queries.sight import Sight, list_sight
from notoneless.children.models import Child
from notoneless.children.queries.search import matching
from notoneless.children.queries.units import schools_in_reach
from notoneless.places.queries import units_below
from notoneless.places.queries.units import paths_of, unit_ids_below
from notoneless.rules.cases.kinds import CASE_STATES, CLOSED, OPEN, Outcome, Source, State, StepKind
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind

PAGE_ROWS = 50
MOST_COUNTED = 5_000
"""Counting stops here: a county that has more open cases narrows the list."""
MOST_EXPORTED = 20_000
_CLOSED = [state.value for state in CLOSED]
_LATE_FIRST = (F("due_on").asc(nulls_last=True), "-pk")
ORDERS: Mapping[str, tuple[Any, ...]] = MappingProxyType(
    {
        "due": _LATE_FIRST,
        "-due": (F("due_on").desc(nulls_last=True), "pk"),
        "opened": ("opened_on", "pk"),
        "-opened": ("-opened_on", "-pk"),
        "away": ("away_since", "pk"),
        "-away": ("-away_since", "-pk"),
        "name": ("child__pinyin", "pk"),
        "-name": ("-child__pinyin", "-pk"),
    }
)
DAYS: Mapping[str, str] = MappingProxyType(
    {"opened": "opened_on", "returned": "returned_on", "closed": "closed_on"}
)
"""The days of a case that a period can speak of, and their columns."""


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list is narrowed to; empty fields narrow nothing."""

    text: str = ""
    """Name, pinyin, identity or student number, phone of the child."""
    stage: str = "open"
    """A state, ``open``, ``closed`` or ``all``."""
    school_id: UUID | None = None
    township_id: UUID | None = None
    village_id: UUID | None = None
    source: Source | None = None
    is_late: bool = False
    is_mine: bool = False
    """It is the turn of one of the reader's posts."""
    turn_role: str = ""
    without_persuader: bool = False
    return_unreported: bool = False
    """Reported as lost, back since, and nobody told those who had the report (R-123)."""
    unit_id: UUID | None = None
    """Only cases of this school, of this class, or of the schools below this unit."""
    cause: str = ""
    """Main cause as it is stored: restricted ones stand as "other"."""
    by: str = "opened"
    """The day that the period speaks of: ``opened``, ``returned`` or ``closed``."""
    from_on: date | None = None
    to_on: date | None = None
    """Inclusive, as people say it."""
    order: str = "due"

    def told(self) -> str:
        """The filter for the log of readings: units and kinds, never what was typed."""
        parts = {
            "search": "typed" if self.text else "",
            "stage": self.stage,
            "school": self.school_id,
            "township": self.township_id,
            "village": self.village_id,
            "source": self.source,
            "late": self.is_late or None,
            "mine": self.is_mine or None,
            "turn": self.turn_role,
            "without_persuader": self.without_persuader or None,
            "return_unreported": self.return_unreported or None,
            "unit": self.unit_id,
            "cause": self.cause,
            "by": self.by if self.from_on or self.to_on else "",
            "from": self.from_on,
            "to": self.to_on,
        }
        said = [f"{key}={value}" for key, value in parts.items() if value not in ("", None)]
        return " ".join(["cases", *said])


@dataclass(frozen=True, slots=True)
class CaseList:
    rows: tuple[CaseLine, ...]
    total: int
    is_more: bool
    page: int
    page_rows: int = PAGE_ROWS


@dataclass(frozen=True, slots=True)
class Board:
    """How many cases stand at each stage, and what is wrong with how many."""

    by_state: Mapping[State, int]
    late: int
    mine: int
    without_persuader: int
    return_unreported: int

    @property
    def open(self) -> int:
        return sum(self.by_state.values())


def list_cases(
    actor: Actor, wanted: CaseFilter, *, on: date, page: int = 1, page_rows: int = PAGE_ROWS
) -> CaseList:
    """One page of the cases in reach that fit ``wanted``; at most twelve statements.

    Counts up to ``MOST_COUNTED``; a page beyond the last answers the last.
    """
    rows = cases_fitting(actor, wanted, on=on)
    number = rows.order_by()[: MOST_COUNTED + 1].count()
    total = min(number, MOST_COUNTED)
    page = min(max(page, 1), max(1, -(-total // page_rows)))
    start = (page - 1) * page_rows
    order = ORDERS.get(wanted.order, _LATE_FIRST)
    found = rows.select_related(*SELECTED).order_by(*order)[start : start + page_rows]
    return CaseList(tuple(lines_of(found, actor)), total, number > MOST_COUNTED, page, page_rows)


def every_case(
    actor: Actor, wanted: CaseFilter, *, on: date, to: Capability = Capability.SEE_CASES
) -> Iterator[CaseLine]:
    """All of them, for a file; seven statements for each five hundred."""
    order = ORDERS.get(wanted.order, _LATE_FIRST)
    fitting = cases_fitting(actor, wanted, on=on, to=to).order_by(*order)
    keys = list(fitting.values_list("pk", flat=True)[:MOST_EXPORTED])
    for start in range(0, len(keys), 500):
        part = keys[start : start + 500]
        found = Case.objects.filter(pk__in=part).select_related(*SELECTED)
        place = {key: n for n, key in enumerate(part)}
        yield from sorted(lines_of(found, actor), key=lambda line: place[line.id])


def board(actor: Actor, wanted: CaseFilter, *, on: date) -> Board:
    """The open cases in reach by stage, narrowed by units; one statement."""
    rows = _of_units(cases_seen(actor, on=on), wanted, on).exclude(state__in=_CLOSED)
    counted = (
        rows.order_by()
        .values("state")
        .annotate(
            number=Count("pk"),
            late=Count("pk", filter=Q(due_on__lt=on)),
            mine=Count("pk", filter=is_turn_of(actor)),
            alone=Count("pk", filter=Q(persuader=None)),
            untold=Count("pk", filter=_untold()),
        )
    )
    found = {State(row["state"]): row for row in counted}
    sight, by_state = list_sight(actor), dict.fromkeys(OPEN, 0)
    for state, row in found.items():
        by_state[sight.state(state)] += row["number"]
    return Board(
        by_state={state: n for state, n in by_state.items() if sight.state(state) is state},
        late=sum(row["late"] for row in found.values()),
        mine=sum(row["mine"] for row in found.values()),
        without_persuader=sum(row["alone"] for row in found.values()),
        return_unreported=sum(row["untold"] for row in found.values()),
    )


def cases_fitting(
    actor: Actor, wanted: CaseFilter, *, on: date, to: Capability = Capability.SEE_CASES
) -> QuerySet[Case]:
    """The cases in reach that fit ``wanted``, where the actor holds ``to`` too; unordered."""
    rows = _of_units(cases_seen(actor, on=on), wanted, on).filter(
        _stage(wanted.stage, list_sight(actor))
    )
    if to is not Capability.SEE_CASES:
        rows = rows.filter(pk__in=cases_seen(actor, on=on, to=to).values("pk"))
    if wanted.text:
        known = Child.objects.filter(matching(wanted.text, actor=actor), county=actor.county_id)
        rows = rows.filter(child__in=known.values("pk"))
    for is_asked, fits in (
        (wanted.is_late, Q(due_on__lt=on)),
        (wanted.is_mine, is_turn_of(actor)),
        (wanted.without_persuader, Q(persuader=None)),
        (wanted.return_unreported, _untold()),
    ):
        if is_asked:
            rows = rows.filter(fits)
    return rows.filter(_said(wanted))


def _said(wanted: CaseFilter) -> Q:
    """The columns that must be what the filter says."""
    after = wanted.to_on + timedelta(days=1) if wanted.to_on else None
    column = DAYS.get(wanted.by, "opened_on")
    columns = {
        "source": wanted.source,
        "turn_role": wanted.turn_role or None,
        "main_cause": wanted.cause or None,
        f"{column}__gte": wanted.from_on,
        f"{column}__lt": after,
    }
    return Q(**{name: value for name, value in columns.items() if value is not None})


@dataclass(frozen=True, slots=True)
class UnitsOf:
    """The units that a list can be narrowed to, by name."""

    schools: tuple[tuple[UUID, str], ...]
    townships: tuple[tuple[UUID, str], ...]
    villages: tuple[tuple[UUID, str], ...]


def units_in_reach(actor: Actor, *, on: date) -> UnitsOf:
    """Schools, townships and villages in which the actor sees cases; two statements."""
    to = Capability.SEE_CASES
    schools = schools_in_reach(actor, on=on, to=to)
    kinds = [UnitKind.TOWNSHIP, UnitKind.VILLAGE]
    places = sorted(units_below(actor.reach(to), on=on, kinds=kinds), key=lambda p: p.name)

    def named(kind: UnitKind) -> tuple[tuple[UUID, str], ...]:
        return tuple((place.id, place.name) for place in places if place.kind is kind)

    return UnitsOf(
        tuple((school.id, school.name) for school in schools),
        named(UnitKind.TOWNSHIP),
        named(UnitKind.VILLAGE),
    )


def of_unit(unit_id: UUID, *, on: date) -> Q:
    """Cases of a class, of a school, or of the schools below a unit in either line.

    Where a child lives does not count here: a case belongs to the school that it fell out of.
    """
    units = unit_ids_below(paths_of(unit_id, on=on), on=on)
    return Q(school__in=units) | Q(school_class=unit_id)


def _of_units(rows: QuerySet[Case], wanted: CaseFilter, on: date) -> QuerySet[Case]:
    if wanted.unit_id is not None:
        rows = rows.filter(of_unit(wanted.unit_id, on=on))
    units = {
        "school": wanted.school_id,
        "township": wanted.township_id,
        "village": wanted.village_id,
    }
    return rows.filter(**{name: unit for name, unit in units.items() if unit is not None})


def _stage(stage: str, sight: Sight) -> Q:
    """The states that the reader is told as this stage."""
    if stage == "all":
        return Q()
    if stage == "closed":
        return Q(state__in=_CLOSED)
    if stage not in set(State):
        return ~Q(state__in=_CLOSED)
    return Q(state__in=[each.value for each in CASE_STATES if sight.state(each) == stage])


def is_turn_of(actor: Actor) -> Q:
    """Cases in which it is the turn of one of the actor's posts."""
    mine = Q(pk__in=[])
    for role, unit in {(h.role, h.unit_id) for h in actor.holdings}:
        mine |= Q(turn_role=role.value, turn_unit=unit)
    return mine


def _untold() -> Q:
    """Back, or closed as returned, after a report, and no report of the return since."""
    steps = CaseStep.objects.filter(case=OuterRef("pk"), superseded_at=None)
    reported = steps.filter(kind=StepKind.REPORTED)
    told = steps.filter(kind=StepKind.RETURN_REPORTED, happened_on__gte=OuterRef("returned_on"))
    is_back = Q(returned_on__isnull=False) & Q(outcome__in=["", Outcome.RETURNED, Outcome.ENFORCED])
    return is_back & Q(Exists(reported)) & ~Q(Exists(told))
