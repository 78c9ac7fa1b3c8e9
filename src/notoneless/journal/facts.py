"""What of a row goes under its digest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

Facts = Mapping[str, object]


class Journalled(Protocol):
    """A row that can be put into the journal.

    It may also have ``journal_end()``: ``None`` while the row stands open, and once it has
    ended the columns that say so (last day, how ended). An end is recorded as an entry of its
    own; ending a row without one is something that ``verify`` finds.
    """

    def journal_facts(self) -> Facts:
        """The row's frozen columns with plain values: what must never change again.

        Read from the row's own columns only (``verify`` calls it for whole tables).
        """
        ...


def end_of(row: object) -> Facts | None:
    """How the row ended; ``None`` while it is open, or when rows of its kind never end."""
    read = getattr(row, "journal_end", None)
    end: Facts | None = read() if read else None
    return end


def facts_under_digest(row: Journalled, *, covers_end: bool) -> Facts:
    """The facts that an entry's digest covers: with the row's end if it had ended by then."""
    facts = dict(row.journal_facts())
    if covers_end:
        facts["end of row"] = end_of(row)
    return facts
