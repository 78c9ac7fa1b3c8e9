"""Finding the heading row."""

from __future__ import annotations

from typing import Any

import pytest

from notoneless.rules.roster.columns import TEMPLATE, column_for
from notoneless.rules.roster.headings import HeadingFault, find_headings

NATIONAL = [column.heading for column in TEMPLATE]
ROW = ["2199000101", "李小溪", "女"] + [""] * 68


def found_in(rows: list[Any], **more: Any) -> Any:
    return find_headings(rows, **more)


def test_the_template_has_71_columns_and_each_heading_finds_its_own():
    assert len(NATIONAL) == 71
    assert [column_for(heading) for heading in NATIONAL] == [column.key for column in TEMPLATE]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("出生地行政区划代码", "birth_region"),
        ("出生地行政规划代码", "birth_region"),
        ("户口所在地行政区划码", "hukou_region"),
        ("身份证号 *", "id_number"),
        ("★班号", "class_text"),
        ("上下学距离(千米)", "distance_km"),
        ("上下学方式", "transport"),
        ("是否乘坐校车", "needs_bus"),
        ("残疾人类型", "disability"),
        ("家庭成员或监护人姓名一", "member1_name"),
        ("家庭成员或监护人2身份证号", "member2_id_number"),
        ("成员1户口所在地行政区划", "member1_hukou_region"),
        ("全国学籍号/个人标识码", "student_number"),
        ("是否监护人2", "member2_is_guardian"),
    ],
)
def test_synonyms_find_their_column(heading, key):
    assert column_for(heading) == key


def test_headings_in_the_first_row_are_found():
    found = found_in([NATIONAL, ROW])
    assert (found.first_data_row, len(found.columns), dict(found.extras)) == (2, 71, {})


def test_a_title_and_notes_above_the_headings_are_stepped_over():
    found = found_in([["青禾县2026年秋季学籍信息"], ["填写说明：姓名与户口簿一致"], NATIONAL, ROW])
    assert (found.first_data_row, len(found.columns)) == (4, 71)


def test_merged_headings_over_two_rows_are_read_as_one():
    upper, lower = [], []
    for heading in NATIONAL:
        member = heading.startswith("成员")
        upper.append("" if member and heading[3:] != "姓名" else heading[:3] if member else heading)
        lower.append(heading[3:] if member else "")
    found = found_in([upper, lower, ROW])
    assert (found.first_data_row, list(found.columns.values())) == (3, [c.key for c in TEMPLATE])


def test_the_heading_row_given_twice_is_skipped_twice():
    assert found_in([NATIONAL, NATIONAL, ROW]).first_data_row == 3


def test_columns_of_a_province_are_kept_and_do_not_disturb():
    found = found_in([["编号", *NATIONAL, "是否低保", "乘车路线"], ROW])
    assert dict(found.extras) == {0: "编号", 73: "乘车路线"}
    assert found.columns[72] == "has_low_income_allowance"


def test_a_synonym_beside_the_real_heading_becomes_an_extra():
    found = found_in([["班级名", *NATIONAL], ROW])
    assert found.columns[16] == "class_text"
    assert dict(found.extras) == {0: "班级名"}


def test_the_same_heading_twice_is_refused():
    assert found_in([[*NATIONAL, "姓名"], ROW]) == HeadingFault("column_twice", {"column": "姓名"})


def test_missing_columns_are_named():
    wanted = [h for h in NATIONAL if h not in ("姓名", "班级/班号")]
    fault = found_in([wanted, ROW])
    assert fault == HeadingFault("columns_missing", {"columns": "姓名、班级/班号"})


def test_a_school_may_leave_its_own_code_out():
    assert isinstance(found_in([NATIONAL[1:], ROW]), HeadingFault)
    found = found_in([NATIONAL[1:], ROW], may_lack=frozenset({"school_code"}))
    assert not isinstance(found, HeadingFault)


@pytest.mark.parametrize("rows", [[], [["a", "b"]], [["日期", "收入", "支出"], [1, 2, 3]]])
def test_another_kind_of_sheet_is_refused(rows):
    assert found_in(rows).code == "no_heading_row"
