"""Opening roster files, sound and hostile."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from notoneless.children.roster import archive, sheets
from notoneless.children.roster.faults import FAULTS, UnusableFile
from notoneless.children.roster.sheets import open_roster
from notoneless.flows.roster.sentences import FILE_SENTENCES
from tests.roster_maker import HEADINGS, KEYS, Maker, School, write

LIMIT = 200 * 1024 * 1024


@pytest.fixture
def school() -> School:
    return Maker(3).school("2199000777", "云顶小学", "primary", per_class=2)


def fault_of(path: Path, limit: int = LIMIT) -> str:
    with pytest.raises(UnusableFile) as caught:
        list(open_roster(path, limit_bytes=limit).rows)
    assert caught.value.fault in FAULTS
    return caught.value.fault


@pytest.mark.parametrize("kind", ["csv", "gbk", "xlsx", "xls"])
def test_every_kind_of_file_gives_the_same_rows(tmp_path, school, kind):
    sheet = open_roster(write(school, tmp_path, kind), limit_bytes=LIMIT)
    rows = list(sheet.rows)

    assert [number for number, _ in rows] == list(range(2, len(school.rows) + 2))
    names = [cells[KEYS.index("name")] for _, cells in rows]
    assert names == [row["name"] for row in school.rows]
    assert sheet.titles == HEADINGS


def test_a_long_workbook_is_streamed_and_gives_the_same_rows(tmp_path, school, monkeypatch):
    path = write(school, tmp_path, "xlsx")
    whole = list(open_roster(path, limit_bytes=LIMIT).rows)
    monkeypatch.setattr(sheets, "SMALL_SHEET_BYTES", 0)
    streamed = open_roster(path, limit_bytes=LIMIT)

    assert streamed.row_count is None
    assert [(n, [c or "" for c in cells]) for n, cells in streamed.rows] == whole


def test_a_file_is_what_it_holds_not_what_it_is_called(tmp_path, school):
    path = write(school, tmp_path, "xlsx")
    renamed = path.rename(tmp_path / "roster.xls")
    assert len(list(open_roster(renamed, limit_bytes=LIMIT).rows)) == len(school.rows)


def test_blank_rows_keep_the_numbers_of_the_sheet(tmp_path):
    path = tmp_path / "gaps.csv"
    path.write_text(f"\n\n{','.join(HEADINGS)}\n,,\n2199000777,李小溪\n", "utf-8")
    assert [number for number, _ in open_roster(path, limit_bytes=LIMIT).rows] == [5]


def test_a_number_written_as_a_formula_of_text_is_its_text(tmp_path):
    path = tmp_path / "quoted.csv"
    path.write_text(",".join(HEADINGS) + '\n2199000777,"=""李小溪"""\n', "utf-8")
    assert next(open_roster(path, limit_bytes=LIMIT).rows)[1][1] == "李小溪"


def test_the_sheet_with_the_roster_is_found_and_further_ones_are_named(tmp_path, school):
    path = write(school, tmp_path, "xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("填表说明", 0)["A1"] = "请认真填写"
    book.copy_worksheet(book["学籍信息表"]).title = "二班"
    book.save(path)
    sheet = open_roster(path, limit_bytes=LIMIT)

    assert len(list(sheet.rows)) == len(school.rows)
    assert sheet.other_rosters == ("二班",)


def write_bytes(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file.xlsx"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 ...", "not_a_sheet"),
        (b"\x89PNG\r\n", "not_a_sheet"),
        (b"abc\x00def", "not_a_sheet"),
        (b"\xef\xbb\xbf<html><table>", "web_page"),
        (b"<?xml version='1.0'?><Workbook/>", "web_page"),
        (b"PK\x03\x04 but nothing behind it", "broken"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "broken"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "encrypted",
        ),
        (b"\xff\xff\xff\xff\x81", "wrong_encoding"),
        ("日期,收入\n1,2\n".encode(), "no_heading_row"),
        (",".join(h for h in HEADINGS if h != "姓名").encode(), "columns_missing"),
        (",".join([*HEADINGS, "姓名"]).encode(), "column_twice"),
        ((",".join(HEADINGS) + "\n" + "长" * 200_000).encode(), "broken"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path, content, fault):
    assert fault_of(write_bytes(tmp_path, content)) == fault


def test_a_zip_that_is_no_workbook_is_refused(tmp_path):
    path = tmp_path / "holiday.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("photo.jpg", b"x")
    assert fault_of(path) == "not_a_sheet"


def test_a_file_above_the_limit_is_not_opened(tmp_path, school):
    assert fault_of(write(school, tmp_path, "xlsx"), limit=100) == "too_large"


def bomb(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_a_zip_bomb_is_refused_from_its_directory(tmp_path):
    flood = b"0" * (archive.FREE_BYTES + 1)
    path = bomb(tmp_path / "bomb.xlsx", {"xl/workbook.xml": b"", "xl/worksheets/s.xml": flood})
    assert path.stat().st_size < 100_000
    assert fault_of(path) == "packed_too_tightly"


def test_a_workbook_of_too_many_parts_is_refused(tmp_path):
    parts = {f"xl/part{n}.xml": b"" for n in range(archive.MOST_ENTRIES)}
    path = bomb(tmp_path / "many.xlsx", {"xl/workbook.xml": b"", **parts})
    assert fault_of(path) == "packed_too_tightly"


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, school, monkeypatch):
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)
    assert fault_of(write(school, tmp_path, "xlsx")) == "packed_too_tightly"


def test_a_directory_that_lies_about_a_part_is_found_out(tmp_path, school):
    path = write(school, tmp_path, "xlsx")
    content = path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        info = packed.getinfo("xl/worksheets/sheet1.xml")
    true, lie = info.file_size.to_bytes(4, "little"), (10).to_bytes(4, "little")
    path.write_bytes(content.replace(true, lie))
    assert fault_of(path) == "broken"


def test_a_cut_workbook_is_broken(tmp_path, school):
    path = write(school, tmp_path, "xlsx")
    path.write_bytes(path.read_bytes()[:-200])
    assert fault_of(path) == "broken"


def test_every_fault_has_a_sentence():
    assert set(FAULTS) <= set(FILE_SENTENCES)
