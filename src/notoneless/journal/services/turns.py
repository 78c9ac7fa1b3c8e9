"""Long work on SQLite, which has one writer, lets others write in between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import perf_counter, sleep
from typing import TypeVar

from django.db import connection

HOLD_SECONDS = 0.06
"""For one part of long work, while nobody else can write. A page writes two to six times."""
BREATH_SECONDS = 0.02
"""Long enough for whoever waits: ``config.sqlite`` looks each few milliseconds."""
FIRST_PART = 50
SMALLEST_PART = 20

Row = TypeVar("Row")


def in_turns(
    rows: Sequence[Row],
    *,
    at_most: int,
    at_least: int = SMALLEST_PART,
    seconds: float = HOLD_SECONDS,
) -> Iterator[Sequence[Row]]:
    """``rows`` in parts, each to be written in one transaction; others write between the parts.

    On SQLite a part is as long as this machine needs ``seconds`` for: more than ``HOLD_SECONDS``
    where most of the work is done before the transaction. It is never less than ``at_least`` rows,
    or each part's own cost would eat up a busy machine. Elsewhere it is ``at_most`` rows.
    """
    is_alone = connection.vendor == "sqlite"
    size = min(max(FIRST_PART, at_least), at_most) if is_alone else at_most
    start = 0
    while start < len(rows):
        began = perf_counter()
        part = rows[start : start + size]
        yield part
        start += len(part)
        if is_alone:
            fitting = round(len(part) * seconds / max(perf_counter() - began, 0.001))
            size = min(max(fitting, at_least), 2 * size, at_most)
        let_others_write()


def let_others_write() -> None:
    """Call between two transactions of long work: a page that waits for its turn to write only
    looks from time to time, and would find the next transaction begun already."""
    if connection.vendor == "sqlite":
        sleep(BREATH_SECONDS)
