"""Counts of a session: there, away with and without explanation, and not known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Counts:
    """A class, a school or a county in one session of one day (R-068).

    A class that was not called stands in ``unknown`` with all its children, never in ``present``.
    """

    enrolled: int = 0
    present: int = 0
    """Late ones among them."""
    late: int = 0
    leave: int = 0
    unexplained: int = 0
    not_held: int = 0
    """Children of classes that had no class."""
    unknown: int = 0
    classes: int = 0
    classes_called: int = 0

    @property
    def absent(self) -> int:
        return self.leave + self.unexplained

    @property
    def is_complete(self) -> bool:
        return self.classes == self.classes_called


def total(parts: Iterable[Counts]) -> Counts:
    """The sum; splitting a place never changes its total."""
    rows = list(parts)
    return Counts(**{f.name: sum(getattr(row, f.name) for row in rows) for f in fields(Counts)})
