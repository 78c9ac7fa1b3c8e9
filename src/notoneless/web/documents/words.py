"""What people call kinds of papers, their states, ways of serving, and what a service lacks."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from notoneless.rules.documents.archive import ArchiveKind
from notoneless.rules.documents.kinds import (
    DocumentKind,
    DocumentState,
    ReceiverKind,
    ServiceMethod,
)
from notoneless.rules.documents.serving import Proof, ServiceFault

Words = str | Promise
K = DocumentKind
KINDS: Mapping[DocumentKind, Words] = {
    K.VISIT_RECORD: pgettext_lazy("paper", "家访记录单"),
    K.DROPOUT_REGISTER: pgettext_lazy("paper", "辍学生登记表"),
    K.CLASS_REPORT: pgettext_lazy("paper", "班主任书面报告"),
    K.DROPOUT_REPORT: pgettext_lazy("paper", "辍学报告单"),
    K.PERSUASION_LETTER: pgettext_lazy("paper", "劝学书"),
    K.RETURN_NOTICE: pgettext_lazy("paper", "返校通知书"),
    K.STATEMENT_RECORD: pgettext_lazy("paper", "听取意见记录"),
    K.CORRECTION_ORDER: pgettext_lazy("paper", "责令限期改正通知书"),
    K.PENALTY_DECISION: pgettext_lazy("paper", "处罚决定书"),
    K.DEMAND: pgettext_lazy("paper", "催告书"),
    K.ENFORCEMENT_APPLICATION: pgettext_lazy("paper", "强制执行申请书"),
    K.CIVIL_COMPLAINT: pgettext_lazy("paper", "民事起诉状"),
    K.REFERRAL: pgettext_lazy("paper", "移送函、协查函"),
    K.ADVICE_REPLY: pgettext_lazy("paper", "检察建议复函"),
    K.RETURN_REGISTRATION: pgettext_lazy("paper", "复学登记表"),
    K.RETURN_REPORT: pgettext_lazy("paper", "复学报告"),
    K.RETURNED_LIST: pgettext_lazy("paper", "辍学生和复学生名单"),
    K.PLACEMENT_PLAN: pgettext_lazy("paper", "教育安置方案"),
    K.WATCH_RECORD: pgettext_lazy("paper", "返校观察记录"),
    K.CLOSING_APPROVAL: pgettext_lazy("paper", "销号审批表"),
    K.MANDATORY_REPORT: pgettext_lazy("paper", "强制报告"),
}
LISTED = tuple(kind for kind in K if kind is not K.MANDATORY_REPORT)
"""Kinds that lists and registers show."""
STATES: Mapping[DocumentState, Words] = {
    DocumentState.ISSUED: pgettext_lazy("paper", "有效"),
    DocumentState.WITHDRAWN: pgettext_lazy("paper", "已撤回"),
    DocumentState.REPLACED: pgettext_lazy("paper", "已被替换"),
}
RECEIVERS: Mapping[ReceiverKind, Words] = {
    ReceiverKind.GUARDIAN: _("监护人"),
    ReceiverKind.UNIT: _("单位"),
    ReceiverKind.COURT: _("法院"),
    ReceiverKind.FILE: _("存档"),
}
M = ServiceMethod
METHODS: Mapping[ServiceMethod, Words] = {
    M.IN_PERSON: _("直接送达"),
    M.ADULT_RELATIVE: _("同住成年家属签收"),
    M.LEFT_AT_HOME: _("拒收，留置送达"),
    M.POST: _("邮寄送达"),
    M.ELECTRONIC: _("电子送达"),
    M.ENTRUSTED: _("委托送达"),
    M.NOT_SERVED: _("没有送到"),
}
PROOFS: Mapping[Proof, Words] = {
    Proof.PHOTO: _("现场照片"),
    Proof.RECEIPT: _("送达回证"),
    Proof.SIGNATURE: _("屏幕签名"),
}
F = ServiceFault
FAULTS: Mapping[ServiceFault, Words] = {
    F.IN_FUTURE: _("送达日期在今天之后。"),
    F.BEFORE_ISSUE: _("送达日期早于文书日期。"),
    F.LONG_AGO: _("送达日期是一年以前，请核对。"),
    F.WHO_SERVED: _("请写明由谁送达。"),
    F.RECEIVER: _("请填写签收人姓名。"),
    F.RELATION: _("请写明签收人与受送达人的关系。"),
    F.SIGNED: _("请让签收人在屏幕上签名，或拍下签好字的送达回证。"),
    F.WITNESSED: _("留置送达要有见证人，或拍照、录像为证。请填见证人，或附照片。"),
    F.PLACE: _("请填写送达地点。"),
    F.CONSENT: _("电子送达要受送达人事先同意。请写明何时、以何种方式同意。"),
    F.POSTED: _("请填写挂号信或快递单号，或拍下回执。"),
    F.ENTRUSTED: _("请写明受委托送达的单位。"),
    F.REASON: _("请写明为什么没有送到。"),
}
FAULT_FIELDS: Mapping[ServiceFault, str] = {
    F.IN_FUTURE: "on",
    F.BEFORE_ISSUE: "on",
    F.LONG_AGO: "on",
    F.RECEIVER: "receiver_name",
    F.RELATION: "relation",
    F.WITNESSED: "witness",
    F.PLACE: "place",
    F.CONSENT: "consent",
    F.POSTED: "carrier",
    F.ENTRUSTED: "carrier",
    F.REASON: "note",
}
A = ArchiveKind
ARCHIVES: Mapping[ArchiveKind, Words] = {
    A.DROPOUT: _("辍学档案"),
    A.RETURN: _("复学档案"),
    A.AT_RISK: _("易辍生档案"),
    A.TWICE_IN_NEED: _("双困生档案"),
    A.PERSUASION: _("劝返复学档案"),
    A.KEY_PUPILS: _("重点生档案"),
    A.POOREST: _("特困生档案"),
    A.LEFT_BEHIND: _("留守儿童档案"),
    A.CONTRACTS: _("责任书"),
    A.MINUTES: _("会议记录"),
    A.INSPECTION: _("督查"),
    A.PENALTY: _("处罚"),
    A.CASE: _("个案卷宗"),
}
