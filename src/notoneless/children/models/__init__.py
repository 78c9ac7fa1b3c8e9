"""Children, their records, guardians, where each belongs, and enrolment spells."""

from __future__ import annotations

from notoneless.children.models.child import Child, ChildRecord, Guardian, Merge
from notoneless.children.models.places import ChildPlace, Enrolment
from notoneless.children.models.roster import (
    RosterDecision,
    RosterFile,
    RosterImport,
    StagedRow,
)

__all__ = [
    "Child",
    "ChildPlace",
    "ChildRecord",
    "Enrolment",
    "Guardian",
    "Merge",
    "RosterDecision",
    "RosterFile",
    "RosterImport",
    "StagedRow",
]
