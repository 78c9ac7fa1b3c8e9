"""What keeps contacts possible: numbers that work, and a named visitor for each child at risk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.roles import Role
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberCheck(models.Model):
    """Somebody has tried a family's numbers."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    on = models.DateField()
    state = models.CharField(max_length=8, choices=choices(NumberState))
    new_number = SealedTextField(default="", blank=True)
    """Told by the family or a neighbour; the roster is corrected by the school's clerk."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "on"], name="number_check_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "on": self.on,
            "state": self.state,
            "new_number": self.new_number,
            "by": self.by_id,
        }


class Assignment(models.Model):
    """A named visitor for one child, from a day on (R-100)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    visitor = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    """Exclusive."""
    why = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(to_on=None), name="assignment_one_now"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="visitor_ends_after_he_begins",
            ),
        ]
        indexes = [models.Index(fields=["visitor", "to_on"], name="assignment_of_visitor")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "visitor": self.visitor_id,
            "role": self.role,
            "from_on": self.from_on,
            "why": self.why,
            "by": self.by_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on} if self.to_on else None


class TermSummary(models.Model):
    """Analysis and summary of a class's visits in a term; the term's report needs it (R-094)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    term_from = models.DateField()
    analysis = SealedTextField()
    summary = SealedTextField()
    counts = models.JSONField(default=dict)
    """What was counted when it was written."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    filed_at = models.DateTimeField(null=True)
    """When the term's visit report was filed; none while it is only written."""
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "term_from"],
                condition=Q(superseded_at=None),
                name="term_summary_one_now",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "class": self.school_class_id,
            "term_from": self.term_from,
            "analysis": self.analysis,
            "summary": self.summary,
            "counts": dict(self.counts),
            "by": self.by_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None


class Counselling(models.Model):
    """A talk with a counsellor: only who wrote it reads it, and no rule ever does (R-080)."""

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    on = models.DateField()
    topic = SealedTextField()
    """The class of topic, sealed like the rest: it says something about the child."""
    notes = SealedTextField(default="", blank=True)
    follow_up = SealedTextField(default="", blank=True)
    next_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by", "on"], name="counselling_of_counsellor")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "by": self.by_id,
            "on": self.on,
            "topic": self.topic,
            "notes": self.notes,
            "follow_up": self.follow_up,
            "next_on": self.next_on,
        }
