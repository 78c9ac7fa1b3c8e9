"""What signs, contexts, causes, needs and parts of files are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.rules.policy.words import Language, label
from notoneless.rules.signs.accuracy import Group
from notoneless.rules.signs.key_list import Criterion
from notoneless.rules.signs.kinds import AnswerKind, SignRule
from notoneless.rules.signs.needs import Need, OfficeList

SIGN_RULES: Mapping[SignRule, str | Promise] = {
    SignRule.RUN: _("连续无故缺席"),
    SignRule.UNREGISTERED: _("开学未到"),
    SignRule.SHARE: _("近期缺席较多"),
    SignRule.TERM_DAYS: _("本学期缺席累计"),
    SignRule.WEEK_EDGE: _("常在一周头尾缺席"),
    SignRule.AFTER_BREAK: _("长假后常不来"),
    SignRule.LOST_CONTACT: _("家里联系不上"),
    SignRule.WORD: _("老师上报"),
}
POINTS: Mapping[str, str | Promise] = {
    "run": _("连续缺席"),
    "share": _("缺席比例"),
    "rising": _("比前一段多"),
    "term_first": _("学期累计"),
    "term_second": _("学期累计较多"),
    "unregistered": _("开学未到"),
    "week_edge": _("一周头尾"),
    "after_break": _("长假后"),
    "lost_contact": _("联系不上"),
    "word": _("老师上报"),
    "returned": _("刚返校"),
    "sibling_left": _("兄弟姐妹辍学"),
    "left_behind_both": _("父母都外出"),
    "left_behind_one": _("父母一方外出"),
    "poor": _("家庭困难"),
    "disability": _("身体不便"),
}
ANSWERS: Mapping[AnswerKind, str | Promise] = {
    AnswerKind.CONTACT: _("已联系上"),
    AnswerKind.VISIT: _("已家访"),
    AnswerKind.DECISION: _("正在处理"),
    AnswerKind.FOLLOW_UP: _("已记跟踪记录"),
}
CAUSES: Mapping[str, str | Promise] = {
    "learning_difficulty": _("学习困难"),
    "weariness": _("厌学"),
    "poverty": _("家庭贫困"),
    "distance": _("路途远"),
    "family": _("家庭原因"),
    "work": _("外出务工或在家干活"),
    "teacher_conduct": _("教师行为"),
    "peer_conflict": _("同学不团结"),
    "gender_preference": _("重男轻女"),
    "illness": pgettext_lazy("cause", "生病"),
    "disability": pgettext_lazy("cause", "残疾"),
    "pregnancy": _("怀孕"),
    "violence": _("受到暴力"),
    "religion": _("宗教原因"),
    "other": pgettext_lazy("cause", "其他"),
}
CRITERIA: Mapping[Criterion, str | Promise] = {
    Criterion.LEARNING: _("思想、学习等方面相对困难"),
    Criterion.CONDUCT: _("言行需要帮助"),
    Criterion.MAY_LEAVE: _("有可能辍学"),
}
NEEDS: Mapping[Need, str | Promise] = {
    Need.STAY: _("需要稳学陪伴"),
    Need.LEARNING: _("需要学业帮助"),
    Need.READING: _("需要阅读帮助"),
    Need.AID: _("需要资助"),
    Need.RETURNING: _("返校后需要陪伴"),
    Need.CONDUCT: _("需要行为引导"),
}
OFFICE_LISTS: Mapping[OfficeList, str | Promise] = {
    OfficeList.EASY_TO_DROP: _("易辍生名单"),
    OfficeList.WEAK_LEARNERS: _("学困生名单"),
    OfficeList.POOR: _("贫困生名单"),
    OfficeList.DOUBLY_HARD: _("双困生名单"),
    OfficeList.RETURNED: _("辍返生名单"),
    OfficeList.BEHAVIOUR: _("行为偏差生名单"),
}
FILE_PARTS: Mapping[str, str | Promise] = {
    "risk": _("情况分析"),
    "plan": _("帮扶计划"),
    "progress": _("进展"),
    "conclusion": _("学期结论"),
}
STEPS: Mapping[str, str | Promise] = {
    "escalated": _("上报年级组长、教务处"),
    "measure": _("集体措施"),
    "cleared": _("苗头消除"),
}
GROUPS: Mapping[Group, str | Promise] = {
    Group.SEX: _("按性别"),
    Group.BOARDING: _("按就读方式"),
    Group.LEFT_BEHIND: _("按是否留守"),
}
PARTS: Mapping[Group, Mapping[str, str | Promise]] = {
    Group.SEX: {
        "0": _("未说明"),
        "1": pgettext_lazy("sex", "男"),
        "2": pgettext_lazy("sex", "女"),
    },
    Group.BOARDING: {"": _("走读"), "False": _("走读"), "True": _("住校")},
    Group.LEFT_BEHIND: {
        "": _("未填写"),
        "0": _("非留守"),
        "1": _("一方外出"),
        "2": _("双方外出"),
    },
}


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def kind_words(code: str) -> str:
    """A sign's name; one of the place's own as it wrote it."""
    return label("codes", code, language())


def cause_words(code: str) -> str:
    return str(CAUSES.get(code, code))


def part_words(group: Group, code: str) -> str:
    return str(PARTS[group].get(code, code))
