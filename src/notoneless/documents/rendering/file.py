"""A child's complete file as one PDF: cover, contents, every paper in its order (R-119)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pypdf import PdfWriter

from notoneless.documents.rendering.pdf import pages_in, pdf_of_sheet
from notoneless.rules.documents.blocks import Layout, PageBreak, Sheet, Table, Title


@dataclass(frozen=True, slots=True)
class Part:
    """One paper of the file."""

    title: str
    number: str
    on: str
    """As printed."""
    pdf: bytes


HEAD = ("序号", "文书", "文号", "日期", "页码")
WIDTHS = (2, 9, 9, 5, 3)
CONTENTS = "目录"


def complete_file(cover: Sheet, parts: Sequence[Part]) -> bytes:
    """Cover, list of contents with the page on which each paper begins, and the papers.

    Pages are counted from the cover on; each paper keeps the numbers printed on it. A reader finds
    the papers as bookmarks. Raises ``Unprintable``.
    """
    front = _front(cover, parts, before=1)
    # The list says where papers begin, and how long it is moves them: set once more when known.
    front = _front(cover, parts, before=pages_in(front))
    writer = PdfWriter()
    writer.append(io.BytesIO(front), import_outline=False)
    for part in parts:
        first = len(writer.pages)
        writer.append(io.BytesIO(part.pdf), import_outline=False)
        writer.add_outline_item(title=f"{part.title} {part.number}".strip(), page_number=first)
    return _bytes(writer)


def bound(pdfs: Sequence[bytes]) -> bytes:
    """Several papers as one PDF, to be printed at once."""
    writer = PdfWriter()
    for pdf in pdfs:
        writer.append(io.BytesIO(pdf), import_outline=False)
    return _bytes(writer)


def _front(cover: Sheet, parts: Sequence[Part], *, before: int) -> bytes:
    rows = []
    page = before + 1
    for at, part in enumerate(parts, 1):
        rows.append((str(at), part.title, part.number, part.on, str(page)))
        page += pages_in(part.pdf)
    contents = (PageBreak(), Title(CONTENTS), Table(HEAD, tuple(rows), WIDTHS))
    return pdf_of_sheet(replace(cover, layout=Layout.FORM, blocks=(*cover.blocks, *contents)))


def _bytes(writer: PdfWriter) -> bytes:
    # The same fonts in every paper are kept once.
    writer.compress_identical_objects(remove_duplicates=True, remove_unreferenced=True)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
