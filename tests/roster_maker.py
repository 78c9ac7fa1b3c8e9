"""Invented rosters with known faults: other schools, classes and faults from every seed."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
import xlwt

from notoneless.rules.identity import id_check_digit
from notoneless.rules.roster.columns import TEMPLATE

HEADINGS = [column.heading for column in TEMPLATE]
KEYS = [column.key for column in TEMPLATE]
SURNAMES = "阿卜东方郭韩江柯龙蒙潘覃韦向杨䶮"
GIVEN = "安冰晨丹恩芳刚涵佳凯兰敏楠平晴然山婷薇欣雅泽"
SCHOOL_YEAR = 2026


@dataclass
class School:
    """One invented school: its file, and what is wrong in it."""

    code: str
    name: str
    kind: str
    """primary, junior, nine_year or point."""
    rows: list[dict[str, object]] = field(default_factory=list)
    faults: dict[str, set[int]] = field(default_factory=dict)
    """Fault → sheet rows."""

    def grades(self):
        wanted = {"primary": range(1, 7), "junior": range(7, 10), "nine_year": range(1, 10)}
        return wanted.get(self.kind, range(1, 4))

    def at(self, fault):
        return {f"{self.file}#{row}" for row in self.faults.get(fault, ())}

    suffix = ".csv"

    @property
    def file(self) -> str:
        return f"{self.code[4:]}-{self.name}{self.suffix}"


class Maker:
    """``Maker(7).county()`` is a county of four schools with faults; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311  # invented children
        self.sequence = 0

    def id_number(self, born: date, sex: str) -> str:
        self.sequence += 1
        number = f"5399{self.sequence // 400 + 10:02}{born:%Y%m%d}{self.sequence % 400 * 2:03}"
        if sex == "男":
            number = number[:-1] + str(int(number[-1]) + 1)
        return number + id_check_digit(number)

    def child(self, school: School, grade: int, number: int) -> dict[str, object]:
        pick = self.random
        in_stage = grade if grade < 7 else grade - 6
        entered = SCHOOL_YEAR - in_stage + 1
        age = 6 if grade < 7 else 12
        born = date(entered - age, 8, 30) - timedelta(days=pick.randrange(300))
        sex = pick.choice("男女")
        label = in_stage if school.kind == "junior" else grade
        cells: dict[str, object] = dict.fromkeys(KEYS, "")
        cells |= {
            "school_code": school.code,
            "name": pick.choice(SURNAMES) + pick.choice(GIVEN) + pick.choice(GIVEN),
            "sex": sex,
            "birth_on": f"{born:%Y%m%d}",
            "birth_region": "539901101201",
            "ethnic": pick.choice(["汉族", "彝族", "傈僳族", "纳西族", "回族"]),
            "nationality": "中国",
            "id_kind": "居民身份证",
            "overseas": "否",
            "health": "健康或良好",
            "politics": "群众",
            "id_number": self.id_number(born, sex),
            "hukou_kind": pick.choice(["农业户口", "1-农业户口", "非农业户口"]),
            "hukou_region": "539901101201",
            "class_text": f"{label}{number:02}",
            "entry_month": f"{entered}09",
            "entry_mode": "就近入学",
            "study_mode": pick.choice(["走读", "住校"]),
            "phone": f"154{pick.randrange(10**8):08}",
            "postcode": "674400",
            "left_behind": pick.choice(["非留守儿童", "单亲留守儿童", "双亲留守儿童"]),
            "disability": "无残疾",
            "inclusive_class": "非随班就读",
            "member1_name": pick.choice(SURNAMES) + pick.choice(GIVEN),
            "member1_relation": "父",
            "member1_phone": f"154{pick.randrange(10**8):08}",
            "member1_is_guardian": "是",
        }
        for key in ("home_address", "mail_address", "family_address"):
            cells[key] = f"青禾县云顶村{pick.randrange(90)}号"
        for key in ("is_only_child", "had_preschool", "needs_aid", "gets_boarding_grant"):
            cells[key] = pick.choice("是否")
        for key in ("is_orphan", "is_martyr_child", "is_migrant_child"):
            cells[key] = "否"
        return cells

    def school(self, code: str, name: str, kind: str, per_class: int = 12) -> School:
        school = School(code, name, kind)
        for grade in school.grades():
            for number in (1, 2):
                school.rows += [self.child(school, grade, number) for _ in range(per_class)]
        return school

    def county(self) -> list[School]:
        serial = self.random.randrange(200, 900) * 10
        schools = [
            self.school(f"2199{serial + 1:06}", "云顶小学", "primary"),
            self.school(f"3199{serial + 2:06}", "云顶中学", "junior"),
            self.school(f"3199{serial + 3:06}", "双河九年一贯制学校", "nine_year"),
            self.school(f"2199{serial + 4:06}", "高坎教学点", "point"),
        ]
        for school in schools:
            self.spoil(school)
        for earlier, later in ((schools[0], schools[2]), (schools[1], schools[2])):
            self._list_twice(earlier, later)
        return schools

    def spoil(self, school: School) -> None:
        """Put each fault into two rows of its own, and one row in twice."""
        free = list(range(len(school.rows)))
        self.random.shuffle(free)
        for fault, change in FAULTS.items():
            for index in (free.pop(), free.pop()):
                change(school.rows[index], self.random)
                school.faults.setdefault(fault, set()).add(index + 2)
        school.rows.append(dict(school.rows[free.pop()]))
        school.faults["duplicate_in_file"] = {len(school.rows) + 1}
        self._sound = free

    def _list_twice(self, earlier: School, later: School) -> None:
        spoilt = set().union(*earlier.faults.values())
        sound = [i for i in range(len(earlier.rows)) if i + 2 not in spoilt]
        copy = dict(earlier.rows[self.random.choice(sound)])
        copy |= {"school_code": later.code, "class_text": "101"}
        later.rows.append(copy)
        later.faults.setdefault("listed_by_two_schools", set()).add(len(later.rows) + 1)


