"""A table of indicators as the actor's posts allow it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from notoneless.access.actor import Actor, NotAllowed
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Line, Sheet, Span, Table, table
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.indicators import formulas
from notoneless.rules.indicators.counts import Count
from notoneless.rules.indicators.formulas import Indicator, contract_rate
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability
from notoneless.rules.units import Stage


class Rate(NamedTuple):
    """An indicator, and over which time its counts run."""

    indicator: Indicator
    span: Span = Span.PERIOD


COLUMNS: dict[Sheet, tuple[Count, ...]] = {
    Sheet.DROPOUT: (
        Count.BASE,
        Count.SUSPECTED,
        Count.DROPPED_IN_PERIOD,
        Count.RETURNED,
        Count.DROPPED,
    ),
    Sheet.MOVEMENT: (
        Count.BASE,
        Count.MOVED_IN,
        Count.RESUMED,
        Count.OTHER_IN,
        Count.LISTED,
        Count.MOVED_OUT,
        Count.MOVED_OUT_UNCONFIRMED,
        Count.DIED,
        Count.GRADUATED,
        Count.SUSPENDED,
        Count.VISITING,
        Count.ON_ROLL,
    ),
    Sheet.RETENTION: (
        Count.BASE,
        Count.KEPT,
        Count.LAWFULLY_GONE,
    ),
    Sheet.COHORT: (Count.LEAVERS, Count.PROMOTED, Count.LOST_BETWEEN),
    Sheet.ATTENDANCE: (
        Count.SEATS,
        Count.ABSENT,
        Count.ROLLS_DUE,
        Count.ROLLS_CALLED,
        Count.ROLLS_MISSING,
    ),
}
RATES: dict[Sheet, tuple[Rate, ...]] = {
    Sheet.DROPOUT: (Rate(formulas.LEDGER), Rate(formulas.RESIDUAL)),
    Sheet.MOVEMENT: (Rate(formulas.RESIDUAL),),
    Sheet.RETENTION: (
        Rate(formulas.RETENTION_RAW),
        Rate(formulas.RETENTION_NET),
    ),
    Sheet.COHORT: (
        Rate(formulas.PROMOTION),
        Rate(formulas.THREE_YEAR_RAW, Span.THREE_YEARS),
        Rate(formulas.THREE_YEAR_NET, Span.THREE_YEARS),
        Rate(formulas.NINE_YEAR_RAW, Span.NINE_YEARS),
        Rate(formulas.NINE_YEAR_NET, Span.NINE_YEARS),
    ),
    Sheet.ATTENDANCE: (Rate(formulas.ATTENDANCE), Rate(formulas.ROLLS)),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A table with its columns."""

    table: Table
    columns: tuple[Count, ...]
    rates: tuple[Rate, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        return self.table.lines

    @property
    def is_empty(self) -> bool:
        """Nobody was ever counted here."""
        return not self.lines


def sheets_of(actor: Actor, path: str) -> tuple[Sheet, ...]:
    """What the actor is shown at a place: what comes from cases only with a right to them."""
    sees_cases = actor.may(Capability.SEE_CASES, at=path)
    return tuple(Sheet) if sees_cases else (Sheet.ATTENDANCE,)


def may_export(actor: Actor, path: str) -> bool:
    return any(
        Capability.EXPORT_CHILDREN in held.capabilities and is_below(path, held.path)
        for held in actor.holdings
    )


def shown(actor: Actor, scope: Scope, sheet: Sheet, *, path: str, today: date) -> Shown:
    """One sheet of a place that the actor sees, at ``path`` today.

    Raises ``NotAllowed`` for a sheet that is not his, ``Unit.DoesNotExist`` for a place that did
    not exist in the period.
    """
    if sheet not in sheets_of(actor, path):
        raise NotAllowed(capability=Capability.SEE_CASES.value)
    rates, columns = RATES[sheet], COLUMNS[sheet]
    extra: frozenset[Count] = frozenset()
    if sheet is Sheet.DROPOUT:
        own = contract_rate(policy_for(scope.unit_id, on=scope.period.until), stage_of(scope))
        extra = own.counts - {Count.BASE, Count.DROPPED}
        columns += tuple(count for count in Count if count in extra)
        rates += (Rate(own),)
    return Shown(table(scope, sheet, extra=extra, today=today), columns, rates)


def stage_of(scope: Scope) -> Stage | None:
    """The one stage that a scope is about, if it names one or a grade of it."""
    if scope.grade is not None:
        return Stage.PRIMARY if scope.grade <= 6 else Stage.JUNIOR
    return scope.stage
