"""What was decided about a matter of accountability, and whether a review let it stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.oversight.models.faults import Fault, FaultFact
from notoneless.places.models import Unit
from notoneless.places.models.units import choices
from notoneless.rules.faults.kinds import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping


class FaultDecision(models.Model):
    """One decision, with the step that brought it. Never changed but for its end in a review."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    fault = models.ForeignKey(Fault, models.PROTECT, related_name="decisions", db_index=False)
    step = models.OneToOneField(FaultFact, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=12, choices=choices(Outcome))
    measures = models.JSONField(default=list)
    conceals = models.BooleanField(default=False)
    """The linked losses were hidden, or their figures false."""
    is_cause = models.BooleanField(default=False)
    """The conduct made the linked children stay away."""
    decided_on = models.DateField()
    superseded_at = models.DateTimeField(null=True)
    """When a review overturned it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="upheld") | Q(measures=[], conceals=False, is_cause=False),
                name="fault_measure_only_when_upheld",
            )
        ]
        indexes = [models.Index(fields=["fault", "decided_on"], name="fault_decision_of_fault")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "fault": self.fault_id,
            "step": self.step_id,
            "outcome": self.outcome,
            "measures": list(self.measures),
            "conceals": self.conceals,
            "is_cause": self.is_cause,
            "decided_on": self.decided_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None
