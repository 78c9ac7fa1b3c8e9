"""What of an overview may be put up on a wall: no number that could point to a child."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from notoneless.flows.overview.showing import Compared, Overview
from notoneless.numbers.queries.ladder import Move
from notoneless.rules.indicators.ratio import Ratio
from notoneless.rules.indicators.suppression import SMALLEST_SHOWN, Sum, hidden_cells

TOTAL = "total"
OPEN, LATE, AWAY, DUTIES = "open", "late", "away", "duties"
COLUMNS = (OPEN, AWAY, DUTIES, Move.OPENED, Move.RETURNED, Move.CLOSED)


def published(found: Overview) -> dict[str, Any]:
    """Columns of each row and of the whole, and the ladder; hidden cells are ``None``.

    Numbers from 1 to 9 are hidden, and with them those from which they could be worked out.
    """
    counts: dict[Hashable, int] = {}
    for key, row in _keyed(found):
        counts |= {(key, column): _count(row, column) for column in COLUMNS}
    counts |= {
        (TOTAL, column): sum(_count(row, column) for row in found.rows) for column in COLUMNS
    }
    counts |= {("stage", state): number for state, number in found.stages.items()}
    sums = [
        Sum((TOTAL, column), tuple((key, column) for key, _ in _keyed(found))) for column in COLUMNS
    ]
    sums.append(Sum((TOTAL, OPEN), tuple(("stage", state) for state in found.stages)))
    hidden = hidden_cells(counts, sums)
    shown = {cell: None if cell in hidden else number for cell, number in counts.items()}
    return {
        "rows": [(row, [shown[key, column] for column in COLUMNS]) for key, row in _keyed(found)],
        "total": [shown[TOTAL, column] for column in COLUMNS],
        "stages": [(state, shown["stage", state]) for state in found.stages],
    }


def may_show(ratio: Ratio) -> bool:
    """Whether neither side of the pair is so small that it points to somebody."""
    small = range(1, SMALLEST_SHOWN)
    return ratio.is_known and ratio.over not in small and ratio.under - ratio.over not in small


def _keyed(found: Overview) -> list[tuple[int, Compared]]:
    return list(enumerate(found.rows))


def _count(row: Compared, column: str) -> int:
    if column == OPEN:
        return row.open_cases
    if column == AWAY:
        return row.now.away if row.now else 0
    if column == DUTIES:
        return row.overdue
    return row.moved[Move(column)]
