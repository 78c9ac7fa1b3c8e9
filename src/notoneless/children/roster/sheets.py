"""Opening a roster file by what it holds, whatever it is called, and finding its sheet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from notoneless.children.roster.archive import SMALL_SHEET_BYTES, guard, is_workbook
from notoneless.children.roster.faults import UnusableFile
from notoneless.children.roster.streamed import Workbook
from notoneless.children.roster.texts import text_rows
from notoneless.rules.roster.headings import LOOK_IN_ROWS, HeadingFault, Headings, find_headings

Row = tuple[int, list[Any]]
"""Sheet row (the first is 1) and its cells."""

OLE_START: Final = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_PART: Final = "EncryptedPackage".encode("utf-16-le")
ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
OTHER_STARTS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"MZ")
MOST_SHEETS: Final = 50


@dataclass(frozen=True, slots=True)
class OpenSheet:
    """A sheet with its headings found."""

    headings: Headings
    titles: list[str]
    """The words of the row above the data, for the error workbook."""
    rows: Iterator[Row]
    """Rows under the headings, blank ones left out. Read once."""
    row_count: int | None
    """Rows under the headings, blank ones counted; ``None`` where the sheet is streamed."""
    other_rosters: tuple[str, ...] = ()
    """Names of further sheets that look like rosters and are not read."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    rows: Iterator[Row]
    row_count: int | None


def open_roster(
    path: Path,
    *,
    limit_bytes: int,
    may_lack: frozenset[str] = frozenset(),
    scratch: Path | None = None,
) -> OpenSheet:
    """Open the sheet of a roster file.

    What a file is follows from its first bytes. The first sheet with roster headings is taken.
    ``may_lack`` as in ``find_headings``; ``scratch`` is a folder with room for a long workbook's
    words (the system's for temporary files if ``None``). Raises ``UnusableFile``, also later from
    ``rows``.
    """
    if path.stat().st_size > limit_bytes:
        raise UnusableFile("too_large", limit_mb=limit_bytes // (1024 * 1024))
    with ExitStack() as opening:
        found, others = _look(_sheets(path, opening, scratch), may_lack)
        # From here the files stay open until the last row has been read.
        held = opening.pop_all()
    rows = _held_open(found.rows, held)
    return OpenSheet(found.headings, found.titles, rows, found.row_count, tuple(others))


def _look(sheets: Iterator[_Sheet], may_lack: frozenset[str]) -> tuple[OpenSheet, list[str]]:
    faults: list[HeadingFault] = []
    found: OpenSheet | None = None
    others: list[str] = []
    for sheet in islice(sheets, MOST_SHEETS):
        top = list(islice(sheet.rows, LOOK_IN_ROWS))
        headings = find_headings(_in_place(top), may_lack=may_lack)
        if isinstance(headings, HeadingFault):
            faults.extend([headings] if top else [])
        elif found is None:
            found = _opened(sheet, top, headings)
        else:
            others.append(sheet.name)
    if found is None:
        raise _worst(faults)
    return found, others


def _held_open(rows: Iterator[Row], held: ExitStack) -> Iterator[Row]:
    with held:
        yield from rows


def _in_place(top: list[Row]) -> list[list[Any]]:
    """Rows by sheet row: readers may leave blank rows out."""
    last = top[-1][0] if top else 0
    cells = dict(top)
    return [cells.get(number, []) for number in range(1, min(last, LOOK_IN_ROWS) + 1)]


def _opened(sheet: _Sheet, top: list[Row], headings: Headings) -> OpenSheet:
    first = headings.first_data_row
    titles = next((row for number, row in reversed(top) if number < first), [])

    def rows() -> Iterator[Row]:
        for source in (top, sheet.rows):
            for number, cells in source:
                if number >= first and any(cell not in (None, "") for cell in cells):
                    yield number, cells

    count = max(sheet.row_count - first + 1, 0) if sheet.row_count is not None else None
    return OpenSheet(headings, [str(word or "") for word in titles], rows(), count)


def _worst(faults: list[HeadingFault]) -> UnusableFile:
    if not faults:
        return UnusableFile("empty")
    near = next((fault for fault in faults if fault.code != "no_heading_row"), faults[0])
    return UnusableFile(near.code, **near.facts)


def _sheets(path: Path, opening: ExitStack, scratch: Path | None) -> Iterator[_Sheet]:
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise UnusableFile("empty")
    if start.startswith(OLE_START):
        return _old_workbook(path)
    if start.startswith(ZIP_STARTS):
        return _new_workbook(path, opening, scratch)
    if start.startswith(OTHER_STARTS):
        raise UnusableFile("not_a_sheet")
    if _looks_like_markup(start):
        raise UnusableFile("web_page")
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnusableFile("not_a_sheet")
    return iter([_Sheet(path.name, text_rows(path), None)])


def _looks_like_markup(start: bytes) -> bool:
    words = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return words.startswith((b"<html", b"<!doctype", b"<?xml", b"<table", b"<meta", b"<head"))


def _old_workbook(path: Path) -> Iterator[_Sheet]:
    with path.open("rb") as file:
        if ENCRYPTED_PART in file.read(1024 * 1024):
            raise UnusableFile("encrypted")
    return _in_memory(path)


def _new_workbook(path: Path, opening: ExitStack, scratch: Path | None) -> Iterator[_Sheet]:
    if not is_workbook(path):
        raise UnusableFile("not_a_sheet")
    if guard(path) <= SMALL_SHEET_BYTES:
        return _in_memory(path)
    return _streamed(path, opening, scratch)


def _in_memory(path: Path) -> Iterator[_Sheet]:
    try:
        # By its bytes: given a path, the reader would go by the name.
        with path.open("rb") as file:
            workbook = CalamineWorkbook.from_filelike(file)
            for index, name in enumerate(workbook.sheet_names):
                rows = workbook.get_sheet_by_index(index).to_python(skip_empty_area=False)
                yield _Sheet(name, enumerate(rows, start=1), len(rows))
    except (CalamineError, OSError, ValueError) as problem:
        fault = "encrypted" if "password" in str(problem).lower() else "broken"
        raise UnusableFile(fault) from problem
    except BaseException as problem:
        # A panic of the reader's Rust code is no ``Exception``; everything else goes on up.
        if type(problem).__name__ == "PanicException":
            raise UnusableFile("broken") from problem
        raise


def _streamed(path: Path, opening: ExitStack, scratch: Path | None) -> Iterator[_Sheet]:
    for name, rows in Workbook(path, opening, scratch=scratch).sheets():
        yield _Sheet(name, rows, None)
