"""Lists that offices paste or send: which column is which."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

Headings = Mapping[str, frozenset[str]]
"""What each column may be called, in small letters."""


def values_in(
    lines: Sequence[Sequence[str]], headings: Headings, order: Sequence[str]
) -> list[tuple[int, dict[str, str]]]:
    """Each line's number, from one, and what it says by column; nothing under an empty cell.

    The first line is a heading if it names the column of names; a list without one has the
    columns in ``order``. Blank lines are left out. Texts are trimmed, full-width digits and
    letters made plain.
    """
    columns = order
    found: list[tuple[int, dict[str, str]]] = []
    for number, line in enumerate(lines, start=1):
        cells = [plain(cell) for cell in line]
        if not any(cells):
            continue
        if not found and (named := _named(cells, headings)):
            columns = named
            continue
        found.append(
            (number, {k: cell for k, cell in zip(columns, cells, strict=False) if k and cell})
        )
    return found


def plain(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", cell).split())


def _named(cells: Sequence[str], headings: Headings) -> list[str] | None:
    named = [
        next((key for key, words in headings.items() if cell.lower() in words), "")
        for cell in cells
    ]
    return named if "name" in named else None
