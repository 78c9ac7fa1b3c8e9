"""The ladder in numbers: open cases by stage and cause, and what was opened, returned and closed.

Counted as the list of cases lists them, through the same door and filter, so that each number opens
to as many rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet, Value

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.cases.queries.listing import DAYS, CaseFilter, cases_fitting
from notoneless.cases.queries.sight import list_sight
from notoneless.rules.cases.kinds import State
from notoneless.rules.indicators.periods import Period

NO_CAUSE = ""
"""Of cases in which nobody has found the cause yet."""


class Move(StrEnum):
    """What happens to a case on a day; the words of the list's filter."""

    OPENED = "opened"
    RETURNED = "returned"
    """The child came back and has not been lost again since."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class OpenCases:
    """Open cases that stand in one class or, without one, in one school."""

    school_id: UUID
    class_id: UUID | None
    state: State
    """As the reader is told it."""
    cases: int
    late: int
    """Of them, those whose nearest clock has run out."""


@dataclass(frozen=True, slots=True)
class MovedOn:
    """So many cases moved on one day."""

    move: Move
    on: date
    cases: int


@dataclass(frozen=True, slots=True)
class MovedIn:
    """So many cases of one class, or of a school's children without a class, moved in a period."""

    move: Move
    school_id: UUID
    class_id: UUID | None
    cases: int


def open_by_stage(actor: Actor, *, on: date, unit_id: UUID | None = None) -> list[OpenCases]:
    """Open cases in reach by school, class and stage; one statement.

    ``unit_id`` narrows them to a class, a school, or the schools below a unit. Stages that a reader
    is not told of count as the last that he is.
    """
    sight = list_sight(actor)
    rows = (
        _fitting(actor, "open", on=on, unit_id=unit_id)
        .values("school", "school_class", "state")
        .annotate(n=Count("pk"), late=Count("pk", filter=Q(due_on__lt=on)))
    )
    return [
        OpenCases(
            row["school"],
            row["school_class"],
            sight.state(State(row["state"])),
            row["n"],
            row["late"],
        )
        for row in rows
    ]


def open_by_cause(actor: Actor, *, on: date, unit_id: UUID | None = None) -> Mapping[str, int]:
    """Open cases by main cause; one statement.

    Restricted causes stand as "other" in the column itself, whoever asks.
    """
    rows = _fitting(actor, "open", on=on, unit_id=unit_id).values("main_cause")
    return {row["main_cause"]: row["n"] for row in rows.annotate(n=Count("pk"))}


def moved_by_day(
    actor: Actor, period: Period, *, on: date, unit_id: UUID | None = None
) -> list[MovedOn]:
    """What was opened, returned and closed on each day of a period; one statement."""
    first, *others = (
        _moved(actor, move, period, on=on, unit_id=unit_id)
        .annotate(move=Value(move.value), day=F(DAYS[move]))
        .values_list("move", "day")
        .annotate(n=Count("pk"))
        for move in Move
    )
    rows = first.union(*others, all=True)
    return [MovedOn(Move(move), day, n) for move, day, n in rows]


def moved_by_unit(
    actor: Actor, period: Period, *, on: date, unit_id: UUID | None = None
) -> list[MovedIn]:
    """The same by school and class over the whole period; one statement."""
    first, *others = (
        _moved(actor, move, period, on=on, unit_id=unit_id)
        .annotate(move=Value(move.value))
        .values_list("move", "school", "school_class")
        .annotate(n=Count("pk"))
        for move in Move
    )
    rows = first.union(*others, all=True)
    return [MovedIn(Move(move), school, group, n) for move, school, group, n in rows]


def _moved(
    actor: Actor, move: Move, period: Period, *, on: date, unit_id: UUID | None
) -> QuerySet[Case]:
    wanted = CaseFilter(
        stage="all", unit_id=unit_id, by=move, from_on=period.from_on, to_on=period.until
    )
    return cases_fitting(actor, wanted, on=on).order_by()


def _fitting(actor: Actor, stage: str, *, on: date, unit_id: UUID | None) -> QuerySet[Case]:
    return cases_fitting(actor, CaseFilter(stage=stage, unit_id=unit_id), on=on).order_by()
