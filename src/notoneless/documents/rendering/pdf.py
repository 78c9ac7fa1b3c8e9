"""A sheet as PDF, set by typst."""

from __future__ import annotations

import io
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import typst
from pypdf import PdfReader

from notoneless.documents.rendering.faces import faces, fonts
from notoneless.rules.documents.blocks import Block, Sheet, must_be_printable

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
LONG_RUN: Final = re.compile(r"[!-~]{10,}")
"""A number that cannot be broken; justified, its line would be torn apart."""
LABEL_SHARE: Final = {1: 18, 2: 30, 3: 38}
"""Percent of a column of a form that its label takes."""
_turn = Lock()


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper with the number of its pages."""

    pdf: bytes
    pages: int


def printed(sheet: Sheet) -> Printed:
    """The paper as it will be kept. Raises as ``pdf_of_sheet``."""
    pdf = pdf_of_sheet(sheet)
    return Printed(pdf, pages_in(pdf))


def pages_in(pdf: bytes) -> int:
    """How many pages; some 1 ms."""
    return len(PdfReader(io.BytesIO(pdf)).pages)


def pdf_of_sheet(sheet: Sheet) -> bytes:
    """The bytes of the paper; the same sheet gives the same bytes on the same machine.

    Some 5 ms. Raises ``Unprintable``, ``FontsMissing``.
    """
    must_be_printable(sheet)
    told = json.dumps(_told(sheet), ensure_ascii=False)
    with _turn:
        made = _compiler().compile(
            format="pdf",
            sys_inputs={"sheet": told, "faces": json.dumps(faces())},
            timestamp=0,
            pdf_tags=False,
        )
    if not isinstance(made, bytes):
        raise TypeError("typst made no single file")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts(), ignore_system_fonts=True
    )


def _told(sheet: Sheet) -> dict[str, object]:
    return {
        "layout": sheet.layout.value,
        "title": sheet.name,
        "blocks": [_block(block) for block in sheet.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    told: dict[str, Any] = {**asdict(block), "kind": type(block).__name__.lower()}
    match told:
        case {"kind": "stub"}:
            told["blocks"] = [_block(inner) for inner in getattr(block, "blocks", ())]
        case {"kind": "paragraph", "text": text}:
            told["is_justified"] = LONG_RUN.search(text) is None
        case {"kind": "fields", "columns": columns}:
            told["share"] = LABEL_SHARE.get(columns, 40)
    return told
