from __future__ import annotations

from tests.journal.desk import slips

__all__ = ["slips"]
