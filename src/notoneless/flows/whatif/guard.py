"""A stretch of work in which nothing can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_READS = ("SELECT", "WITH", "EXPLAIN", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK TO")


class WouldWrite(RuntimeError):
    """Somebody's code tried to write where things are only tried out."""


@contextmanager
def read_only() -> Iterator[None]:
    """Refuse every statement but reading ones, with ``WouldWrite``."""
    with connection.execute_wrapper(_refuse_writing):
        yield


def _refuse_writing(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
) -> Any:
    first = sql.lstrip(" (\n").upper()
    if not first.startswith(_READS) or " FOR UPDATE" in first:
        raise WouldWrite(sql[:80])
    return execute(sql, params, many, context)
