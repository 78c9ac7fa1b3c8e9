"""What a paper is made of. A form turns its payload into blocks; three renderers print any blocks.

All texts are plain: no markup, and no control character but the line break, which begins a new
line in a cell and a new paragraph in running text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import StrEnum

from notoneless.rules.refusal import Refusal

IDEOGRAPHIC_PLANES = range(0x20000, 0x40000)
TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of writing."""


class Layout(StrEnum):
    LETTER = "letter"
    """GB/T 9704-2012: margins 37, 28, 35 and 26 mm, 22 lines of 28 characters, size 3 (16 pt)."""
    FORM = "form"
    """A4 with tables: margins 20 mm, size 5 (10.5 pt)."""


class Unprintable(Refusal):
    """A text holds a control or an unassigned character; ``where`` is the text without it."""

    code = "DOCUMENT-01"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The office's name in red above a red rule (发文机关标志), its number between them."""

    office: str
    number: str = ""
    """Given at issue; a draft has none."""


@dataclass(frozen=True, slots=True)
class OfficialHead:
    """文件格式: the red mark (发文机关标志), the number below it, a red rule."""

    mark: str
    """石桥镇人民政府文件."""
    number: str = ""
    """Given at issue; a draft has none."""
    signer: str = ""
    """Who answers for a report up the line (签发人), beside the number; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number in the upper right corner of a form or below the title of a law paper."""

    label: str = "编号"
    number: str = ""
    """Given at issue."""


@dataclass(frozen=True, slots=True)
class Title:
    text: str
    under: str = ""
    """A second, smaller line: （存根）, the school year."""


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who it is for, flush left (主送); the colon is set by the renderer."""

    name: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    is_indented: bool = True
    """By two characters."""


@dataclass(frozen=True, slots=True)
class Heading:
    """With its own number in the text: “一、事实” (level 1), “（一）经过” (level 2)."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One label and its value in a form."""

    label: str
    value: str = ""
    span: int = 1
    """How many of its row's columns it takes, a column being a label with its value."""
    lines: int = 1
    """How high at least: room to write by hand."""


@dataclass(frozen=True, slots=True)
class Fields:
    """A form's table of labels and values; the spans of each row add up to ``columns``."""

    rows: tuple[tuple[Field, ...], ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    """Shares of the page's width; all equal when absent."""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class SignLine:
    """A line that somebody signs: “执法人员：____（执法证号：云-012）  年  月  日”."""

    label: str
    name: str = ""
    """Printed beside the line; the signature itself is by hand."""
    certificate: str = ""
    """Number of the officer's certificate."""
    has_date: bool = True
    """With room for the day of signing."""


@dataclass(frozen=True, slots=True)
class Signatures:
    lines: tuple[SignLine, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """The office's name and the date at the end, right, with room for its seal over both."""

    office: str
    on: str
    """As printed: “2026年11月20日”."""


@dataclass(frozen=True, slots=True)
class StampSpace:
    """An empty box for somebody else's seal and opinion."""

    label: str
    lines: int = 4


@dataclass(frozen=True, slots=True)
class Note:
    """Small print below a form."""

    text: str


@dataclass(frozen=True, slots=True)
class Attachments:
    """附件说明: the names of what is attached, numbered by the renderer when several."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Colophon:
    """版记, at the foot of a page: who gets a copy, which office printed it and when."""

    copies: tuple[str, ...]
    office: str
    on: str
    """As printed: “2026年11月20日”."""


@dataclass(frozen=True, slots=True)
class Stub:
    """The part that is torn off below a dashed line: 回执, 送达回证, 存根."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class DraftMark:
    """Prints “草稿” across the head of each page."""

    text: str = "草稿"


Block = (
    Letterhead
    | OfficialHead
    | NumberLine
    | Title
    | Addressee
    | Paragraph
    | Heading
    | Fields
    | Table
    | Signatures
    | Seal
    | StampSpace
    | Note
    | Attachments
    | Colophon
    | Stub
    | PageBreak
    | DraftMark
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper, ready to print."""

    layout: Layout
    blocks: tuple[Block, ...]

    @property
    def name(self) -> str:
        """Its first title; empty when it has none."""
        return next((block.text for block in self.blocks if isinstance(block, Title)), "")

    @property
    def is_draft(self) -> bool:
        return any(isinstance(block, DraftMark) for block in self.blocks)


def as_draft(sheet: Sheet) -> Sheet:
    """The same paper marked 草稿."""
    return sheet if sheet.is_draft else replace(sheet, blocks=(DraftMark(), *sheet.blocks))


def texts_of(sheet: Sheet) -> tuple[str, ...]:
    """Every text that is printed, in its order, empty ones left out."""
    return tuple(text for text in _texts(sheet.blocks) if text)


def must_be_printable(sheet: Sheet) -> None:
    """Raises ``Unprintable`` for the first text with a character that no paper can show."""
    for text in texts_of(sheet):
        if any(_is_unprintable(letter) for letter in text):
            raise Unprintable(where="".join(c for c in text if not _is_unprintable(c))[:40])


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


def _is_unprintable(letter: str) -> bool:
    """Controls, surrogates, unassigned; private use too, which every font shows differently.

    So are the marks that turn the direction of a line, with which a name could hide another.
    Ideographs newer than this Python's tables (planes 2 and 3) are let through.
    """
    if letter == "\n" or ord(letter) in IDEOGRAPHIC_PLANES:
        return False
    return unicodedata.category(letter) in {"Cc", "Cs", "Cn", "Co"} or letter in TURNING
