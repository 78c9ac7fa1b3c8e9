"""What kinds of contracts, their states and terms are called."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.contracts.queries.listing import ContractLine, UnitWords
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.signing import Method
from notoneless.rules.contracts.states import Standing
from notoneless.rules.contracts.terms import Effective, Span
from notoneless.rules.policy.resolved import State
from notoneless.web.request import Request
from notoneless.web.templatetags.children import class_words

K = ContractKind
KINDS: Mapping[ContractKind, str | Promise] = {
    K.BUREAU_SCHOOL: _("教育局—学校"),
    K.TOWNSHIP_SCHOOL: _("乡镇—学校"),
    K.COMMUNITY_SCHOOL: _("社区—学校"),
    K.TOWNSHIP_VILLAGE: _("乡镇—村"),
    K.VILLAGE_GROUP: _("村—村民小组"),
    K.CENTRE_SCHOOL: _("中心学校—学校"),
    K.SCHOOL_CLASS_TEACHER: _("学校—班主任"),
    K.SCHOOL_TEACHER: _("学校—任课教师"),
    K.POLITICAL_CLASS_TEACHER: _("政工主任—班主任"),
    K.JOINT: _("班级联保"),
    K.GUARDIAN: _("班主任—家长"),
    K.SUPERVISING_RESPONSIBLE: _("监督单位—责任单位"),
    K.DUAL_LINE: _("双线逐级"),
    K.LEFT_BEHIND: _("留守儿童关爱逐级"),
}
STANDINGS: Mapping[Standing, str | Promise] = {
    Standing.DRAFT: pgettext_lazy("contract", "双方都没签"),
    Standing.SIGNED_A: pgettext_lazy("contract", "等乙方签"),
    Standing.SIGNED_B: pgettext_lazy("contract", "等甲方签"),
    Standing.SIGNED: pgettext_lazy("contract", "已签，未到生效日"),
    Standing.IN_FORCE: pgettext_lazy("contract", "生效中"),
    Standing.EXPIRED: pgettext_lazy("contract", "已到期"),
    Standing.LAPSED: pgettext_lazy("contract", "到期未签"),
    Standing.SETTLED: pgettext_lazy("contract", "已结清"),
    Standing.ARCHIVED: pgettext_lazy("contract", "已归档"),
    Standing.WITHDRAWN: pgettext_lazy("contract", "已撤回"),
}
TONES: Mapping[Standing, str] = {
    Standing.DRAFT: "attention",
    Standing.SIGNED_A: "attention",
    Standing.SIGNED_B: "attention",
    Standing.SIGNED: "accent",
    Standing.IN_FORCE: "done",
}
SIDES: Mapping[Side, str | Promise] = {Side.A: _("甲方"), Side.B: _("乙方")}
METHODS: Mapping[Method, str | Promise] = {
    Method.DRAWN: _("手写签名"),
    Method.TYPED: _("输入姓名签名"),
    Method.PAPER: _("签在纸上"),
}
SPANS: Mapping[Span, str | Promise] = {
    Span.SCHOOL_YEAR: _("一学年（9 月 1 日至次年 8 月 31 日）"),
    Span.YEAR: _("一个自然年"),
    Span.TERM: _("一学期"),
    Span.NEW_INTAKE: _("入学时签一次，到学生离校为止"),
}
EFFECTS: Mapping[Effective, str | Promise] = {
    Effective.ON_SIGNATURE: _("双方签字之日起生效"),
    Effective.FROM_START: _("从期限的第一天起生效"),
}
OFF: Mapping[State, str | Promise] = {
    State.TO_BE_ENTERED: _("数值待录入"),
    State.NO_LEGAL_BASIS: _("没有法定依据，放行以前不生效"),
    State.BELOW_FLOOR: _("低于法定底线"),
}


def tone_of(standing: Standing) -> str:
    return TONES.get(standing, "neutral")


def called(unit: UnitWords | None, request: Request, *, school: str = "") -> str:
    """A class by its name of today with its school where that is said, others as registered."""
    if unit is None:
        return ""
    name = class_words(unit.class_name, request.today) or unit.name
    return f"{school} {name}".strip()


def other_side(line: ContractLine, request: Request) -> str:
    """Whom a contract binds, in a list: a unit, a teacher, a pupil's family."""
    if line.child_name:
        return gettext("%(name)s 的家长") % {"name": line.child_name}
    names = "、".join(name for name in line.names.get(Side.B, ()) if name)
    if line.kind is K.SCHOOL_TEACHER:
        return names
    return called(line.b, request)
