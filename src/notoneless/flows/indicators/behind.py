"""The children behind a number, as far as the reader may see them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.listing import PAGE_ROWS, ChildRow, child_rows
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.numbers.queries.behind import children_behind
from notoneless.numbers.queries.scope import Scope
from notoneless.numbers.queries.table import Span
from notoneless.rules.indicators.counts import Count
from notoneless.rules.roles import Capability

MOST_LISTED = 5_000
"""Nobody reads a longer list: larger numbers open to those of the units below."""
_OF_SCHOOL = frozenset({Count.ABSENT})


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a table."""

    count: Count
    scope: Scope
    span: Span = Span.PERIOD


@dataclass(frozen=True, slots=True)
class Named:
    """A child behind a number."""

    row: ChildRow
    times: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the children behind a number."""

    rows: tuple[Named, ...]
    number: int
    """What the table says."""
    children: int
    hidden: int
    """How many of the children the reader may not see."""
    page: int
    page_rows: int = PAGE_ROWS

    @property
    def seen(self) -> int:
        return self.children - self.hidden


def behind(actor: Actor, number: Number, *, page: int = 1, today: date, stamp: Stamp) -> Behind:
    """One page of the children that a number counts, by name, noted as one reading.

    The caller has asked whether the place is in reach and the number small enough to be listed.
    Shown are those whom the actor sees today: who has moved out of reach is counted, not named.
    Raises as ``children_behind``.
    """
    found = children_behind(number.count, number.scope, span=number.span, today=today)
    seen = Child.objects.seen_by(actor, on=today, to=_needed(number.count))
    own = seen.filter(pk__in=list(found), merged_into=None)
    visible = own.count()
    page = min(max(page, 1), max(1, -(-visible // PAGE_ROWS)))
    start = (page - 1) * PAGE_ROWS
    cut = own.order_by("pinyin", "pk")[start : start + PAGE_ROWS]
    rows = child_rows(cut, actor, on=today)
    listed = Listed.of(_told(number, page), [row.id for row in rows])
    fields = ["name", number.count.value]
    note_reading("indicators.opened", stamp=stamp, fields=fields, listed=listed)
    return Behind(_named(rows, found), found.total(), len(found), len(found) - visible, page)


def _needed(count: Count) -> Capability:
    return Capability.SEE_CHILDREN if count in _OF_SCHOOL else Capability.SEE_CASES


def _named(rows: list[ChildRow], found: Counter[UUID]) -> tuple[Named, ...]:
    return tuple(Named(row, found[row.id]) for row in rows)


def _told(number: Number, page: int) -> str:
    """The number for the log of readings: units and days, never a name."""
    scope = number.scope
    parts = {
        "count": number.count,
        "unit": scope.unit_id,
        "from": scope.period.from_on,
        "until": scope.period.until,
        "stage": scope.stage,
        "grade": scope.grade,
        "span": number.span,
        "page": page,
    }
    return " ".join(f"{key}={value}" for key, value in parts.items() if value is not None)
