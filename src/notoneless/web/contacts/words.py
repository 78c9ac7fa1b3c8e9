"""Contacts in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.contacts.forms import Fault
from notoneless.rules.contacts.kinds import (
    Feedback,
    Kind,
    Met,
    NumberState,
    Proof,
    Purpose,
    Result,
)
from notoneless.rules.policy.words import label
from notoneless.web.policy.words import language

KINDS: Mapping[Kind, str | Promise] = {
    Kind.CALL: pgettext_lazy("contact", "电话"),
    Kind.VISIT: pgettext_lazy("contact", "上门家访"),
    Kind.TALK: pgettext_lazy("contact", "在校谈话"),
    Kind.LETTER: pgettext_lazy("contact", "信函"),
    Kind.MESSAGE: pgettext_lazy("contact", "短信或微信"),
    Kind.MEETING: pgettext_lazy("contact", "村组动员会"),
}
KIND_ICONS: Mapping[Kind, str] = {
    Kind.CALL: "phone",
    Kind.VISIT: "home-heart",
    Kind.TALK: "school",
    Kind.LETTER: "mail",
    Kind.MESSAGE: "message",
    Kind.MEETING: "users-group",
}
RESULTS: Mapping[Result, str | Promise] = {
    Result.NOT_REACHED: pgettext_lazy("contact result", "没联系上"),
    Result.REACHED: pgettext_lazy("contact result", "联系上了"),
    Result.WILL_RETURN: pgettext_lazy("contact result", "答应返校"),
    Result.UNDECIDED: pgettext_lazy("contact result", "还在犹豫"),
    Result.REFUSED: pgettext_lazy("contact result", "不愿返校"),
    Result.WRONG_NUMBER: pgettext_lazy("contact result", "号码不对"),
}
RESULT_TONES: Mapping[Result, str] = {
    Result.NOT_REACHED: "attention",
    Result.REACHED: "accent",
    Result.WILL_RETURN: "done",
    Result.UNDECIDED: "attention",
    Result.REFUSED: "attention",
    Result.WRONG_NUMBER: "attention",
}
MET: Mapping[Met, str | Promise] = {
    Met.GUARDIAN: pgettext_lazy("who was met", "监护人"),
    Met.RELATIVE: pgettext_lazy("who was met", "其他亲属"),
    Met.CHILD: pgettext_lazy("who was met", "孩子"),
    Met.VILLAGE_CADRE: pgettext_lazy("who was met", "村组干部"),
    Met.OTHER: pgettext_lazy("who was met", "其他成年人"),
}
PURPOSES: Mapping[Purpose, str | Promise] = {
    Purpose.ABSENCE: pgettext_lazy("contact purpose", "了解缺勤"),
    Purpose.PERSUASION: pgettext_lazy("contact purpose", "动员返校"),
    Purpose.KEY_PUPIL: pgettext_lazy("contact purpose", "重点生帮扶"),
    Purpose.AFTER_RETURN: pgettext_lazy("contact purpose", "返校后回访"),
    Purpose.ROUTINE: pgettext_lazy("contact purpose", "日常家访"),
    Purpose.OTHER: pgettext_lazy("contact purpose", "其他"),
}
PROOFS: Mapping[Proof, str | Promise] = {
    Proof.PHOTO: pgettext_lazy("proof", "照片"),
    Proof.HOUSE_FRONT: pgettext_lazy("proof", "房屋外景"),
    Proof.SIGNATURE: pgettext_lazy("proof", "手写签字"),
    Proof.PAPER: pgettext_lazy("proof", "签字的纸质表"),
}
FEEDBACK: Mapping[Feedback, str | Promise] = {
    Feedback.LABOUR: _("在家劳动"),
    Feedback.LIFE: _("在家生活"),
    Feedback.STUDY: _("在家学习"),
    Feedback.CONDUCT: _("在家品行"),
    Feedback.SCHOOL: _("在校表现（学校反馈）"),
}
CAUSES: Mapping[str, str | Promise] = {
    "work": _("外出务工或在家干活"),
    "teacher_conduct": _("教师行为"),
    "peer_conflict": _("同学不团结"),
    "gender_preference": _("重男轻女"),
    "disability": pgettext_lazy("cause", "残疾"),
    "other": pgettext_lazy("cause", "其他"),
    "illness": pgettext_lazy("cause", "疾病"),
    "pregnancy": pgettext_lazy("cause", "怀孕"),
    "violence": pgettext_lazy("cause", "遭受暴力或侵害"),
    "religion": pgettext_lazy("cause", "宗教"),
}
NUMBERS: Mapping[NumberState, str | Promise] = {
    NumberState.WORKS: pgettext_lazy("number", "打得通"),
    NumberState.WRONG: pgettext_lazy("number", "号码不对"),
    NumberState.NONE: pgettext_lazy("number", "家里没有电话"),
}
NUMBER_TONES: Mapping[NumberState, str] = {
    NumberState.WORKS: "done",
    NumberState.WRONG: "attention",
    NumberState.NONE: "neutral",
}
VISITOR_ROLES: Mapping[str, str | Promise] = {
    "homeroom": _("班主任"),
    "subject": _("科任教师"),
    "helper": _("帮教人员"),
    "other": pgettext_lazy("visitor", "其他人员"),
}
TOPICS: Mapping[str, str | Promise] = {
    "learning": pgettext_lazy("counselling", "学习"),
    "friends": pgettext_lazy("counselling", "同伴交往"),
    "family": pgettext_lazy("counselling", "家庭"),
    "feelings": pgettext_lazy("counselling", "情绪"),
    "growing_up": pgettext_lazy("counselling", "成长"),
    "safety": pgettext_lazy("counselling", "安全"),
    "other": pgettext_lazy("counselling", "其他"),
}
TAGS: Mapping[str, str | Promise] = {
    "key": _("重点生"),
    "returned": _("返校观察"),
}
FAULTS: Mapping[Fault, str | Promise] = {
    Fault.NO_CHILD: _("请至少选择一名儿童。"),
    Fault.TOO_MANY_CHILDREN: _("一次最多登记 60 名儿童，请分几次登记。"),
    Fault.ONE_CHILD_ONLY: _("在校谈话一次只记一名儿童，请分别登记。"),
    Fault.FUTURE: _("日期还没有到，请改成已经发生的日期。"),
    Fault.TOO_OLD: _("只能补记一年以内的联系，请核对日期。"),
    Fault.NOBODY_MET: _("请勾选家访时见到了谁；没有见到人，结果请选“没联系上”。"),
    Fault.ALONE_WITH_CHILD: _("家里只有孩子一人时，至少要两名成年人一同家访，请补上同行人员。"),
    Fault.NEXT_BEFORE: _("下一步的日期不能早于这次联系的日期。"),
    Fault.NEXT_TOO_FAR: _("下一步的日期太远，请改在 120 天以内。"),
    Fault.MAIN_CAUSE_NOT_AMONG: _("主要原因要在所选原因之内。"),
    Fault.TOO_MANY_PEOPLE: _("在场人员最多登记 12 人。"),
    Fault.MEETING_NOWHERE: _("动员会请填写地点。"),
}
FAULT_FIELDS: Mapping[Fault, str] = {
    Fault.FUTURE: "happened_on",
    Fault.TOO_OLD: "happened_on",
    Fault.NOBODY_MET: "met",
    Fault.ALONE_WITH_CHILD: "companion_1",
    Fault.NEXT_BEFORE: "next_on",
    Fault.NEXT_TOO_FAR: "next_on",
    Fault.MAIN_CAUSE_NOT_AMONG: "main_cause",
    Fault.TOO_MANY_PEOPLE: "others",
    Fault.MEETING_NOWHERE: "place",
}


def cause_words(cause: str) -> str:
    """A cause as people call it; a place's own word is its own label."""
    return str(CAUSES[cause]) if cause in CAUSES else label("codes", cause, language())
