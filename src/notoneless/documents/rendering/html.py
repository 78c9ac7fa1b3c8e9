"""A sheet as HTML for the screen and the browser's printer; classes of ``_papers.scss``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from notoneless.rules.documents import blocks as b


def html_of_sheet(sheet: b.Sheet) -> SafeString:
    """One ``<article>``; every text is escaped. Raises ``Unprintable``."""
    b.must_be_printable(sheet)
    return format_html(
        '<article class="paper paper-{}" lang="zh-Hans">{}</article>',
        sheet.layout.value,
        _all(sheet.blocks),
    )


def _all(blocks: Iterable[b.Block]) -> SafeString:
    return format_html_join("", "{}", ((_block(block),) for block in blocks))


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


@singledispatch
def _block(block: b.Block) -> SafeString:
    raise TypeError(f"no such block: {block!r}")


@_block.register
def _letterhead(block: b.Letterhead) -> SafeString:
    return format_html(
        '<header class="paper-head"><p class="paper-office">{}</p>'
        '<p class="paper-number">{}</p></header>',
        block.office,
        block.number,
    )


@_block.register
def _official_head(block: b.OfficialHead) -> SafeString:
    signer = format_html("<span>签发人：{}</span>", block.signer) if block.signer else ""
    return format_html(
        '<header class="paper-head-official"><p class="paper-mark">{}</p>'
        '<p class="paper-mark-number{}"><span>{}</span>{}</p></header>',
        block.mark,
        " paper-upwards" if block.signer else "",
        block.number,
        signer,
    )


@_block.register
def _number_line(block: b.NumberLine) -> SafeString:
    return format_html('<p class="paper-number-line">{}：{}</p>', block.label, block.number)


@_block.register
def _title(block: b.Title) -> SafeString:
    under = format_html('<p class="paper-under">{}</p>', block.under) if block.under else ""
    return format_html('<h2 class="paper-title">{}</h2>{}', _lines(block.text), under)


@_block.register
def _addressee(block: b.Addressee) -> SafeString:
    return format_html('<p class="paper-addressee">{}：</p>', block.name)


@_block.register
def _paragraph(block: b.Paragraph) -> SafeString:
    css = "paper-text" if block.is_indented else "paper-flush"
    return format_html_join("", '<p class="{}">{}</p>', ((css, t) for t in block.text.split("\n")))


@_block.register
def _heading(block: b.Heading) -> SafeString:
    return format_html(
        '<h3 class="paper-heading paper-heading-{}">{}</h3>', block.level, block.text
    )


@_block.register
def _fields(block: b.Fields) -> SafeString:
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "{}", ((_field(f),) for f in row)),) for row in block.rows),
    )
    return format_html(
        '<table class="paper-fields paper-fields-{}"><tbody>{}</tbody></table>', block.columns, rows
    )


def _field(field: b.Field) -> SafeString:
    return format_html(
        '<th scope="row">{}</th><td colspan="{}"{}>{}</td>',
        field.label,
        field.span * 2 - 1,
        mark_safe(' class="paper-room"') if field.lines > 1 else "",
        _lines(field.value),
    )


@_block.register
def _table(block: b.Table) -> SafeString:
    caption = format_html("<caption>{}</caption>", block.caption) if block.caption else ""
    head = format_html_join("", '<th scope="col">{}</th>', ((_lines(cell),) for cell in block.head))
    rows = format_html_join(
        "",
        "<tr>{}</tr>",
        ((format_html_join("", "<td>{}</td>", ((_lines(c),) for c in r)),) for r in block.rows),
    )
    return format_html(
        '<table class="paper-table">{}<thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
        caption,
        head,
        rows,
    )


@_block.register
def _signatures(block: b.Signatures) -> SafeString:
    return format_html(
        '<ul class="paper-signatures">{}</ul>',
        format_html_join("", "{}", ((_sign_line(line),) for line in block.lines)),
    )


def _sign_line(line: b.SignLine) -> SafeString:
    beside = f"（{line.name}）" if line.name else ""
    certificate = f"证件号 {line.certificate}" if line.certificate else ""
    return format_html(
        '<li><span>{}：</span><span class="paper-line"></span><span>{}</span><span>{}</span>'
        "<span>{}</span></li>",
        line.label,
        beside,
        certificate,
        "　　年　　月　　日" if line.has_date else "",
    )


@_block.register
def _seal(block: b.Seal) -> SafeString:
    return format_html('<p class="paper-seal"><span>{}<br>{}</span></p>', block.office, block.on)


@_block.register
def _stamp_space(block: b.StampSpace) -> SafeString:
    return format_html(
        '<div class="paper-stamp"><p>{}</p><p class="paper-stamp-line">'
        "（盖章）　　　　年　　月　　日</p></div>",
        block.label,
    )


@_block.register
def _note(block: b.Note) -> SafeString:
    return format_html('<p class="paper-note">{}</p>', _lines(block.text))


@_block.register
def _attachments(block: b.Attachments) -> SafeString:
    names = format_html_join("", "<li>{}</li>", ((name,) for name in block.names))
    return format_html('<div class="paper-attachments"><p>附件：</p><ol>{}</ol></div>', names)


@_block.register
def _colophon(block: b.Colophon) -> SafeString:
    copies = (
        format_html(
            '<p class="paper-copies"><span>抄送：</span><span>{}。</span></p>',
            "，".join(block.copies),
        )
        if block.copies
        else ""
    )
    return format_html(
        '<footer class="paper-colophon">{}<p><span>{}</span><span>{}印发</span></p></footer>',
        copies,
        block.office,
        block.on,
    )


@_block.register
def _stub(block: b.Stub) -> SafeString:
    title = format_html("<h3>{}</h3>", block.title) if block.title else ""
    return format_html('<section class="paper-stub">{}{}</section>', title, _all(block.blocks))


@_block.register
def _page_break(block: b.PageBreak) -> SafeString:
    return mark_safe('<hr class="paper-break">')


@_block.register
def _draft_mark(block: b.DraftMark) -> SafeString:
    return format_html('<p class="paper-draft">{}</p>', conditional_escape(block.text))
