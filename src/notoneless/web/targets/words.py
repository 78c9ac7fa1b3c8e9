"""What people call indices, lines, verdicts and parts of an appraisal."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.consequences.outcome import How
from notoneless.rules.policy.resolved import State
from notoneless.rules.targets.indices import Index
from notoneless.rules.targets.scores import Part
from notoneless.rules.targets.standing import Verdict
from notoneless.rules.targets.target import LineKind

Words = str | Promise
SIGNS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "=": "="}
INDICES: Mapping[Index, Words] = {
    Index.DROPOUT: _("方案辍学率"),
    Index.RETENTION: _("巩固率"),
    Index.THREE_YEAR: _("初中三年保留率"),
    Index.NINE_YEAR: _("九年巩固率"),
    Index.PROMOTION: _("小学毕业升学率"),
    Index.HANDOVER: _("小升初整班移交"),
    Index.ENROLMENT: _("入学率"),
    Index.UNDER16: _("16 岁以下在学比例"),
    Index.DISABLED: _("残疾儿童少年入学率"),
    Index.COMPLETION: _("初中完成率"),
    Index.ZHONGKAO: _("参加中考比例"),
    Index.CONVERSION: _("学困生转化率"),
}
FORMULAS: Mapping[Index, Words] = {
    Index.DROPOUT: _("（辍学未返校 + 方案规定计入的小升初流失）÷ 人数基数"),
    Index.RETENTION: _("（人数基数 − 流失）÷ 人数基数"),
    Index.THREE_YEAR: _("九年级这一届在籍未辍学的 ÷ 七年级入学人数（按转入转出折算）"),
    Index.NINE_YEAR: _("九年级这一届在籍未辍学的 ÷ 一年级入学人数（按转入转出折算）"),
    Index.PROMOTION: _("已在初中注册的 ÷ 小学毕业的"),
    Index.HANDOVER: _("（小学毕业的 − 小升初流失）÷ 小学毕业的"),
    Index.ENROLMENT: _("普查适龄儿童中已入学的 ÷ 普查适龄儿童，由人录入"),
    Index.UNDER16: _("在学的 ÷ 村组 16 岁以下应在学的，由人录入"),
    Index.DISABLED: _("在学的 ÷ 适龄残疾儿童少年，由人录入"),
    Index.COMPLETION: _("读完初中的 ÷ 应完成的这一届，由人录入"),
    Index.ZHONGKAO: _("参加中考的 ÷ 应完成的这一届，由人录入"),
    Index.CONVERSION: _("学期末有进步的 ÷ 学期初学困生，由人录入"),
}
LINES: Mapping[LineKind, Words] = {
    LineKind.TARGET: pgettext_lazy("line", "目标"),
    LineKind.OUTSIDE: _("外部标准"),
    LineKind.ALARM: _("重点管理线"),
    LineKind.VETO: _("否决线"),
    LineKind.CHARGE: _("扣罚线"),
    LineKind.TRACKED: _("只跟踪"),
}
VERDICTS: Mapping[Verdict, tuple[Words, str, str]] = {
    Verdict.MET: (_("达标"), "done", "check"),
    Verdict.LAST: (_("名额已用完"), "attention", "alert-triangle"),
    Verdict.MISSED: (_("未达标"), "danger", "x"),
    Verdict.CLEAR: (_("未触及"), "done", "check"),
    Verdict.CROSSED: (_("已触及"), "danger", "flag"),
    Verdict.TRACKED: (_("只跟踪"), "neutral", "eye"),
    Verdict.NOT_KNOWN: (_("缺数"), "neutral", "help-circle"),
    Verdict.OFF: (_("未启用"), "neutral", "lock"),
    Verdict.PERSON: (_("由人判定"), "neutral", "user-check"),
}
"""In words, with a tone and an icon of its own: never by colour alone."""
OFF: Mapping[State, Words] = {
    State.TO_BE_ENTERED: _("方案没有数值，待录入"),
    State.NO_LEGAL_BASIS: _("没有法律依据，未放行"),
    State.BELOW_FLOOR: _("不在法律允许的范围，待重新选择"),
    State.IN_FORCE: _("方案没有数值，待录入"),
}
HOWS: Mapping[How, Words] = {
    How.CASE: _("认定辍学"),
    How.BETWEEN: _("小升初流失"),
}
PARTS: Mapping[Part, Words] = {
    Part.KEPT: _("巩固率"),
    Part.REPORTED: _("按时报告"),
    Part.VISITED: _("按时家访"),
    Part.RETURNED: _("劝返成功"),
    Part.ENROLMENT: _("入学率"),
    Part.RETENTION: _("巩固率"),
}
PART_MEANINGS: Mapping[Part, Words] = {
    Part.KEPT: _("没有流失的 ÷ 人数基数"),
    Part.REPORTED: _("按时报告的 ÷ 已到期的报告待办"),
    Part.VISITED: _("按时完成的 ÷ 已到期的家访待办"),
    Part.RETURNED: _("返校的 ÷ 认定辍学的"),
    Part.ENROLMENT: _("已入学的 ÷ 普查适龄儿童"),
    Part.RETENTION: _("没有流失的 ÷ 人数基数"),
}
KINDS: Mapping[str, Words] = {
    "year_start_roll": _("学年初在籍（9 月 1 日，随更正变动）"),
    "verified_registration": _("核实注册数（两人核对后冻结）"),
    "start_grade_fixed": _("起始年级固定数"),
    "census": _("普查适龄人数"),
}
