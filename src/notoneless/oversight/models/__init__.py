"""Matters of accountability: who is charged with what, what happened in it, what was decided."""

from __future__ import annotations

from notoneless.oversight.models.decisions import FaultDecision
from notoneless.oversight.models.faults import Fault, FaultFact, FaultLink
from notoneless.oversight.models.pointers import Dismissal

__all__ = ["Dismissal", "Fault", "FaultDecision", "FaultFact", "FaultLink"]
