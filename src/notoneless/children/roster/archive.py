"""Looking into an .xlsx before opening it: its directory must not promise a flood."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from notoneless.children.roster.faults import UnusableFile

MEBIBYTE: Final = 1024 * 1024
MOST_ENTRIES: Final = 2_000
MOST_BYTES: Final = 8 * 1024 * MEBIBYTE
"""Unpacked. A million rows of 71 columns unpack to some 4 GiB of XML."""
FREE_BYTES: Final = 16 * MEBIBYTE
"""Below this size a part may be packed as tightly as it likes."""
TIGHTEST: Final = 150
"""Unpacked to packed size. Sheets of real schools lie between 5 and 60; bombs near 1,000."""
SMALL_SHEET_BYTES: Final = 48 * MEBIBYTE
"""Up to here a workbook is read into memory at once (about four times its XML); above, streamed
(``streamed``): four times slower to open, and memory does not grow."""


def is_workbook(path: Path) -> bool:
    """Whether a zip file is an Excel workbook (it has ``xl/workbook``). Opens nothing.

    Raises ``UnusableFile`` for a zip that is broken or promises more than a sheet may hold.
    """
    return any(info.filename.startswith("xl/workbook") for info in _entries(path))


def guard(path: Path) -> int:
    """The number of bytes that a workbook unpacks to, from its directory alone.

    Raises ``UnusableFile`` when it has too many parts, unpacks to too much, is packed more
    tightly than sheets are, or (small workbooks only) a part is not what the directory says.
    """
    infos = _entries(path)
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_ENTRIES or total > MOST_BYTES or any(map(_is_bomb, infos)):
        raise UnusableFile("packed_too_tightly")
    if total <= SMALL_SHEET_BYTES:
        _prove(path)
    return total


def _entries(path: Path) -> list[ZipInfo]:
    try:
        with ZipFile(path) as archive:
            return archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as problem:
        raise UnusableFile("broken") from problem


def _is_bomb(info: ZipInfo) -> bool:
    return info.file_size > FREE_BYTES and info.file_size > TIGHTEST * max(info.compress_size, 1)


def _prove(path: Path) -> None:
    """Unpack once, at most to the sizes promised: the fast reader does not check them itself."""
    try:
        with ZipFile(path) as archive:
            liar = archive.testzip()
    except (
        BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        EOFError,
        NotImplementedError,
    ) as problem:
        raise UnusableFile("broken") from problem
    if liar is not None:
        raise UnusableFile("broken")
