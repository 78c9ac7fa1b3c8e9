"""Children, their records, guardians, where each belongs, and enrolment spells."""

from __future__ import annotations

from notoneless.children.models.child import Child, ChildRecord, Guardian, Merge
from notoneless.children.models.places import ChildPlace, Enrolment

__all__ = ["Child", "ChildPlace", "ChildRecord", "Enrolment", "Guardian", "Merge"]
