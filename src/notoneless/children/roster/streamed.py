"""Long workbooks, row by row: memory does not grow with the sheet.

The reader of small workbooks (``sheets._in_memory``) keeps every cell at once, and libraries that
stream keep at least all words; of a million rows both are gigabytes.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from notoneless.children.roster.faults import UnusableFile
from notoneless.children.roster.parts import (
    WORKBOOK,
    Attributes,
    Contents,
    Reader,
    Relations,
    Styles,
    Words,
    read_part,
)

MOST_COLUMNS: Final = 1_000
"""Cells further right are not read; the widest templates have some hundred columns."""
MOST_ROWS: Final = 1_048_576
"""As in Excel."""
FAULTS: Final = (
    BadZipFile,
    ExpatError,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)
"""What a broken, encrypted or hostile zip or XML answers."""

Row = tuple[int, list[Any]]


class Workbook:
    """An .xlsx opened for reading its sheets one after the other."""

    def __init__(self, path: Path, opening: ExitStack, *, scratch: Path | None) -> None:
        """``scratch``: the folder for the words while the workbook is open, as a file without name.

        Everything is closed with ``opening``. Raises ``UnusableFile``.
        """
        try:
            self._book = opening.enter_context(ZipFile(path))
            contents, relations, styles = Contents(), Relations(), Styles()
            read_part(self._book, WORKBOOK, contents)
            read_part(self._book, "xl/_rels/workbook.xml.rels", relations)
            self._words = Words(scratch)
            opening.callback(self._words.close)
            if "sharedStrings" in relations.kinds:
                with self._book.open(relations.kinds["sharedStrings"]) as part:
                    self._words.read(part)
            if "styles" in relations.kinds:
                read_part(self._book, relations.kinds["styles"], styles)
        except FAULTS as problem:
            raise UnusableFile("broken") from problem
        self._dates = styles.dates
        self._first_day = datetime(1904, 1, 1) if contents.is_from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  # a sheet's dates have no zone
        self._sheets = [
            (name, relations.targets.get(relation, "")) for name, relation in contents.sheets
        ]

    def sheets(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Name and rows of each sheet; charts and other pages without rows are left out."""
        for name, target in self._sheets:
            if target in self._book.NameToInfo and "/worksheets/" in f"/{target}":
                yield name, self._rows(target)

    def _rows(self, target: str) -> Iterator[Row]:
        """Rows that have cells, with their numbers. Raises ``UnusableFile``."""
        reader = _Rows(self._words, self._dates, self._first_day)
        try:
            with self._book.open(target) as part:
                for _ in reader.feed(part):
                    yield from reader.take()
        except FAULTS as problem:
            raise UnusableFile("broken") from problem


class _Rows(Reader):
    """Collects the rows of one sheet."""

    def __init__(self, words: Words, dates: set[str], first_day: datetime) -> None:
        super().__init__()
        self._words, self._dates, self._first_day = words, dates, first_day
        self._rows: list[Row] = []
        self._number = 0
        self._cells: list[Any] = []
        self._column = 0
        self._kind = self._style = self._text = ""
        self._is_reading_aid = False

    def take(self) -> list[Row]:
        """The rows that are complete by now."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            place = attributes.get("r")
            self._column = _column(place) if place else len(self._cells)
            self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "")
            self._text = ""
        elif name in ("v", "t"):
            if not self._is_reading_aid:
                self.listen()
        elif name == "row":
            self._number = _next_row(attributes.get("r"), self._number)
            self._cells = []
        elif name == "rPh":
            self._is_reading_aid = True

    def end(self, name: str) -> None:
        if name == "c":
            if self._text and self._column < MOST_COLUMNS:
                self._put(self._value())
        elif name in ("v", "t"):
            if not self._is_reading_aid:
                self._text += self.heard()
        elif name == "row":
            if self._cells:
                self._rows.append((self._number, self._cells))
        elif name == "rPh":
            self._is_reading_aid = False

    def _put(self, value: object) -> None:
        missing = self._column - len(self._cells)
        if missing >= 0:
            self._cells.extend([""] * missing)
            self._cells.append(value)
        else:
            self._cells[self._column] = value

    def _value(self) -> object:
        kind, text = self._kind, self._text
        if kind == "s":
            return self._words[int(text)]
        if kind == "n":
            return self._number_or_date(float(text))
        if kind == "b":
            return text == "1"
        return datetime.fromisoformat(text) if kind == "d" else text

    def _number_or_date(self, number: float) -> object:
        if self._style not in self._dates:
            return number
        try:
            return self._first_day + timedelta(days=number)
        except OverflowError:
            return number


def _next_row(number: str | None, last: int) -> int:
    """Raises ``ValueError`` for a row not after the last one, or beyond the end of a sheet."""
    row = int(number) if number else last + 1
    if not last < row <= MOST_ROWS:
        raise ValueError(number)
    return row


def _column(place: str) -> int:
    """A1 → 0, AA7 → 26. Raises ``ValueError``."""
    column = 0
    for letter in place:
        if not "A" <= letter <= "Z":
            break
        column = column * 26 + ord(letter) - 64
    if not column:
        raise ValueError(place)
    return column - 1
