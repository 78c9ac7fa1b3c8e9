"""Rolls, absences, lesson marks, leave, area events, who is away now, the way to school."""

from __future__ import annotations

from notoneless.attendance.models.checks import RunCheck, RunCheckFinding
from notoneless.attendance.models.events import AreaEvent
from notoneless.attendance.models.hardship import HardshipAlert, HardshipMeasure, Travel
from notoneless.attendance.models.leave import Leave, LeaveProof, LeaveStep
from notoneless.attendance.models.rolls import Absence, LessonMark, Roll, RollDecision
from notoneless.attendance.models.runs import AbsenceRun

__all__ = [
    "Absence",
    "AbsenceRun",
    "AreaEvent",
    "HardshipAlert",
    "HardshipMeasure",
    "Leave",
    "LeaveProof",
    "LeaveStep",
    "LessonMark",
    "Roll",
    "RollDecision",
    "RunCheck",
    "RunCheckFinding",
    "Travel",
]
