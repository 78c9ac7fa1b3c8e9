"""Long workbooks, row by row: the same cells as the fast reader, and flat memory."""

from __future__ import annotations

import tracemalloc
import zipfile
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from bench import big_roster
from notoneless.children.roster import sheets, streamed
from notoneless.children.roster.faults import UnusableFile
from notoneless.children.roster.sheets import open_roster
from notoneless.rules.roster.cells import read_date, text_of
from notoneless.rules.roster.columns import TEMPLATE

LIMIT = 200 * 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def rows_of(path: Path) -> list[streamed.Row]:
    with ExitStack() as opening:
        book = streamed.Workbook(path, opening, scratch=path.parent)
        return [row for _, rows in book.sheets() for row in rows]


@pytest.fixture
def book(tmp_path):
    """A workbook of one sheet whose XML the test writes itself."""

    def write(sheet: str, **parts: str) -> Path:
        path: Path = tmp_path / "made.xlsx"
        big_roster.write(path, 1)
        with zipfile.ZipFile(path) as packed:
            kept = {name: packed.read(name).decode() for name in packed.namelist()}
        kept[SHEET] = sheet
        kept |= {f"xl/{name}.xml": text for name, text in parts.items()}
        with zipfile.ZipFile(path, "w") as packed:
            for name, text in kept.items():
                packed.writestr(name, text)
        return path

    return write


def sheet(rows: str) -> str:
    return f"<worksheet {MAIN}><sheetData>{rows}</sheetData></worksheet>"


@pytest.mark.parametrize("is_inline", [False, True])
def test_both_readers_give_the_same_rows(tmp_path, is_inline, monkeypatch):
    path = tmp_path / "long.xlsx"
    big_roster.write(path, 300, is_inline=is_inline)
    whole = list(open_roster(path, limit_bytes=LIMIT).rows)
    monkeypatch.setattr(sheets, "SMALL_SHEET_BYTES", 0)
    rows = list(open_roster(path, limit_bytes=LIMIT, scratch=tmp_path).rows)

    width = len(whole[0][1])
    assert [(n, [*cells, *[""] * (width - len(cells))]) for n, cells in rows] == whole
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("from_1904", [False, True])
def test_numbers_dates_and_booleans_are_read_as_by_the_fast_reader(
    tmp_path, from_1904, monkeypatch
):
    path = tmp_path / "kinds.xlsx"
    made = xlsxwriter.Workbook(str(path), {"date_1904": from_1904})
    page = made.add_worksheet()
    page.write_row(0, 0, [column.heading for column in TEMPLATE])
    page.write_datetime(1, 1, date(2016, 2, 29), made.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_datetime(1, 2, date(2016, 3, 1), made.add_format({"num_format": 14}))
    page.write_datetime(1, 3, date(2016, 3, 1), made.add_format({"num_format": 31}))
    page.write_number(1, 4, 674400)
    page.write_number(1, 5, 3.5, made.add_format({"num_format": '0.0"day"'}))
    page.write_boolean(1, 6, True)
    page.write_rich_string(1, 7, "云", made.add_format({"bold": True}), "顶", "村")
    page.write_formula(1, 8, "=1+1", None, 2)
    page.write_string(1, 30, "是")
    made.close()
    whole = next(open_roster(path, limit_bytes=LIMIT).rows)[1]
    monkeypatch.setattr(sheets, "SMALL_SHEET_BYTES", 0)
    cells = next(open_roster(path, limit_bytes=LIMIT).rows)[1]

    assert [read_date(cell) for cell in cells[1:4]] == [
        date(2016, 2, 29), date(2016, 3, 1), date(2016, 3, 1)
    ]  # fmt: skip
    assert [text_of(cell) for cell in cells[4:]] == [text_of(cell) for cell in whole[4:31]]


def test_names_with_a_prefix_and_reading_aids_are_understood(book):
    path = book(
        f'<x:worksheet {MAIN.replace("xmlns", "xmlns:x")}><x:sheetData><x:row r="2">'
        '<x:c r="B2" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>',
        sharedStrings=f"<sst {MAIN}><si><r><t>李</t></r><r><t>小溪</t></r>"
        '<rPh sb="0" eb="1"><t>li</t></rPh></si></sst>',
    )
    assert rows_of(path) == [(2, ["", "李小溪"])]


def test_rows_and_cells_without_places_follow_one_another(book):
    path = book(sheet("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>"))
    assert rows_of(path) == [(1, [1.0, 2.0]), (3, [3.0])]


def test_cells_far_to_the_right_are_left_out(book):
    path = book(sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'))
    assert rows_of(path) == [(1, [1.0])]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>',
        '<row r="1048577"><c><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>7000000</v></c></row>',
        '<row r="1"><c r="7"><v>1</v></c></row>',
        '<row r="1"><c><v>ten</v></c></row>',
        f'<row r="1"><c t="str"><v>{"长" * 200_000}</v></c></row>',
        '<row r="1"><c><v>1</v>',
    ],
    ids=["twice", "too many", "no such word", "no column", "no number", "endless", "cut"],
)
def test_what_no_sheet_holds_makes_the_file_broken(book, rows):
    with pytest.raises(UnusableFile) as caught:
        rows_of(book(sheet(rows)))
    assert caught.value.fault == "broken"


def test_a_document_type_is_refused_before_it_can_swell(book):
    flood = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(UnusableFile) as caught:
        rows_of(book(flood + sheet('<row r="1"><c t="str"><v>&b;</v></c></row>')))
    assert caught.value.fault == "broken"


def test_ten_times_the_rows_take_no_more_memory(tmp_path):
    most = []
    for count in (1_000, 10_000):
        path = tmp_path / f"{count}.xlsx"
        big_roster.write(path, count)
        tracemalloc.start()
        with ExitStack() as opening:
            book = streamed.Workbook(path, opening, scratch=tmp_path)
            assert sum(1 for _, rows in book.sheets() for _ in rows) == count + 1
        most.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    # Eight bytes for each word, and the words that come again.
    assert most[1] < most[0] + 4 * 1024 * 1024
