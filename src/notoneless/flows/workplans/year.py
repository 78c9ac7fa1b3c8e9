"""A unit's year: what its workplan wants, what was done, what comes (R-228, R-239, R-248)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.overview.units import unit_seen
from notoneless.flows.workplans.known import Known, known_unit
from notoneless.flows.workplans.meetings import READ, must_read
from notoneless.numbers.queries.tree import TreeUnit, tree_of
from notoneless.rules.calendar import ONE_DAY, Period
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.duties.wants import WantedDuty
from notoneless.rules.indicators.periods import Period as Days
from notoneless.rules.policy.resolved import PolicyHole
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.kinds import Level, Punctual, Stream
from notoneless.rules.workplans.lifecycle import punctual
from notoneless.rules.workplans.meetings import MEETINGS, meetings_wanted
from notoneless.rules.workplans.streams import STREAMS, Asked, no_day_because, periods, why_off
from notoneless.rules.workplans.wanted import LEVEL_OF
from notoneless.workplans.queries.reports import Standing, standings_of

SOON = timedelta(days=14)
STREAM_OF = {rule.duty: stream for stream, rule in STREAMS.items()}
KINDS = frozenset({*LEVEL_OF, UnitKind.CENTRE_SCHOOL})
"""Kinds of unit with a page of their own; a centre school receives and holds meetings."""
WEEKLY = timedelta(days=8)


class Stage(StrEnum):
    """How one thing of the year stands today."""

    TO_COME = "to_come"
    NOW = "now"
    """Begun, and still in time or without a day."""
    MISSING = "missing"
    IN_TIME = "in_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Item:
    """One report, meeting or step of a campaign that the year wants."""

    rule: DutyRule
    stream: Stream | None
    from_on: date
    """What names it among its kind: its first day."""
    until: date | None
    """The last day that it speaks of or belongs to."""
    opens_on: date
    due_on: date | None
    done_on: date | None
    progress: tuple[int, int] | None
    stage: Stage
    standing: Standing | None = None
    """Of a report that somebody opened."""

    @property
    def is_open(self) -> bool:
        return self.stage in {Stage.NOW, Stage.MISSING}


@dataclass(frozen=True, slots=True)
class Off:
    """A rule that asks nothing here, and why."""

    rule: DutyRule
    key: str
    why: str


@dataclass(frozen=True)
class Year:
    """A unit's school year."""

    known: Known
    items: tuple[Item, ...]
    """By day."""
    off: tuple[Off, ...]
    terms: tuple[Period, ...]

    @property
    def late(self) -> list[Item]:
        return [each for each in self.items if each.stage is Stage.MISSING]

    @property
    def now(self) -> list[Item]:
        return [each for each in self.items if each.stage is Stage.NOW]

    @property
    def coming(self) -> list[Item]:
        return [each for each in self.items if each.stage is Stage.TO_COME]

    @property
    def done(self) -> list[Item]:
        return [each for each in self.items if each.stage in {Stage.IN_TIME, Stage.LATE}]


def own_units(actor: Actor, *, today: date) -> list[TreeUnit]:
    """The units whose workplans the actor keeps, sends for or reads, the highest first."""
    tree = tree_of(actor.county_id, Days(today, today))
    wanted = {*READ, Capability.SEND_RETURNS}
    paths = {held.path: held for held in actor.holdings if held.capabilities & wanted}
    found = {
        tree.units[path].id: tree.units[path]
        for path in sorted(paths, key=len)
        if path in tree.units and tree.units[path].kind in KINDS
    }
    return list(found.values())


def year_of_unit(actor: Actor, unit_id: UUID, *, today: date) -> Year:
    """A unit's year as far as the actor may read it; some fifteen statements.

    Raises ``Unit.DoesNotExist`` out of reach, ``NotAllowed``.
    """
    _must_read(actor, unit_id, today)
    known = known_unit(actor.county_id, unit_id, on=today)
    year = known.year(today)
    if year is None or known.unit.kind not in LEVEL_OF:
        return Year(known, (), (), year.terms if year else ())
    standing = standings_of([unit_id], county_id=actor.county_id, from_on=year.from_on)
    items = items_of(known, standing, today=today)
    return Year(known, tuple(items), tuple(_off(known, today)), year.terms)


