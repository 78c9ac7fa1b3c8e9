"""The parts of an .xlsx read as streams of XML, none of them ever whole in memory."""

from __future__ import annotations

import os
import re
import tempfile
from array import array
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Final
from xml.parsers import expat
from zipfile import ZipFile

CHUNK_BYTES: Final = 64 * 1024
LONGEST_TEXT: Final = 4 * 32_767
"""Four bytes for each character of Excel's longest cell."""
KEPT_WORDS: Final = 20_000
WORKBOOK: Final = "xl/workbook.xml"
BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""ECMA-376 18.8.30; 27 to 36 and 50 to 58 are the dates of Chinese, Japanese and Korean Excel."""
_NOT_FORMAT: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
Attributes = dict[str, str]


class Broken(ValueError):
    """A part is not what a workbook holds, or holds what no sheet needs."""


class Reader:
    """Feeds one part of a workbook to handlers. Refuses what could swell: document types."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.CharacterDataHandler = self._data
        self._parser.StartDoctypeDeclHandler = _refuse
        self._texts: list[str] | None = None
        self._length = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def listen(self) -> None:
        """Keep the text that follows."""
        self._texts, self._length = [], 0

    def heard(self) -> str:
        """The text since ``listen``."""
        texts, self._texts = self._texts, None
        return "".join(texts or ())

    def feed(self, part: IO[bytes]) -> Iterator[None]:
        """Read on, some rows at a time. Raises ``expat.ExpatError``, ``Broken``."""
        while chunk := part.read(CHUNK_BYTES):
            self._parser.Parse(chunk, False)
            yield
        self._parser.Parse(b"", True)
        yield

    def whole(self, part: IO[bytes]) -> None:
        for _ in self.feed(part):
            pass

    def _begin(self, root: str, attributes: Attributes) -> None:
        """The first element shows whether names bear a prefix; most writers set none."""
        if ":" in root:
            self._parser.StartElementHandler = lambda name, found: self.start(_local(name), found)
            self._parser.EndElementHandler = lambda name: self.end(_local(name))
        else:
            self._parser.StartElementHandler = self.start
            self._parser.EndElementHandler = self.end
        self.start(_local(root), attributes)

    def _data(self, text: str) -> None:
        if self._texts is not None:
            self._length += len(text)
            if self._length > LONGEST_TEXT:
                raise Broken("a cell without end")
            self._texts.append(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _refuse(*_args: object) -> None:
    raise Broken("no sheet has a document type")


class Words(Reader):
    """The shared words of a workbook: on disk, because a million rows have some ten million."""

    def __init__(self, scratch: Path | None) -> None:
        super().__init__()
        self._file = tempfile.TemporaryFile(dir=scratch)  # noqa: SIM115  # closed with the workbook
        self._ends = array("Q", [0])
        self._item: list[str] = []
        self._is_reading_aid = False
        self._kept: dict[int, str] = {}

    def read(self, part: IO[bytes]) -> None:
        self.whole(part)
        self._file.flush()

    def close(self) -> None:
        self._file.close()

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "t" and not self._is_reading_aid:
            self.listen()
        elif name == "rPh":
            self._is_reading_aid = True

    def end(self, name: str) -> None:
        if name == "t" and not self._is_reading_aid:
            self._item.append(self.heard())
        elif name == "rPh":
            self._is_reading_aid = False
        elif name == "si":
            text = "".join(self._item).encode()
            self._item.clear()
            if len(text) > 4 * LONGEST_TEXT:
                raise Broken("a word without end")
            self._file.write(text)
            self._ends.append(self._ends[-1] + len(text))

    def __getitem__(self, index: int) -> str:
        word = self._kept.get(index)
        if word is None:
            if not 0 <= index < len(self._ends) - 1:
                raise Broken("a word that is not listed")
            start = self._ends[index]
            word = os.pread(self._file.fileno(), self._ends[index + 1] - start, start).decode()
            if len(self._kept) >= KEPT_WORDS:
                self._kept.clear()
            self._kept[index] = word
        return word


class Styles(Reader):
    """Which cell styles (by number, as text) show a number as a date."""

    def __init__(self) -> None:
        super().__init__()
        self.dates: set[str] = set()
        self._formats: dict[str, bool] = {}
        self._is_in_cells = False
        self._count = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "numFmt":
            shown = _NOT_FORMAT.sub("", attributes.get("formatCode", "")).lower()
            self._formats[attributes.get("numFmtId", "")] = any(c in shown for c in "ymdhs年月日")
        elif name == "cellXfs":
            self._is_in_cells = True
        elif name == "xf" and self._is_in_cells:
            number = attributes.get("numFmtId", "0")
            if self._formats.get(number, number.isdecimal() and int(number) in BUILT_IN_DATES):
                self.dates.add(str(self._count))
            self._count += 1

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_in_cells = False


class Contents(Reader):
    """The sheets of a workbook, and whether it counts days from 1904."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []
        """Name and relation of each."""
        self.is_from_1904 = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            relation = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.is_from_1904 = attributes.get("date1904", "0") in ("1", "true")


class Relations(Reader):
    """Where the other parts of a workbook are: by relation, and by their kind."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}
        self.kinds: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            target = _path(attributes.get("Target", ""))
            self.targets[attributes.get("Id", "")] = target
            self.kinds[attributes.get("Type", "").rpartition("/")[2]] = target


def _path(target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts: list[str] = ["xl"]
    for part in PurePosixPath(target).parts:
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def read_part(book: ZipFile, name: str, reader: Reader) -> None:
    """Read one small part whole. Raises ``KeyError`` where there is none."""
    with book.open(name) as part:
        reader.whole(part)
