"""A sheet as .docx, to be worked over in an office that has 仿宋; always marked 草稿.

The typeface is named, not carried: the reader's machine supplies it.
"""

from __future__ import annotations

import io
from functools import singledispatch
from typing import TYPE_CHECKING, Final

import docx
from docx.document import Document  # at run time too: singledispatch reads the annotations
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor

from notoneless.rules.documents import blocks as b

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.section import Section
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

FANGSONG: Final = "仿宋_GB2312"
TITLE: Final = "方正小标宋简体"
HEI: Final = "黑体"
KAI: Final = "楷体_GB2312"
RED: Final = RGBColor(0xFF, 0x33, 0x33)
LETTER_POINTS, FORM_POINTS = 16.0, 10.5
PITCH: Final = Pt(28.95)
CELL_POINTS: Final = 12
LABEL_AND_VALUE: Final = (35, 65)
"""Shares of a form's column: dates and numbers need no second line."""


def docx_of_sheet(sheet: b.Sheet) -> bytes:
    """The bytes of a draft. Raises ``Unprintable``."""
    b.must_be_printable(sheet)
    page = docx.Document()
    is_letter = sheet.layout is b.Layout.LETTER
    _page(page.sections[0], is_letter=is_letter)
    _plain_style(page, is_letter=is_letter)
    draft = next((block.text for block in sheet.blocks if isinstance(block, b.DraftMark)), "草稿")
    head = page.sections[0].header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(head, draft, points=14, face=HEI)
    for block in sheet.blocks:
        _block(block, page)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def _page(section: Section, *, is_letter: bool) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = (37, 35, 28, 26) if is_letter else (20, 20, 22, 18)
    section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
    section.left_margin, section.right_margin = Mm(left), Mm(right)


def _plain_style(page: Document, *, is_letter: bool) -> None:
    style = page.styles["Normal"]
    style.font.size = Pt(LETTER_POINTS if is_letter else FORM_POINTS)
    style.font.name = FANGSONG
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FANGSONG)
    spacing = style.paragraph_format
    spacing.space_after = spacing.space_before = Pt(0)
    if is_letter:
        spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        spacing.line_spacing = PITCH


def _run(
    into: Paragraph, text: str, *, points: float | None = None, face: str = "", bold: bool = False
) -> Run:
    run = into.add_run(text)
    run.bold = bold or None
    if points:
        run.font.size = Pt(points)
    if face:
        run.font.name = face
        run.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
    return run


def _centred(page: Document, text: str, *, points: float, face: str) -> Run:
    into = page.add_paragraph()
    into.alignment = WD_ALIGN_PARAGRAPH.CENTER
    into.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    into.paragraph_format.space_before = into.paragraph_format.space_after = Pt(3)
    return _run(into, text, points=points, face=face)


def _indented(page: Document, text: str, *, face: str = "") -> None:
    for part in text.split("\n"):
        into = page.add_paragraph()
        into.paragraph_format.first_line_indent = Pt(2 * LETTER_POINTS)
        # In characters, which wins where the reader's machine knows it.
        into.paragraph_format.element.get_or_add_pPr().ind.set(qn("w:firstLineChars"), "200")
        _run(into, part, face=face)


def _right(page: Document, text: str) -> None:
    into = page.add_paragraph(text)
    into.alignment = WD_ALIGN_PARAGRAPH.RIGHT


@singledispatch
def _block(block: b.Block, page: Document) -> None:
    raise TypeError(f"no such block: {block!r}")


@_block.register
def _letterhead(block: b.Letterhead, page: Document) -> None:
    run = _centred(page, block.office, points=32, face=TITLE)
    run.font.color.rgb = RED
    _ruled(page.paragraphs[-1], line="thickThinSmallGap", colour="FF3333", points=2.25)
    _right(page, block.number)


@_block.register
def _official_head(block: b.OfficialHead, page: Document) -> None:
    run = _centred(page, block.mark, points=42, face=TITLE)
    run.font.color.rgb = RED
    page.paragraphs[-1].paragraph_format.space_before = Mm(35)
    page.paragraphs[-1].paragraph_format.space_after = 2 * PITCH
    number = page.add_paragraph(block.number)
    if block.signer:
        _to_the_right(number, page)
        number.add_run(f"\t签发人：{block.signer}")
    else:
        number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _ruled(number, line="single", colour="FF3333", points=1.5)
    number.paragraph_format.space_after = PITCH


def _ruled(
    paragraph: Paragraph,
    *,
    line: str,
    colour: str,
    points: float,
    sides: Sequence[str] = ("bottom",),
) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        drawn = OxmlElement(f"w:{side}")
        # A border is measured in eighths of a point.
        width = str(round(points * 8))
        for key, value in {"val": line, "sz": width, "space": "4", "color": colour}.items():
            drawn.set(qn(f"w:{key}"), value)
        borders.append(drawn)
    paragraph.paragraph_format.element.get_or_add_pPr().append(borders)


@_block.register
def _number_line(block: b.NumberLine, page: Document) -> None:
    _right(page, f"{block.label}：{block.number}")


@_block.register
def _title(block: b.Title, page: Document) -> None:
    _centred(page, block.text, points=22, face=TITLE)
    if block.under:
        _centred(page, block.under, points=14, face=FANGSONG)


