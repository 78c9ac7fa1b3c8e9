"""One roster row, whole: what is refused, what is warned, what passes in silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notoneless.rules.identity import id_check_digit
from notoneless.rules.roster.check import RosterContext, check_row
from notoneless.rules.roster.columns import COLUMNS
from notoneless.rules.roster.findings import KNOWN, Weight

CONTEXT = RosterContext(school_year=2026, today=date(2026, 11, 20))


def number(first_17):
    return first_17 + id_check_digit(first_17)


GIRL = number("53990120180312042")


def row(**changes):
    """A sound row of a girl in grade 3."""
    cells = {
        "school_code": "2199000101", "name": "李小溪", "sex": "女", "birth_on": "20180312",
        "ethnic": "汉族", "id_kind": "居民身份证", "id_number": GIRL, "class_text": "301",
        "entry_month": "202409", "phone": "15400000001", "disability": "无残疾",
        "inclusive_class": "非随班就读", "member1_name": "李大山", "member1_relation": "父",
        "member1_phone": "15400000002",
    }  # fmt: skip
    return {key: cell for key, cell in {**cells, **changes}.items() if cell is not ...}


def codes(cells, weight=None, context=CONTEXT):
    found = check_row(cells, context).findings
    return [f.code for f in found if weight is None or f.weight is weight]


def test_a_sound_row_passes_in_silence():
    checked = check_row(row(), CONTEXT)
    assert checked.findings == ()
    assert checked.values["grade"] == 3
    assert checked.values["class_number"] == 1
    assert checked.values["birth_on"] == "2018-03-12"
    assert checked.values["guardians"] == [
        {"name": "李大山", "relation": "51", "phone": "15400000002"}
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"birth_on": "2018-03-12"},
        {"birth_on": date(2018, 3, 12)},
        {"entry_month": "2024.09"},
        {"sex": "2-女"},
        {"id_number": f" {GIRL.lower()} "},
        {"class_text": "三(1)班"},
        {"disability": "听力残疾", "inclusive_class": "听力残疾随班就读"},
        {"name": "李 小溪"},
    ],
)
def test_other_ways_of_writing_the_same_pass_in_silence_and_mean_the_same(changes):
    checked, plain = check_row(row(**changes), CONTEXT), check_row(row(), CONTEXT)
    assert checked.findings == ()
    for key in ("birth_on", "entry_month", "sex", "id_number", "grade", "name"):
        assert checked.values[key] == plain.values[key]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"id_number": GIRL[:-1] + ("0" if GIRL[-1] != "0" else "1")}, "id_check_digit"),
        ({"id_number": GIRL[:-1]}, "id_length"),
        ({"id_number": "李小溪李小溪李小溪李小溪李小溪李小溪"}, "id_characters"),
        ({"id_number": number("53990120180230042")}, "id_impossible_date"),
        ({"id_number": "5.39901E+17"}, "id_scientific_notation"),
        ({"id_number": 539901201803120427.0}, "id_scientific_notation"),
        ({"id_number": ""}, "id_missing"),
        ({"id_number": "=A1"}, "formula_in_cell"),
        ({"birth_on": "20190312"}, "birth_date_mismatch"),
        ({"birth_on": "2018年"}, "birth_date_unreadable"),
        ({"sex": "男"}, "sex_mismatch"),
        ({"name": ""}, "name_missing"),
        ({"name": "   "}, "name_missing"),
        ({"name": "<script>alert(1)</script>"}, "name_has_markup"),
        ({"name": "=cmd|' /C calc'!A0"}, "formula_in_cell"),
        ({"name": "李?溪"}, "name_unreadable"),
        ({"name": "123"}, "name_unreadable"),
        ({"name": "李" * 61}, "name_too_long"),
        ({"class_text": ""}, "class_missing"),
        ({"class_text": "启航班"}, "class_unreadable"),
        ({"entry_month": ""}, "entry_month_missing"),
        ({"entry_month": "去年"}, "entry_month_unreadable"),
        ({"entry_month": "203009", "class_text": "2"}, "entry_month_impossible"),
        ({"ethnic": "火星族"}, "unknown_ethnic_value"),
        ({"school_code": ""}, "school_code_missing"),
        ({"school_code": "12"}, "school_code_wrong"),
        ({"school_code": "1199000101"}, "school_kind_out_of_scope"),
        ({"home_address": "长" * 501}, "value_too_long"),
        ({"id_kind": "其他", "id_number": "", "sex": ""}, "sex_missing"),
        ({"id_kind": "护照", "id_number": "E1234567", "birth_on": ""}, "birth_date_missing"),
    ],
)
def test_a_faulty_row_is_refused_for_its_own_reason_only(changes, code):
    assert codes(row(**changes), Weight.REFUSE) == [code]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ethnic": "汉"}, "unknown_ethnic_value"),
        ({"phone": "12345"}, "bad_phone"),
        ({"member1_phone": "12345"}, "bad_phone"),
        ({"disability": "智力残疾"}, "disabled_not_in_inclusive_class"),
        ({"inclusive_class": "其他残疾随班就读"}, "inclusive_class_without_disability"),
        ({"class_text": "501"}, "class_grade_mismatch"),
        ({"sex": ""}, "sex_from_id"),
        ({"birth_on": ""}, "birth_date_from_id"),
        ({"id_kind": "不明"}, "id_kind_unknown"),
        ({"left_behind": "也许"}, "unknown_value"),
        ({"is_orphan": "也许"}, "unknown_value"),
        ({"birth_region": "县城"}, "region_code_wrong"),
        ({"student_number": "G123"}, "student_number_wrong"),
        ({"member1_id_number": "123"}, "guardian_id_wrong"),
        ({"name": "李小溪1"}, "name_has_digits"),
        ({"name": "李\ue000溪"}, "name_private_sign"),
        ({"mail_address": "=1"}, "text_like_formula"),
        ({"mail_address": ""}, "field_missing"),
        ({"postcode": "67"}, "unreadable_value"),
        ({"id_kind": "其他", "id_number": ""}, "no_id_number"),
    ],
)
def test_a_doubtful_row_is_taken_with_one_warning(changes, code):
    checked = check_row(row(**changes), CONTEXT)
    assert [(f.code, f.weight) for f in checked.findings] == [(code, Weight.WARN)]


def test_what_cannot_be_read_is_kept_as_written():
    values = check_row(row(left_behind="也许", birth_region="县城", phone="12345"), CONTEXT).values
    assert values["left_behind_as_written"] == "也许"
    assert values["birth_region_as_written"] == "县城"
    assert values["phone_as_written"] == "12345"


def test_another_disability_in_an_ordinary_class_is_noted_without_a_warning():
    assert codes(row(disability="肢体残疾"), Weight.WARN) == []
    assert codes(row(disability="肢体残疾"), Weight.NOTE) == [
        "other_disability_not_in_inclusive_class"
    ]


def test_a_school_brings_only_its_own_rows():
    own = RosterContext(2026, date(2026, 11, 20), own_schools=("2199000107",))
    assert codes(row(), Weight.REFUSE, own) == ["school_not_yours"]
    assert check_row(row(school_code=...), own).values["school_code"] == "2199000107"


def test_a_school_that_nobody_founded_is_refused_where_none_may_be_made():
    known = RosterContext(2026, date(2026, 11, 20), known_schools=frozenset({"2199000107"}))
    assert codes(row(), Weight.REFUSE, known) == ["unknown_school"]


def test_unknown_columns_are_kept_as_text():
    values = check_row(row(extra={"乘车路线": "3路", "空": ""}), CONTEXT).values
    assert values["extra"] == {"乘车路线": "3路"}


def test_no_finding_ever_quotes_an_identity_number():
    wrong = GIRL[:-1] + ("0" if GIRL[-1] != "0" else "1")
    for finding in check_row(row(id_number=wrong, sex="男", birth_on="20190312"), CONTEXT).findings:
        assert wrong not in str(finding.facts)


cell = st.one_of(st.none(), st.text(max_size=30), st.floats(), st.booleans(), st.dates())


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), cell))
def test_whatever_a_row_holds_it_is_answered_with_known_codes(cells):
    for finding in check_row(cells, CONTEXT).findings:
        assert finding.weight in KNOWN[finding.code]
        assert finding.field in COLUMNS
