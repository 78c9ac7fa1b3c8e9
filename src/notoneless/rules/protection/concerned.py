"""Whom a flag concerns, what follows for contacts, and which officer has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType

from notoneless.rules.units import SCHOOLS, UnitKind


class ConcernedKind(StrEnum):
    """Who is said to be behind it, or may be."""

    GUARDIAN = "guardian"
    CARER = "carer"
    """Grandparents, relatives, whoever was entrusted with the child."""
    STAFF = "staff"
    OTHER = "other"
    """Somebody who neither brings the child up nor works for it."""
    UNKNOWN = "unknown"


SILENCING = frozenset(ConcernedKind) - {ConcernedKind.OTHER}


def silences(kinds: Iterable[ConcernedKind]) -> bool:
    """Whether a flag about these people stops the contacts; nobody named means unknown."""
    named = set(kinds)
    return not named or bool(named & SILENCING)


RANK: Mapping[UnitKind, int] = MappingProxyType(
    {
        **dict.fromkeys(SCHOOLS, 0),
        UnitKind.TOWNSHIP: 1,
        UnitKind.BUREAU: 2,
    }
)
"""Units whose child-protection officer can have a flag, nearest first.

The nearest unit that has an officer who is not concerned has it; the next ones see it only to
confirm its closing. Where staff are concerned whom nobody has named, the school is passed over:
its officer may be the one.
"""
SCHOOL_RANK = 0
