"""What departments are there for, and what they say they did about it (R-005)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models.people import Person
from notoneless.places.models.units import Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class DepartmentDuty(models.Model):
    """One duty of a department, with its responsible leader and its liaison officer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    department = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    text = models.TextField(max_length=1000)
    partners = models.ManyToManyField(Unit, related_name="partner_duties", blank=True)
    leader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    liaison = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "text"], condition=Q(to_on=None), name="duty_text_once_now"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="department_duty_ends_after_it_begins",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"department": self.department_id, "text": self.text, "from_on": self.from_on}


class DutyReport(models.Model):
    """What a department reports about one of its duties for a period; a newer one supersedes."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    duty = models.ForeignKey(DepartmentDuty, models.PROTECT, related_name="reports")
    period = models.CharField(max_length=20)
    """What the office calls it: 2026年, 2026年第四季度."""
    note = models.TextField(max_length=2000)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "period"],
                condition=Q(superseded_at=None),
                name="duty_report_one_now_per_period",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "duty": self.duty_id,
            "period": self.period,
            "note": self.note,
            "by": self.by_id,
            "reported_on": self.reported_on,
        }
