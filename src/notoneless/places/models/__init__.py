"""Units and their two lines over time, people and posts, divisions, calendars."""

from __future__ import annotations

from notoneless.places.models.calendar import (
    CalendarChange,
    CalendarClosure,
    CalendarOverride,
    CalendarPattern,
    CalendarPeriod,
    CalendarVersion,
    OfficialDay,
    OfficialNotice,
)
from notoneless.places.models.coverage import Coverage
from notoneless.places.models.divisions import Division
from notoneless.places.models.duties import DepartmentDuty, DutyReport
from notoneless.places.models.groups import GroupSeat, LeadingGroup
from notoneless.places.models.people import Person, Post, TeachingAssignment
from notoneless.places.models.plans import ImplementationPlan
from notoneless.places.models.telephones import UnitTelephone
from notoneless.places.models.units import Unit, UnitPlace

__all__ = [
    "CalendarChange",
    "CalendarClosure",
    "CalendarOverride",
    "CalendarPattern",
    "CalendarPeriod",
    "CalendarVersion",
    "Coverage",
    "DepartmentDuty",
    "Division",
    "DutyReport",
    "GroupSeat",
    "ImplementationPlan",
    "LeadingGroup",
    "OfficialDay",
    "OfficialNotice",
    "Person",
    "Post",
    "TeachingAssignment",
    "Unit",
    "UnitPlace",
    "UnitTelephone",
]
