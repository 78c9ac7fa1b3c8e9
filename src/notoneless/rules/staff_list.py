"""A list of staff as offices keep it: which column is which, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.columns import values_in
from notoneless.rules.roles import Role

HEADINGS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "name": frozenset({"姓名", "教师姓名", "名字", "name"}),
        "staff_number": frozenset({"工号", "教师编号", "职工号", "编号", "staffnumber"}),
        "phone": frozenset({"手机", "手机号", "手机号码", "电话", "联系电话", "phone"}),
        "role": frozenset({"岗位", "职务", "角色", "role"}),
        "unit": frozenset({"单位", "学校", "班级", "所在单位", "unit"}),
        "username": frozenset({"登录名", "账号", "用户名", "username"}),
    }
)
ORDER = ("name", "staff_number", "phone", "role", "unit", "username")
"""The columns of a list without headings."""

ROLE_WORDS: Mapping[str, Role] = MappingProxyType(
    {
        "校长": Role.PRINCIPAL,
        "副校长": Role.VICE_PRINCIPAL,
        "分管副校长": Role.VICE_PRINCIPAL,
        "班子成员": Role.LEADERSHIP_MEMBER,
        "政工主任": Role.POLITICAL_DIRECTOR,
        "教导主任": Role.TEACHING_DIRECTOR,
        "教务主任": Role.TEACHING_DIRECTOR,
        "学籍管理员": Role.STATUS_CLERK,
        "学籍员": Role.STATUS_CLERK,
        "学校系统管理员": Role.SCHOOL_ADMINISTRATOR,
        "系统管理员": Role.SCHOOL_ADMINISTRATOR,
        "控辍专人": Role.DROPOUT_OFFICER,
        "年级组长": Role.GRADE_HEAD,
        "班主任": Role.HOMEROOM_TEACHER,
        "副班主任": Role.DEPUTY_HOMEROOM_TEACHER,
        "科任教师": Role.SUBJECT_TEACHER,
        "任课教师": Role.SUBJECT_TEACHER,
        "教师": Role.SUBJECT_TEACHER,
        "帮教人员": Role.HELPER,
        "教职工": Role.STAFF,
        "宿舍管理员": Role.DORMITORY_KEEPER,
        "宿管": Role.DORMITORY_KEEPER,
        "团支部书记": Role.YOUTH_LEAGUE_SECRETARY,
        "法治副校长": Role.LEGAL_VICE_PRINCIPAL,
        "法制副校长": Role.LEGAL_VICE_PRINCIPAL,
        "中心校校长": Role.CENTRE_HEAD,
        "中心校学籍员": Role.CENTRE_CLERK,
        "乡镇长": Role.TOWNSHIP_HEAD,
        "镇长": Role.TOWNSHIP_HEAD,
        "乡长": Role.TOWNSHIP_HEAD,
        "乡镇包村领导": Role.TOWNSHIP_LEADER,
        "乡镇教育专干": Role.TOWNSHIP_OFFICER,
        "教育专干": Role.TOWNSHIP_OFFICER,
        "乡镇包村干部": Role.TOWNSHIP_CADRE,
        "包村干部": Role.TOWNSHIP_CADRE,
        "村主任": Role.VILLAGE_HEAD,
        "村儿童主任": Role.VILLAGE_OFFICER,
        "儿童主任": Role.VILLAGE_OFFICER,
        "村民小组长": Role.GROUP_HEAD,
        "驻村干部": Role.RESIDENT_CADRE,
        "局长": Role.BUREAU_HEAD,
        "局领导": Role.BUREAU_LEADER,
        "县局业务员": Role.COUNTY_CLERK,
        "县系统管理员": Role.COUNTY_ADMINISTRATOR,
        "督学": Role.SUPERVISOR,
        "部门联络员": Role.DEPARTMENT_LIAISON,
    }
)
PHONE = re.compile(r"1\d{10}|0\d{2,3}-?\d{7,8}")


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One line of a staff list."""

    row: int
    """The line's number in the list; a heading line counts."""
    name: str
    staff_number: str = ""
    phone: str = ""
    role: str = ""
    unit: str = ""
    username: str = ""

    @property
    def wanted_role(self) -> Role | None:
        return ROLE_WORDS.get(self.role)


def read_rows(lines: Sequence[Sequence[str]]) -> list[StaffRow]:
    """Staff rows of a table, read as ``columns.values_in`` reads it."""
    return [
        StaffRow(row=number, **{"name": "", **values})
        for number, values in values_in(lines, HEADINGS, ORDER)
    ]


class Fault(StrEnum):
    """What can be wrong with a row by itself."""

    NAME = "name"
    PHONE = "phone"
    ROLE = "role"


def faults_of(row: StaffRow) -> list[Fault]:
    """What is wrong with a row by itself; empty when nothing is."""
    faults = []
    if not row.name or len(row.name) > 60:
        faults.append(Fault.NAME)
    if row.phone and not PHONE.fullmatch(row.phone):
        faults.append(Fault.PHONE)
    if row.wanted_role is None:
        faults.append(Fault.ROLE)
    return faults
