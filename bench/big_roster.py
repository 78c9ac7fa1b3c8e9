"""One roster file of any number of invented children: `python -m bench.big_roster 1000000 f.csv`.

The kind of file follows its name: ``.csv``, or ``.xlsx`` with its words in a list of their own, as
Excel and WPS write them (``--inline``: in the cells, as some exports do).
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from notoneless.rules.identity import id_check_digit
from notoneless.rules.roster.columns import TEMPLATE

SCHOOL_YEAR = 2026
PER_CLASS = 45
CLASSES = 4
GRADES = 6
PER_SCHOOL = GRADES * CLASSES * PER_CLASS
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "小大晓明雨家文志永春秋海山云天星月欣怡子梓涵轩宇浩然静雅慧敏丽娟秀芳强勇"
ETHNIC = ("汉族", "彝族", "傈僳族", "纳西族", "回族")
LEFT_BEHIND = ("非留守儿童", "单亲留守儿童", "双亲留守儿童")
ALIKE = {
    "birth_region": "539901101201",
    "nationality": "中国",
    "id_kind": "居民身份证",
    "overseas": "否",
    "health": "健康或良好",
    "politics": "群众",
    "hukou_kind": "农业户口",
    "hukou_region": "539901101201",
    "entry_mode": "就近入学",
    "postcode": "674400",
    "is_only_child": "否",
    "had_preschool": "是",
    "needs_aid": "否",
    "gets_boarding_grant": "否",
    "is_orphan": "否",
    "is_martyr_child": "否",
    "is_migrant_child": "否",
    "disability": "无残疾",
    "inclusive_class": "非随班就读",
    "member1_relation": "父",
    "member1_is_guardian": "是",
}


def id_number(number: int, born: date, *, is_boy: bool) -> str:
    """An identity number with a right check digit in a county that does not exist."""
    region, sequence = divmod(number // 300, 450)
    digits = f"{539950 + region}{born:%Y%m%d}{sequence * 2 + is_boy:03}"
    return digits + id_check_digit(digits)


def name_of(number: int) -> str:
    first, rest = divmod(number, len(SURNAMES))
    return SURNAMES[rest] + GIVEN[first % len(GIVEN)] + GIVEN[first // 37 % len(GIVEN)]


def child(number: int) -> dict[str, str]:
    """The cells of child ``number`` by column key; schools follow one another."""
    school, seat = divmod(number, PER_SCHOOL)
    grade, in_grade = divmod(seat, CLASSES * PER_CLASS)
    entered = SCHOOL_YEAR - grade
    born = date(entered - 6, 8, 30) - timedelta(days=number % 300)
    is_boy = number % 2 == 0
    return ALIKE | {
        "school_code": f"2199{200000 + school}",
        "name": name_of(number),
        "sex": "男" if is_boy else "女",
        "birth_on": f"{born:%Y%m%d}",
        "ethnic": ETHNIC[number % len(ETHNIC)],
        "id_number": id_number(number, born, is_boy=is_boy),
        "class_text": f"{grade + 1}{1 + in_grade // PER_CLASS:02}",
        "entry_month": f"{entered}09",
        "study_mode": "住校" if number % 7 == 0 else "走读",
        "home_address": f"青禾县云顶村{number % 9000}号",
        "mail_address": f"青禾县云顶村{number % 9000}号",
        "family_address": f"青禾县云顶村{number % 9000}号",
        "phone": f"154{number:08}",
        "left_behind": LEFT_BEHIND[number % 3],
        "member1_name": name_of(number * 7),
        "member1_phone": f"154{number:08}",
    }


def lines(children: int) -> Iterator[list[str]]:
    """The heading row and a row for each child, in the order of the national template."""
    yield [column.heading for column in TEMPLATE]
    keys = [column.key for column in TEMPLATE]
    for number in range(children):
        cells = child(number)
        yield [cells.get(key, "") for key in keys]


def write_csv(path: Path, children: int) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(lines(children))


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="{PACKAGE.replace("http://schemas.", "application/vnd.")}"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>'
        f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/>'
        "</Types>"
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>"
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="学籍信息表" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        "</Relationships>"
    ),
}


def column_letters(index: int) -> str:
    """0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def write_xlsx(path: Path, children: int, *, is_inline: bool) -> None:
    """Written by hand: writers of workbooks keep all words of a million rows in memory."""
    with (
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=3) as book,
        tempfile.TemporaryFile("w+", encoding="utf-8") as words,
    ):
        for name, text in PARTS.items():
            book.writestr(name, text)
        listed = _Words(words)
        cell = _inline if is_inline else listed.cell
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            _write_sheet(part, lines(children), cell)
        with book.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            part.write(f'<sst xmlns="{MAIN}">'.encode())
            words.seek(0)
            while text := words.read(1 << 20):
                part.write(text.encode())
            part.write(b"</sst>")


class _Words:
    """The list of words; only the first ones are looked for when a word comes again."""

    def __init__(self, file: IO[str]) -> None:
        self.file = file
        self.count = 0
        self.places: dict[str, int] = {}

    def cell(self, place: str, text: str) -> str:
        index = self.places.get(text)
        if index is None:
            index = self.count
            self.count += 1
            self.file.write(f"<si><t>{escape(text)}</t></si>")
            if len(self.places) < 100_000:
                self.places[text] = index
        return f'<c r="{place}" s="0" t="s"><v>{index}</v></c>'


def _inline(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def _write_sheet(
    part: IO[bytes], rows: Iterator[list[str]], cell: Callable[[str, str], str]
) -> None:
    letters = [column_letters(index) for index in range(len(TEMPLATE))]
    text = TextIOWrapper(part, encoding="utf-8")
    text.write(f'<worksheet xmlns="{MAIN}"><sheetData>')
    for number, row in enumerate(rows, start=1):
        cells = (cell(f"{at}{number}", word) for at, word in zip(letters, row, strict=True) if word)
        text.write(f'<row r="{number}">{"".join(cells)}</row>')
    text.write("</sheetData></worksheet>")
    text.close()


def write(path: Path, children: int, *, is_inline: bool = False) -> None:
    """A roster of ``children`` invented children; what kind of file follows from its name."""
    if path.suffix == ".csv":
        write_csv(path, children)
    else:
        write_xlsx(path, children, is_inline=is_inline)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("children", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument("--inline", action="store_true")
    options = parser.parse_args()
    write(options.path, options.children, is_inline=options.inline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
