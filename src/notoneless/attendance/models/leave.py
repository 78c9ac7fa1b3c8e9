"""Leave that was asked for, how it was decided, and what proof was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.attendance.leave import AskedBy, LeaveKind, LeavePeriod, LeaveState
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Leave(models.Model):
    """Leave for a child from ``from_on`` to ``to_on`` (exclusive). ``state`` is its newest step."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(LeaveKind))
    from_on = models.DateField()
    to_on = models.DateField()
    asked_by = models.CharField(max_length=10, choices=choices(AskedBy))
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who wrote it down; none when the guardian did so himself."""
    reason = SealedTextField(default="", blank=True)
    state = models.CharField(
        max_length=10, choices=choices(LeaveState), default=LeaveState.ASKED.value
    )
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="leave_ends_after_it_begins"
            )
        ]
        indexes = [
            models.Index(fields=["child", "from_on"], name="leave_of_child"),
            models.Index(fields=["county", "state", "from_on"], name="leave_by_state"),
        ]

    @property
    def period(self) -> LeavePeriod:
        return LeavePeriod(LeaveKind(self.kind), self.from_on, self.to_on)

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "kind": self.kind,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "asked_by": self.asked_by,
            "entered_by": self.entered_by_id,
            "reason": self.reason,
            "noted_at": self.noted_at,
        }


class LeaveStep(models.Model):
    """Leave was approved, refused or withdrawn."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=choices(LeaveState))
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["leave", "state"], name="leave_step_once"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "leave": self.leave_id,
            "state": self.state,
            "by": self.by_id,
            "note": self.note,
            "at": self.at,
        }


class LeaveProof(models.Model):
    """Somebody has seen the proof. The paper itself is not kept: who issued it, when, for when."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="proofs")
    issuer = models.CharField(max_length=80)
    dated_on = models.DateField()
    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""
    seen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="leave_proof_ends_after_it_begins"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "leave": self.leave_id,
            "issuer": self.issuer,
            "dated_on": self.dated_on,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "seen_by": self.seen_by_id,
            "seen_at": self.seen_at,
        }
