"""Puts the figures of a report together from what is on record (R-232, R-233)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.numbers.queries.beside import contacts_made, villages_of
from notoneless.numbers.queries.ladder import moved_by_day, open_by_stage
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Line, Sheet, Span, ground_of, table
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.periods import Period

COUNTED = (
    Count.BASE,
    Count.ON_ROLL,
    Count.MOVED_IN,
    Count.RESUMED,
    Count.OTHER_IN,
    Count.MOVED_OUT,
    Count.MOVED_OUT_UNCONFIRMED,
    Count.DIED,
    Count.GRADUATED,
    Count.SUSPENDED,
    Count.SUSPECTED,
    Count.DROPPED_IN_PERIOD,
    Count.RETURNED,
    Count.DROPPED,
)
"""Counts of children in a report; ``DROPPED`` are those who have not come back."""
ROLLS = (Count.ABSENT, Count.SEATS)


def assemble(  # whose, of what, over which days
    actor: Actor, unit_id: UUID, period: Period, *, today: date, now: datetime
) -> dict[str, Any]:
    """The figures of a unit over some days, as plain values that are kept as they are.

    Some thirty statements, however many children. Counts only: whom a number counts is asked of
    the indicators, by their days and by what was known at ``known_at``. Cases are those that the
    actor sees. Raises ``Unit.DoesNotExist`` for a unit that did not exist then.
    """
    scope = Scope(actor.county_id, unit_id, period)
    children = table(scope, Sheet.MOVEMENT, today=today)
    rolls = table(scope, Sheet.ATTENDANCE, today=today)
    called = {line.unit.id: line for line in (*rolls.lines, rolls.total)}
    ground = ground_of(scope, today=today)
    stages: Counter[str] = Counter()
    for row in open_by_stage(actor, on=today, unit_id=unit_id):
        stages[row.state.value] += row.cases
    moved: Counter[str] = Counter()
    for each in moved_by_day(actor, period, on=today, unit_id=unit_id):
        moved[each.move.value] += each.cases
    return {
        "from": period.from_on.isoformat(),
        "until": period.until.isoformat(),
        "known_at": now.isoformat(),
        "total": _counts(children.total, called.get(children.total.unit.id)),
        "lines": [
            {**_unit(line), "counts": _counts(line, called.get(line.unit.id))}
            for line in children.lines
            if line.unit.id != unit_id
        ],
        "villages": [
            {
                "unit": str(row.unit_id) if row.unit_id else "",
                "name": row.name,
                "counts": {count.value: n for count, n in row.counts.items()},
            }
            for row in villages_of(scope, ground.tree, ground.leaves)
        ],
        "stages": dict(stages),
        "moved": dict(moved),
        "contacts": contacts_made(actor.county_id, ground.leaves, period),
    }


def _unit(line: Line) -> dict[str, Any]:
    name = line.unit.class_name
    return {
        "unit": str(line.unit.id),
        "name": line.unit.name,
        "stage": name.stage.value if name else "",
        "entered_in": name.entered_in if name else None,
    }


def _counts(line: Line, rolls: Line | None) -> dict[str, int]:
    found = line.of(Span.PERIOD)
    own = {count.value: found.get(count, 0) for count in COUNTED}
    if rolls is not None:
        own |= {count.value: rolls.of(Span.PERIOD).get(count, 0) for count in ROLLS}
    return own
