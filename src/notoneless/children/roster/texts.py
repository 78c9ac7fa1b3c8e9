"""Comma-separated copies of rosters: encoding, separator, rows."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from notoneless.children.roster.faults import UnusableFile

CHUNK_BYTES: Final = 1024 * 1024
LONGEST_CELL: Final = 32_767
"""As in Excel."""
_AS_TEXT: Final = re.compile(r'="([^"]*)"')
"""``="539901…"``: how exports keep a spreadsheet from reading a long number as a number."""


def encoding_of(path: Path) -> str:
    """UTF-8 (with or without mark), UTF-16 with mark, or GBK with its extension GB 18030.

    The whole file is decoded once. Raises ``UnusableFile`` when it fits none of them.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        if _fits(path, encoding):
            return encoding
    raise UnusableFile("wrong_encoding")


def _fits(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def text_rows(path: Path) -> Iterator[tuple[int, list[object]]]:
    """Rows with their numbers as a spreadsheet would count them, the first being 1.

    Raises ``UnusableFile`` for an endless cell, a zero byte or a wrong encoding.
    """
    encoding = encoding_of(path)
    csv.field_size_limit(LONGEST_CELL * 4)
    with path.open(encoding=encoding, newline="") as file:
        separator = _separator(file.readline(LONGEST_CELL))
        file.seek(0)
        try:
            for number, row in enumerate(csv.reader(file, delimiter=separator), start=1):
                yield number, [_unwrap(cell) for cell in row]
        except csv.Error as problem:
            raise UnusableFile("broken") from problem


def _separator(first_line: str) -> str:
    return max(",\t;", key=first_line.count)


def _unwrap(cell: str) -> str:
    match = _AS_TEXT.fullmatch(cell) if cell.startswith("=") else None
    return match.group(1) if match is not None else cell