@_block.register
def _addressee(block: b.Addressee, page: Document) -> None:
    page.add_paragraph(f"{block.name}：")


@_block.register
def _paragraph(block: b.Paragraph, page: Document) -> None:
    if block.is_indented:
        _indented(page, block.text)
    else:
        for part in block.text.split("\n"):
            page.add_paragraph(part)


@_block.register
def _heading(block: b.Heading, page: Document) -> None:
    _indented(page, block.text, face=HEI if block.level == 1 else KAI)
    page.paragraphs[-1].paragraph_format.keep_with_next = True


def _text_width(page: Document) -> int:
    section = page.sections[0]
    return (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)


def _to_the_right(paragraph: Paragraph, page: Document) -> None:
    """What follows a tab ends at the right margin."""
    end = Length(_text_width(page))
    paragraph.paragraph_format.tab_stops.add_tab_stop(end, WD_TAB_ALIGNMENT.RIGHT)


def _grid(page: Document, *, rows: int, shares: Sequence[int]) -> Table:
    """A table as wide as the text, its columns by their shares."""
    before = page.tables[-1]._element if page.tables else None
    if before is not None and before.getnext() is page.element.body.sectPr:
        # Word joins two tables that touch.
        _run(page.add_paragraph(), "", points=5)
    table: Table = page.add_table(rows, len(shares))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for share, column in zip(shares, table.columns, strict=True):
        column.width = Length(_text_width(page) * share // sum(shares))
    return table


def _cell(cell: _Cell, text: str, *, bold: bool = False) -> None:
    into = cell.paragraphs[0]
    into.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    # A form is set smaller than a letter; its cells too.
    size = into.part.document.styles["Normal"].font.size
    _run(into, text, points=min(CELL_POINTS, size.pt if size else CELL_POINTS), bold=bold)


@_block.register
def _fields(block: b.Fields, page: Document) -> None:
    table = _grid(page, rows=len(block.rows), shares=LABEL_AND_VALUE * block.columns)
    for row, cells in zip(block.rows, table.rows, strict=True):
        at = 0
        for field in row:
            _cell(cells.cells[at], field.label, bold=True)
            first, last = at + 1, at + field.span * 2 - 1
            _cell(cells.cells[first].merge(cells.cells[last]), field.value)
            at = last + 1
        if any(field.lines > 1 for field in row):
            cells.height = Pt(max(field.lines for field in row) * 20)


@_block.register
def _table(block: b.Table, page: Document) -> None:
    if block.caption:
        _centred(page, block.caption, points=CELL_POINTS, face=HEI)
    table = _grid(page, rows=1 + len(block.rows), shares=block.widths or (1,) * len(block.head))
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        _cell(cell, text, bold=True)
    for cells, row in zip(table.rows[1:], block.rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            _cell(cell, text)


@_block.register
def _signatures(block: b.Signatures, page: Document) -> None:
    for line in block.lines:
        name = f"（{line.name}）" if line.name else ""
        certificate = f"　证件号 {line.certificate}" if line.certificate else ""
        day = "　　　年　　月　　日" if line.has_date else ""
        text = f"{line.label}：＿＿＿＿＿＿{name}{certificate}{day}"
        _run(page.add_paragraph(), text, points=CELL_POINTS)


@_block.register
def _seal(block: b.Seal, page: Document) -> None:
    page.add_paragraph()
    for text in (block.office, block.on):
        _right(page, text)
        page.paragraphs[-1].paragraph_format.right_indent = Pt(4 * LETTER_POINTS)


@_block.register
def _stamp_space(block: b.StampSpace, page: Document) -> None:
    table = _grid(page, rows=1, shares=(1,))
    _cell(table.cell(0, 0), f"{block.label}" + "\n" * block.lines + "（盖章）　　　年　　月　　日")


@_block.register
def _note(block: b.Note, page: Document) -> None:
    _run(page.add_paragraph(), block.text, points=9)


@_block.register
def _attachments(block: b.Attachments, page: Document) -> None:
    for at, name in enumerate(block.names, 1):
        mark = f"{at}." if len(block.names) > 1 else ""
        _indented(page, f"{'附件：' if at == 1 else '　　　'}{mark}{name}")


@_block.register
def _colophon(block: b.Colophon, page: Document) -> None:
    page.add_paragraph()
    if block.copies:
        copies = page.add_paragraph()
        _run(copies, f"抄送：{'，'.join(block.copies)}。", points=14)
        _ruled(copies, line="single", colour="000000", points=1, sides=("top",))
    printed = page.add_paragraph()
    _to_the_right(printed, page)
    _run(printed, f"{block.office}\t{block.on}印发", points=14)
    _ruled(printed, line="single", colour="000000", points=1, sides=("top", "bottom"))


@_block.register
def _stub(block: b.Stub, page: Document) -> None:
    page.add_paragraph("－" * 20)
    if block.title:
        _centred(page, block.title, points=16, face=TITLE)
    for inner in block.blocks:
        _block(inner, page)


@_block.register
def _page_break(block: b.PageBreak, page: Document) -> None:
    page.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


@_block.register
def _draft_mark(block: b.DraftMark, page: Document) -> None:
    """Stands in the header of every draft."""
