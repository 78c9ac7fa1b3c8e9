"""A school, a class, a township and a bureau under shipped packs, in the year 2026-27."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.rules.duties.wants import Moment
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.units import UnitKind
from notoneless.rules.workplans.facts import Held, UnitFact
from notoneless.rules.workplans.kinds import Level, MeetingKind, Stream
from notoneless.rules.workplans.streams import Asked, Ground, periods
from notoneless.rules.workplans.wanted import wanted_of_unit
from tests.rules.school_year import calendar

SCHOOL, CLASS, CENTRE, TOWNSHIP, BUREAU = (UUID(int=n) for n in range(1, 6))
CALENDAR = calendar()
YEAR = CALENDAR.years[1]
EARLY = date(2026, 8, 1)
ABOVE = {Level.CENTRE: CENTRE, Level.TOWNSHIP: TOWNSHIP, Level.BUREAU: BUREAU}


def ground(policy: ResolvedPolicy, **more: bool) -> Ground:
    return Ground(policy, CALENDAR, YEAR, **more)


def asked(stream: Stream, policy: ResolvedPolicy, **more: bool) -> tuple[Asked, ...]:
    return periods(stream, ground(policy, **more))


def unit(kind: UnitKind = UnitKind.SCHOOL, **more):
    ids = {
        UnitKind.SCHOOL: SCHOOL,
        UnitKind.CLASS: CLASS,
        UnitKind.TOWNSHIP: TOWNSHIP,
        UnitKind.BUREAU: BUREAU,
    }
    above = dict(ABOVE)
    if kind is UnitKind.CLASS:
        above = {Level.SCHOOL: SCHOOL, **above}
    if kind in (UnitKind.TOWNSHIP, UnitKind.BUREAU):
        above = {Level.BUREAU: BUREAU} if kind is UnitKind.TOWNSHIP else {}
    return UnitFact(ids[kind], kind, above, **{"in_use_from": EARLY, **more})


def want(fact: UnitFact, policy: ResolvedPolicy, on: date, **more):
    return wanted_of_unit(fact, policy, CALENDAR, Moment(on), **more)


def held(kind: MeetingKind, *days: date) -> tuple[Held, ...]:
    return tuple(Held(UUID(int=100 + n), kind, day) for n, day in enumerate(days))
