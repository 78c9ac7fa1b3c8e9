"""What still has to be set up before a place can work, in all and unit by unit (R-022)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.access.actor import Actor
from notoneless.flows.checklist_units import Sums, Task, sum_units
from notoneless.places.queries.calendar_desk import has_terms
from notoneless.places.queries.units import Place
from notoneless.policy.models import Adoption
from notoneless.rules.units import SCHOOLS, SET_UP_ALONE, UnitKind, home_line, school_year_of

_WHERE = {
    Task.TOWNSHIPS: frozenset({UnitKind.BUREAU}),
    Task.VILLAGES: frozenset({UnitKind.BUREAU, UnitKind.TOWNSHIP}),
    Task.SCHOOLS: frozenset({UnitKind.BUREAU, UnitKind.CENTRE_SCHOOL}),
    Task.ROSTER: SCHOOLS,
    Task.COVERAGE: frozenset({UnitKind.VILLAGE, UnitKind.GROUP}),
}
"""Steps that only somebody with such a unit in reach is shown."""
_IF_ANY = frozenset({Task.HEADS, Task.CLERKS, Task.DESIGNATED, Task.PROTECTION, Task.TELEPHONES})
"""Steps that are left out where nothing needs them; others then wait for an earlier step."""
_OF_THE_WHOLE = frozenset({Task.TOWNSHIPS, Task.VILLAGES, Task.SCHOOLS, Task.PASSWORDS})
"""Steps that the table of units leaves out: each of its units is there, and has accounts first."""


@dataclass(frozen=True, slots=True)
class Step:
    task: Task
    done: int
    total: int
    """0 when there is nothing to do yet, because an earlier step is missing."""

    @property
    def is_done(self) -> bool:
        return self.total > 0 and self.done >= self.total


@dataclass(frozen=True, slots=True)
class UnitLacks:
    """One unit and how much of each step is missing there."""

    place: Place
    """Where it stands, in its home line if the actor reaches it there."""
    lacks: tuple[tuple[Task, int], ...]

    @property
    def is_home(self) -> bool:
        """Whether the actor reaches it in the line in which units are administered."""
        return self.place.path.startswith(home_line(self.place.kind).value)


@dataclass(frozen=True, slots=True)
class SetUp:
    """How far the units of an actor's posts are set up."""

    steps: tuple[Step, ...]
    rows: tuple[UnitLacks, ...]
    """Units below the actor's own that lack something, by kind and name."""
    looked_at: int
    """Units below the actor's own that are set up by themselves; 0 for a school's people."""

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)


def set_up_of(actor: Actor, *, today: date) -> SetUp:
    """How far the units at and below the actor's posts are set up on ``today``.

    Counted by the database for each unit that is set up by itself; six statements, and four more
    where there are leading groups, whatever the number of units. See ``sum_units``.
    """
    sums = sum_units(actor, today=today)
    own = {held.unit_id for held in actor.holdings}
    listed = [p for p in sums.places if p.kind in SET_UP_ALONE and p.id not in own]
    steps = _steps(sums, _of_the_county(actor, today=today))
    return SetUp(steps, _rows(listed, sums), len(listed))


def _of_the_county(actor: Actor, *, today: date) -> dict[Task, Step]:
    """What the county does once for all its units; two statements."""
    first = actor.holdings[0].path if actor.holdings else ""
    county, year = actor.county_id, school_year_of(today)
    calendar = bool(first) and has_terms(first, county_id=county, school_year=year, on=today)
    adopted = Adoption.objects.filter(county=county, from_on__lte=today).exists()
    return {
        Task.CALENDAR: Step(Task.CALENDAR, int(calendar), 1),
        Task.POLICY: Step(Task.POLICY, int(adopted), 1),
    }


def _steps(sums: Sums, given: dict[Task, Step]) -> tuple[Step, ...]:
    kinds = {place.kind for place in sums.places}
    steps = []
    for task in Task:
        asked = sums.asked[task]
        if not kinds & _WHERE.get(task, kinds) or (task in _IF_ANY and not asked):
            continue
        # Nobody says how many townships there must be: none at all is one to do.
        least = int(task in {Task.TOWNSHIPS, Task.VILLAGES, Task.SCHOOLS})
        steps.append(given.get(task) or Step(task, sums.met[task], max(asked, least)))
    return tuple(steps)


def _rows(listed: list[Place], sums: Sums) -> tuple[UnitLacks, ...]:
    rows = []
    for place in listed:
        found = sums.lacks[place.path]
        if lacks := tuple((t, found[t]) for t in Task if t in found and t not in _OF_THE_WHOLE):
            rows.append(UnitLacks(place, lacks))
    return tuple(sorted(rows, key=lambda row: (row.place.kind.value, row.place.name)))
