"""The closed sets that papers are made of (requirements §Forms)."""

from __future__ import annotations

from enum import StrEnum


class DocumentKind(StrEnum):
    """One kind of paper; what a place calls it is policy."""

    VISIT_RECORD = "visit_record"
    """F-041 学生辍学家访记录单, F-042 家访登记表."""
    DROPOUT_REGISTER = "dropout_register"
    """F-045 辍学生登记表."""
    CLASS_REPORT = "class_report"
    """F-048 班主任书面报告."""
    DROPOUT_REPORT = "dropout_report"
    """F-049 辍学报告单、辍学报告书."""
    PERSUASION_LETTER = "persuasion_letter"
    """F-050 劝学书."""
    RETURN_NOTICE = "return_notice"
    """F-051 返校通知书, F-052 复学通知书."""
    STATEMENT_RECORD = "statement_record"
    """听取意见记录."""
    CORRECTION_ORDER = "correction_order"
    """责令限期改正通知书."""
    PENALTY_DECISION = "penalty_decision"
    """F-053 处罚决定书; only where a released local instrument gives the power."""
    DEMAND = "demand"
    """履行行政决定催告书."""
    ENFORCEMENT_APPLICATION = "enforcement_application"
    """F-054 强制执行申请书."""
    CIVIL_COMPLAINT = "civil_complaint"
    """起诉状 (draft)."""
    REFERRAL = "referral"
    """移送函、协查函."""
    ADVICE_REPLY = "advice_reply"
    """检察建议回复."""
    RETURN_REGISTRATION = "return_registration"
    """F-027 复学登记."""
    RETURN_REPORT = "return_report"
    """复学报告: to all who had the dropout report (R-123)."""
    RETURNED_LIST = "returned_list"
    """F-047 辍学生和复学生名单."""
    PLACEMENT_PLAN = "placement_plan"
    """教育安置方案（一生一策）."""
    WATCH_RECORD = "watch_record"
    """返校观察记录."""
    CLOSING_APPROVAL = "closing_approval"
    """销号审批表."""
    MANDATORY_REPORT = "mandatory_report"
    """侵害未成年人强制报告; shown to nobody outside the flag's door."""


class Head(StrEnum):
    """How a letter names its office at its head (GB/T 9704-2012)."""

    LETTER = "letter"
    """信函格式: to a guardian or from office to office."""
    OFFICIAL = "official"
    """文件格式: a report up the line, an order, a decision."""


class DocumentState(StrEnum):
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


class ReceiverKind(StrEnum):
    GUARDIAN = "guardian"
    UNIT = "unit"
    COURT = "court"
    FILE = "file"
    """Kept in the file; goes to nobody."""


class ServiceMethod(StrEnum):
    """How a paper reached its receiver (送达方式; 民事诉讼法 art. 88-92 by analogy)."""

    IN_PERSON = "in_person"
    ADULT_RELATIVE = "adult_relative"
    """Living in the same household."""
    LEFT_AT_HOME = "left_at_home"
    """Refused: left there with a witness or pictures."""
    POST = "post"
    ELECTRONIC = "electronic"
    """Only with the receiver's recorded consent."""
    ENTRUSTED = "entrusted"
    """Another unit delivered it."""
    NOT_SERVED = "not_served"
    """A try that reached nobody."""
