"""What else has to be settled because of a case: an employer, a teacher, a cadre (T26)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.cases.models.case import Case
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.cases.subcases import SubCaseKind, SubCaseResult
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class SubCase(models.Model):
    """One sub-case; whose conduct it is about is sealed, and never the child's."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="subcases")
    kind = models.CharField(max_length=12, choices=choices(SubCaseKind))
    at_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """Who has to settle it."""
    about = SealedTextField(default="")
    """The employer, teacher or cadre, and what is said to have happened."""
    opened_on = models.DateField()
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=20, choices=choices(SubCaseResult), blank=True)
    finding = SealedTextField(default="", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None, result="")
                | Q(settled_on__isnull=False) & ~Q(result=""),
                name="subcase_settled_with_a_result",
            )
        ]
        indexes = [models.Index(fields=["county", "at_unit", "settled_on"], name="subcase_at_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "case": self.case_id,
            "kind": self.kind,
            "at_unit": self.at_unit_id,
            "about": self.about,
            "opened_on": self.opened_on,
            "by": self.opened_by_id,
            "due_on": self.due_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.settled_on is None:
            return None
        return {
            "settled_on": self.settled_on,
            "by": self.settled_by_id,
            "result": self.result,
            "finding": self.finding,
        }
