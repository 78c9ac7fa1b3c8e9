"""Papers as PDF: GB/T 9704-2012 measures, rare characters, and names that look like markup."""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass

import pytest
from pypdf import PdfReader

from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.rules.documents.blocks import (
    Colophon,
    DraftMark,
    Field,
    Fields,
    Layout,
    Letterhead,
    NumberLine,
    OfficialHead,
    PageBreak,
    Paragraph,
    Seal,
    Sheet,
    Signatures,
    SignLine,
    Stub,
    Table,
    Title,
    Unprintable,
)

MM = 72 / 25.4
A4 = (595.28, 841.89)
SIZE = 16
ABOVE, BELOW = 0.88 * SIZE, 0.12 * SIZE
"""Of a character over and under its base line, in Noto Serif SC."""
RED = [0, 0.8, 0.8, 0]
"""Yellow 80 and magenta 80."""
FULL = "现责令你自收到本通知之日起五日内送其返校就读并告知该学校"
"""28 characters, none of which moves at the end of a line."""


@dataclass
class Line:
    top: float
    """Points from the upper edge of the page to the line's upper edge."""
    left: float
    text: str


def letter(*blocks):
    return Sheet(Layout.LETTER, blocks)


def form(*blocks):
    return Sheet(Layout.FORM, blocks)


def pages(sheet):
    return PdfReader(io.BytesIO(pdf_of_sheet(sheet))).pages


def text(sheet):
    return "\n".join(page.extract_text() for page in pages(sheet))


def lines(page, size=SIZE):
    """The page's lines of running text, by where they stand."""
    found = defaultdict(list)

    def see(part, cm, tm, _font, points):
        scale = abs(cm[0] * tm[0])
        if part.strip() and abs(points * scale - size) < 0.2:
            x = cm[0] * tm[4] + cm[4]
            y = cm[3] * tm[5] + cm[5]
            found[round(y, 1)].append((x, part.strip("\n")))

    page.extract_text(visitor_text=see)
    height = float(page.mediabox.height)
    return [
        Line(height - y - ABOVE, min(parts)[0], "".join(part for _, part in sorted(parts)))
        for y, parts in sorted(found.items(), reverse=True)
    ]


@dataclass
class Rule:
    """A horizontal line."""

    at: float
    """Points from the upper edge of the page to its middle."""
    left: float
    right: float
    points: float
    is_red: bool


def rules(page):
    """The page's horizontal lines, from above to below."""
    found, drawn = [], {}

    def see(operator, operands, cm, _tm):
        if operator in (b"m", b"l"):
            drawn[operator] = _placed(operands, cm)
        elif operator in (b"w", b"K"):
            drawn[operator] = [float(each) for each in operands]
        elif operator == b"Q":
            drawn.clear()
        elif operator == b"S" and drawn[b"m"][1] == pytest.approx(drawn[b"l"][1], abs=0.01):
            (left, y), (right, _y) = drawn[b"m"], drawn[b"l"]
            (width,) = drawn.get(b"w", [1.0])
            top = float(page.mediabox.height) - y
            found.append(Rule(top, left, right, width, drawn.get(b"K") == RED))

    page.extract_text(visitor_operand_before=see)
    return sorted(found, key=lambda rule: rule.at)


def _placed(point, cm):
    x, y = (float(part) for part in point)
    return cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]


@pytest.fixture(scope="module")
def full():
    """Two pages and a half of running text, every line full."""
    return pages(letter(Paragraph(FULL * 54, is_indented=False)))


@pytest.mark.req("R-299")
def test_a_page_is_a4(full):
    assert [round(float(side), 1) for side in full[0].mediabox[2:]] == [
        pytest.approx(side, abs=0.5) for side in A4
    ]


@pytest.mark.req("R-299")
def test_a_full_page_holds_twenty_two_lines_of_twenty_eight_characters(full):
    assert [len(lines(page)) for page in full] == [22, 22, 10]
    assert {len(line.text) for line in lines(full[0])} == {28}


@pytest.mark.req("R-299")
def test_the_margins_are_those_of_the_standard_within_a_millimetre(full):
    first, *_, last = lines(full[0])
    pitch = lines(full[0])[1].top - first.top

    assert first.top / MM == pytest.approx(37, abs=1)
    assert first.left / MM == pytest.approx(28, abs=1)
    assert pitch == pytest.approx(28.95, abs=0.1)
    bottom = (A4[1] - last.top - SIZE) / MM
    assert 34 <= bottom <= 35 + 10.2, "the last line ends inside the 225 mm, less than a line above"
    right = (A4[0] - first.left - 28 * (SIZE - 0.22)) / MM
    assert right == pytest.approx(26, abs=1)


