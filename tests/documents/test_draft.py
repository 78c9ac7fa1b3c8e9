"""Papers as .docx drafts and as HTML."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from notoneless.documents.rendering.docx import docx_of_sheet
from notoneless.documents.rendering.html import html_of_sheet
from notoneless.rules.documents.blocks import (
    Addressee,
    Attachments,
    Colophon,
    DraftMark,
    Field,
    Fields,
    Heading,
    Layout,
    Letterhead,
    Note,
    NumberLine,
    OfficialHead,
    PageBreak,
    Paragraph,
    Seal,
    Sheet,
    Signatures,
    SignLine,
    StampSpace,
    Stub,
    Table,
    Title,
    Unprintable,
    texts_of,
)

EVERYTHING = (
    DraftMark(),
    Letterhead("石桥镇人民政府", "石政〔2026〕3号"),
    OfficialHead("石桥镇人民政府文件", "石政〔2026〕4号", "周明"),
    NumberLine("文号", "12"),
    Title("返校通知书", "（存根）"),
    Addressee("王大山"),
    Heading("一、事实"),
    Heading("（一）经过", 2),
    Paragraph("王䶮<b>缺课"),
    Paragraph("顶格", is_indented=False),
    Fields(((Field("姓名", "李㛃"), Field("性别", "女")), (Field("住址", "大塘村", 2, 3),))),
    Table(("日期", "结果"), (("10月13日", "未见"),), (1, 2), "经过"),
    Signatures((SignLine("校长", "周明"), SignLine("执法人员", "李明", "云-012"))),
    Seal("石桥镇政府", "2026年11月20日"),
    StampSpace("意见"),
    Note("一式两份"),
    Attachments(("报告书", "记录")),
    Colophon(("县教育局", "石桥镇中心小学"), "镇政府办", "2026年11月21日"),
    PageBreak(),
    Stub("送达回证", (Paragraph("今收到"),)),
)


@pytest.fixture(params=list(Layout))
def sheet(request):
    return Sheet(request.param, EVERYTHING)


def words_of(draft):
    page = docx.Document(io.BytesIO(draft))
    return "".join(node.text or "" for node in page.element.body.iter(qn("w:t"))) + "".join(
        paragraph.text for paragraph in page.sections[0].header.paragraphs
    )


@pytest.mark.req("R-299")
def test_a_draft_says_all_that_the_paper_says(sheet):
    words = words_of(docx_of_sheet(sheet))

    assert [text for text in texts_of(sheet) if text not in words] == []


@pytest.mark.req("R-299")
def test_the_screen_shows_all_that_the_paper_says(sheet):
    page = html_of_sheet(sheet).replace("&lt;", "<").replace("&gt;", ">")

    assert [text for text in texts_of(sheet) if text not in page] == []


@pytest.mark.req("R-299")
def test_a_draft_is_marked_even_where_the_sheet_is_not():
    page = docx.Document(io.BytesIO(docx_of_sheet(Sheet(Layout.LETTER, (Paragraph("一"),)))))

    assert "草稿" in page.sections[0].header.paragraphs[0].text


@pytest.mark.req("R-299")
def test_a_draft_names_the_offices_typeface_also_for_chinese():
    page = docx.Document(io.BytesIO(docx_of_sheet(Sheet(Layout.LETTER, (Paragraph("一"),)))))
    fonts = page.styles["Normal"].element.rPr.rFonts

    assert fonts.get(qn("w:eastAsia")) == fonts.get(qn("w:ascii")) == "仿宋_GB2312"


def test_a_letters_draft_has_the_standards_margins():
    (section,) = docx.Document(
        io.BytesIO(docx_of_sheet(Sheet(Layout.LETTER, (Paragraph("一"),))))
    ).sections

    margins = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 28, 35, 26]


def test_no_text_becomes_markup_on_the_screen():
    page = html_of_sheet(Sheet(Layout.FORM, (Paragraph("<script>"), Title('"><img>'))))

    assert "<script" not in page
    assert "<img" not in page


@pytest.mark.parametrize("render", [docx_of_sheet, html_of_sheet])
def test_control_characters_are_refused_everywhere(render):
    with pytest.raises(Unprintable):
        render(Sheet(Layout.FORM, (Note("a\x0bb"),)))
