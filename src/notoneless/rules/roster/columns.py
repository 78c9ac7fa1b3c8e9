"""The 71 columns of the national roster template, its variants, and how headings name them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class CellKind(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    NAME = "name"
    SCHOOL = "school"
    CODE = "code"
    FLAG = "flag"
    DATE = "date"
    MONTH = "month"
    ID = "id"
    PHONE = "phone"
    REGION = "region"
    POSTCODE = "postcode"
    NUMBER = "number"
    CLASS = "class"


class Need(StrEnum):
    """What a file or a row without this value is worth."""

    MUST = "must"
    """The heading must be there."""
    STARRED = "starred"
    """Starred in the national form; where the heading is there, a blank cell is a warning."""
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the template."""

    key: str
    heading: str
    kind: CellKind = CellKind.TEXT
    need: Need = Need.MAY
    table: str = ""
    """The code table of a ``CODE`` column."""
    synonyms: tuple[str, ...] = ()


_MEMBER_FIELDS: Final = (
    Column("name", "姓名", CellKind.NAME),
    Column("relation", "关系", CellKind.CODE, table="relation", synonyms=("与学生关系",)),
    Column("relation_note", "关系说明"),
    Column("address", "现住址", synonyms=("住址", "现住地址")),
    Column(
        "hukou_region",
        "户口所在地",
        CellKind.REGION,
        synonyms=("户口所在地行政区划", "户口所在地行政区划代码"),
    ),
    Column("phone", "联系电话", CellKind.PHONE, synonyms=("电话", "手机", "手机号", "手机号码")),
    Column("is_guardian", "是否监护人", CellKind.FLAG, synonyms=("监护人",)),
    Column("id_kind", "身份证件类型", CellKind.CODE, table="id_kind", synonyms=("证件类型",)),
    Column(
        "id_number",
        "身份证件号",
        CellKind.ID,
        synonyms=("身份证号", "身份证件号码", "身份证号码", "证件号码"),
    ),
    Column("ethnic", "民族", CellKind.CODE, table="ethnic"),
    Column("employer", "工作单位"),
    Column("job", "职务"),
)
MEMBERS: Final = (1, 2)


def _flag(key: str, heading: str, *synonyms: str, need: Need = Need.STARRED) -> Column:
    return Column(key, heading, CellKind.FLAG, need, synonyms=synonyms)


def _code(key: str, heading: str, table: str, *synonyms: str, need: Need = Need.STARRED) -> Column:
    return Column(key, heading, CellKind.CODE, need, table, synonyms)


def _text(key: str, heading: str, *synonyms: str, need: Need = Need.MAY) -> Column:
    return Column(key, heading, CellKind.TEXT, need, synonyms=synonyms)


def _members() -> tuple[Column, ...]:
    return tuple(
        Column(f"member{n}_{c.key}", f"成员{n}{c.heading}", c.kind, c.need, c.table)
        for n in MEMBERS
        for c in _MEMBER_FIELDS
    )


_REGION_WORDS: Final = ("行政区划", "行政区划码", "行政区划代码", "行政规划代码")

