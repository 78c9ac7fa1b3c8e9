"""One child, one plan: what the school does for a child that came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.cases.models.case import Case, CaseStep
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.cases.plans import Placement
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class SupportPlan(models.Model):
    """A plan after one return (一生一策); a changed plan is a new row."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    step = models.OneToOneField(CaseStep, models.PROTECT, related_name="plan")
    placement = models.CharField(max_length=20, choices=choices(Placement))
    placed_in = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The class, where it is one of the county's."""
    is_other_grade = models.BooleanField(default=False)
    goals = SealedTextField(default="")
    measures = SealedTextField(default="")
    helper = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    review_on = models.JSONField(default=list)
    """ISO dates of its reviews, in order."""
    superseded_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(superseded_at=None), name="support_plan_one_at_a_time"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "case": self.case_id,
            "step": self.step_id,
            "placement": self.placement,
            "placed_in": self.placed_in_id,
            "is_other_grade": self.is_other_grade,
            "goals": self.goals,
            "measures": self.measures,
            "helper": self.helper_id,
            "from_on": self.from_on,
            "review_on": list(self.review_on),
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None


class PlanReview(models.Model):
    """That somebody looked whether a plan helps."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    plan = models.ForeignKey(SupportPlan, models.PROTECT, related_name="reviews")
    planned_on = models.DateField()
    """Which of the plan's dates it answers."""
    happened_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    found = SealedTextField(default="")
    goes_on = models.BooleanField()
    """The plan stays as it is."""
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "planned_on"], name="plan_review_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "plan": self.plan_id,
            "planned_on": self.planned_on,
            "happened_on": self.happened_on,
            "by": self.by_id,
            "found": self.found,
            "goes_on": self.goes_on,
        }
