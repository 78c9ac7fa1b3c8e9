"""What one unit has handed to another, and how the other answered."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.cases.models.case import Case, CaseStep
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.cases.referrals import ReferralKind
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class HandoverState(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"
    WITHDRAWN = "withdrawn"


class Handover(models.Model):
    """A report that went to one receiver: accepted, or sent back with a reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="handovers")
    step = models.ForeignKey(CaseStep, models.PROTECT, related_name="handovers")
    paper_id = models.UUIDField(null=True)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    sent_on = models.DateField()
    state = models.CharField(max_length=10, choices=choices(HandoverState))
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = SealedTextField(default="", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["step", "to_unit"], name="handover_once_per_receiver"),
            models.CheckConstraint(
                condition=Q(state="pending", answered_on=None)
                | ~Q(state="pending") & Q(answered_on__isnull=False),
                name="handover_answered_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "to_unit", "state", "sent_on"], name="handover_in_tray")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "case": self.case_id,
            "step": self.step_id,
            "paper": self.paper_id,
            "from": self.from_unit_id,
            "to": self.to_unit_id,
            "sent_on": self.sent_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.answered_on is None:
            return None
        return {
            "state": self.state,
            "answered_on": self.answered_on,
            "by": self.answered_by_id,
            "reason": self.reason,
        }


class ReferralState(StrEnum):
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Referral(models.Model):
    """A department was asked to act, and given only what it needs for that."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="referrals")
    step = models.OneToOneField(CaseStep, models.PROTECT, related_name="referral")
    kind = models.CharField(max_length=20, choices=choices(ReferralKind))
    paper_id = models.UUIDField(null=True)
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    sent_on = models.DateField()
    due_on = models.DateField(null=True)
    shown = SealedJSONField(default=dict)
    """The fields that the department sees, frozen when it was asked."""
    state = models.CharField(max_length=12, choices=choices(ReferralState))
    acknowledged_on = models.DateField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = SealedTextField(default="", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__isnull=False)
                | ~Q(state="answered") & Q(answered_on=None),
                name="referral_answered_on_a_day",
            )
        ]
        indexes = [
            models.Index(fields=["county", "to_unit", "state", "sent_on"], name="referral_in_tray")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "case": self.case_id,
            "step": self.step_id,
            "kind": self.kind,
            "paper": self.paper_id,
            "from": self.from_unit_id,
            "to": self.to_unit_id,
            "sent_on": self.sent_on,
            "due_on": self.due_on,
            "shown": dict(self.shown),
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.answered_on is None:
            return None
        return {"answered_on": self.answered_on, "by": self.answered_by_id, "answer": self.answer}
