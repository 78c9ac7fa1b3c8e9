"""Many facts written one after the other are planned once, when all of them are there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

_WAITING: ContextVar[set[UUID] | None] = ContextVar("waiting_to_be_planned", default=None)


@contextmanager
def gathered() -> Iterator[set[UUID]]:
    """Inside, nobody is planned; answers the children who wait for it, to be planned afterwards.

    For one who writes a day's facts at once. A case in which something happened waits for the
    next look after cases. Where the inside fails the night plans what was written.
    """
    waiting: set[UUID] = set()
    before = _WAITING.set(waiting)
    try:
        yield waiting
    finally:
        _WAITING.reset(before)


def waits(child_ids: Collection[UUID] = ()) -> bool:
    """Whether planning waits; then these children are kept for it."""
    waiting = _WAITING.get()
    if waiting is not None:
        waiting.update(child_ids)
    return waiting is not None
