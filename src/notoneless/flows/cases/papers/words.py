"""The words that papers print for what the system knows by code. Papers are in Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from notoneless.children.queries.units import ClassName
from notoneless.rules.cases.kinds import Level, Outcome
from notoneless.rules.cases.plans import Placement
from notoneless.rules.contacts.kinds import OTHER_CAUSE, Kind, Met, Result, fold
from notoneless.rules.documents.kinds import ServiceMethod
from notoneless.rules.policy.words import label
from notoneless.rules.protection.situations import Situation
from notoneless.rules.units import UnitKind, last_grade, school_year_of

_NUMERALS = "一二三四五六七八九"
NO_CLASS = "未编班"
NOT_KNOWN = "不详"
OTHER = "其他原因"

CONTACTS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CALL: "电话",
        Kind.VISIT: "家访",
        Kind.TALK: "谈话",
        Kind.LETTER: "信函",
        Kind.MESSAGE: "短信",
        Kind.MEETING: "动员会",
    }
)
RESULTS: Mapping[Result, str] = MappingProxyType(
    {
        Result.NOT_REACHED: "没有联系上",
        Result.WRONG_NUMBER: "号码不对",
        Result.REACHED: "已联系，说明了依法送学的义务",
        Result.WILL_RETURN: "答应返校",
        Result.UNDECIDED: "尚未答应返校",
        Result.REFUSED: "不愿返校",
    }
)
MET: Mapping[Met, str] = MappingProxyType(
    {
        Met.GUARDIAN: "监护人",
        Met.RELATIVE: "其他亲属",
        Met.CHILD: "学生本人",
        Met.VILLAGE_CADRE: "村组干部",
        Met.OTHER: "其他成年人",
    }
)
SERVICES: Mapping[ServiceMethod, str] = MappingProxyType(
    {
        ServiceMethod.IN_PERSON: "直接送达",
        ServiceMethod.ADULT_RELATIVE: "同住成年家属签收",
        ServiceMethod.LEFT_AT_HOME: "留置送达",
        ServiceMethod.POST: "邮寄送达",
        ServiceMethod.ELECTRONIC: "电子送达",
        ServiceMethod.ENTRUSTED: "委托送达",
    }
)
OUTCOMES: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.RETURNED: "已返校就读，观察期满",
        Outcome.ENFORCED: "依有关机关措施返校就读，观察期满",
        Outcome.TRANSFERRED: "已转学",
        Outcome.SUSPENDED: "经批准休学",
        Outcome.VISITING: "借读，已备案",
        Outcome.FINISHED: "已满十六周岁并完成义务教育",
        Outcome.ABROAD: "出国（境）",
        Outcome.DECEASED: "死亡",
        Outcome.EXCUSED: "请假等正当理由，未辍学",
        Outcome.IDENTITY_ERROR: "学籍信息有误，未辍学",
    }
)
PLACEMENTS: Mapping[Placement, str] = MappingProxyType(
    {
        Placement.OWN_CLASS: "原班就读",
        Placement.OTHER_CLASS: "调整班级或者年级就读",
        Placement.SEPARATE_CLASS: "单独编班",
        Placement.VOCATIONAL: "普职融合",
        Placement.HOME_TEACHING: "送教上门",
        Placement.SPECIAL_SCHOOL: "特殊教育学校就读",
    }
)
LEVELS: Mapping[Level, str] = MappingProxyType(
    {
        Level.CLASS: "班级",
        Level.SCHOOL: "学校",
        Level.CENTRE: "中心学校",
        Level.VILLAGE: "村（社区）",
        Level.TOWNSHIP: "乡镇（街道）",
        Level.COUNTY: "县级教育行政部门",
    }
)
MEASURES: Mapping[str, str] = MappingProxyType(
    {
        "order": "责令限期改正",
        "penalty": "行政处罚",
        "notice": "返校通知",
        "mediation": "法院调解",
        "judgment": "法院判决",
        "enforcement": "强制执行",
    }
)

SITUATIONS: Mapping[Situation, str] = MappingProxyType(
    {
        Situation.VIOLENCE: "身上有多处损伤、严重营养不良或者意识不清，疑似遭受侵害",
        Situation.INTIMATE_INJURY: "隐私部位有非正常损伤",
        Situation.GIRL_UNDER_14: "不满十四周岁的女性未成年人疑似遭受侵害",
        Situation.GIRL_FROM_14: "已满十四周岁的女性未成年人疑似遭受侵害",
        Situation.PREGNANT_UNDER_14: "不满十四周岁的女性未成年人怀孕",
        Situation.ABNORMAL_DEATH_OR_INJURY: "非正常伤亡",
        Situation.ABANDONED: "被遗弃或者长期无人照料",
        Situation.LIVING_ALONE: "不满十六周岁单独居住，无人监护",
        Situation.MISSING_OR_TRAFFICKED: "来源不明、失踪，疑似被拐卖",
        Situation.BEGGING: "被组织乞讨",
        Situation.OTHER: "其他严重侵害未成年人身心健康的情形",
    }
)
"""As the report to the police words them (高检发〔2020〕9号 art. 4)."""


def class_words(name: ClassName | None, on: date) -> str:
    """三年级（1）班 on a day; by its cohort once it has left school, and no class for none."""
    if name is None:
        return NO_CLASS
    grade = name.grade(school_year=school_year_of(on))
    if not 1 <= grade <= last_grade(name.stage):
        return f"{name.entered_in}级（{name.number}）班"
    return f"{_NUMERALS[grade - 1]}年级（{name.number}）班"


def cause_words(cause: str) -> str:
    """A cause as everybody may read it; nothing stays nothing."""
    if not cause:
        return ""
    code = fold(cause)
    return OTHER if code == OTHER_CAUSE else label("codes", code, "zh")


def office_words(name: str, kind: UnitKind) -> str:
    """A unit in full, as its seal reads."""
    if kind is UnitKind.COUNTY:
        return _ending(name, "人民政府")
    if kind is UnitKind.TOWNSHIP:
        return name + "办事处" if name.endswith("街道") else _ending(name, "人民政府", "办事处")
    if kind is UnitKind.VILLAGE:
        return _ending(name, "村民委员会", "委会")
    if kind is UnitKind.COMMUNITY:
        return name + "办事处" if name.endswith("街道") else _ending(name, "居民委员会", "委会")
    return name


def court_words(county: str) -> str:
    """The county's court by name."""
    return f"{county}人民法院"


def lines_in(text: str) -> tuple[str, ...]:
    """What somebody wrote, line by line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _ending(name: str, ending: str, *also: str) -> str:
    return name if name.endswith((ending, *also)) else name + ending
