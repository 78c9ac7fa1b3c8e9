"""Contacts and their evidence, reports to the school, numbers tried, visitors named."""

from __future__ import annotations

from notoneless.contacts.models.contact import Contact, ContactChild, ContactPerson
from notoneless.contacts.models.evidence import Evidence, SealedPicture
from notoneless.contacts.models.reports import ClassReport, ReportReceipt
from notoneless.contacts.models.upkeep import (
    Assignment,
    Counselling,
    NumberCheck,
    TermSummary,
)

__all__ = [
    "Assignment",
    "ClassReport",
    "Contact",
    "ContactChild",
    "ContactPerson",
    "Counselling",
    "Evidence",
    "NumberCheck",
    "ReportReceipt",
    "SealedPicture",
    "TermSummary",
]
