"""Cells and codes in every form that schools fill in."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from notoneless.rules.roster.cells import is_formula, read_date, read_month, read_number, text_of
from notoneless.rules.roster.codes import ETHNIC_NAMES, CodeReading, read_code


@pytest.mark.parametrize(
    "cell",
    [
        "20110102",
        20110102.0,
        "2011-01-02",
        "2011/1/2",
        "2011.1.2",
        "2011年1月2日",
        " 2011-1-2 ",
        "2011-01-02 00:00:00",
        date(2011, 1, 2),
        datetime(2011, 1, 2, 8, 0),  # noqa: DTZ001  # as a sheet gives it
        40545.0,
        "40545",
    ],
)
def test_a_date_is_read_in_every_form(cell):
    assert read_date(cell) == date(2011, 1, 2)


@pytest.mark.parametrize(
    "cell", ["", None, "20110230", "2011", "2011-13-01", "昨天", 7.0, "999999"]
)
def test_what_is_no_day_is_no_date(cell):
    assert read_date(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "201409",
        201409.0,
        "2014.09",
        "2014.9",
        2014.09,
        "2014-09",
        "2014年9月",
        "2014.09.01",
        "20140901",
        date(2014, 9, 1),
    ],
)
def test_a_month_is_read_in_every_form(cell):
    assert read_month(cell) == (2014, 9)


@pytest.mark.parametrize("cell", ["201413", "", "九月", "2014"])
def test_what_is_no_month_is_none(cell):
    assert read_month(cell) is None


def test_numbers_may_bear_their_unit():
    assert [read_number(c) for c in ("3", 3.5, "3公里", "3 km", "-3", "远")] == [
        3,
        3.5,
        3,
        3,
        None,
        None,
    ]


def test_text_is_plain_and_blank_words_are_blank():
    assert text_of("　李\u200b小溪 ") == "李小溪"
    assert text_of(101.0) == "101"
    assert [text_of(blank) for blank in ("—", "/", None, " ", float("nan"))] == [""] * 5


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+cmd", "-a", '=HYPERLINK("x")', "'=1"])
def test_a_formula_is_seen(text):
    assert is_formula(text)


@pytest.mark.parametrize("text", ["+8615412345678", "-3", "李=明", "1+1", 5.0])
def test_signs_before_numbers_are_no_formula(text):
    assert not is_formula(text)


@pytest.mark.parametrize("text", ["汉族", "01", "1", "01-汉族", "1-汉族", "汉族(01)", "01 汉族"])
def test_label_code_and_both_are_the_same(text):
    assert read_code("ethnic", text) == CodeReading("01")


def test_a_short_name_that_can_mean_one_people_only_is_loose():
    assert read_code("ethnic", "汉") == CodeReading("01", is_loose=True)
    assert read_code("ethnic", "哈") is None


@pytest.mark.parametrize("text", ["02-汉族", "火星族", "99", "57"])
def test_a_contradiction_or_unknown_word_is_nothing(text):
    assert read_code("ethnic", text) is None


def test_there_are_56_peoples_each_its_own():
    assert len(set(ETHNIC_NAMES)) == 56


@pytest.mark.parametrize(
    ("table", "text", "code"),
    [
        ("sex", "1-男", "1"),
        ("hukou_kind", "1-农业户口", "1"),
        ("left_behind", "双亲留守儿童", "2"),
        ("relation", "祖母", "62"),
        ("relation", "外公", "63"),
        ("health", "健康或良好", "10"),
        ("politics", "少先队员", "14"),
        ("disability", "肢体残疾", "4"),
        ("inclusive_class", "视力残疾随班就读", "1"),
        ("transport", "自行车(含摩托车、电动自行车)", "2"),
        ("entry_mode", "统一招生考试/普通入学", "21"),
        ("overseas", "否", "00"),
        ("id_kind", "A-护照", "A"),
        ("study_mode", "寄宿", "2"),
        ("yes_no", "1-是", "1"),
    ],
)
def test_every_table_reads_its_words(table, text, code):
    assert read_code(table, text) == CodeReading(code)
