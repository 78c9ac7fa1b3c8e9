"""A sign that fired, with the rows and the figure that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.rules.signs.kinds import RowKind, SignRule
from notoneless.rules.signs.thresholds import Bound


@dataclass(frozen=True, slots=True)
class Row:
    """One fact that a sign rests on."""

    kind: RowKind
    on: date
    ref: UUID | None = None
    """Of an absence the class whose roll says so; otherwise the record's own id."""
    code: str = ""
    """Of a word what it says."""


@dataclass(frozen=True, slots=True)
class Fired:
    """One rule that fired for one child."""

    rule: SignRule
    rows: tuple[Row, ...]
    """Oldest first, never empty."""
    bound: Bound | None
    """The figure that was reached; ``None`` for a person's own word."""
    count: int
    base: int | None = None
    """Of a share: out of how many."""
    proved: int | None = None
    """Of a run: its longest stretch in which every day was called."""

    @property
    def last_on(self) -> date:
        return self.rows[-1].on