def _wrong_check(row, pick):
    number = str(row["id_number"])
    row["id_number"] = number[:-1] + pick.choice([d for d in "0123456789X" if d != number[-1]])


def _wrong_birth(row, pick):
    text = str(row["birth_on"])
    row["birth_on"] = str(int(text[:4]) + pick.choice([-1, 1])) + text[4:6] + "11"


FAULTS = {
    "id_check_digit": _wrong_check,
    "birth_date_mismatch": _wrong_birth,
    "sex_mismatch": lambda row, pick: row.update(sex="男" if row["sex"] == "女" else "女"),
    "name_missing": lambda row, pick: row.update(name=" "),
    "class_missing": lambda row, pick: row.update(class_text=""),
    "unknown_ethnic_value": lambda row, pick: row.update(ethnic=pick.choice(["汉", "彝"])),
    "bad_phone": lambda row, pick: row.update(phone=pick.choice(["12345", "无号码"])),
    "disabled_not_in_inclusive_class": lambda row, pick: row.update(
        disability=pick.choice(["视力残疾", "听力残疾", "智力残疾"])
    ),
    "ok_date": lambda row, pick: row.update(
        birth_on="{}-{}-{}".format(*_parts(str(row["birth_on"])))
    ),
    "ok_id": lambda row, pick: row.update(id_number=f" {str(row['id_number']).lower()} "),
    "ok_month": lambda row, pick: row.update(
        entry_month=str(row["entry_month"])[:4] + pick.choice([".09", "-09", ".9", "年9月"])
    ),
    "ok_sex": lambda row, pick: row.update(sex="1-男" if row["sex"] == "男" else "2-女"),
}
REFUSED = ["id_check_digit", "birth_date_mismatch", "sex_mismatch", "name_missing", "class_missing"]
WARNED = ["unknown_ethnic_value", "bad_phone", "disabled_not_in_inclusive_class"]


def _parts(text):
    return text[:4], text[4:6], text[6:]


def write(school: School, folder: Path, kind: str) -> Path:
    """The school's roster as ``csv``, ``gbk``, ``xlsx`` or ``xls``."""
    school.suffix = ".csv" if kind in ("csv", "gbk") else f".{kind}"
    path: Path = folder / school.file
    lines = [HEADINGS, *([row[key] for key in KEYS] for row in school.rows)]
    WRITERS[kind](path, lines)
    return path


def _csv(path, lines, encoding="utf-8-sig"):
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(lines)


def _xlsx(path, lines):
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("学籍信息表")
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write(number, column, cell) if not isinstance(cell, str) else (
                sheet.write_string(number, column, cell)
            )
    book.close()


def _xls(path, lines):
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("学籍信息表")
    for number, line in enumerate(lines):
        for column, cell in enumerate(line):
            sheet.write(number, column, cell)
    book.save(str(path))


WRITERS = {
    "csv": _csv,
    "gbk": lambda path, lines: _csv(path, lines, "gb18030"),
    "xlsx": _xlsx,
    "xls": _xls,
}