TEMPLATE: Final[tuple[Column, ...]] = (
    Column(
        "school_code",
        "学校标识码",
        CellKind.SCHOOL,
        Need.MUST,
        synonyms=("学校机构标识码", "学校代码", "就读学校标识码", "机构标识码", "学校标识代码"),
    ),
    Column("name", "姓名", CellKind.NAME, Need.MUST, synonyms=("学生姓名", "学生名字")),
    _code("sex", "性别", "sex", "学生性别"),
    Column(
        "birth_on",
        "出生日期",
        CellKind.DATE,
        Need.STARRED,
        synonyms=("出生年月日", "出生年月", "生日"),
    ),
    Column(
        "birth_region",
        "出生地(行政区划代码)",
        CellKind.REGION,
        Need.STARRED,
        synonyms=("出生地", *(f"出生地{word}" for word in _REGION_WORDS)),
    ),
    _text("native_place", "籍贯"),
    _code("ethnic", "民族", "ethnic"),
    _text("nationality", "国籍/地区", "国籍", "国籍地区", need=Need.STARRED),
    _code("id_kind", "身份证件类型", "id_kind", "证件类型"),
    _code("overseas", "港澳台侨外", "overseas", "是否港澳台侨外", "港澳台侨"),
    _code("health", "健康状况", "health"),
    _code("politics", "政治面貌", "politics"),
    Column(
        "id_number",
        "身份证件号",
        CellKind.ID,
        Need.MUST,
        synonyms=("身份证号", "身份证件号码", "身份证号码", "证件号码", "公民身份号码"),
    ),
    _code("hukou_kind", "户口性质", "hukou_kind", "户籍性质", "户口类别"),
    Column(
        "hukou_region",
        "户口所在地(行政区划)",
        CellKind.REGION,
        Need.STARRED,
        synonyms=("户口所在地", "户籍所在地", *(f"户口所在地{word}" for word in _REGION_WORDS)),
    ),
    Column(
        "class_text",
        "班级/班号",
        CellKind.CLASS,
        Need.MUST,
        synonyms=("班号", "班级号", "班级", "班级名", "班级名称", "所在班级", "班别"),
    ),
    Column(
        "entry_month",
        "入学年月",
        CellKind.MONTH,
        Need.MUST,
        synonyms=("入学时间", "入学日期", "入学年份月份"),
    ),
    _code("entry_mode", "入学方式", "entry_mode"),
    _code("study_mode", "就读方式", "study_mode", "是否住校", "住宿方式"),
    _text("home_address", "现住址", "现住地址", "居住地址", need=Need.STARRED),
    _text("mail_address", "通信地址", "通讯地址", need=Need.STARRED),
    _text("family_address", "家庭地址", "家庭住址", need=Need.STARRED),
    Column(
        "phone",
        "联系电话",
        CellKind.PHONE,
        Need.STARRED,
        synonyms=("电话", "手机号", "手机号码", "手机", "家长电话"),
    ),
    Column("postcode", "邮政编码", CellKind.POSTCODE, Need.STARRED, synonyms=("邮编",)),
    _flag("is_only_child", "是否独生子女", "独生子女"),
    _flag("had_preschool", "是否受过学前教育", "受过学前教育", "学前教育", "是否接受过学前教育"),
    _code("left_behind", "是否留守儿童", "left_behind", "留守儿童", "留守情况"),
    _flag("needs_aid", "是否需要申请资助", "需要申请资助", "申请资助"),
    _flag("gets_boarding_grant", "是否享受一补", "享受一补"),
    _flag("is_orphan", "是否孤儿", "孤儿"),
    _flag("is_martyr_child", "是否烈士或优抚子女", "烈士或优抚子女"),
    Column(
        "distance_km",
        "上下学距离（公里）",
        CellKind.NUMBER,
        synonyms=("上下学距离", "上下学距离千米", "上下学距离km"),
    ),
    _code("transport", "上下学交通方式", "transport", "上下学方式", need=Need.MAY),
    _flag("needs_bus", "是否需要乘坐校车", "是否乘坐校车", "乘坐校车", need=Need.MAY),
    _text("former_name", "曾用名"),
    _text("id_valid", "身份证件有效期", "身份证有效期", "证件有效期"),
    _code("blood", "血型", "blood", need=Need.MAY),
    _text("talent", "特长"),
    _text("aux_number", "学籍辅号"),
    _text("number_in_class", "班内学号", "学号", "班内座号"),
    _code("origin", "学生来源", "origin", need=Need.MAY),
    _text("email", "电子信箱", "电子邮箱", "邮箱"),
    _text("homepage", "主页地址"),
    _code("disability", "残疾类型", "disability", "残疾人类型", need=Need.MAY),
    _flag("place_bought", "是否由政府购买学位", "政府购买学位", "是否政府购买学位", need=Need.MAY),
    _code("inclusive_class", "随班就读", "inclusive_class", "是否随班就读", need=Need.MAY),
    *_members(),
    _flag(
        "is_migrant_child",
        "是否进城务工人员随迁子女",
        "随迁子女",
        "进城务工人员随迁子女",
        "是否随迁子女",
    ),
)
"""In the order of the national template; a sheet may have any order."""

