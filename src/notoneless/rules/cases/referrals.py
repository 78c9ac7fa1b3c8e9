"""Referrals: which department is asked for what, and which fields it needs for that (T26)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class ReferralKind(StrEnum):
    """What a department is asked for (national rules §1.2 row 5)."""

    CHILD_LABOUR = "child_labour"
    """人社: an employer keeps the child."""
    MISSING = "missing"
    """公安: nobody knows where the child is."""
    EARLY_MARRIAGE = "early_marriage"
    """公安、妇联: a marriage or engagement."""
    VIOLENCE = "violence"
    """公安: besides the mandatory report, never instead of it."""
    GUARDIANSHIP = "guardianship"
    """民政: nobody fit looks after the child."""
    HARDSHIP = "hardship"
    """民政: the family needs support."""
    DISABILITY = "disability"
    """残联."""
    LEGAL_HELP = "legal_help"
    """司法."""
    CARE = "care"
    """妇联、团委."""


class Field(StrEnum):
    """What a department can be shown of a child."""

    NAME = "name"
    SEX = "sex"
    AGE = "age"
    SCHOOL = "school"
    VILLAGE = "village"
    ADDRESS = "address"
    GUARDIAN = "guardian"
    PHONE = "phone"
    AWAY_SINCE = "away_since"
    WHEREABOUTS = "whereabouts"
    EMPLOYER = "employer"
    HARDSHIP = "hardship"
    DISABILITY = "disability"


F = Field
_WHO = (F.NAME, F.SEX, F.AGE)
SHOWN: Mapping[ReferralKind, tuple[Field, ...]] = MappingProxyType(
    {
        ReferralKind.CHILD_LABOUR: (*_WHO, F.WHEREABOUTS, F.EMPLOYER, F.AWAY_SINCE),
        ReferralKind.MISSING: (*_WHO, F.ADDRESS, F.GUARDIAN, F.PHONE, F.AWAY_SINCE, F.WHEREABOUTS),
        ReferralKind.EARLY_MARRIAGE: (*_WHO, F.VILLAGE, F.GUARDIAN, F.WHEREABOUTS),
        ReferralKind.VIOLENCE: (*_WHO, F.ADDRESS),
        ReferralKind.GUARDIANSHIP: (*_WHO, F.ADDRESS, F.GUARDIAN, F.PHONE),
        ReferralKind.HARDSHIP: (F.NAME, F.VILLAGE, F.GUARDIAN, F.HARDSHIP),
        ReferralKind.DISABILITY: (*_WHO, F.VILLAGE, F.GUARDIAN, F.PHONE, F.DISABILITY),
        ReferralKind.LEGAL_HELP: (F.NAME, F.GUARDIAN, F.PHONE, F.AWAY_SINCE),
        ReferralKind.CARE: (F.NAME, F.AGE, F.VILLAGE, F.GUARDIAN),
    }
)
"""A department sees these and nothing else (product.md §Protection, R-300)."""
