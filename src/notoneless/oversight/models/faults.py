"""A matter of accountability, the records that bear it out, and each step that was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Post, Unit
from notoneless.places.models.units import choices
from notoneless.rules.faults.kinds import FaultState, FaultStep, LinkKind
from notoneless.rules.roles import Role
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Fault(models.Model):
    """One post-holder charged with one kind of fault (R-212).

    What is said stands sealed: it is about a grown-up, and may name children. ``state`` is the
    fold of its steps, kept for the lists; everything else is written once.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened, so that sending it twice is once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    """Of the post; what opens the door."""
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=choices(Role))
    is_head = models.BooleanField()
    """Of a unit's head: seen, heard and decided from above only."""
    kind = models.CharField(max_length=60)
    """A ``FaultKind``, or ``local:`` and the place's own word."""
    basis = models.CharField(max_length=200)
    """The rule of the plan or the article that names it, as it was when it was raised."""
    policy_digest = models.CharField(max_length=64)
    """Of the kept policy; its ladder and its conditions hold for this matter."""
    facts = SealedTextField()
    """What is held against the person, as he reads it."""
    source = SealedJSONField(default=dict, blank=True)
    """Kind (``SourceKind``) and words: never shown to the person charged, nor printed."""
    found_on = models.DateField()
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_role = models.CharField(max_length=30, choices=choices(Role))
    pointer = models.CharField(max_length=120, blank=True)
    """Key of the proposal that it was opened from."""
    state = models.CharField(max_length=20, choices=choices(FaultState))
    state_since = models.DateField()
    state_until = models.DateField(null=True)
    """Of a hearing or of the time for a review: its last day."""
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "pointer"],
                condition=~Q(pointer="") & ~Q(state="withdrawn"),
                name="fault_once_per_pointer",
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("raised_by")), name="fault_not_against_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "unit", "state"], name="fault_of_unit"),
            models.Index(fields=["county", "person"], name="fault_of_person"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "person": self.person_id,
            "post": self.post_id,
            "kind": self.kind,
            "basis": self.basis,
            "policy": self.policy_digest,
            "facts": self.facts,
            "source": dict(self.source),
            "found_on": self.found_on,
            "raised_by": self.raised_by_id,
            "pointer": self.pointer,
        }


class FaultLink(InsertOnly):
    """A record that bears the matter out, by kind and id; the record does not know of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    fault = models.ForeignKey(Fault, models.PROTECT, related_name="links", db_index=False)
    kind = models.CharField(max_length=10, choices=choices(LinkKind))
    target_id = models.UUIDField()
    on = models.DateField(null=True)
    """The day that the record is about."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fault", "kind", "target_id"], name="fault_link_once")
        ]
        indexes = [
            models.Index(fields=["county", "kind", "target_id"], name="fault_link_of_target")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"fault": self.fault_id, "kind": self.kind, "target": self.target_id, "on": self.on}


class FaultFact(InsertOnly):
    """One step: what happened, on which day, by whom in which post."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    fault = models.ForeignKey(Fault, models.PROTECT, related_name="steps", db_index=False)
    number = models.PositiveSmallIntegerField()
    """Its place among the steps: two people's next step cannot both be the third."""
    kind = models.CharField(max_length=20, choices=choices(FaultStep))
    on = models.DateField()
    until = models.DateField(null=True)
    """The last day of the time that the step gives."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    by_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    """Empty for the person charged."""
    said = SealedJSONField(default=dict, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fault", "number"], name="fault_step_in_its_place")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "fault": self.fault_id,
            "number": self.number,
            "kind": self.kind,
            "on": self.on,
            "until": self.until,
            "by": self.by_id,
            "by_role": self.by_role,
            "said": dict(self.said),
        }
