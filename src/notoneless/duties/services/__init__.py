"""The only writers of duties."""

from __future__ import annotations

from notoneless.duties.services.holes import keep_holes
from notoneless.duties.services.reconciling import (
    Part,
    changes_among,
    duties_of_matters,
    reconcile,
    what_would_change,
    withdraw_about,
    withdraw_strays,
    write_changes,
    write_together,
)
from notoneless.duties.services.runs import SweepRunning, beat, begin_sweep, end_sweep

__all__ = [
    "Part",
    "SweepRunning",
    "beat",
    "begin_sweep",
    "changes_among",
    "duties_of_matters",
    "end_sweep",
    "keep_holes",
    "reconcile",
    "what_would_change",
    "withdraw_about",
    "withdraw_strays",
    "write_changes",
    "write_together",
]
