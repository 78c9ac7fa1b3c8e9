"""What offices call faults, steps, measures and what stands in a step's way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.rules.faults.catalogue import LOCAL, FaultKind
from notoneless.rules.faults.guards import Missing, Obstacle
from notoneless.rules.faults.integrity import Check
from notoneless.rules.faults.kinds import (
    AppealResult,
    FaultState,
    FaultStep,
    LinkKind,
    Measure,
    Outcome,
    SourceKind,
)
from notoneless.rules.faults.life import Turn
from notoneless.web.day_words import day
from notoneless.web.policy.words import source_words

Words = str | Promise
FAULTS: Mapping[FaultKind, Words] = {
    FaultKind.NO_MEASURES: pgettext_lazy("fault", "未采取控辍措施"),
    FaultKind.UNCLEAR_FIGURES: pgettext_lazy("fault", "底数不清、数据不准"),
    FaultKind.FALSE_FIGURES: pgettext_lazy("fault", "虚报数据"),
    FaultKind.HIDDEN_FIGURES: pgettext_lazy("fault", "瞒报、漏报流失学生"),
    FaultKind.NO_TIMELY_VISIT: pgettext_lazy("fault", "未及时家访"),
    FaultKind.NO_AID: pgettext_lazy("fault", "对困难学生未落实资助帮扶"),
    FaultKind.LABOUR_UNANSWERED: pgettext_lazy("fault", "对家庭送孩子务工不制止、不上报"),
    FaultKind.PUSHED_OUT: pgettext_lazy("fault", "劝退、变相赶走学生"),
    FaultKind.LATE_REPORT: pgettext_lazy("fault", "迟报"),
    FaultKind.LATE_VISIT: pgettext_lazy("fault", "家访不按时"),
    FaultKind.UNTRUE_WORK: pgettext_lazy("fault", "工作不实、记录不真"),
    FaultKind.CORPORAL_PUNISHMENT: pgettext_lazy("fault", "体罚或变相体罚"),
    FaultKind.DISCRIMINATION: pgettext_lazy("fault", "歧视学生"),
    FaultKind.NEGLECT: pgettext_lazy("fault", "对学生不闻不问"),
    FaultKind.COLDNESS: pgettext_lazy("fault", "冷落学生"),
    FaultKind.MOCKERY: pgettext_lazy("fault", "讽刺挖苦学生"),
    FaultKind.INSULT: pgettext_lazy("fault", "侮辱学生"),
    FaultKind.SERVITUDE: pgettext_lazy("fault", "役使学生"),
    FaultKind.IMPROPER_METHOD: pgettext_lazy("fault", "教育方法不当"),
    FaultKind.IMPROPER_FEES: pgettext_lazy("fault", "违规收费"),
    FaultKind.UNETHICAL: pgettext_lazy("fault", "其他违反师德的行为"),
    FaultKind.SLACK_ORGANISATION: pgettext_lazy("fault", "组织松懈、工作怠慢"),
    FaultKind.FUNDS_LOST: pgettext_lazy("fault", "因延误造成经费损失"),
    FaultKind.THREE_FLAGS: pgettext_lazy("fault", "玩忽职守、辍学超标且无有效措施"),
    FaultKind.SERIOUS_SCHOOL_DROPOUT: pgettext_lazy("fault", "学校辍学情况严重"),
}
STATES: Mapping[FaultState, Words] = {
    FaultState.FOUND: pgettext_lazy("fault state", "待调查"),
    FaultState.INVESTIGATED: pgettext_lazy("fault state", "已调查"),
    FaultState.HEARING: pgettext_lazy("fault state", "听取陈述中"),
    FaultState.HEARD: pgettext_lazy("fault state", "待决定"),
    FaultState.DECIDED: pgettext_lazy("fault state", "已决定"),
    FaultState.APPEALED: pgettext_lazy("fault state", "复核中"),
    FaultState.EXECUTED: pgettext_lazy("fault state", "已执行"),
    FaultState.NOT_UPHELD: pgettext_lazy("fault state", "不予追究"),
    FaultState.OVERTURNED: pgettext_lazy("fault state", "复核撤销"),
    FaultState.WITHDRAWN: pgettext_lazy("fault state", "已撤回"),
}
STATE_TONES: Mapping[FaultState, str] = {
    FaultState.EXECUTED: "done",
    FaultState.NOT_UPHELD: "neutral",
    FaultState.OVERTURNED: "neutral",
    FaultState.WITHDRAWN: "neutral",
}
STEPS: Mapping[FaultStep, Words] = {
    FaultStep.INVESTIGATED: pgettext_lazy("fault step", "登记调查结果"),
    FaultStep.NOTICE_GIVEN: pgettext_lazy("fault step", "告知本人，请他陈述"),
    FaultStep.STATED: pgettext_lazy("fault step", "陈述和申辩"),
    FaultStep.REFUSED: pgettext_lazy("fault step", "登记未作陈述"),
    FaultStep.DECIDED: pgettext_lazy("fault step", "作出决定"),
    FaultStep.SHOWN: pgettext_lazy("fault step", "决定交本人看过"),
    FaultStep.WAIVED: pgettext_lazy("fault step", "接受决定，不申请复核"),
    FaultStep.APPEALED: pgettext_lazy("fault step", "申请复核"),
    FaultStep.APPEAL_DECIDED: pgettext_lazy("fault step", "复核决定"),
    FaultStep.EXECUTED: pgettext_lazy("fault step", "登记执行情况"),
    FaultStep.TAKEN_FURTHER: pgettext_lazy("fault step", "没有改正，进入下一级"),
    FaultStep.WITHDRAWN: pgettext_lazy("fault step", "撤回"),
}
STEP_ICONS: Mapping[FaultStep, str] = {
    FaultStep.INVESTIGATED: "search",
    FaultStep.NOTICE_GIVEN: "mail",
    FaultStep.STATED: "message",
    FaultStep.REFUSED: "clock",
    FaultStep.DECIDED: "gavel",
    FaultStep.SHOWN: "eye",
    FaultStep.WAIVED: "check",
    FaultStep.APPEALED: "scale",
    FaultStep.APPEAL_DECIDED: "scale",
    FaultStep.EXECUTED: "clipboard-check",
    FaultStep.TAKEN_FURTHER: "arrow-up",
    FaultStep.WITHDRAWN: "rotate",
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.UPHELD: pgettext_lazy("fault outcome", "属实，予以追究"),
    Outcome.EXEMPT: pgettext_lazy("fault outcome", "属实，符合免责条件，不予追究"),
    Outcome.NOT_UPHELD: pgettext_lazy("fault outcome", "不属实，不予追究"),
}
APPEALS: Mapping[AppealResult, Words] = {
    AppealResult.KEPT: pgettext_lazy("review", "维持原决定"),
    AppealResult.OVERTURNED: pgettext_lazy("review", "撤销原决定"),
}
MEASURES: Mapping[Measure, Words] = {
    Measure.CRITICISM: pgettext_lazy("measure", "批评"),
    Measure.NOTICE_OF_CRITICISM: pgettext_lazy("measure", "通报批评"),
    Measure.SUPERVISED_CORRECTION: pgettext_lazy("measure", "督导整改"),
    Measure.ADMONISHING_TALK: pgettext_lazy("measure", "诫勉谈话"),
    Measure.ACCOUNTABILITY: pgettext_lazy("measure", "责任追究"),
    Measure.ADMINISTRATIVE_SANCTION: pgettext_lazy("measure", "行政处分"),
    Measure.ECONOMIC_SANCTION: pgettext_lazy("measure", "经济处罚"),
    Measure.POINTS_OFF: pgettext_lazy("measure", "考核扣分"),
    Measure.PERFORMANCE_PAY: pgettext_lazy("measure", "影响绩效工资"),
    Measure.BONUS: pgettext_lazy("measure", "影响奖金或加分"),
    Measure.ALLOWANCE: pgettext_lazy("measure", "扣减津贴"),
    Measure.POST_TRANSFER: pgettext_lazy("measure", "调离岗位"),
    Measure.LEGAL_PROCEDURE: pgettext_lazy("measure", "移送有权机关（司法程序）"),
}
OFF: Mapping[str, Words] = {
    "no_legal_basis": _("没有启用：要先在“政策”里附上法律依据，并由两人批准。"),
    "to_be_entered": _("没有启用：本地方案还没有填写。"),
    "below_floor": _("没有启用：与法律规定不符。"),
    "no_money_rule": _("没有启用：本地没有可以对教职工个人使用的奖惩金额规则。"),
    "absent": _("没有启用：现行方案里已经没有这一项。"),
}
LINKS: Mapping[LinkKind, Words] = {
    LinkKind.CASE: pgettext_lazy("fault link", "辍学个案"),
    LinkKind.DUTY: pgettext_lazy("fault link", "待办"),
    LinkKind.CONTACT: pgettext_lazy("fault link", "联系记录"),
    LinkKind.ROLL: pgettext_lazy("fault link", "点名"),
    LinkKind.REPORT: pgettext_lazy("fault link", "给学校的报告"),
}
SOURCES: Mapping[SourceKind, Words] = {
    SourceKind.INSPECTION: pgettext_lazy("fault source", "检查、督查"),
    SourceKind.RECORDS: pgettext_lazy("fault source", "记录核对"),
    SourceKind.SUBCASE: pgettext_lazy("fault source", "个案的关联事项"),
    SourceKind.GUARDIAN: pgettext_lazy("fault source", "监护人反映"),
    SourceKind.PUPIL: pgettext_lazy("fault source", "学生反映"),
    SourceKind.COLLEAGUE: pgettext_lazy("fault source", "教职工反映"),
    SourceKind.OTHER: pgettext_lazy("fault source", "其他"),
}
CHECKS: Mapping[Check, Words] = {
    Check.DUTY_MISSED: _("待办逾期很久"),
    Check.REPORT_LATE: _("给学校的书面报告超过方案的期限"),
    Check.CONTACT_LATE: _("联系记录在事后很久才写"),
    Check.ROLL_LATE: _("点名在当天之后很久才写"),
    Check.ROLL_EARLY: _("点名在学生到校之前就写好了"),
    Check.PICTURE_TWICE: _("同一张照片用在两次家访里"),
    Check.PRESENT_UNSEEN: _("点名说到校，当天几节课的老师却都没有见到"),
    Check.HEADCOUNT: _("点名时的人数与现在名册上那几天的人数不同"),
    Check.SUBCASE: _("个案的关联事项查实属实"),
}
INNOCENT: Mapping[Check, Words] = {
    Check.DUTY_MISSED: _("先看有没有正当原因：生病、停课、通知没有送到。"),
    Check.REPORT_LATE: _("先看有没有正当原因：缺勤后来才确认，或者当天没有网络。"),
    Check.CONTACT_LATE: _("先看有没有正当原因：纸上先记、回来再补也是真实的家访。"),
    Check.ROLL_LATE: _("先看有没有正当原因：停电、纸质点名后来补录。"),
    Check.ROLL_EARLY: _("先看手机的时间对不对。"),
    Check.PICTURE_TWICE: _("先看两次是不是同一次家访分开登记。"),
    Check.PRESENT_UNSEEN: _("先问孩子那几天在哪里：可能在校内参加别的活动。"),
    Check.HEADCOUNT: _("先看是不是转学手续晚了几天，或者名册导入改过。"),
    Check.SUBCASE: _("看过个案里的处理结果，再定是否追究。"),
}
TURNS: Mapping[Turn, Words] = {
    Turn.HEARER: pgettext_lazy("fault turn", "办理人"),
    Turn.PERSON: pgettext_lazy("fault turn", "本人"),
    Turn.DECIDER: pgettext_lazy("fault turn", "决定人"),
    Turn.REVIEWER: pgettext_lazy("fault turn", "复核人"),
    Turn.NOBODY: "—",
}
CONDITIONS: Mapping[str, Words] = {
    "not_teacher_caused": _("不是教师的原因造成的"),
    "work_done_in_vain": _("做了大量工作而没有效果"),
    "verified": _("经过调查属实"),
    "written_statement": _("有特殊情况书面说明"),
}
FLAGS: Mapping[str, Words] = {
    "neglect": _("玩忽职守、工作不落实"),
    "over_ceiling": _("辍学率超过上限"),
    "no_effective_measures": _("没有采取切实的措施"),
}
MISSING: Mapping[Missing, Words] = {
    Missing.WRONG_STATE: _("现在的阶段不办这一步，可能别人刚刚办过，请刷新页面查看。"),
    Missing.ONLY_THE_PERSON: _("这一步只有本人能办。"),
    Missing.NOT_THE_PERSON: _("本人不能办理自己的事项，只能陈述、看决定、申请复核。"),
    Missing.DECIDER_RAISED: _("提出的人不能自己决定，请由另一人决定。"),
    Missing.SAME_DECIDER: _("作出决定的人不能自己复核，请由另一人复核。"),
    Missing.TIME_TOO_SHORT: _("给本人陈述的时间不够。"),
    Missing.NO_CALENDAR: _("期限按上课日计算，超出了已有的校历，请先补上校历。"),
    Missing.STATEMENT_TIME_RUNS: _("本人陈述的时间还没有过完。"),
    Missing.NO_WITNESS: _("请写明见证人。"),
    Missing.REVIEW_OVER: _("申请复核的时间已过，或本人已接受决定。"),
    Missing.REVIEWED: _("已经复核过一次，不再复核。"),
    Missing.SHOWN_ALREADY: _("决定已经交本人看过。"),
    Missing.NOT_SHOWN: _("决定还没有交本人看过。"),
    Missing.NOT_FINAL: _("本人申请复核的时间还没有过，他也没有表示接受。"),
    Missing.EXEMPTION_UNANSWERED: _("免责条件要逐项回答。"),
    Missing.EXEMPT: _("免责条件全部具备，不能追究。请改选“符合免责条件”。"),
    Missing.NOT_EXEMPT: _("免责条件没有全部具备，不能免责；瞒报、虚报不适用免责。"),
    Missing.FLAGS_UNANSWERED: _("三个条件要逐项回答。"),
    Missing.FLAGS_NOT_ALL: _("三个条件没有同时具备，不能追究。"),
    Missing.NOT_UPHELD_BUT_MEASURES: _("不予追究的，不能同时给予处理。"),
    Missing.MEASURE_OFF: _("所选的处理方式在本地没有启用。"),
    Missing.RUNG_SKIPPED: _("所选的处理越过了阶梯里的前一级，请写明理由。"),
    Missing.FIGURE_MISSING: _("扣分或罚款请填写数值。"),
    Missing.NOTICE_MISSING: _("通报批评请写通报内容。"),
}


ARTICLES: Mapping[str, Words] = {
    "义务教育法第五十三条第二款": _("义务教育法第五十三条第二款"),
    "义务教育法第五十五条": _("义务教育法第五十五条"),
    "未成年人保护法第一百一十九条": _("未成年人保护法第一百一十九条"),
}


def basis_words(basis: str) -> str:
    """The article or the place of the plan that names a fault, in the reader's language."""
    return str(ARTICLES[basis]) if basis in ARTICLES else source_words(basis)


def fault_name(code: str) -> str:
    """A kind of fault, or the place's own item in its own words."""
    return code.removeprefix(LOCAL) if code.startswith(LOCAL) else str(FAULTS[FaultKind(code)])


def obstacle_words(obstacle: Obstacle) -> str:
    """One obstacle as a sentence, with its last day where a time runs."""
    said = str(MISSING[obstacle.missing])
    if obstacle.measures:
        comma = gettext("、")
        said += gettext("（%(which)s）") % {
            "which": comma.join(str(MEASURES[each]) for each in obstacle.measures)
        }
    if obstacle.until is None:
        return said
    if obstacle.missing is Missing.TIME_TOO_SHORT:
        return gettext("%(said)s最晚的一天不能早于 %(day)s。") % {
            "said": said,
            "day": day(obstacle.until),
        }
    return gettext("%(said)s到 %(day)s 为止。") % {"said": said, "day": day(obstacle.until)}


def obstacles_words(found: Iterable[Obstacle]) -> str:
    """Several, one after the other."""
    between = " " if (get_language() or "").startswith("en") else ""
    return between.join(obstacle_words(each) for each in found)
