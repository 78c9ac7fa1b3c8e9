"""Who below has not reported, planned or met, and who did so late (R-228, R-239, R-248)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.overview.units import unit_seen
from notoneless.flows.workplans.known import is_taught, known_units
from notoneless.flows.workplans.year import STREAM_OF, Item, Stage, items_of
from notoneless.numbers.queries.tree import Tree, TreeUnit, tree_of
from notoneless.rules.duties.kinds import UNIT_RULES, DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind, last_grade, school_year_of
from notoneless.rules.workplans.kinds import Level
from notoneless.rules.workplans.meetings import MEETINGS
from notoneless.rules.workplans.streams import STREAMS
from notoneless.rules.workplans.wanted import LEVEL_OF
from notoneless.workplans.queries.reports import standings_of

OF_SCHOOLS = (DutyRule.CAMPAIGN_PLAN, DutyRule.CAMPAIGN_REPORT)


@dataclass(frozen=True, slots=True)
class Choice:
    """One period that some unit below was asked for."""

    from_on: date
    until: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit and how it stands; in the order of names, never by lateness."""

    unit: TreeUnit
    item: Item | None
    """``None``: its plan does not ask for this."""


@dataclass(frozen=True, slots=True)
class Below:
    """The units below a unit, in one stream, kind of meeting or step of a campaign."""

    rules: tuple[DutyRule, ...]
    """What can be asked about here."""
    rule: DutyRule | None
    choices: tuple[Choice, ...]
    """Newest first."""
    chosen: Choice | None
    lines: tuple[UnitLine, ...]

    def count(self, *stages: Stage) -> int:
        return sum(line.item is not None and line.item.stage in stages for line in self.lines)

    @property
    def missing(self) -> int:
        return self.count(Stage.MISSING)

    @property
    def late(self) -> int:
        return self.count(Stage.LATE)

    @property
    def done(self) -> int:
        return self.count(Stage.IN_TIME, Stage.LATE)

    @property
    def not_yet(self) -> int:
        return self.count(Stage.NOW, Stage.TO_COME)

    @property
    def not_asked(self) -> int:
        return sum(line.item is None for line in self.lines)


def below(
    actor: Actor,
    unit_id: UUID,
    *,
    rule: DutyRule | None = None,
    from_on: date | None = None,
    today: date,
) -> Below:
    """Who below a unit has reported, met or planned, period by period; some fifteen statements.

    Without ``rule`` the first that anybody is asked for, without ``from_on`` the newest period
    whose day is over, else the one that runs. Raises ``Unit.DoesNotExist`` out of reach.
    """
    seen = unit_seen(actor, unit_id, on=today, to=Capability.SEE_CASES)
    tree = tree_of(actor.county_id, Period(today, today))
    levels = _levels(seen.kind)
    rules = tuple(each for each in _ordered() if _level(each) in levels)
    if not rules:
        return Below((), None, (), None, ())
    chosen_rule = rule if rule in rules else rules[0]
    units = _units(tree, unit_id, _level(chosen_rule), today)
    known = known_units(actor.county_id, [unit.id for unit in units], on=today)
    year_from = date(school_year_of(today), 8, 1)
    standing = standings_of(list(known), county_id=actor.county_id, from_on=year_from)
    items = {
        unit: {i.from_on: i for i in items_of(each, standing, today=today) if i.rule is chosen_rule}
        for unit, each in known.items()
    }
    choices = _choices(items, today)
    chosen = next((each for each in choices if each.from_on == from_on), None) or _usual(
        choices, today
    )
    lines = tuple(
        UnitLine(unit, items.get(unit.id, {}).get(chosen.from_on) if chosen else None)
        for unit in units
    )
    return Below(rules, chosen_rule, choices, chosen, lines)


def _choices(items: dict[UUID, dict[date, Item]], today: date) -> tuple[Choice, ...]:
    found = {
        item.from_on: Choice(item.from_on, item.until, item.due_on)
        for own in items.values()
        for item in own.values()
        if item.opens_on <= today
    }
    return tuple(sorted(found.values(), key=lambda each: each.from_on, reverse=True))


def _usual(choices: tuple[Choice, ...], today: date) -> Choice | None:
    over = (each for each in choices if each.due_on is not None and each.due_on < today)
    return next(over, choices[0] if choices else None)


def _levels(kind: UnitKind) -> frozenset[Level]:
    """Whom a unit of this kind looks after: a school its classes, those above it their schools."""
    if kind in SCHOOLS:
        return frozenset({Level.CLASS})
    if kind in (UnitKind.CENTRE_SCHOOL, UnitKind.TOWNSHIP):
        return frozenset({Level.SCHOOL})
    if kind in (UnitKind.BUREAU, UnitKind.COUNTY):
        return frozenset({Level.SCHOOL, Level.TOWNSHIP})
    return frozenset()


def _ordered() -> list[DutyRule]:
    return [rule for rule in DutyRule if rule in UNIT_RULES and _level(rule) is not None]


def _level(rule: DutyRule) -> Level | None:
    if rule in STREAM_OF:
        return STREAMS[STREAM_OF[rule]].level
    if rule in OF_SCHOOLS:
        return Level.SCHOOL
    return next((each.level for each in MEETINGS.values() if each.duty is rule), None)


def _units(tree: Tree, unit_id: UUID, level: Level | None, today: date) -> list[TreeUnit]:
    tops = tree.paths.get(unit_id, ())
    whole = any(tree.units[top].kind in (UnitKind.BUREAU, UnitKind.COUNTY) for top in tops)
    found = {
        unit.id: unit
        for path, unit in tree.units.items()
        if LEVEL_OF.get(unit.kind) is level
        and unit.id != unit_id
        and (whole or any(path.startswith(top) for top in tops))
        and (unit.kind is not UnitKind.CLASS or is_taught(tree.leaves[unit.id], today))
    }
    return sorted(found.values(), key=_order)


def _order(unit: TreeUnit) -> tuple[int, int, str, str]:
    name = unit.class_name
    if name is None:
        return (0, 0, unit.pinyin or unit.name, str(unit.id))
    return (last_grade(name.stage), -name.entered_in, name.number.zfill(3), str(unit.id))
