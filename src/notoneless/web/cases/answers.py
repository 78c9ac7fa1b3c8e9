"""The questions of each step in words: labels, hints, options, and what is wrong with an answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.cases.kinds import StepKind
from notoneless.rules.cases.said import Fault
from notoneless.web.cases.words import (
    OUTCOMES,
    PLACEMENTS,
    REFERRALS,
    SUBCASE_RESULTS,
    SUBCASES,
)

Words = str | Promise
K = StepKind

LABELS: Mapping[str, Words] = {
    "words": pgettext_lazy("case question", "说明"),
    "person": pgettext_lazy("case question", "包保人"),
    "result": pgettext_lazy("case question", "结果"),
    "criteria": pgettext_lazy("case question", "认定依据"),
    "destination": pgettext_lazy("case question", "孩子的去向"),
    "deadline": pgettext_lazy("case question", "期限（含这一天）"),
    "contact": pgettext_lazy("case question", "联系人和电话"),
    "reason": pgettext_lazy("case question", "辍学原因"),
    "asked_for": pgettext_lazy("case question", "请求办理的事"),
    "receiver": pgettext_lazy("case question", "报给谁"),
    "action": pgettext_lazy("case question", "村里做了什么"),
    "way": pgettext_lazy("case question", "方式"),
    "statement": pgettext_lazy("case question", "监护人的陈述和申辩"),
    "officers": pgettext_lazy("case question", "两名执法人员"),
    "facts": pgettext_lazy("case question", "认定的事实"),
    "measure": pgettext_lazy("case question", "措施"),
    "body": pgettext_lazy("case question", "受理机关"),
    "court": pgettext_lazy("case question", "法院"),
    "claims": pgettext_lazy("case question", "诉讼请求"),
    "act": pgettext_lazy("case question", "法院的办理"),
    "court_number": pgettext_lazy("case question", "案号"),
    "kind": pgettext_lazy("case question", "种类"),
    "from": pgettext_lazy("case question", "来文单位"),
    "number": pgettext_lazy("case question", "文号"),
    "measures": pgettext_lazy("case question", "措施"),
    "results": pgettext_lazy("case question", "办理结果"),
    "to": pgettext_lazy("case question", "交给哪个单位"),
    "whereabouts": pgettext_lazy("case question", "已知的下落"),
    "employer": pgettext_lazy("case question", "用工单位"),
    "authority": pgettext_lazy("case question", "作出措施的机关"),
    "placement": pgettext_lazy("case question", "安置方式"),
    "class": pgettext_lazy("case question", "编入班级"),
    "goals": pgettext_lazy("case question", "目标"),
    "helper": pgettext_lazy("case question", "帮扶人"),
    "planned_on": pgettext_lazy("case question", "对应哪一次回看"),
    "found": pgettext_lazy("case question", "看到的情况"),
    "goes_on": pgettext_lazy("case question", "方案继续有效"),
    "judgement": pgettext_lazy("case question", "班主任的评价"),
    "outcome": pgettext_lazy("case question", "去向和结果"),
    "evidence": pgettext_lazy("case question", "证明材料"),
    "about": pgettext_lazy("case question", "涉及的人和事"),
    "finding": pgettext_lazy("case question", "查明的情况"),
    "response": pgettext_lazy("case question", "怎样处理"),
    "invited_on": pgettext_lazy("case question", "通知到场的日期"),
    "place": pgettext_lazy("case question", "地点"),
    "answer": pgettext_lazy("case question", "对意见的答复"),
    "article": pgettext_lazy("case question", "依据的条款"),
}
OWN_LABELS: Mapping[tuple[StepKind, str], Words] = {
    (K.SENT_BACK, "words"): _("退回的理由"),
    (K.REFERRAL_ANSWERED, "words"): _("答复的内容"),
    (K.CRITICISED, "words"): _("批评教育的内容和监护人的态度"),
    (K.CLOSING_REFUSED, "words"): _("不同意的理由"),
    (K.POLICY_MOVED, "words"): _("为什么改按现行方案"),
    (K.ADVICE_RECEIVED, "words"): _("建议的内容"),
    (K.REFERRED, "kind"): _("请部门做什么"),
    (K.SUBCASE_OPENED, "kind"): _("哪一类事项"),
    (K.VIOLATION_NOTED, "kind"): _("监护人的情形"),
    (K.ADVICE_RECEIVED, "kind"): _("建议的种类"),
    (K.PENALTY_ISSUED, "measure"): _("处罚内容"),
    (K.RETURNED_BY_MEASURE, "measure"): _("采取的措施"),
    (K.PENALTY_ISSUED, "deadline"): _("履行期限（含这一天）"),
    (K.REFERRED, "deadline"): _("请在哪天前答复"),
}
HINTS: Mapping[str, Words] = {
    "officers": _("每人一行：姓名，执法证号。"),
    "criteria": _("写查明的事实：缺勤天数、家访情况、家长的说法。"),
    "evidence": _("写材料名称、出具单位和日期；病历只写见过，不留存。"),
    "goals": _("一生一策：写这个孩子这学期要做到什么。"),
}
OWN_HINTS: Mapping[tuple[StepKind, str], Words] = {
    (K.REFERRED, "asked_for"): _("部门只会看到办理这件事需要的几项信息。"),
    **dict.fromkeys(
        [(kind, "deadline") for kind in (K.LETTER_ISSUED, K.NOTICE_ISSUED, K.ORDER_ISSUED)],
        _("写监护人必须送孩子返校的最后一天。"),
    ),
    (K.LETTER_ISSUED, "contact"): _("写在劝返书上，家长好打电话。"),
}
OPTIONS: Mapping[str, Words] = {
    "dropped_out": _("认定为辍学"),
    "not_dropped_out": _("不认定为辍学"),
    "township": _("乡镇"),
    "county_bureau": _("县教育局"),
    "centre_school": _("中心校"),
    "community": _("社区"),
    "village": _("村委会"),
    "nine_year_school": _("九年一贯制学校"),
    "local_government": _("当地政府"),
    "confirmed": _("情况属实"),
    "rejected": _("情况不属实"),
    "heard": _("当面听取了意见"),
    "nothing_to_say": _("表示没有意见"),
    "did_not_appear": _("通知后没有到场"),
    "review": _("申请行政复议"),
    "suit": _("提起行政诉讼"),
    "upheld": _("维持"),
    "changed": _("变更"),
    "annulled": _("撤销"),
    "withdrawn": _("撤回"),
    "accepted": _("受理"),
    "mediated": _("调解"),
    "ruled": _("裁定或判决"),
    "enforced": _("执行完毕"),
    "minors": _("未成年人保护检察建议"),
    "public_interest": _("公益诉讼检察建议"),
    "public_interest_urgent": _("公益诉讼检察建议（紧急）"),
    "order": _("责令改正"),
    "penalty": _("处罚"),
    "notice": _("返校通知"),
    "mediation": _("调解"),
    "judgment": _("判决"),
    "enforcement": _("强制执行"),
    "not_sending": _("不送孩子入学"),
    "not_sending_on_time": _("不按时送孩子入学"),
    "not_stopping": _("不制止孩子辍学"),
    "obstructing": _("阻碍孩子上学"),
    "dissuaded": _("劝说"),
    "criticised": _("批评教育"),
    "punished": _("政府处理"),
    "sued": _("起诉"),
    "voluntary": _("自愿返校"),
}
OWN_OPTIONS: Mapping[tuple[StepKind, str], Mapping[str, Words]] = {
    (K.REFERRED, "kind"): {kind.value: words for kind, words in REFERRALS.items()},
    (K.SUBCASE_OPENED, "kind"): {kind.value: words for kind, words in SUBCASES.items()},
    (K.SUBCASE_SETTLED, "result"): {kind.value: words for kind, words in SUBCASE_RESULTS.items()},
    (K.PLACED, "placement"): {kind.value: words for kind, words in PLACEMENTS.items()},
    (K.CLOSING_ASKED, "outcome"): {kind.value: words for kind, words in OUTCOMES.items()},
    (K.CLOSED, "outcome"): {kind.value: words for kind, words in OUTCOMES.items()},
    (K.COURT_ACTED, "act"): {"rejected": _("驳回")},
}
FAULTS: Mapping[Fault, Words] = {
    Fault.MISSING: _("请填写这一项。"),
    Fault.NOT_AN_OPTION: _("请从列出的几项里选择。"),
    Fault.NOT_A_DATE: _("请选择日期。"),
    Fault.NOT_AN_ID: _("请从列表里选择。"),
    Fault.TOO_LONG: _("写得太长，最多 2000 个字。"),
    Fault.NOT_TWO_OFFICERS: _("要两名执法人员，每人一行，写姓名和执法证号。"),
}


def label_of(step: StepKind, name: str) -> Words:
    """What a question is called on the form of a step."""
    return OWN_LABELS.get((step, name)) or LABELS[name]


def hint_of(step: StepKind, name: str) -> Words:
    """What stands below a question; empty where nothing needs saying."""
    return OWN_HINTS.get((step, name)) or HINTS.get(name, "")


def option_of(step: StepKind, name: str, value: str) -> Words:
    """An answer that was chosen, in words; one that is no option as it stands."""
    return OWN_OPTIONS.get((step, name), {}).get(value) or OPTIONS.get(value, value)
