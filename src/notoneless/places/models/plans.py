"""Units' yearly implementation plans 实施方案, as facts (R-004)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.places.models.units import Unit, choices
from notoneless.rules.plans import PlanState

if TYPE_CHECKING:
    from collections.abc import Mapping


class ImplementationPlan(models.Model):
    """What a unit's plan of a school year was from one saving to the next.

    Saved again, handed in, approved or withdrawn, it becomes a new row that supersedes this one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans")
    school_year = models.PositiveSmallIntegerField()
    """The year in whose autumn the school year begins."""
    title = models.CharField(max_length=120)
    goals = models.TextField(max_length=4000)
    approver = models.CharField(max_length=60, blank=True)
    """Who approved the plan, as the office writes it; only of an approved one."""
    state = models.CharField(max_length=10, choices=choices(PlanState))
    reason = models.CharField(max_length=200, blank=True)
    """Why it was withdrawn."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "school_year"],
                condition=Q(superseded_at=None),
                name="plan_one_now_per_unit_and_year",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | ~Q(approver=""), name="plan_approved_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["county", "school_year"], name="plan_of_the_year")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "school_year": self.school_year,
            "title": self.title,
            "goals": self.goals,
            "approver": self.approver,
            "state": self.state,
            "reason": self.reason,
            "recorded_by": self.recorded_by,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None
