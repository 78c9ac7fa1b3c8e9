"""Queries whose SQL is written once and asked many times with other values.

Writing the SQL of a query that is read for each roll takes several times as long as running it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, DateField, Field, QuerySet, UUIDField

Turn = Callable[[Any, Any, Any], Any]
Build = Callable[[Mapping[str, Any]], QuerySet[Any, Any]]
_FIELDS: Mapping[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    date: DateField(),
    str: CharField(max_length=100),
}


class Prepared:
    """A query by name of value; ``build`` makes it from any values of the given types.

    Which rows it asks for may depend on the values, its shape never: ``build`` is called once in
    each thread, with stand-ins, and must put them into the query as they are.
    """

    def __init__(self, build: Build, **types: type) -> None:
        self.build = build
        self.types = types
        self._here = threading.local()

    def rows(self, **values: Any) -> list[dict[str, Any]]:
        """What ``build(values).values()`` would answer."""
        written = self._written()
        connection = connections[DEFAULT_DB_ALIAS]
        given = {
            name: _FIELDS[kind].get_db_prep_value(values[name], connection)
            for name, kind in self.types.items()
        }
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [given.get(slot, fixed) for slot, fixed in written.params])
            found = cursor.fetchall()
        return [dict(zip(written.names, row, strict=False)) for row in written.read(found)]

    def _written(self) -> _Written:
        connection = connections[DEFAULT_DB_ALIAS]
        held = getattr(self._here, "held", None)
        if held is None or held.compiler.connection is not connection:
            held = self._here.held = _Written(self.build, self.types)
        return held


class _Written:
    """The SQL, its values in order (by name, or fixed), and what turns rows into Python."""

    def __init__(self, build: Build, types: Mapping[str, type]) -> None:
        connection = connections[DEFAULT_DB_ALIAS]
        stand_ins = {name: _stand_in(kind, n) for n, (name, kind) in enumerate(types.items())}
        query = build(stand_ins).query
        self.compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, params = self.compiler.as_sql()
        slots = {
            _FIELDS[types[name]].get_db_prep_value(value, connection): name
            for name, value in stand_ins.items()
        }
        self.params = [
            (slots.get(param, "") if _is_plain(param) else "", param) for param in params
        ]
        if {slot for slot, _ in self.params if slot} != set(types):
            raise ValueError("a value that the query does not ask for")
        fields = [select[0] for select in self.compiler.select[: self.compiler.col_count]]
        self.converters: Mapping[int, tuple[list[Turn], Any]] = self.compiler.get_converters(fields)
        self.names = list(query.selected or (*query.values_select, *query.annotation_select))

    def read(self, found: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Rows as Django would give them; a value that many rows share is turned only once."""
        columns = list(zip(*found, strict=True))
        for place, (turns, expression) in self.converters.items():
            if columns:
                columns[place] = _turned(columns[place], turns, expression)
        return zip(*columns, strict=True)


def _turned(column: tuple[Any, ...], turns: Sequence[Turn], expression: Any) -> tuple[Any, ...]:
    connection = connections[DEFAULT_DB_ALIAS]
    known: dict[Any, Any] = {}
    for value in set(column):
        known[value] = value
        for turn in turns:
            known[value] = turn(known[value], expression, connection)
    return tuple(known[value] for value in column)


def _is_plain(param: object) -> bool:
    return isinstance(param, (str, UUID, date))


def _stand_in(kind: type, number: int) -> Any:
    """A value that no row has, and no query by itself."""
    if kind is UUID:
        return UUID(int=0xF0F0 << 64 | number)
    if kind is date:
        return date(1, 2, 3 + number)
    return f"\x01stand-in {number}"
