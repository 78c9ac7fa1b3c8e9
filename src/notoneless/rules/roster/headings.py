"""Finding the heading row of a sheet: row 1, lower down, merged, or split over two rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from notoneless.rules.roster.cells import text_of
from notoneless.rules.roster.columns import (
    COLUMNS,
    Need,
    column_for,
    heading_of,
    plain_heading,
)

LOOK_IN_ROWS: Final = 12
"""How far down a heading row may stand; titles and filling-in notes come before it."""
ENOUGH_HEADINGS: Final = 4
MUST_HAVE: Final = tuple(key for key, column in COLUMNS.items() if column.need is Need.MUST)


@dataclass(frozen=True, slots=True)
class Headings:
    """Where the data begins and what each column holds."""

    first_data_row: int
    """Sheet row (the first row is 1) of the first row under the headings."""
    columns: Mapping[int, str]
    """Position from 0 → column key."""
    extras: Mapping[int, str] = field(default_factory=dict)
    """Position → the heading of a column that the template does not know. Kept as text."""


@dataclass(frozen=True, slots=True)
class HeadingFault:
    """Why a sheet cannot be read as a roster."""

    code: str
    """``no_heading_row``, ``columns_missing`` or ``column_twice``."""
    facts: Mapping[str, str]


def find_headings(
    top_rows: Sequence[Sequence[object]], *, may_lack: frozenset[str] = frozenset()
) -> Headings | HeadingFault:
    """Find the heading row among the first rows of a sheet.

    Understood: a title or notes above the headings, headings over two rows with a merged upper
    row (成员1 over 姓名, 关系 …), the heading row given twice, any order of columns, stars and
    brackets. ``may_lack`` names columns that the caller fills in itself (a school's own code).
    """
    rows = [[text_of(cell) for cell in row] for row in top_rows[:LOOK_IN_ROWS]]
    best = max(
        (candidate for candidate in _candidates(rows)),
        key=lambda candidate: (candidate.score, -candidate.last_row),
        default=None,
    )
    if best is None or best.score < ENOUGH_HEADINGS:
        return HeadingFault("no_heading_row", {"rows": str(len(rows))})
    return _accept(best, rows, may_lack)


@dataclass(frozen=True, slots=True)
class _Candidate:
    words: Sequence[str]
    last_row: int  # from 0
    score: int


def _candidates(rows: Sequence[Sequence[str]]) -> list[_Candidate]:
    found = []
    for index, row in enumerate(rows):
        found.append(_Candidate(row, index, _score(row)))
        if index + 1 < len(rows):
            joined = _join(row, rows[index + 1])
            # Two rows must beat one clearly, else data under a heading row would be glued to it.
            found.append(_Candidate(joined, index + 1, _score(joined) - 1))
    return found


def _score(words: Sequence[str]) -> int:
    return len({key for key in map(column_for, words) if key is not None})


def _join(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Read two heading rows as one: a merged cell above stands for the blank ones to its right."""
    words, group = [], ""
    for position in range(max(len(upper), len(lower))):
        above = upper[position] if position < len(upper) else ""
        below = lower[position] if position < len(lower) else ""
        if above:
            group = above
        elif not below:
            group = ""
        words.append(_joined_word(above, group, below))
    return words


def _joined_word(above: str, group: str, below: str) -> str:
    if not below:
        return above
    together = f"{group}{below}"
    return together if column_for(together) is not None else below


def _accept(
    best: _Candidate, rows: Sequence[Sequence[str]], may_lack: frozenset[str]
) -> Headings | HeadingFault:
    taken: dict[str, int] = {}
    for position, word in enumerate(best.words):
        key = column_for(word)
        if key is None:
            continue
        rival = taken.get(key)
        if rival is not None and plain_heading(best.words[rival]) == plain_heading(word):
            return HeadingFault("column_twice", {"column": word})
        if rival is None or _is_closer(word, best.words[rival], key):
            taken[key] = position
    missing = [key for key in MUST_HAVE if key not in taken and key not in may_lack]
    if missing:
        return HeadingFault("columns_missing", {"columns": "、".join(map(heading_of, missing))})
    columns = {position: key for key, position in sorted(taken.items(), key=lambda pair: pair[1])}
    extras = {
        position: word
        for position, word in enumerate(best.words)
        if word and position not in columns
    }
    return Headings(_first_data_row(best, rows), columns, extras)


def _is_closer(word: str, rival: str, key: str) -> bool:
    column = COLUMNS[key]
    order = [plain_heading(name) for name in (column.heading, *column.synonyms)]
    words = (plain_heading(word), plain_heading(rival))
    return all(name in order for name in words) and order.index(words[0]) < order.index(words[1])


def _first_data_row(best: _Candidate, rows: Sequence[Sequence[str]]) -> int:
    row = best.last_row + 1
    while row < len(rows) and _score(rows[row]) >= ENOUGH_HEADINGS:
        row += 1  # the same headings again
    return row + 1
