"""A teacher's own word about a child, what became of it, and who is acting until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.signs.kinds import StepKind
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class SignWord(models.Model):
    """A warning sign that a teacher saw (R-076). Open until somebody clears it (T07)."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    causes = SealedJSONField(default=list, blank=True)
    """Codes of R-079, the main one first; sealed, because some stay behind a door."""
    text = SealedTextField(default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    seen_on = models.DateField()
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["child", "seen_on"], name="sign_word_of_child"),
            models.Index(
                fields=["county", "school_class"],
                condition=Q(cleared_at=None),
                name="sign_word_open",
            ),
            models.Index(
                fields=["county", "seen_on"],
                condition=Q(kind="dropped_out"),
                name="sign_word_left",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "class": self.school_class_id,
            "kind": self.kind,
            "causes": list(self.causes),
            "text": self.text,
            "by": self.by_id,
            "seen_on": self.seen_on,
            "noted_at": self.noted_at,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"cleared_at": self.cleared_at} if self.cleared_at else None


class WordStep(models.Model):
    """Something that became of a word."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made with the form."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    word = models.ForeignKey(SignWord, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=choices(StepKind))
    text = SealedTextField(default="", blank=True)
    visit_on = models.DateField(null=True)
    """Of a clearing: the day of the visit after which the sign was gone."""
    persons = models.JSONField(default=list)
    """Roles of those who were there, or to whom it was put."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["word"], condition=Q(kind="cleared"), name="sign_word_cleared_once"
            ),
            models.UniqueConstraint(
                fields=["word"], condition=Q(kind="escalated"), name="sign_word_escalated_once"
            ),
            models.CheckConstraint(
                condition=~Q(kind="cleared") | Q(visit_on__isnull=False),
                name="sign_word_cleared_by_visit",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "word": self.word_id,
            "kind": self.kind,
            "text": self.text,
            "visit_on": self.visit_on,
            "persons": list(self.persons),
            "by": self.by_id,
            "on": self.on,
        }


class FollowUp(models.Model):
    """One entry of the tracking record 跟踪记录 of a child with a sign (R-082)."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    on = models.DateField()
    causes = SealedJSONField(default=list, blank=True)
    thinking = SealedTextField(default="", blank=True)
    """What the child thinks."""
    guardian_view = SealedTextField(default="", blank=True)
    destination = SealedTextField(default="", blank=True)
    """Where it is, or wants to go."""
    measure = SealedTextField(default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "on"], name="follow_up_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "on": self.on,
            "causes": list(self.causes),
            "thinking": self.thinking,
            "guardian_view": self.guardian_view,
            "destination": self.destination,
            "measure": self.measure,
            "by": self.by_id,
            "noted_at": self.noted_at,
        }


class Handling(models.Model):
    """Somebody has seen the signs of a child and is doing something about it until a day."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    on = models.DateField()
    until_on = models.DateField()
    """Inclusive."""
    text = SealedTextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("on")), name="handling_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["child", "until_on"], name="handling_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "on": self.on,
            "until_on": self.until_on,
            "text": self.text,
            "by": self.by_id,
            "noted_at": self.noted_at,
        }
