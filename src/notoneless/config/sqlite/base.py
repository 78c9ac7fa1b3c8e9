"""SQLite for many writers: who waits for his turn to write looks again after a few milliseconds.

SQLite itself looks ever less often, at last each 100 ms: of a page and an import that both write,
the page would find the next transaction of the import begun already, again and again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from time import monotonic, sleep
from typing import Any

from django.db.backends.sqlite3 import base

PATIENCE_SECONDS = 20.0
LOOK_AGAIN_SECONDS = 0.003


class Cursor(base.SQLiteCursorWrapper):
    """Tries a statement again while another connection writes.

    ``executemany`` is not tried again: its rows may be readable only once. Many rows are written in
    a transaction, which has its turn already.
    """

    def execute(self, query: str, params: Any = None) -> Any:
        return patiently(lambda: super(Cursor, self).execute(query, params))


class DatabaseWrapper(base.DatabaseWrapper):
    def create_cursor(self, name: str | None = None) -> Any:
        return self.connection.cursor(factory=Cursor)


def patiently(work: Callable[[], Any]) -> Any:
    """Do ``work``; while the database is busy, look again for some seconds.

    A busy database has done nothing of the statement. Raises what ``work`` raises otherwise, and
    "database is locked" once patience is at its end.
    """
    deadline = None
    while True:
        try:
            return work()
        except sqlite3.OperationalError as problem:
            if not is_busy(problem):
                raise
            deadline = deadline or monotonic() + PATIENCE_SECONDS
            if monotonic() > deadline:
                raise
        sleep(LOOK_AGAIN_SECONDS)


def is_busy(problem: sqlite3.OperationalError) -> bool:
    """Whether another connection was writing just then, and nothing else is wrong."""
    return problem.sqlite_errorcode == sqlite3.SQLITE_BUSY
