"""What SQLite knows about how much lies in its tables: by that it chooses its ways."""

from __future__ import annotations

from typing import Final

from django.db import connection
from django.db.backends.utils import CursorWrapper

MOST_READ: Final = 1000
"""Entries of each index that are looked at: enough to choose by, and never a whole county."""
BIG_ROWS: Final = 2_000
"""Of a smaller table SQLite is told nothing. It would find reading it through as cheap as an index,
and go on so while an import makes it a hundred times as long."""


def look_at_tables() -> None:
    """Let SQLite learn how its big tables are filled; PostgreSQL does so by itself.

    Without this it takes every index to be as good as any other, and walks through a county to
    list one school. ``PRAGMA optimize`` is no help: it looks only at tables that its own connection
    has asked. Holds the writer's turn for some milliseconds at each table.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {MOST_READ}")
        for table in connection.introspection.table_names(cursor):
            if _is_big(table, cursor):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _is_big(table: str, cursor: CursorWrapper) -> bool:
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT 1 FROM {name} LIMIT 1 OFFSET %s", [BIG_ROWS])  # noqa: S608  # our own
    return cursor.fetchone() is not None
