"""What each kind of paper is called, its word in the number, and its form of the requirements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.documents.payloads.between import Matter, Referral
from notoneless.rules.documents.payloads.parts import Payload


@dataclass(frozen=True, slots=True)
class Naming:
    """One kind."""

    name: str
    series: str
    """Follows the office's word in the number: 石政 + 责改."""
    forms: tuple[str, ...] = ()
    """F-ids of the requirements; none where the papers come from the law alone."""


K = DocumentKind
NAMING: Mapping[DocumentKind, Naming] = MappingProxyType(
    {
        K.VISIT_RECORD: Naming("学生辍学家访记录单", "访", ("F-041", "F-042")),
        K.DROPOUT_REGISTER: Naming("辍学生登记表", "辍登", ("F-045",)),
        K.CLASS_REPORT: Naming("学生未到校情况书面报告", "班报", ("F-048",)),
        K.DROPOUT_REPORT: Naming("辍学报告单", "辍报", ("F-049",)),
        K.PERSUASION_LETTER: Naming("劝学书", "劝学", ("F-050",)),
        K.RETURN_NOTICE: Naming("辍学学生返校通知书", "返校通", ("F-051", "F-052")),
        K.STATEMENT_RECORD: Naming("听取意见记录", "听意"),
        K.CORRECTION_ORDER: Naming("责令限期改正通知书", "责改"),
        K.PENALTY_DECISION: Naming("行政处罚决定书", "罚", ("F-053",)),
        K.DEMAND: Naming("履行行政决定催告书", "催"),
        K.ENFORCEMENT_APPLICATION: Naming("强制执行申请书", "强申", ("F-054",)),
        K.CIVIL_COMPLAINT: Naming("民事起诉状", "民诉"),
        K.REFERRAL: Naming("移送函", "移"),
        K.ADVICE_REPLY: Naming("关于检察建议办理情况的复函", "检复"),
        K.RETURN_REGISTRATION: Naming("复学登记表", "复学", ("F-027",)),
        K.RETURN_REPORT: Naming("学生复学报告", "复报"),
        K.RETURNED_LIST: Naming("辍学生和复学生名单", "名单", ("F-047",)),
        K.PLACEMENT_PLAN: Naming("教育安置方案（一生一策）", "安置"),
        K.WATCH_RECORD: Naming("返校观察记录", "观察"),
        K.CLOSING_APPROVAL: Naming("销号审批表", "销"),
        K.MANDATORY_REPORT: Naming("侵害未成年人案件强制报告", "强报"),
    }
)
BY_CODE: Mapping[str, str] = MappingProxyType(
    {
        "dropout_visit_sheet": "学生辍学家访记录单",
        "visit_register": "家访登记表",
        "free_form": "家访记录",
        "dropout_report_sheet": "辍学报告单",
        "dropout_report_letter": "辍学报告书",
        "pupil_dropout_report_letter": "学生辍学报告书",
        "notice_return_of_dropout_pupil": "辍学学生返校通知书",
        "notice_return_of_dropout": "辍学生返校通知书",
        "notice_resumption": "复学通知书",
    }
)
"""Names that a plan chooses by ``visit_form``, ``dropout_report_name``, ``return_notice_name``."""


def name_of(kind: DocumentKind, code: str = "") -> str:
    """What the paper is called here. ``code``: the plan's choice; empty: the usual name.

    Raises ``KeyError`` for a code that no plan has.
    """
    return BY_CODE[code] if code else NAMING[kind].name


CHECKS = frozenset({Matter.WHEREABOUTS, Matter.HOUSEHOLD, Matter.ENROLLED_ELSEWHERE})
"""Matters in which another office is asked to find out, and nothing is handed over."""


def name_of_paper(payload: Payload) -> str:
    """What this very paper is called."""
    if isinstance(payload, Referral) and payload.matter in CHECKS:
        return "协查函"
    return name_of(payload.kind, getattr(payload, "form", ""))
