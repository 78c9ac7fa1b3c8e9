"""Clocks in numbers: duties that fell due in a period, and how each clock ended (R-307).

Counted as the list of duties lists them, so that each number opens to as many rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, QuerySet

from notoneless.access.actor import Actor
from notoneless.duties.models import Duty
from notoneless.duties.queries.clocks import COUNTED, ClockEnd, ended
from notoneless.duties.queries.in_tray import below_actor
from notoneless.rules.duties.kinds import DutyRule
from notoneless.rules.indicators.periods import Period
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Clocks:
    """How many clocks ended how."""

    in_time: int = 0
    late: int = 0
    missed: int = 0
    running: int = 0

    @property
    def due(self) -> int:
        """Those whose end is known."""
        return self.in_time + self.late + self.missed

    @property
    def kept(self) -> Ratio:
        """Met in time, out of those whose end is known."""
        return Ratio(self.in_time, self.due)

    def __add__(self, other: Clocks) -> Clocks:
        return Clocks(
            self.in_time + other.in_time,
            self.late + other.late,
            self.missed + other.missed,
            self.running + other.running,
        )


@dataclass(frozen=True, slots=True)
class Overdue:
    """Duties of one class and rule whose time is over, in the hands of one post."""

    unit_id: UUID
    """The class, or the school of duties about no class."""
    rule: DutyRule
    turn_role: Role
    turn_unit: str
    """Who has the turn: the next level where the duty rose to it, else the bearer."""
    duties: int
    since: date | None
    """When the first of them was due."""


def clocks_by_unit(
    actor: Actor, period: Period, *, today: date, unit_id: UUID | None = None
) -> dict[UUID, Clocks]:
    """By class, the clocks of duties that fell due in the period; one statement.

    Duties without a day, and those that are no longer wanted, count nowhere.
    """
    rows = _due(actor, period, today=today, unit_id=unit_id).values("unit")
    return {row["unit"]: _clocks(row) for row in rows.annotate(**_counts(today))}


def clocks_by_rule(
    actor: Actor, period: Period, *, today: date, unit_id: UUID | None = None
) -> dict[DutyRule, Clocks]:
    """The same by rule; one statement."""
    rows = _due(actor, period, today=today, unit_id=unit_id).values("rule")
    return {DutyRule(row["rule"]): _clocks(row) for row in rows.annotate(**_counts(today))}


def overdue_now(actor: Actor, *, today: date, unit_id: UUID | None = None) -> list[Overdue]:
    """Every duty whose time is over, put together by class, rule and who has the turn.

    One statement; in no order.
    """
    rows = (
        below_actor(actor, on=today, unit_id=unit_id)
        .filter(ended(ClockEnd.MISSED, today=today))
        .order_by()
        .values("unit", "rule", *_TURN)
        .annotate(n=Count("pk"), since=Min("due_on"))
    )
    return [_overdue(row) for row in rows]


def total_of(clocks: Iterable[Clocks]) -> Clocks:
    return sum(clocks, Clocks())


_TURN = ("bearer_role", "bearer_unit__name", "risen_role", "risen_unit__name")


def _overdue(row: Mapping[str, Any]) -> Overdue:
    rose = bool(row["risen_role"])
    role, unit = (
        (row["risen_role"], row["risen_unit__name"])
        if rose
        else (
            row["bearer_role"],
            row["bearer_unit__name"],
        )
    )
    return Overdue(
        row["unit"], DutyRule(row["rule"]), Role(role), unit or "", row["n"], row["since"]
    )


def _due(actor: Actor, period: Period, *, today: date, unit_id: UUID | None) -> QuerySet[Duty]:
    rows = below_actor(actor, on=today, unit_id=unit_id).filter(
        state__in=COUNTED, due_on__gte=period.from_on, due_on__lt=period.after
    )
    return rows.order_by()


def _counts(today: date) -> dict[str, Count]:
    return {how.value: Count("pk", filter=ended(how, today=today)) for how in ClockEnd}


def _clocks(row: Mapping[str, Any]) -> Clocks:
    return Clocks(**{how.value: row[how.value] for how in ClockEnd})
