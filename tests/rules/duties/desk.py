"""One class of one school, and short words for what happened in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from notoneless.rules.duties.difference import Changes, Standing, difference
from notoneless.rules.duties.facts import (
    ChildFact,
    ClassFact,
    ContactFact,
    ContactKind,
    Facts,
    ReportFact,
    RollFact,
    RunFact,
    Tag,
)
from notoneless.rules.duties.wanted import Wanted, wanted
from notoneless.rules.duties.wants import Moment
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import Layer, OwnValue, Rank
from notoneless.rules.policy.measures import Operator
from notoneless.rules.policy.resolve import resolve
from notoneless.rules.policy.shipped import national_pack, shipped_packs
from tests.rules.policy.stack import SEPTEMBER, county
from tests.rules.school_year import calendar

CLASS, SCHOOL, CENTRE, BUREAU = (UUID(int=n) for n in range(1, 5))
LAN, GANG = UUID(int=11), UUID(int=12)
HERE = ClassFact(CLASS, SCHOOL, BUREAU, CENTRE)
CALENDAR = calendar()

MON, TUE, WED, THU, FRI = (date(2026, 11, day) for day in range(16, 21))
MON2, TUE2 = date(2026, 11, 23), date(2026, 11, 24)


def shipped(system, *own, without=()):
    """A county under one shipped pack, with its own values ``(key, value, unit, operator)``."""
    values = {
        key: OwnValue(value, "青禾教〔2026〕9号", unit, Operator(op) if op else None)
        for key, value, unit, op in own
    }
    pack = shipped_packs()[f"{system}/2026"]
    layer = Layer(
        "qinghe", Rank.COUNTY, Line.EDUCATION, pack, SEPTEMBER, own=values, without=without
    )
    nation = Layer("nation", Rank.NATIONAL, Line.GOVERNMENT, national_pack(), SEPTEMBER)
    return resolve([nation, layer], FRI)


def policy(*rules):
    return resolve([county("\n".join(rules))], FRI)


def child(who=LAN, *tags, from_on=date(2026, 9, 1)):
    return ChildFact(who, CLASS, from_on, frozenset(tags))


def facts(*children, from_on=date(2026, 8, 1), **more):
    known = children or (child(LAN), child(GANG))
    return Facts(from_on, {CLASS: HERE}, {c.id: c for c in known}, **more)


def away(*days, who=LAN, back=None):
    return RunFact(who, days, back, UUID(int=900) if back else None)


def contact(kind, on, who=LAN, n=0, **more):
    number = 5000 + on.toordinal() % 1000 * 100 + n
    return ContactFact(UUID(int=number), who, ContactKind(kind), on, **more)


def report(on, hour="", who=LAN):
    return ReportFact(UUID(int=7000 + on.toordinal() % 1000), who, on, hour)


def roll(on, noted=None, hour=""):
    return RollFact(UUID(int=8000 + on.toordinal() % 1000), CLASS, on, noted or on, hour)


def want(known, rules, until, hour="", cal=CALENDAR, **more) -> Wanted:
    return wanted(known, rules, cal, Moment(until, hour), **more)


def named(found: Wanted, rule):
    """The wanted duties of one rule, oldest first."""
    return sorted(
        (d for d in found.duties if d.rule == rule), key=lambda d: (d.opened_on, d.occurrence)
    )


def only(found: Wanted, rule):
    duties = named(found, rule)
    assert len(duties) == 1, duties
    return duties[0]


def opened(found: Wanted) -> set[str]:
    return {duty.rule.value for duty in found.duties if duty.opens}


class Store:
    """What stands, kept as the app keeps it."""

    def __init__(self):
        self.rows: dict[object, Any] = {}

    def sweep(self, found: Wanted, digest="p1") -> Changes:
        changes = difference(self.rows.values(), found, policy=digest)
        for opening in changes.openings:
            self.rows[opening.key] = Standing(opening.key, opening.stand, digest)
        for change in changes.changes:
            self.rows[change.key] = replace(self.rows[change.key], stand=change.new, policy=digest)
        return changes

    def state(self):
        return {key: row.stand for key, row in self.rows.items()}


def days(first, last):
    while first <= last:
        yield first
        first += timedelta(days=1)


KEY = Tag.KEY
RETURNED = Tag.RETURNED
