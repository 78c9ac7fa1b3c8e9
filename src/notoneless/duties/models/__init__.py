"""Matters, duties, how they changed, rules that could not be applied, runs of the sweep."""

from __future__ import annotations

from notoneless.duties.models.duties import Duty, DutyChange, Matter
from notoneless.duties.models.runs import RuleHole, SweepRun

__all__ = ["Duty", "DutyChange", "Matter", "RuleHole", "SweepRun"]
