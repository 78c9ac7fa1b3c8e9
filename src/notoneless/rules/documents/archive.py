"""The kinds of files that offices keep (R-298)."""

from __future__ import annotations

from enum import StrEnum


class ArchiveKind(StrEnum):
    DROPOUT = "dropout"
    """辍学档案 and what belongs to it."""
    RETURN = "return"
    """复学档案."""
    AT_RISK = "at_risk"
    """易辍生档案."""
    TWICE_IN_NEED = "twice_in_need"
    """双困生档案: in study and in life."""
    PERSUASION = "persuasion"
    """劝返复学档案."""
    KEY_PUPILS = "key_pupils"
    """重点生档案."""
    POOREST = "poorest"
    """特困生档案."""
    LEFT_BEHIND = "left_behind"
    """留守儿童档案."""
    CONTRACTS = "contracts"
    """责任书."""
    MINUTES = "minutes"
    """会议记录."""
    INSPECTION = "inspection"
    """督查."""
    PENALTY = "penalty"
    """处罚."""
    CASE = "case"
    """One child's case file."""
