"""Rows written once and put back as they were: a village without founding it again.

Founding the village costs 150 ms of processor time and its calendar 60, putting their rows back a
few. Rows are read and written as the database itself holds them, whatever Django makes of a column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from tests.world import Village

Rows = dict[str, list[Any]]
"""By table."""

Word = Callable[[Village], None]
_KEPT: dict[tuple[UUID, str], Rows] = {}


def kept(*tables: type[Model]) -> Callable[[Word], Word]:
    """A word that gives the village something: done once by a worker, then put back.

    It is done in full where one of ``tables``, which are all that it looks at, has rows already,
    and in any village but the one that ``keep`` was told of.
    """

    def decorate(word: Word) -> Word:
        @wraps(word)
        def give(village: Village) -> None:
            rows = _KEPT.get((village.county_id, word.__name__))
            if rows is None or any(table._default_manager.exists() for table in tables):
                word(village)
            else:
                put_back(rows)

        return give

    return decorate


def keep(village: Village, words: list[Word]) -> None:
    """Do the words one after the other in a village just built, and keep what each adds."""
    for word in words:
        _KEPT[village.county_id, word.__name__] = added_by(partial(word, village))


def added_by(work: Callable[[], object]) -> Rows:
    """The rows that ``work`` adds; they stay.

    Raises ``ValueError`` when it changes or removes a row that stood before: that could not be put
    back.
    """
    before = _all_rows()
    work()
    after = _all_rows()
    if any(Counter(before[table]) - Counter(after[table]) for table in after):
        raise ValueError(f"{work} changed rows that stood before")
    added = {
        table: list((Counter(rows) - Counter(before[table])).elements())
        for table, rows in after.items()
    }
    return {table: rows for table, rows in added.items() if rows}


def put_back(rows: Rows) -> None:
    """Write the rows again, with the keys that they had."""
    with transaction.atomic():
        cursor = connection.connection.cursor()
        for table, given in rows.items():
            if connection.vendor == "postgresql":
                whole = f'unnest(%s::text[]::"{table}"[])'
                cursor.execute(f'INSERT INTO "{table}" SELECT * FROM {whole}', [given])
            else:
                values = ", ".join("?" * len(given[0]))
                cursor.executemany(f'INSERT INTO "{table}" VALUES ({values})', given)
        cursor.close()


def tables_with_rows() -> set[str]:
    return {table for table, rows in _all_rows().items() if rows}


def remove_all(*, but: set[str]) -> None:
    """Empty every table but these, which costs a tenth of Django's flush.

    Flush fills the tables of permissions again, whose rows no walk can change.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        tables = set(connection.introspection.table_names()) - but
        if connection.vendor == "postgresql":
            names = ", ".join(f'"{table}"' for table in sorted(tables))
            cursor.execute(f"TRUNCATE {names} CASCADE")
        else:
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')


def _all_rows() -> dict[str, list[Any]]:
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    read = _text_of if connection.vendor == "postgresql" else _values_of
    found = {table: read(cursor, table) for table in connection.introspection.table_names()}
    cursor.close()
    return found


def _text_of(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'SELECT x::text FROM "{table}" x')
    return [text for (text,) in cursor.fetchall()]


def _values_of(cursor: Any, table: str) -> list[Any]:
    cursor.execute(f'PRAGMA table_info("{table}")')
    # A plus takes the declared type away, by which Python would read something into the value.
    columns = ", ".join(f'+"{column[1]}"' for column in cursor.fetchall())
    cursor.execute(f'SELECT {columns} FROM "{table}"')
    return list(cursor.fetchall())
