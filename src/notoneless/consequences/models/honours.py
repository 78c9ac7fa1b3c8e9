"""Honours of people, classes and schools, those refused because of a veto, those cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.consequences.models.settlements import SettlementLine
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class Honour(InsertOnly):
    """An honour of a school year that somebody recorded, or tried to (R-205)."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened, so that sending it twice is once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    """Where it is recorded; what opens the door."""
    school_year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40)
    """As policies name honours (``veto_blocked_honours``)."""
    title = models.CharField(max_length=80, blank=True)
    """As the paper calls it."""
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    """The class or school honoured."""
    refused_by = models.ForeignKey(SettlementLine, models.PROTECT, null=True, related_name="+")
    """The veto because of which it was not given; ``None`` where it was."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, unit__isnull=False) | Q(person__isnull=False, unit=None),
                name="honour_of_person_or_unit",
            ),
            models.UniqueConstraint(
                fields=["person", "code", "school_year", "title"],
                condition=Q(refused_by=None, person__isnull=False),
                name="honour_once_a_year_for_a_person",
            ),
            models.UniqueConstraint(
                fields=["unit", "code", "school_year", "title"],
                condition=Q(refused_by=None, unit__isnull=False),
                name="honour_once_a_year_for_a_unit",
            ),
        ]
        indexes = [models.Index(fields=["county", "school", "school_year"], name="honour_of_year")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "school": self.school_id,
            "school_year": self.school_year,
            "code": self.code,
            "title": self.title,
            "person": self.person_id,
            "unit": self.unit_id,
            "refused_by": self.refused_by_id,
            "by": self.by_id,
            "at": self.at,
        }


class HonourCancelled(InsertOnly):
    """A confirmed veto took an honour of its year away (R-208)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    honour = models.OneToOneField(Honour, models.PROTECT, related_name="cancelled")
    line = models.ForeignKey(SettlementLine, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {"honour": self.honour_id, "line": self.line_id, "by": self.by_id, "at": self.at}
