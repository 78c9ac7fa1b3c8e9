"""Critical flags, whom they are about, whom they concern, who has them, what was done."""

from __future__ import annotations

from notoneless.protection.models.flags import CriticalFlag, FlagChild, FlagConcerned, FlagLine
from notoneless.protection.models.steps import FlagStep

__all__ = ["CriticalFlag", "FlagChild", "FlagConcerned", "FlagLine", "FlagStep"]
