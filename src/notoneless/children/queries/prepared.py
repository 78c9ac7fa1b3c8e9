"""Queries whose SQL is written once and asked many times with other values.

Writing the SQL of a query that is read for each roll takes several times as long as running it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import CharField, DateField, Field, QuerySet, UUIDField

Turn = Callable[[Any, Any, Any], Any]
Turns = Mapping[int, tuple[list[Turn], Any]]
Build = Callable[[Mapping[str, Any]], QuerySet[Any, Any]]
_FIELDS: Mapping[type, Field[Any, Any]] = {
    UUID: UUIDField(),
    date: DateField(),
    str: CharField(max_length=100),
    list: UUIDField(),
}
_MARK = "%s"
_FEW = 64
"""Lists up to this length are filled up to a power of two, so that the database meets few texts."""
_STAND_INS_UNTIL = date(1900, 1, 1)


class Prepared:
    """A query by name of value; ``build`` makes it from any values of the given types.

    Which rows it asks for may depend on the values, its shape never: ``build`` is called once in
    each thread, with stand-ins, and must put them into the query as they are. A ``list`` is one of
    ids, of any length, and may stand behind ``__in`` only.
    """

    def __init__(self, build: Build, **types: type) -> None:
        self.build = build
        self.types = types
        self._here = threading.local()

    def rows(self, **values: Any) -> list[dict[str, Any]]:
        """What ``build(values).values()`` would answer."""
        written = self._written()
        return [dict(zip(written.names, row, strict=False)) for row in self._read(written, values)]

    def tuples(self, **values: Any) -> list[tuple[Any, ...]]:
        """What ``build(values).values_list()`` would answer."""
        return list(self._read(self._written(), values))

    def asked(self, **values: Any) -> tuple[str, list[Any]]:
        """The SQL and its values, for whoever wants to see how the database goes about it."""
        given = {name: _given(kind, values[name]) for name, kind in self.types.items()}
        return self._written().asked(given)

    def _read(self, written: _Written, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(*self.asked(**values))
            found = cursor.fetchall()
        return written.read(found)

    def _written(self) -> _Written:
        connection = connections[DEFAULT_DB_ALIAS]
        held = getattr(self._here, "held", None)
        if held is None or held.compiler.connection is not connection:
            held = self._here.held = _Written(self.build, self.types)
        return held


def read(rows: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """What ``list(rows)`` would answer, of a ``values_list`` of many rows.

    A value that many rows share is turned into Python only once.
    """
    compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return []
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(sql, params)
        found = cursor.fetchall()
    return list(_turned_rows(found, _turns(compiler)))


class _Written:
    """The SQL, its values in order (by name, or fixed), and what turns rows into Python."""

    def __init__(self, build: Build, types: Mapping[str, type]) -> None:
        stand_ins = {name: _stand_in(kind, n) for n, (name, kind) in enumerate(types.items())}
        query = build(stand_ins).query
        self.compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = self.compiler.as_sql()
        slots = {_given(types[name], value)[0]: name for name, value in stand_ins.items()}
        self.params = [
            (slots.get(param, "") if _is_plain(param) else "", param) for param in params
        ]
        if {slot for slot, _ in self.params if slot} != set(types):
            raise ValueError("a value that the query does not ask for")
        if any(_is_made_from_one(param) for slot, param in self.params if not slot):
            raise ValueError("a value that was worked out: give it a name of its own")
        self.parts: list[str] = sql.split(_MARK)
        if len(self.parts) != len(self.params) + 1:
            raise ValueError("a text that looks like a place for a value")
        self._texts: dict[tuple[int, ...], str] = {}
        self.turns = _turns(self.compiler)
        self.names = list(query.selected or (*query.values_select, *query.annotation_select))

    def asked(self, given: Mapping[str, Sequence[Any]]) -> tuple[str, list[Any]]:
        """The SQL with as many places as there are values, and the values."""
        values: list[Any] = []
        for slot, fixed in self.params:
            if slot:
                values += given[slot]
            else:
                values.append(fixed)
        lengths = tuple(map(len, given.values()))
        text = self._texts.get(lengths)
        if text is None:
            text = self._text({slot: len(each) for slot, each in given.items()})
            if len(self._texts) < _FEW:
                self._texts[lengths] = text
        return text, values

    def _text(self, lengths: Mapping[str, int]) -> str:
        marks = (", ".join([_MARK] * lengths.get(slot, 1)) for slot, _ in self.params)
        pairs = zip(self.parts, marks, strict=False)
        return "".join(part + mark for part, mark in pairs) + self.parts[-1]

    def read(self, found: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Rows as Django would give them."""
        return _turned_rows(found, self.turns)


def _turns(compiler: Any) -> Turns:
    """Of a compiler that has written its SQL."""
    fields = [select[0] for select in compiler.select[: compiler.col_count]]
    turns: Turns = compiler.get_converters(fields)
    return turns


def _turned_rows(found: Sequence[tuple[Any, ...]], turns: Turns) -> Iterator[tuple[Any, ...]]:
    columns = list(zip(*found, strict=True))
    for place, (each, expression) in turns.items():
        if columns:
            columns[place] = _turned(columns[place], each, expression)
    return zip(*columns, strict=True)


def _turned(column: tuple[Any, ...], turns: Sequence[Turn], expression: Any) -> tuple[Any, ...]:
    connection = connections[DEFAULT_DB_ALIAS]
    known: dict[Any, Any] = {}
    for value in set(column):
        known[value] = value
        for turn in turns:
            known[value] = turn(known[value], expression, connection)
    return tuple(known[value] for value in column)


def _given(kind: type, value: Any) -> list[Any]:
    """A value as the database takes it; of a list several, none of them one that no row has."""
    connection, field = connections[DEFAULT_DB_ALIAS], _FIELDS[kind]
    if kind is not list:
        return [field.get_db_prep_value(value, connection)]
    ids = [field.get_db_prep_value(each, connection) for each in dict.fromkeys(value)] or [None]
    return ids + ids[-1:] * (_filled(len(ids)) - len(ids))


def _filled(length: int) -> int:
    return 1 << (length - 1).bit_length() if length <= _FEW else length


def _is_plain(param: object) -> bool:
    return isinstance(param, (str, UUID, date))


def _is_made_from_one(param: object) -> bool:
    """Whether it was computed from the stand-in of a day: no other is so long ago."""
    day = param
    if isinstance(param, str):
        try:
            day = date.fromisoformat(param)
        except ValueError:
            return False
    return isinstance(day, date) and day.timetuple()[:3] < _STAND_INS_UNTIL.timetuple()[:3]


def _stand_in(kind: type, number: int) -> Any:
    """A value that no row has, and no query by itself."""
    if kind is UUID:
        return UUID(int=0xF0F0 << 64 | number)
    if kind is list:
        return [UUID(int=0xF0F1 << 64 | number)]
    if kind is date:
        return date(1000, 2, 3 + number)
    return f"\x01stand-in {number}"