VARIANTS: Final[tuple[Column, ...]] = (
    _text("school_name", "学校名称", "就读学校", "学校", "所在学校"),
    _text("name_pinyin", "姓名拼音", "拼音"),
    Column(
        "student_number",
        "全国学籍号",
        CellKind.ID,
        synonyms=("学籍号", "个人标识码", "全国学籍号个人标识码", "学籍接续标识", "全国统一学籍号"),
    ),
    _text("student_number_kind", "学籍号类型"),
    _text("grade_text", "年级", "年级名", "年级名称"),
    _text("student_state", "学生状态", "学生当前状态", "学籍状态"),
    _text("record_problem", "问题学籍标志", "问题学籍"),
    _flag(
        "is_poverty_household", "是否建档立卡", "脱贫户", "是否脱贫户", "建档立卡", need=Need.MAY
    ),
    _flag("has_low_income_allowance", "是否低保", "低保", need=Need.MAY),
    _flag("is_destitute", "是否特困", "特困", need=Need.MAY),
    _flag("is_disabled", "是否残疾", need=Need.MAY),
    _flag("gets_school_meals", "是否营养改善", "营养改善", "是否享受营养改善计划", need=Need.MAY),
)
"""Columns of provincial and newer templates that mean something here; others are kept as text."""

COLUMNS: Final[Mapping[str, Column]] = MappingProxyType({c.key: c for c in (*TEMPLATE, *VARIANTS)})

_NOISE: Final = re.compile(r"[\s()（）\[\]【】/\\*★☆:：,，、.。·\"'_-]|必填|选填")
_DIGIT: Final = str.maketrans("一二１２", "1212")
_PERSON: Final = "(?:家庭成员或监护人|成员或监护人|家庭成员|监护人|家长|成员)"
_MEMBER_FIRST: Final = re.compile(_PERSON + r"([12一二])(.+)")
_MEMBER_LAST: Final = re.compile(_PERSON + r"(.+?)([12一二])")
_MEMBER_BARE: Final = re.compile(r"(姓名|关系|关系说明|是否监护人)([12一二])")


def plain_heading(text: str) -> str:
    """A heading without stars, brackets, blanks and punctuation, in one width and case."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def _index() -> dict[str, str]:
    index: dict[str, str] = {}
    for column in (*VARIANTS, *TEMPLATE):
        for word in (*column.synonyms, column.heading):
            index[plain_heading(word)] = column.key
    return index


def _member_index() -> dict[str, str]:
    words = {plain_heading(word): c.key for c in _MEMBER_FIELDS for word in c.synonyms}
    return words | {plain_heading(c.heading): c.key for c in _MEMBER_FIELDS}


_INDEX: Final = MappingProxyType(_index())
_MEMBER_INDEX: Final = MappingProxyType(_member_index())


def column_for(heading: str) -> str | None:
    """The key of the column that a heading names, by its title or any synonym; ``None`` if none."""
    plain = plain_heading(heading)
    return _INDEX.get(plain) or _member_column(plain)


def _member_column(plain: str) -> str | None:
    first = _MEMBER_FIRST.fullmatch(plain)
    if first is not None:
        return _member_key(first.group(1), first.group(2))
    last = _MEMBER_LAST.fullmatch(plain) or _MEMBER_BARE.fullmatch(plain)
    return _member_key(last.group(2), last.group(1)) if last is not None else None


def _member_key(number: str, field_text: str) -> str | None:
    key = _MEMBER_INDEX.get(field_text) or _MEMBER_INDEX.get(field_text.removeprefix("的"))
    return f"member{number.translate(_DIGIT)}_{key}" if key is not None else None


def heading_of(key: str) -> str:
    """How people call a column: its heading in the national template; the key itself if unknown."""
    column = COLUMNS.get(key)
    return column.heading if column is not None else key
