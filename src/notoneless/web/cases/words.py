"""Cases in words: where one stands, what happened, where it came from, how it ended."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from notoneless.rules.cases.kinds import Level, Outcome, Source, State, StepKind
from notoneless.rules.cases.plans import Placement
from notoneless.rules.cases.referrals import Field, ReferralKind
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult

Words = str | Promise

STATES: Mapping[State, Words] = {
    State.SUSPECTED: pgettext_lazy("case state", "疑似辍学"),
    State.CONFIRMED: pgettext_lazy("case state", "已认定辍学"),
    State.MOBILISING: pgettext_lazy("case state", "家访劝返中"),
    State.PERSUADED_LETTER: pgettext_lazy("case state", "劝返书已送达"),
    State.REPORTED: pgettext_lazy("case state", "已书面报告"),
    State.NOTICE_SERVED: pgettext_lazy("case state", "返校通知已送达"),
    State.NOTICE_EXPIRED: pgettext_lazy("case state", "返校通知已到期"),
    State.ORDERED: pgettext_lazy("case state", "责令改正已送达"),
    State.ORDER_EXPIRED: pgettext_lazy("case state", "责令改正已到期"),
    State.PENALISED: pgettext_lazy("case state", "处罚决定已送达"),
    State.JUDICIAL: pgettext_lazy("case state", "司法程序"),
    State.RETURNED: pgettext_lazy("case state", "已返校"),
    State.WATCH: pgettext_lazy("case state", "返校巩固期"),
    State.ATTENDING: pgettext_lazy("case state", "已销号，在校"),
    State.CLOSED_OTHER: pgettext_lazy("case state", "已销号，其他去向"),
}
STATE_TONES: Mapping[State, str] = {
    State.RETURNED: "accent",
    State.WATCH: "accent",
    State.ATTENDING: "done",
    State.CLOSED_OTHER: "neutral",
}
"""Others want attention; red stays with what is overdue."""
STEPS: Mapping[StepKind, Words] = {
    StepKind.OPENED: pgettext_lazy("case step", "立案"),
    StepKind.ASSIGNED: pgettext_lazy("case step", "指定包保人"),
    StepKind.DETERMINED: pgettext_lazy("case step", "认定是否辍学"),
    StepKind.REPORTED_TO_SCHOOL: pgettext_lazy("case step", "班主任书面报告学校"),
    StepKind.VISITED: pgettext_lazy("case step", "上门家访"),
    StepKind.LETTER_ISSUED: pgettext_lazy("case step", "签发劝返书"),
    StepKind.LETTER_SERVED: pgettext_lazy("case step", "送达劝返书"),
    StepKind.REPORTED: pgettext_lazy("case step", "书面报告辍学"),
    StepKind.ACCEPTED: pgettext_lazy("case step", "接收报告"),
    StepKind.SENT_BACK: pgettext_lazy("case step", "退回报告"),
    StepKind.VILLAGE_ANSWERED: pgettext_lazy("case step", "村里核实情况"),
    StepKind.NOTICE_ISSUED: pgettext_lazy("case step", "签发返校通知书"),
    StepKind.NOTICE_SERVED: pgettext_lazy("case step", "送达返校通知书"),
    StepKind.NOTICE_EXPIRED: pgettext_lazy("case step", "返校通知到期"),
    StepKind.CRITICISED: pgettext_lazy("case step", "批评教育监护人"),
    StepKind.STATEMENT_HEARD: pgettext_lazy("case step", "听取监护人意见"),
    StepKind.ORDER_ISSUED: pgettext_lazy("case step", "作出责令限期改正"),
    StepKind.ORDER_SERVED: pgettext_lazy("case step", "送达责令限期改正"),
    StepKind.ORDER_EXPIRED: pgettext_lazy("case step", "责令改正到期"),
    StepKind.PENALTY_ISSUED: pgettext_lazy("case step", "作出处罚决定"),
    StepKind.PENALTY_SERVED: pgettext_lazy("case step", "送达处罚决定"),
    StepKind.CHALLENGED: pgettext_lazy("case step", "监护人复议或起诉"),
    StepKind.CHALLENGE_DECIDED: pgettext_lazy("case step", "复议或诉讼结果"),
    StepKind.DEMAND_ISSUED: pgettext_lazy("case step", "签发催告书"),
    StepKind.DEMAND_SERVED: pgettext_lazy("case step", "送达催告书"),
    StepKind.APPLIED_TO_COURT: pgettext_lazy("case step", "申请法院强制执行"),
    StepKind.SUED: pgettext_lazy("case step", "向法院起诉"),
    StepKind.COURT_ACTED: pgettext_lazy("case step", "法院办理情况"),
    StepKind.ADVICE_RECEIVED: pgettext_lazy("case step", "收到检察建议"),
    StepKind.ADVICE_ANSWERED: pgettext_lazy("case step", "回复检察建议"),
    StepKind.REFERRED: pgettext_lazy("case step", "移送部门协助"),
    StepKind.REFERRAL_ANSWERED: pgettext_lazy("case step", "部门答复"),
    StepKind.RETURNED: pgettext_lazy("case step", "返校"),
    StepKind.RETURNED_BY_MEASURE: pgettext_lazy("case step", "依法采取措施后返校"),
    StepKind.PLACED: pgettext_lazy("case step", "教育安置方案"),
    StepKind.RETURN_REPORTED: pgettext_lazy("case step", "报告返校"),
    StepKind.PLAN_REVIEWED: pgettext_lazy("case step", "回看安置方案"),
    StepKind.RELAPSED: pgettext_lazy("case step", "再次离校"),
    StepKind.WATCH_ENDED: pgettext_lazy("case step", "巩固期结束"),
    StepKind.CLOSING_ASKED: pgettext_lazy("case step", "申请销号"),
    StepKind.CLOSING_REFUSED: pgettext_lazy("case step", "不同意销号"),
    StepKind.CLOSED: pgettext_lazy("case step", "销号"),
    StepKind.YEAR_ENDED: pgettext_lazy("case step", "学年末仍未返校"),
    StepKind.SUBCASE_OPENED: pgettext_lazy("case step", "交办关联事项"),
    StepKind.SUBCASE_SETTLED: pgettext_lazy("case step", "关联事项办结"),
    StepKind.VIOLATION_NOTED: pgettext_lazy("case step", "记录监护人违法情形"),
    StepKind.POLICY_MOVED: pgettext_lazy("case step", "改按现行方案办理"),
}
STEP_ICONS: Mapping[StepKind, str] = {
    StepKind.OPENED: "folder-open",
    StepKind.ASSIGNED: "user-check",
    StepKind.DETERMINED: "clipboard-check",
    StepKind.REPORTED_TO_SCHOOL: "report",
    StepKind.VISITED: "home-heart",
    StepKind.REPORTED: "send",
    StepKind.ACCEPTED: "check",
    StepKind.SENT_BACK: "arrow-left",
    StepKind.VILLAGE_ANSWERED: "building-community",
    StepKind.NOTICE_EXPIRED: "clock",
    StepKind.ORDER_EXPIRED: "clock",
    StepKind.STATEMENT_HEARD: "writing",
    StepKind.ORDER_ISSUED: "gavel",
    StepKind.PENALTY_ISSUED: "gavel",
    StepKind.APPLIED_TO_COURT: "gavel",
    StepKind.SUED: "gavel",
    StepKind.COURT_ACTED: "gavel",
    StepKind.REFERRED: "transfer",
    StepKind.REFERRAL_ANSWERED: "mail",
    StepKind.RETURNED: "door-enter",
    StepKind.RETURNED_BY_MEASURE: "door-enter",
    StepKind.PLACED: "heart-handshake",
    StepKind.PLAN_REVIEWED: "eye",
    StepKind.RELAPSED: "door-exit",
    StepKind.WATCH_ENDED: "shield-check",
    StepKind.CLOSED: "archive",
    StepKind.YEAR_ENDED: "calendar",
}
"""Others: a paper."""
LEVELS: Mapping[Level, Words] = {
    Level.CLASS: pgettext_lazy("level", "班级"),
    Level.SCHOOL: pgettext_lazy("level", "学校"),
    Level.CENTRE: pgettext_lazy("level", "中心校"),
    Level.VILLAGE: pgettext_lazy("level", "村"),
    Level.TOWNSHIP: pgettext_lazy("level", "乡镇"),
    Level.COUNTY: pgettext_lazy("level", "县"),
    Level.DEPARTMENT: pgettext_lazy("level", "部门"),
    Level.SYSTEM: pgettext_lazy("level", "系统"),
}
SOURCES: Mapping[Source, Words] = {
    Source.ABSENCE: pgettext_lazy("case source", "连续缺勤"),
    Source.NO_SHOW: pgettext_lazy("case source", "开学未报到"),
    Source.WORD: pgettext_lazy("case source", "教师报告"),
    Source.TIP: pgettext_lazy("case source", "他人反映"),
    Source.BY_HAND: pgettext_lazy("case source", "人工立案"),
    Source.TRANSFER_UNCLOSED: pgettext_lazy("case source", "转学未办结"),
    Source.SUSPENSION_EXPIRED: pgettext_lazy("case source", "休学到期未复学"),
    Source.OPENING_BALANCE: pgettext_lazy("case source", "启用前的旧案"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.RETURNED: pgettext_lazy("case outcome", "已返校"),
    Outcome.ENFORCED: pgettext_lazy("case outcome", "依法采取措施后返校"),
    Outcome.TRANSFERRED: pgettext_lazy("case outcome", "已转学，接收学校已确认"),
    Outcome.SUSPENDED: pgettext_lazy("case outcome", "休学，已批准"),
    Outcome.VISITING: pgettext_lazy("case outcome", "借读，已备案"),
    Outcome.FINISHED: pgettext_lazy("case outcome", "年满十六且完成义务教育"),
    Outcome.ABROAD: pgettext_lazy("case outcome", "出境"),
    Outcome.DECEASED: pgettext_lazy("case outcome", "死亡"),
    Outcome.EXCUSED: pgettext_lazy("case outcome", "缺勤另有正当理由"),
    Outcome.IDENTITY_ERROR: pgettext_lazy("case outcome", "信息错误，没有学生失学"),
}
PLACEMENTS: Mapping[Placement, Words] = {
    Placement.OWN_CLASS: pgettext_lazy("placement", "回原班"),
    Placement.OTHER_CLASS: pgettext_lazy("placement", "另编年级或班级"),
    Placement.SEPARATE_CLASS: pgettext_lazy("placement", "单独编班"),
    Placement.VOCATIONAL: pgettext_lazy("placement", "普职融合"),
    Placement.HOME_TEACHING: pgettext_lazy("placement", "送教上门"),
    Placement.SPECIAL_SCHOOL: pgettext_lazy("placement", "特殊教育学校"),
}
REFERRALS: Mapping[ReferralKind, Words] = {
    ReferralKind.CHILD_LABOUR: pgettext_lazy("referral", "查处使用童工"),
    ReferralKind.MISSING: pgettext_lazy("referral", "查找下落"),
    ReferralKind.EARLY_MARRIAGE: pgettext_lazy("referral", "制止早婚"),
    ReferralKind.VIOLENCE: pgettext_lazy("referral", "处置侵害"),
    ReferralKind.GUARDIANSHIP: pgettext_lazy("referral", "监护问题"),
    ReferralKind.HARDSHIP: pgettext_lazy("referral", "家庭救助"),
    ReferralKind.DISABILITY: pgettext_lazy("referral", "残疾儿童服务"),
    ReferralKind.LEGAL_HELP: pgettext_lazy("referral", "法律援助"),
    ReferralKind.CARE: pgettext_lazy("referral", "关爱帮扶"),
}
FIELDS: Mapping[Field, Words] = {
    Field.NAME: pgettext_lazy("referral field", "姓名"),
    Field.SEX: pgettext_lazy("referral field", "性别"),
    Field.AGE: pgettext_lazy("referral field", "年龄"),
    Field.SCHOOL: pgettext_lazy("referral field", "学校"),
    Field.VILLAGE: pgettext_lazy("referral field", "村"),
    Field.ADDRESS: pgettext_lazy("referral field", "住址"),
    Field.GUARDIAN: pgettext_lazy("referral field", "监护人"),
    Field.PHONE: pgettext_lazy("referral field", "电话"),
    Field.AWAY_SINCE: pgettext_lazy("referral field", "离校自"),
    Field.WHEREABOUTS: pgettext_lazy("referral field", "去向"),
    Field.EMPLOYER: pgettext_lazy("referral field", "用工单位"),
    Field.HARDSHIP: pgettext_lazy("referral field", "困难情况"),
    Field.DISABILITY: pgettext_lazy("referral field", "残疾情况"),
}
SUBCASES: Mapping[SubCaseKind, Words] = {
    SubCaseKind.EMPLOYER: pgettext_lazy("sub-case", "用工单位使用童工"),
    SubCaseKind.TEACHER: pgettext_lazy("sub-case", "教职工行为"),
    SubCaseKind.CADRE: pgettext_lazy("sub-case", "干部履职"),
}
SUBCASE_RESULTS: Mapping[SubCaseResult, Words] = {
    SubCaseResult.FOUNDED: pgettext_lazy("sub-case result", "属实"),
    SubCaseResult.PARTLY: pgettext_lazy("sub-case result", "部分属实"),
    SubCaseResult.UNFOUNDED: pgettext_lazy("sub-case result", "不属实"),
    SubCaseResult.PASSED_ON: pgettext_lazy("sub-case result", "移交其他机关"),
}
