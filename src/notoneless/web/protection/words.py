"""What people call situations, those concerned, steps and grounds; the law beside each step."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.rules.protection.life_cycle import FlagState, Ground, StepKind
from notoneless.rules.protection.situations import Doubt, Situation

Words = Mapping[str, str | Promise]

SITUATIONS: Words = {
    Situation.VIOLENCE: _("身上多处受伤、严重营养不良或神志不清，可能受到虐待、殴打、欺凌或被下药"),
    Situation.INTIMATE_INJURY: _("隐私部位有不正常的损伤"),
    Situation.GIRL_UNDER_14: _("不满14周岁的女孩可能受到性侵害，或者怀孕、流产"),
    Situation.GIRL_FROM_14: _("已满14周岁的女孩可能因受到性侵害而怀孕、流产"),
    Situation.PREGNANT_UNDER_14: _("不满14周岁的女孩怀孕"),
    Situation.ABNORMAL_DEATH_OR_INJURY: _("自杀、自残、工伤、中毒等不正常的伤亡"),
    Situation.ABANDONED: _("被遗弃，或者长期没有人照料"),
    Situation.LIVING_ALONE: _("不满16周岁，独自居住、没有人监护"),
    Situation.MISSING_OR_TRAFFICKED: _("来历不明、失踪，可能被拐卖"),
    Situation.BEGGING: _("被组织去乞讨"),
    Situation.OTHER: _("其他严重伤害孩子身心的情况"),
}
DOUBTS: Words = {
    Doubt.NO_LONGER_UNDER_14: _("档案上已满14周岁，请核对；不影响报告"),
    Doubt.STILL_UNDER_14: _("档案上不满14周岁，请核对；不影响报告"),
    Doubt.NO_LONGER_UNDER_16: _("档案上已满16周岁，请核对；不影响报告"),
    Doubt.NOT_A_GIRL: _("档案上是男孩，请核对；不影响报告"),
}
CONCERNED: Words = {
    ConcernedKind.GUARDIAN: _("父母或其他监护人"),
    ConcernedKind.CARER: _("照看孩子的人（祖辈、亲戚、受托人）"),
    ConcernedKind.STAFF: _("学校或单位的工作人员"),
    ConcernedKind.OTHER: _("其他人（同学、邻居、陌生人等）"),
    ConcernedKind.UNKNOWN: _("不清楚"),
}
STEPS: Words = {
    StepKind.ADDED: _("补充情况"),
    StepKind.SEEN: _("专岗已接手"),
    StepKind.POLICE: _("已报警"),
    StepKind.SUPERIOR: _("已报告上级"),
    StepKind.DEPARTMENT: _("已告知有关部门"),
    StepKind.PROPOSED: _("提出结束"),
    StepKind.REFUSED: _("不同意结束"),
    StepKind.CLOSED: _("两人确认结束"),
}
STEP_ICONS: Mapping[StepKind, str] = {
    StepKind.ADDED: "writing",
    StepKind.SEEN: "eye",
    StepKind.POLICE: "phone-call",
    StepKind.SUPERIOR: "report",
    StepKind.DEPARTMENT: "building-community",
    StepKind.PROPOSED: "flag",
    StepKind.REFUSED: "x",
    StepKind.CLOSED: "check",
}
STATES: Words = {
    FlagState.OPEN: pgettext_lazy("critical flag", "处理中"),
    FlagState.CLOSING: _("等第二人确认结束"),
    FlagState.CLOSED: _("已结束"),
}
GROUNDS: Words = {
    Ground.HANDLED: _("公安机关已受理或办结，孩子已经安全"),
    Ground.UNFOUNDED: _("公安机关查过，没有这回事"),
    Ground.MISTAKE: _("报错了（不是这个孩子，或者误点）"),
}
TO_DO: tuple[tuple[StepKind, str | Promise, str | Promise], ...] = (
    (
        StepKind.POLICE,
        _("立即打110报警，记下回执号"),
        _(
            "《关于建立侵害未成年人案件强制报告制度的意见（试行）》（2020，九部门）；未成年人保护法第十一条"
        ),
    ),
    (
        StepKind.SEEN,
        _("专岗接手，先保证孩子此刻安全；不联系有关的家长、照看人和教职工"),
        _("未成年人保护法第四条：最有利于未成年人"),
    ),
    (
        StepKind.SUPERIOR,
        _("报告本单位负责人和主管部门；负责人有关联的，直接报上一级"),
        _("强制报告意见（2020）：报案后向所在单位和主管机关备案"),
    ),
    (
        StepKind.DEPARTMENT,
        _("告知民政、教育、妇联等部门"),
        _("未成年人保护法第十一条：向公安、民政、教育等有关部门报告"),
    ),
    (
        StepKind.CLOSED,
        _("两名没有关联的专岗人员写明依据，一起结束"),
        _("本系统规定：任何人不能单独结束"),
    ),
)
"""What is to be done, in order, with where it stands written."""
