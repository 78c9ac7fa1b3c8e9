"""Rows of several tables about some children, read in one statement.

An app that knows something about children offers its tables as branches and makes its facts from
the rows that come back; whoever plans reads the branches of all apps together. Writing so long a
statement takes many times as long as running it: ``Together`` writes it once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast, Coalesce

from notoneless.children.models import Child
from notoneless.children.queries.prepared import Prepared

WHO = Coalesce("child__merged_into", F("child"))
"""The child as it is known now, of a table that points to a child."""
_NULL = {
    "child": Cast(Value(None), UUIDField()),
    "unit": Cast(Value(None), UUIDField()),
    "on": Cast(Value(None), DateField()),
    "to": Cast(Value(None), DateField()),
    "code": Value("", CharField()),
    "text": Value("", CharField()),
    "number": Cast(Value(None), IntegerField()),
    "by": Cast(Value(None), UUIDField()),
}


class Row(NamedTuple):
    """What any branch can say; what each column means is the app's own affair."""

    kind: str
    child: UUID
    unit: UUID
    on: date
    to: date | None
    code: str
    text: str
    number: int
    by: UUID | None


if TYPE_CHECKING:
    Branch = QuerySet[Any, Any]
ByKind = dict[str, list[Row]]
Ask = Callable[..., "Iterable[Branch]"]


def about(child_ids: Collection[UUID]) -> QuerySet[Child, Any]:
    """The ids of these children and of rows that were merged into them, for a sub-select."""
    return Child.objects.filter(Q(pk__in=child_ids) | Q(merged_into__in=child_ids)).values("pk")


def branch(rows: QuerySet[Any, Any], kind: str, **columns: Any) -> Branch:
    """``rows`` in the shape of ``Row``; columns that are not given are empty."""
    given = {f"h_{name}": columns.get(name, null) for name, null in _NULL.items()}
    named = rows.order_by().annotate(h_kind=Value(kind, CharField()), **given)
    listed: Branch = named.values_list("h_kind", *given)
    return listed


def read_together(branches: Iterable[Branch]) -> ByKind:
    """The rows of all branches by their kind; one statement."""
    return _by_kind(_united(branches))


class Together:
    """Branches that are asked often, with other children and days: their SQL is written once.

    ``ask`` makes them from values by name and puts each into its queries as it is; ``types`` are
    those of ``Prepared``.
    """

    def __init__(self, ask: Ask, **types: type) -> None:
        self._asked = Prepared(lambda values: _united(ask(**values)), **types)

    def read(self, **values: Any) -> ByKind:
        """What ``read_together(ask(**values))`` would answer; one statement."""
        return _by_kind(self._asked.tuples(**values))


@dataclass(frozen=True, slots=True)
class Beside:
    """What somebody else asks about the same children, in the same statement."""

    ask: Ask
    """Takes ``child_ids``, ``county_id`` and the days."""
    days: Mapping[str, date]


def _united(branches: Iterable[Branch]) -> Branch:
    first, *others = branches
    return first.union(*others, all=True) if others else first


def _by_kind(rows: Iterable[Sequence[Any]]) -> ByKind:
    found: ByKind = defaultdict(list)
    for row in rows:
        found[row[0]].append(Row(*row))
    return found
