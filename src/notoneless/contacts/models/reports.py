"""What a class teacher reports to the school about one child (F-048), and that it was received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class ClassReport(models.Model):
    """A report; what the system filled in is kept as it was then."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    made_on = models.DateField()
    hour = models.CharField(max_length=5)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    absent_since = models.DateField(null=True)
    due_on = models.DateField(null=True)
    """Of the duty that it met; none where the plan names no day."""
    is_late = models.BooleanField(default=False)
    reason = SealedTextField(default="", blank=True)
    mobilisation = SealedTextField(default="", blank=True)
    facts = SealedJSONField(default=dict, blank=True)
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["school", "made_on"], name="class_report_of_school"),
            models.Index(fields=["child", "made_on"], name="class_report_of_child"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "school": self.school_id,
            "class": self.school_class_id,
            "child": self.child_id,
            "made_on": self.made_on,
            "hour": self.hour,
            "by": self.by_id,
            "absent_since": self.absent_since,
            "due_on": self.due_on,
            "is_late": self.is_late,
            "reason": self.reason,
            "mobilisation": self.mobilisation,
            "facts": dict(self.facts),
            "noted_at": self.noted_at,
        }


class ReportReceipt(models.Model):
    """The school has taken note of a report."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    report = models.OneToOneField(ClassReport, models.PROTECT, related_name="receipt")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {"report": self.report_id, "by": self.by_id, "at": self.at}
