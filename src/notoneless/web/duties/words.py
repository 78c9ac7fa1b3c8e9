"""Duties in words: what, by when, why, how it changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from notoneless.duties.queries.clocks import ClockEnd
from notoneless.duties.queries.rows import Bucket, DutyLine
from notoneless.rules.duties.keys import POLICY_KEYS
from notoneless.rules.duties.kinds import ChangeKind, ChangeWhy, DutyRule, EvidenceKind, MatterKind
from notoneless.rules.policy.words import label
from notoneless.web.policy.words import key_label, language, source_words
from notoneless.web.templatetags.looks import short_day, weekday

RULES: Mapping[DutyRule, str | Promise] = {
    DutyRule.GUARDIAN_CONTACT: pgettext_lazy("duty", "联系家长"),
    DutyRule.INVESTIGATE: pgettext_lazy("duty", "查明缺勤原因"),
    DutyRule.VISIT: pgettext_lazy("duty", "上门家访"),
    DutyRule.ABSENCE_REPORT: pgettext_lazy("duty", "向学校报告缺勤"),
    DutyRule.PERSUASION_LETTER: pgettext_lazy("duty", "送劝返书"),
    DutyRule.DROPOUT_REPORT: pgettext_lazy("duty", "报告辍学"),
    DutyRule.CALL_ROLL: pgettext_lazy("duty", "点名"),
    DutyRule.LEAVE_PROOF: pgettext_lazy("duty", "查看请假证明"),
    DutyRule.NO_SHOW_CONTACT: pgettext_lazy("duty", "联系未报到学生家庭"),
    DutyRule.NO_SHOW_SETTLE: pgettext_lazy("duty", "查清未报到学生去向"),
    DutyRule.LESSON_ABSENCE: pgettext_lazy("duty", "跟进课堂缺席"),
    DutyRule.NEXT_TRY: pgettext_lazy("duty", "按约定再联系"),
    DutyRule.NUMBER_CHECK: pgettext_lazy("duty", "核对联系电话"),
    DutyRule.VISIT_ALL: pgettext_lazy("duty", "普访"),
    DutyRule.VISIT_TOTAL: pgettext_lazy("duty", "完成本学期家访人次"),
    DutyRule.VISIT_KEY: pgettext_lazy("duty", "家访重点生"),
    DutyRule.TALK_KEY: pgettext_lazy("duty", "与重点生谈话"),
    DutyRule.VISIT_RETURNED: pgettext_lazy("duty", "家访返校学生"),
    DutyRule.STABILITY: pgettext_lazy("duty", "寒假前稳控联系"),
    DutyRule.CASE_DETERMINE: pgettext_lazy("duty", "认定是否辍学"),
    DutyRule.CASE_VISIT: pgettext_lazy("duty", "上门劝返"),
    DutyRule.CASE_REPORT: pgettext_lazy("duty", "书面报告辍学"),
    DutyRule.CASE_ACCEPT: pgettext_lazy("duty", "接收或退回辍学报告"),
    DutyRule.CASE_NOTICE: pgettext_lazy("duty", "签发返校通知书"),
    DutyRule.CASE_SERVE: pgettext_lazy("duty", "送达文书"),
    DutyRule.CASE_ORDER: pgettext_lazy("duty", "听取意见，作出责令限期改正"),
    DutyRule.CASE_DECIDE: pgettext_lazy("duty", "决定催告、处罚或起诉"),
    DutyRule.CASE_ENFORCE: pgettext_lazy("duty", "申请法院强制执行"),
    DutyRule.CASE_ADVICE: pgettext_lazy("duty", "回复检察建议"),
    DutyRule.CASE_REFERRAL: pgettext_lazy("duty", "答复移送事项"),
    DutyRule.CASE_SUBCASE: pgettext_lazy("duty", "办结关联事项"),
    DutyRule.CASE_RETURN_REPORT: pgettext_lazy("duty", "报告返校"),
    DutyRule.CASE_PLACE: pgettext_lazy("duty", "制定教育安置方案"),
    DutyRule.CASE_REVIEW: pgettext_lazy("duty", "回看教育安置方案"),
    DutyRule.CASE_WATCH: pgettext_lazy("duty", "返校巩固观察"),
    DutyRule.CASE_CLOSE: pgettext_lazy("duty", "申请销号"),
    DutyRule.CASE_CONFIRM: pgettext_lazy("duty", "复核销号"),
    DutyRule.REPORT_CLASS: pgettext_lazy("duty", "报班级统计"),
    DutyRule.REPORT_INFO: pgettext_lazy("duty", "报每周信息"),
    DutyRule.REPORT_SCHOOL: pgettext_lazy("duty", "报学校统计"),
    DutyRule.REPORT_TOWNSHIP: pgettext_lazy("duty", "报乡镇汇总"),
    DutyRule.REPORT_TERM_START: pgettext_lazy("duty", "报学期初书面报告"),
    DutyRule.REPORT_SCHOOL_WRITTEN: pgettext_lazy("duty", "报学校月初书面报告"),
    DutyRule.REPORT_TOWNSHIP_WRITTEN: pgettext_lazy("duty", "报乡镇书面报告"),
    DutyRule.REPORT_KEY_UNIT: pgettext_lazy("duty", "报重点管理情况"),
    DutyRule.MEETING_LEADERSHIP: pgettext_lazy("duty", "开领导小组会议"),
    DutyRule.MEETING_OFFICE: pgettext_lazy("duty", "开教导处例会"),
    DutyRule.MEETING_CAMPAIGN: pgettext_lazy("duty", "开宣传月专题会"),
    DutyRule.MEETING_SUPERVISION: pgettext_lazy("duty", "开督办会"),
    DutyRule.MEETING_REGULAR: pgettext_lazy("duty", "开定期例会"),
    DutyRule.MEETING_DECISION: pgettext_lazy("duty", "落实会议决定"),
    DutyRule.CAMPAIGN_PLAN: pgettext_lazy("duty", "订宣传月方案"),
    DutyRule.CAMPAIGN_REPORT: pgettext_lazy("duty", "报宣传月总结"),
}
MATTERS: Mapping[MatterKind, str | Promise] = {
    MatterKind.ABSENCE: pgettext_lazy("matter", "不明原因缺勤"),
    MatterKind.DROPOUT: pgettext_lazy("matter", "疑似辍学"),
    MatterKind.ROLLS: pgettext_lazy("matter", "每日点名"),
    MatterKind.LEAVE: pgettext_lazy("matter", "长假"),
    MatterKind.NO_SHOW: pgettext_lazy("matter", "开学未报到"),
    MatterKind.NEXT_TRY: pgettext_lazy("matter", "没联系上或另有约定"),
    MatterKind.LESSON: pgettext_lazy("matter", "课堂缺席"),
    MatterKind.TERM_WORK: pgettext_lazy("matter", "本学期工作量"),
    MatterKind.CASE: pgettext_lazy("matter", "辍学个案"),
    MatterKind.REPORTING: pgettext_lazy("matter", "定期报告"),
    MatterKind.MEETING: pgettext_lazy("matter", "会议"),
    MatterKind.CAMPAIGN: pgettext_lazy("matter", "宣传月"),
}
CLOSES: Mapping[EvidenceKind, str | Promise] = {
    EvidenceKind.CONTACT: pgettext_lazy("evidence", "联系上监护人的记录"),
    EvidenceKind.CAUSE: pgettext_lazy("evidence", "查明原因的记录"),
    EvidenceKind.VISIT: pgettext_lazy("evidence", "家访记录"),
    EvidenceKind.TALK: pgettext_lazy("evidence", "谈话记录"),
    EvidenceKind.LETTER: pgettext_lazy("evidence", "劝返书送达记录"),
    EvidenceKind.REPORT: pgettext_lazy("evidence", "向学校的报告"),
    EvidenceKind.ROLL: pgettext_lazy("evidence", "点名"),
    EvidenceKind.PROOF: pgettext_lazy("evidence", "看过的证明"),
    EvidenceKind.BACK: pgettext_lazy("evidence", "点名时已回到班里"),
    EvidenceKind.NUMBER_CHECK: pgettext_lazy("evidence", "电话核对记录"),
    EvidenceKind.STEP: pgettext_lazy("evidence", "个案里的办理记录"),
    EvidenceKind.RETURN: pgettext_lazy("evidence", "交出的报告"),
    EvidenceKind.MEETING: pgettext_lazy("evidence", "会议记录"),
    EvidenceKind.PLAN: pgettext_lazy("evidence", "宣传月方案"),
    EvidenceKind.DONE: pgettext_lazy("evidence", "落实情况"),
}
CHANGES: Mapping[ChangeKind, str | Promise] = {
    ChangeKind.REDATED: pgettext_lazy("duty changed", "改期"),
    ChangeKind.REOPENED: pgettext_lazy("duty changed", "重新打开"),
    ChangeKind.MOVED: pgettext_lazy("duty changed", "换了责任班级"),
    ChangeKind.ROSE: pgettext_lazy("duty changed", "逾期，报上一级"),
    ChangeKind.FELL: pgettext_lazy("duty changed", "不再算逾期"),
    ChangeKind.CLOSED: pgettext_lazy("duty changed", "办结"),
    ChangeKind.WITHDRAWN: pgettext_lazy("duty changed", "撤回"),
}
WHYS: Mapping[ChangeWhy, str | Promise] = {
    ChangeWhy.CALENDAR: pgettext_lazy("why a duty changed", "校历变动"),
    ChangeWhy.POLICY: pgettext_lazy("why a duty changed", "政策变动"),
    ChangeWhy.FACTS: pgettext_lazy("why a duty changed", "记录有更正或补充"),
    ChangeWhy.TIME: pgettext_lazy("why a duty changed", "到期未办"),
    ChangeWhy.LEFT: pgettext_lazy("why a duty changed", "学生已不在本县登记"),
    ChangeWhy.YEAR_OVER: pgettext_lazy("why a duty changed", "学年已结束"),
}
CLOCKS: Mapping[ClockEnd, str | Promise] = {
    ClockEnd.IN_TIME: pgettext_lazy("clock", "按时办结"),
    ClockEnd.LATE: pgettext_lazy("clock", "逾期办结"),
    ClockEnd.MISSED: pgettext_lazy("clock", "逾期未办"),
    ClockEnd.RUNNING: pgettext_lazy("clock", "还在期限内"),
}
BUCKETS: Mapping[Bucket, str | Promise] = {
    Bucket.OVERDUE: pgettext_lazy("in-tray", "逾期"),
    Bucket.TODAY: pgettext_lazy("in-tray", "今天"),
    Bucket.COMING: pgettext_lazy("in-tray", "以后"),
    Bucket.DONE: pgettext_lazy("in-tray", "已办"),
}
HOLES: Mapping[str, str | Promise] = {
    "absent": _("现行政策里没有这一条。"),
    "to_be_entered": _("原文没有写明数值，采用它的单位还没有填写。"),
    "no_legal_basis": _("涉及奖惩，还没有附上法律依据并经第二人批准。"),
    "below_floor": _("填的数值低于法律底线，不能执行。"),
    "operator": _("填的符号不是“满几天”的意思，算不出哪天到期。"),
    "conflict": _("两套同级方案都规定了同一条，无法确定执行哪一套。"),
    "no_school_year": _("这个学年的校历还没有录入。"),
}


def due_words(line: DutyLine, today: date) -> str:
    """By when, as people say it: 今天, 周三前, 逾期 2 天, 尽快."""
    if line.done_on is not None:
        return gettext("%(day)s 已办") % {"day": short_day(line.done_on)}
    if line.due_on is None:
        return gettext("尽快")
    if line.bucket is Bucket.OVERDUE:
        return _late_words(line)
    if line.is_due_provisional and line.due_on < today:
        return gettext("日期待校历确定")
    by = _by_words(line.due_on, today)
    if line.due_hour:
        by = gettext("%(day)s %(hour)s 前") % {"day": by, "hour": line.due_hour}
    elif line.due_on > today:
        by = gettext("%(day)s前") % {"day": by}
    return by


def _late_words(line: DutyLine) -> str:
    if line.days_late:
        return ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", line.days_late) % {"n": line.days_late}
    return gettext("今天 %(hour)s 已过") % {"hour": line.due_hour}


def _by_words(on: date, today: date) -> str:
    """The day a duty is due: named by its weekday within a week."""
    ahead = (on - today).days
    if ahead == 0:
        return gettext("今天")
    if ahead == 1:
        return gettext("明天")
    monday = today - timedelta(days=today.weekday())
    if on < monday + timedelta(days=7):
        return weekday(on)
    if on < monday + timedelta(days=14):
        return gettext("下%(weekday)s") % {"weekday": weekday(on)}
    return short_day(on)


def why_words(line: DutyLine) -> str:
    """The rule that wants the duty, in one phrase."""
    key = POLICY_KEYS.get(line.rule)
    if key is None:
        return gettext("记录联系时定下的日期")
    return key_label(key)


def source_of(line: DutyLine) -> str:
    """The paper, part and row of the rule: S1-24, 第1部分第3条 · P-S1-24.06."""
    said = [source_words(str(line.clock.get("source", ""))), str(line.clock.get("pid", ""))]
    return " · ".join(each for each in said if each)


def clock_words(line: DutyLine) -> str:
    """The length that the rule gave: 3 上课日; empty where it gives none."""
    length, unit = line.clock.get("length"), str(line.clock.get("unit") or "")
    if length is None or not unit:
        return ""
    return f"{length} {label('units', unit, language())}"