@pytest.mark.req("R-299")
def test_the_back_of_a_sheet_is_bound_on_the_other_side(full):
    assert lines(full[1])[0].left / MM == pytest.approx(26, abs=1)


@pytest.mark.req("R-299")
def test_pages_are_numbered_between_dashes(full):
    assert "— 1 —" in full[0].extract_text()
    assert "— 2 —" in full[1].extract_text()


@pytest.mark.req("R-299")
def test_the_first_page_of_a_letter_has_no_page_number():
    first, second = pages(letter(Letterhead("石桥镇人民政府"), PageBreak(), Paragraph("其余")))

    assert "— 1 —" not in first.extract_text()
    assert "— 2 —" in second.extract_text()


def official(*blocks, signer=""):
    """A paper in 文件格式 with a 版记 at its end."""
    head = OfficialHead("石桥镇人民政府文件", "石政责改〔2026〕3号", signer)
    end = Colophon(("青河县教育局", "石桥镇中心小学"), "石桥镇人民政府", "2026年12月1日")
    return letter(head, Title("责令限期改正通知书"), *blocks, end)


@pytest.fixture(scope="module")
def order():
    return pages(official(Paragraph("现责令你改正。")))[0]


MARK_SIZE = 42
INK = 0.85 * MARK_SIZE
"""Of the mark's characters over their base line: what one sees of them."""


@pytest.mark.req("R-299")
def test_an_official_papers_red_mark_begins_35_millimetres_below_the_edge_of_the_text(order):
    (mark,) = lines(order, MARK_SIZE)
    base = mark.top + ABOVE

    assert mark.text == "石桥镇人民政府文件"
    assert (base - INK) / MM == pytest.approx(37 + 35, abs=1)
    middle = mark.left / MM + len(mark.text) * (MARK_SIZE + 2) / MM / 2
    assert middle == pytest.approx(28 + 156 / 2, abs=1)


@pytest.mark.req("R-299")
def test_a_red_rule_as_wide_as_the_text_stands_4_millimetres_under_the_number(order):
    (red,) = [rule for rule in rules(order) if rule.is_red]
    number = next(line for line in lines(order) if "〔2026〕" in line.text)
    (mark,) = lines(order, MARK_SIZE)

    assert (red.left / MM, red.right / MM) == (
        pytest.approx(28, abs=0.5),
        pytest.approx(28 + 156, abs=0.5),
    )
    assert (red.at - number.top - SIZE) / MM == pytest.approx(4, abs=1)
    pitch = 28.95
    assert number.top - mark.top - ABOVE == pytest.approx(2 * pitch, abs=3), "two empty lines"
    (title,) = lines(order, 22)
    assert title.top - red.at == pytest.approx(2 * pitch, abs=4), "two empty lines"


@pytest.mark.req("R-299")
def test_the_number_is_centred_and_in_a_report_up_the_line_beside_the_signer(order):
    alone = next(line for line in lines(order) if "〔2026〕" in line.text)
    upwards = pages(official(signer="周明"))[0]
    both = next(line for line in lines(upwards) if "〔2026〕" in line.text)

    assert alone.left / MM > 28 + 40
    assert both.left / MM == pytest.approx(28 + SIZE / MM, abs=0.5), "one character in"
    assert both.text.endswith("签发人：周明")


@pytest.mark.req("R-299")
@pytest.mark.parametrize("length", [1, 18, 40])
def test_the_colophon_ends_where_the_text_of_its_page_ends_between_thin_rules(length):
    last = pages(official(Paragraph(FULL * length)))[-1]
    first, middle, end = [rule for rule in rules(last) if not rule.is_red]

    assert end.at / MM == pytest.approx(297 - 35, abs=0.5)
    assert [rule.points / MM for rule in (first, middle, end)] == [
        pytest.approx(thick, abs=0.01) for thick in (0.35, 0.25, 0.35)
    ]
    assert {round((rule.right - rule.left) / MM) for rule in (first, middle, end)} == {156}
    copies, printed = lines(last, 14)[-3:-1]
    assert copies.text == "抄送：青河县教育局，石桥镇中心小学。"
    assert first.at < copies.top < middle.at < printed.top < end.at
    assert printed.text.split() == ["石桥镇人民政府", "2026年12月1日印发"]


@pytest.mark.req("R-299")
def test_a_colophon_without_copies_has_two_rules():
    end = Colophon((), "石桥镇人民政府", "2026年12月1日")
    page = pages(letter(Paragraph("正文"), end))[0]

    assert len(rules(page)) == 2
    assert "抄送" not in page.extract_text()


@pytest.mark.req("R-299")
def test_the_first_page_of_an_official_paper_has_its_number_and_no_rule_at_its_foot(order):
    assert "— 1 —" in order.extract_text()
    assert len([rule for rule in rules(order) if rule.is_red]) == 1


