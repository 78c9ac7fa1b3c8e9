"""Rolls, absences, lesson marks, leave, area events, and who is away now."""

from __future__ import annotations

from notoneless.attendance.models.events import AreaEvent
from notoneless.attendance.models.leave import Leave, LeaveProof, LeaveStep
from notoneless.attendance.models.rolls import Absence, LessonMark, Roll, RollDecision
from notoneless.attendance.models.runs import AbsenceRun

__all__ = [
    "Absence",
    "AbsenceRun",
    "AreaEvent",
    "Leave",
    "LeaveProof",
    "LeaveStep",
    "LessonMark",
    "Roll",
    "RollDecision",
]
