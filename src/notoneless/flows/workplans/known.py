"""A unit with everything that its workplan follows from: plan, calendar, line, what was done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Min

from notoneless.attendance.queries.schools import school_standings
from notoneless.duties.models import SweepRun
from notoneless.numbers.queries.tree import Leaf, Tree, TreeUnit, tree_of
from notoneless.places.models import Unit
from notoneless.places.queries.calendar import calendar_for
from notoneless.policy.queries.many import policies_of
from notoneless.policy.queries.since import adopted_in, rules_since
from notoneless.rules.calendar import SchoolCalendar, SchoolYear
from notoneless.rules.duties.wanted import Wanted
from notoneless.rules.duties.wants import Moment
from notoneless.rules.indicators.periods import Period
from notoneless.rules.paths import ancestors
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import SCHOOLS, UnitKind, last_grade, school_year_of
from notoneless.rules.workplans.facts import UnitFact
from notoneless.rules.workplans.kinds import Level
from notoneless.rules.workplans.streams import Ground
from notoneless.rules.workplans.wanted import wanted_of_unit
from notoneless.workplans.queries.deeds import deeds_of

ABOVE: Mapping[UnitKind, Level] = {
    **dict.fromkeys(SCHOOLS, Level.SCHOOL),
    UnitKind.CENTRE_SCHOOL: Level.CENTRE,
    UnitKind.TOWNSHIP: Level.TOWNSHIP,
    UnitKind.BUREAU: Level.BUREAU,
}
"""The kinds of unit that receive reports."""


@dataclass(frozen=True)
class Known:
    """One unit, its plan and its calendar."""

    unit: TreeUnit
    fact: UnitFact
    policy: ResolvedPolicy
    calendar: SchoolCalendar
    since: Mapping[str, date]
    """From which day each rule has held here."""

    def year(self, on: date) -> SchoolYear | None:
        """The school year of a day; ``None`` where the calendar does not know it."""
        years = self.calendar.years
        return next((each for each in years if each.from_on <= on < each.to_on), None)

    def ground(self, year: SchoolYear) -> Ground:
        return Ground(self.policy, self.calendar, year, self.fact.is_key_unit)

    def wanted(self, until: date) -> Wanted:
        """What the unit's workplan wants up to ``until``, which is included."""
        moment = Moment(until)
        return wanted_of_unit(self.fact, self.policy, self.calendar, moment, since=self.since)


def known_unit(county_id: UUID, unit_id: UUID, *, on: date) -> Known:
    """One unit; some ten statements. Raises ``Unit.DoesNotExist``, ``PolicyConflict``."""
    found = known_units(county_id, [unit_id], on=on)
    if unit_id not in found:
        raise Unit.DoesNotExist
    return found[unit_id]


def known_units(county_id: UUID, unit_ids: Collection[UUID], *, on: date) -> dict[UUID, Known]:
    """Units of a county as they stand on ``on``, with what they did in its school year.

    Some ten statements, however many, once policies and calendars are remembered. Units that stand
    nowhere are left out. Raises ``PolicyConflict`` where two units of one rank clash.
    """
    tree = tree_of(county_id, Period(on, on))
    units = [tree.units[tree.paths[each][0]] for each in unit_ids if each in tree.paths]
    bureau = next((u.id for u in tree.units.values() if u.kind is UnitKind.BUREAU), None)
    rules = _rules(county_id, units, tree, bureau, on=on)
    begun = in_use_from(county_id, today=on)
    year_from = date(school_year_of(on), 8, 1)
    deeds = deeds_of([u.id for u in units], county_id=county_id, from_on=year_from)
    since: dict[str, Mapping[str, date]] = {}
    found = {}
    for unit in units:
        if unit.id not in rules:
            continue
        policy, calendar = rules[unit.id]
        if policy.digest not in since:
            since[policy.digest] = rules_since(policy, adopted_in(policy), on=on)
        did = deeds[unit.id]
        fact = UnitFact(
            id=unit.id,
            kind=unit.kind,
            above=above(unit, tree, bureau),
            in_use_from=begun,
            sent=did.sent,
            held=did.held,
            decided=did.decided,
            campaigns=did.campaigns,
        )
        found[unit.id] = Known(unit, fact, policy, calendar, since[policy.digest])
    return found


def above(unit: TreeUnit, tree: Tree, bureau: UUID | None) -> dict[Level, UUID]:
    """The units above, in both lines, that can receive a report; the bureau stands over all."""
    found: dict[Level, UUID] = {}
    for path in tree.paths.get(unit.id, ()):
        for each in ancestors(path)[:-1]:
            over = tree.units.get(each)
            if over is not None and over.kind in ABOVE:
                # The nearest: a teaching point belongs to the school that it stands under.
                found[ABOVE[over.kind]] = over.id
    if bureau is not None and bureau != unit.id:
        found.setdefault(Level.BUREAU, bureau)
    return found


def is_taught(leaf: Leaf, on: date) -> bool:
    """Whether a class is in one of its grades in the school year of ``on``."""
    grade = leaf.grade(school_year_of(on))
    last = last_grade(leaf.stage) if leaf.stage else 0
    return grade is not None and 1 <= grade <= last


def in_use_from(county_id: UUID, *, today: date) -> date:
    """The day on which a county was first planned; today where it never was. One statement.

    Reports and meetings of the time before were on paper: nobody owes them.
    """
    first = SweepRun.objects.filter(county=county_id).aggregate(first=Min("as_of"))["first"]
    return min(first, today) if first else today


Rules = tuple[ResolvedPolicy, SchoolCalendar]


def _rules(
    county_id: UUID, units: list[TreeUnit], tree: Tree, bureau: UUID | None, *, on: date
) -> dict[UUID, Rules]:
    """Plan and calendar of each unit: a class has its school's, who is no school the bureau's
    calendar."""
    school_of = {
        unit.id: tree.leaves[unit.id].school_id for unit in units if unit.id in tree.leaves
    }
    found: dict[UUID, Rules] = {}
    if school_of:
        schools = {
            school.school_id: (school.policy(on), school.calendar(on).calendar)
            for school in school_standings(county_id, on=on, only=set(school_of.values()))
        }
        found = {u: schools[school] for u, school in school_of.items() if school in schools}
    others = [unit.id for unit in units if unit.id not in school_of]
    if others:
        calendar = calendar_for(bureau or others[0], on=on)
        policies = policies_of(others, county_id=county_id, on=on)
        found |= {unit: (policies[unit], calendar) for unit in others if unit in policies}
    return found