def test_a_long_office_fits_its_mark_into_the_width_of_the_text():
    office = "青河县石桥镇柳林村民委员会大田坝希望小学（九年一贯制教学点）"
    page = pages(letter(OfficialHead(f"{office}文件")))[0]
    ((x, scale),) = _marks(page)

    assert x / MM >= 28 - 0.1
    assert x + scale * (MARK_SIZE + 2) * len(f"{office}文件") <= (28 + 156) * MM + 2


def _marks(page):
    """Where the mark begins and how much it was narrowed."""
    found = []

    def see(part, cm, tm, _font, points):
        if part.strip() and points == MARK_SIZE:
            found.append((cm[0] * tm[4] + cm[4], cm[0] * tm[0]))

    page.extract_text(visitor_text=see)
    return found


@pytest.mark.req("R-299")
def test_a_paragraph_begins_two_characters_in():
    (line, *_) = lines(pages(letter(Paragraph(FULL)))[0])

    assert (line.left / MM - 28) * MM == pytest.approx(2 * SIZE, abs=1)


@pytest.mark.req("R-299")
@pytest.mark.parametrize("layout", list(Layout))
def test_rare_characters_of_names_print_and_can_be_copied(layout):
    sheet = Sheet(layout, (Title("龚䶮"), Paragraph("王䶮、李㛃、赵𬭚")))
    page = pages(sheet)[0]

    assert "王䶮、李㛃、赵𬭚" in page.extract_text().replace(" ", "")
    fonts = page["/Resources"]["/Font"]
    assert all("NotoSerifSC" in font.get_object()["/BaseFont"] for font in fonts.values())


def test_no_glyph_is_missing():
    data = pdf_of_sheet(form(Paragraph("王䶮李㛃赵𬭚〔2026〕—（）“”、。：；？！①②")))
    fonts = PdfReader(io.BytesIO(data)).pages[0]["/Resources"]["/Font"]

    mapped = b"".join(
        font.get_object()["/ToUnicode"].get_object().get_data() for font in fonts.values()
    ).lower()
    for letter_ in "䶮㛃〔①":
        assert f"<{ord(letter_):04x}>".encode() in mapped


@pytest.mark.parametrize(
    "name",
    ["#panic()", "*王*", "$x$", "王<b>", "\\u{41}", "\"王'", "@ref", "= 标题", "//注", "]"],
)
def test_a_name_that_looks_like_markup_prints_as_it_is(name):
    assert name.replace(" ", "") in text(letter(Paragraph(f"兹有{name}同学"))).replace(" ", "")


@pytest.mark.parametrize("bad", ["王\x00", "王\x07明", "王\u202e明", "王\ue000明"])
def test_a_text_that_no_paper_can_show_is_refused(bad):
    with pytest.raises(Unprintable) as refused:
        pdf_of_sheet(form(Fields(((Field("姓名", bad),),), 1)))

    assert refused.value.facts["where"] == bad[0] + bad[2:]


@pytest.mark.req("R-299")
def test_letterhead_number_signatures_and_stub_are_on_the_paper():
    sheet = letter(
        Letterhead("石桥镇人民政府", "石政〔2026〕3号"),
        Title("返校通知书"),
        Paragraph("请送其返校。"),
        Seal("石桥镇人民政府", "2026年11月20日"),
        Stub(
            "送达回证",
            (
                NumberLine("文号", "石政〔2026〕3号"),
                Signatures((SignLine("执法人员", "李明", "云-012"),)),
            ),
        ),
    )
    printed = text(sheet)

    assert printed.count("石政〔2026〕3号") == 2
    for words in ("返校通知书", "2026年11月20日", "送达回证", "执法人员", "李明", "云-012"):
        assert words in printed


def test_a_table_repeats_its_head_on_each_page():
    sheet = form(Table(("日期", "结果"), tuple((f"第{n}次", "未见到") for n in range(80))))
    every = pages(sheet)

    assert len(every) > 1
    assert all("结果" in page.extract_text() for page in every)


def test_a_draft_says_so_on_each_page():
    every = pages(form(DraftMark(), Paragraph("一"), PageBreak(), Paragraph("二")))

    assert all("草稿" in page.extract_text().replace(" ", "") for page in every)


def test_the_same_sheet_gives_the_same_bytes():
    sheet = form(Title("家访记录单"), Paragraph("同一内容"))

    assert pdf_of_sheet(sheet) == pdf_of_sheet(sheet)


def test_a_line_with_a_long_number_is_not_torn_apart():
    number = "530000201001011234"
    found = lines(pages(letter(Paragraph(f"联系号码：0879-1234567，号码{number}，请记好。")))[0])

    assert number in "".join(line.text for line in found)
    assert "联系号码" in found[0].text
