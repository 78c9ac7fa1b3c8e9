"""Several saved rows under one subject of the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from notoneless.journal.services import Journalled, Stamp, Subject, record_many


def record_rows(
    kind: str, rows: Sequence[Journalled], *, about: Subject, on: date, stamp: Stamp
) -> None:
    """Put saved rows into the journal; nothing for none."""
    if rows:
        record_many(kind, rows, subjects=[about] * len(rows), happened_on=on, stamp=stamp)
