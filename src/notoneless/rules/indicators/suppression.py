"""Which cells of a published table stay empty, so that nobody in it can be counted out.

Numbers below ten could point to a child. Hiding them is not enough where they can be worked out
from what is shown, so that others are hidden with them. Source: product §Protection.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

SMALLEST_SHOWN = 10
"""Fewer than this are not published; none at all is, since nobody stands behind it."""
_PRIME = (1 << 61) - 1

Cell = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """The cells ``parts`` add up to the cell ``total``; whoever reads the table knows that."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (self.total, *self.parts)

    def sign(self, cell: Cell) -> int:
        return -1 if cell == self.total else 1


def hidden_cells(counts: Mapping[Any, int], sums: Iterable[Sum] = ()) -> frozenset[Cell]:
    """The cells that must not be shown of a table that is published.

    Hidden are all from 1 to 9, and as many others as it takes that no hidden cell can be worked
    out from the shown ones through ``sums``, neither by itself nor as a remainder below ten. Cells
    that are no column of the table but could be worked out from it are given along with the others.
    Raises ``KeyError`` for a sum over cells without a count, ``ValueError`` for one that does not
    add up.
    """
    known = tuple(sums)
    for each in known:
        if sum(counts[part] for part in each.parts) != counts[each.total]:
            raise ValueError(f"the parts of {each.total!r} do not add up to it")
    hidden = {cell for cell, count in counts.items() if 0 < abs(count) < SMALLEST_SHOWN}
    while True:
        more = {cell for each in known if (cell := _companion(each, counts, hidden)) is not None}
        if not more:
            more = _beside_the_determined(counts, known, hidden)
        if not more:
            return frozenset(hidden)
        hidden |= more


def grid(rows: Sequence[Hashable], columns: Sequence[Hashable], total: Hashable) -> list[Sum]:
    """The sums of a table whose cells are (row, column) and whose ``total`` row and column are
    keyed alike."""
    down = [Sum((total, c), tuple((r, c) for r in rows)) for c in (*columns, total)]
    across = [Sum((r, total), tuple((r, c) for c in columns)) for r in (*rows, total)]
    return [*down, *across]


def _companion(each: Sum, counts: Mapping[Cell, int], hidden: Collection[Cell]) -> Cell | None:
    """A further cell of the sum to hide, where what is hidden of it leaves too small a rest."""
    gone = [cell for cell in each.cells if cell in hidden]
    if not gone:
        return None
    rest = abs(sum(each.sign(cell) * counts[cell] for cell in gone))
    if len(gone) > 1 and (rest >= SMALLEST_SHOWN or each.total in gone):
        return None
    return _next(each, counts, hidden)


def _next(each: Sum, counts: Mapping[Cell, int], hidden: Collection[Cell]) -> Cell | None:
    """The part whose loss costs the least, else the total; empty cells say least of all."""
    shown = [cell for cell in each.parts if cell not in hidden]
    if full := [cell for cell in shown if counts[cell]]:
        return min(full, key=lambda cell: (abs(counts[cell]), repr(cell)))
    if each.total not in hidden:
        return each.total
    return min(shown, key=repr, default=None)


def _beside_the_determined(
    counts: Mapping[Cell, int], sums: Sequence[Sum], hidden: Collection[Cell]
) -> set[Cell]:
    """Further cells to hide where several sums together give a hidden one away."""
    for cell in sorted(_determined(sums, hidden), key=repr):
        for each in sums:
            if cell in each.cells and (more := _next(each, counts, hidden)) is not None:
                return {more}
    return set()


def _determined(sums: Sequence[Sum], hidden: Collection[Cell]) -> set[Cell]:
    """Hidden cells that the sums pin down: those alone in a row of the reduced equations."""
    rows: list[dict[Cell, int]] = []
    for each in sums:
        row: dict[Cell, int] = {}
        for cell in each.cells:
            if cell in hidden:
                row[cell] = (row.get(cell, 0) + each.sign(cell)) % _PRIME
        rows.append({cell: factor for cell, factor in row.items() if factor})
    reduced: dict[Cell, dict[Cell, int]] = {}
    for row in rows:
        for pivot in [cell for cell in row if cell in reduced]:
            _subtract(row, reduced[pivot], row.get(pivot, 0))
        if not row:
            continue
        pivot = next(iter(row))
        inverse = pow(row[pivot], -1, _PRIME)
        fresh = {cell: factor * inverse % _PRIME for cell, factor in row.items()}
        for other in reduced.values():
            _subtract(other, fresh, other.get(pivot, 0))
        reduced[pivot] = fresh
    return {pivot for pivot, row in reduced.items() if len(row) == 1}


def _subtract(row: dict[Cell, int], other: Mapping[Cell, int], times: int) -> None:
    if not times:
        return
    for cell, factor in other.items():
        left = (row.get(cell, 0) - times * factor) % _PRIME
        if left:
            row[cell] = left
        else:
            row.pop(cell, None)
