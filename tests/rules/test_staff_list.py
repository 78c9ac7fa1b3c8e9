"""Reading a list of staff, and what a timetable's columns are."""

from __future__ import annotations

import pytest

from notoneless.rules.roles import Role
from notoneless.rules.staff_list import Fault, StaffRow, faults_of, read_rows
from notoneless.rules.subjects import usual_subjects

pytestmark = pytest.mark.req("R-022")


def test_headings_in_any_order_and_words_are_understood():
    rows = read_rows([["职务", "姓名", "电话"], ["班主任", " 宋　雨 ", "１５４０００００００１"]])
    assert rows == [StaffRow(2, "宋 雨", phone="15400000001", role="班主任")]
    assert rows[0].wanted_role is Role.HOMEROOM_TEACHER


def test_a_list_without_headings_has_the_usual_columns():
    (row,) = read_rows([["宋雨", "P1", "", "教师", "石桥小学", "songyu"]])
    assert (row.row, row.staff_number, row.unit, row.username) == (1, "P1", "石桥小学", "songyu")


def test_blank_lines_keep_the_numbers_of_the_sheet():
    rows = read_rows([["姓名"], [""], ["宋雨"], [], ["文一"]])
    assert [row.row for row in rows] == [3, 5]


@pytest.mark.parametrize(
    ("row", "faults"),
    [
        (StaffRow(1, "宋雨", role="教师"), []),
        (StaffRow(1, "", role="教师"), [Fault.NAME]),
        (StaffRow(1, "宋" * 60, role="教师"), []),
        (StaffRow(1, "宋" * 61, role="教师"), [Fault.NAME]),
        (StaffRow(1, "宋雨", phone="1540000000", role="教师"), [Fault.PHONE]),
        (StaffRow(1, "宋雨", phone="15400000001", role="教师"), []),
        (StaffRow(1, "宋雨", phone="0874-1234567", role="教师"), []),
        (StaffRow(1, "宋雨", phone="154000000011", role="大王"), [Fault.PHONE, Fault.ROLE]),
    ],
)
def test_each_fault_of_a_row_is_named(row, faults):
    assert faults_of(row) == faults


@pytest.mark.req("R-009")
def test_subjects_follow_the_stages_of_a_school():
    primary = usual_subjects(has_primary=True, has_junior=False)
    junior = usual_subjects(has_primary=False, has_junior=True)
    both = usual_subjects(has_primary=True, has_junior=True)
    assert "科学" in primary
    assert "物理" not in primary
    assert "科学" not in junior
    assert {"科学", "物理", "体育与健康"} <= set(both)
    assert len(set(both)) == len(both)
