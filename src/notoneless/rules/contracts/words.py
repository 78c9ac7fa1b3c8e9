"""What a post is called under a contract; printed in Chinese whatever the reader."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from notoneless.rules.contracts.kinds import GUARDIAN
from notoneless.rules.roles import Role

POSTS: Mapping[str, str] = MappingProxyType(
    {
        Role.PRINCIPAL: "校长",
        Role.CENTRE_HEAD: "中心学校校长",
        Role.BUREAU_HEAD: "局长",
        Role.COUNTY_LEADER: "县领导",
        Role.TOWNSHIP_HEAD: "乡镇长",
        Role.VILLAGE_HEAD: "村（居）委会主任",
        Role.GROUP_HEAD: "村民小组长",
        Role.HOMEROOM_TEACHER: "班主任",
        Role.DEPUTY_HOMEROOM_TEACHER: "副班主任",
        Role.SUBJECT_TEACHER: "任课教师",
        Role.TEACHING_DIRECTOR: "教导主任",
        Role.POLITICAL_DIRECTOR: "政工主任",
        Role.ATTACHED_LEADER: "到班领导",
        Role.ATTACHED_TEACHER: "到班教师",
        GUARDIAN: "监护人",
    }
)


def number_words(school_year: int, number: int) -> str:
    """The number in the yearly register of A: 〔2026〕12号."""
    return f"〔{school_year}〕{number}号"