def items_of(
    known: Known, standing: dict[tuple[UUID, Stream, date], Standing], *, today: date
) -> list[Item]:
    """Everything that a unit's year wants, by day. What stood before the plan was adopted, or
    before the county began, is asked for by nobody and left out."""
    year = known.year(today)
    if year is None:
        return []
    wanted = known.wanted(year.to_on - ONE_DAY).duties
    ends = _ends(known)
    found = []
    for duty in wanted:
        if duty.rule is DutyRule.MEETING_DECISION or not (duty.opens or duty.closed_by):
            continue
        found.append(_item(known, duty, ends, standing, today))
    return sorted(found, key=lambda each: (each.due_on or each.opens_on, each.rule.value))


def _item(  # of whom, what, until when, how it stands
    known: Known,
    duty: WantedDuty,
    ends: dict[tuple[DutyRule, date], date],
    standing: dict[tuple[UUID, Stream, date], Standing],
    today: date,
) -> Item:
    began = date.fromisoformat(duty.occurrence)
    stream = STREAM_OF.get(duty.rule)
    due = duty.due.on if duty.due and not duty.due.is_provisional else None
    done = duty.closed_by.on if duty.closed_by else None
    return Item(
        rule=duty.rule,
        stream=stream,
        from_on=began,
        until=ends.get((duty.rule, began)),
        opens_on=duty.opened_on,
        due_on=duty.due.on if duty.due else None,
        done_on=done,
        progress=duty.progress,
        stage=_stage(due, done, duty.opened_on, today),
        standing=standing.get((known.unit.id, stream, began)) if stream else None,
    )


def _stage(due: date | None, done: date | None, opens_on: date, today: date) -> Stage:
    how = punctual(due, done, today=today)
    if done is not None:
        return Stage.LATE if how is Punctual.LATE else Stage.IN_TIME
    if how is Punctual.MISSING:
        return Stage.MISSING
    return Stage.TO_COME if opens_on > today else Stage.NOW


def _ends(known: Known) -> dict[tuple[DutyRule, date], date]:
    found: dict[tuple[DutyRule, date], date] = {}
    for year in known.calendar.years:
        for stream, rule in STREAMS.items():
            for each in _asked(known, stream, year.from_on):
                found[rule.duty, each.from_on] = each.until
        for kind, meeting in MEETINGS.items():
            try:
                wanted = meetings_wanted(kind, known.policy, year)
            except PolicyHole:
                continue
            found |= {(meeting.duty, each.from_on): each.until for each in wanted}
    return found


def _asked(known: Known, stream: Stream, day: date) -> tuple[Asked, ...]:
    year = known.year(day)
    if year is None or LEVEL_OF.get(known.unit.kind) is not STREAMS[stream].level:
        return ()
    return periods(stream, known.ground(year))


def _off(known: Known, today: date) -> Iterable[Off]:
    """The rules for this kind of unit that ask nothing, and those whose day is to be entered."""
    level = LEVEL_OF[known.unit.kind]
    for stream, rule in STREAMS.items():
        if rule.level is level:
            yield from _stream_off(known, stream, today)
    plain = [(rule.duty, rule.key) for rule in MEETINGS.values() if rule.level is level]
    if level is Level.SCHOOL:
        plain.append((DutyRule.CAMPAIGN_PLAN, "campaign_months"))
    for duty, key in plain:
        if not known.policy.is_on(key):
            found = known.policy.rules.get(key)
            yield Off(duty, key, found.state if found else "absent")


def _stream_off(known: Known, stream: Stream, today: date) -> Iterable[Off]:
    year, rule = known.year(today), STREAMS[stream]
    why = why_off(stream, known.ground(year)) if year else ""
    hole = no_day_because(stream, known.policy)
    if why:
        yield Off(rule.duty, rule.key, why)
    elif hole is not None:
        yield Off(rule.duty, hole.key, hole.why)


def _must_read(actor: Actor, unit_id: UUID, today: date) -> None:
    if any(held.unit_id == unit_id for held in actor.holdings):
        must_read(actor, unit_id, on=today)
        return
    unit_seen(actor, unit_id, on=today, to=Capability.SEE_CASES)
