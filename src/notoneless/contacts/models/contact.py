"""One contact with a family or a child: who, when, what was said, what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contacts.kinds import Kind, Purpose, Result
from notoneless.rules.roles import Role
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Contact(models.Model):
    """A call, visit, talk, letter, message or meeting that was made, or tried.

    Never changed but for its end and for when it was closed: a correction is a new row. What was
    said lies sealed; so do the causes, of which ``main_cause`` shows the folded one. The content
    of a call is never recorded.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    origin = models.UUIDField()
    """The first of a chain of corrections, which share their evidence; its own id for the first."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(Kind))
    result = models.CharField(max_length=14, choices=choices(Result))
    is_reached = models.BooleanField()
    happened_on = models.DateField()
    hour = models.CharField(max_length=5, blank=True)
    purpose = models.CharField(max_length=14, choices=choices(Purpose))
    place = models.CharField(max_length=100, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    """In which post he made it."""
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who wrote this row: ``by`` himself, or whoever answers for the class and corrected it."""
    met = models.JSONField(default=list)
    others = SealedJSONField(default=list, blank=True)
    """Free names of those who were there: guardian, relatives, village cadre."""
    child_words = SealedTextField(default="", blank=True)
    guardian_view = SealedTextField(default="", blank=True)
    found = SealedTextField(default="", blank=True)
    feedback = SealedJSONField(default=dict, blank=True)
    causes = SealedJSONField(default=list, blank=True)
    """All causes as they are, the main one first."""
    main_cause = models.CharField(max_length=60, blank=True)
    """Folded: a restricted cause is "other" here."""
    promise = SealedTextField(default="", blank=True)
    next_step = SealedTextField(default="", blank=True)
    next_on = models.DateField(null=True)
    witness = models.CharField(max_length=60, blank=True)
    needs_proof = models.BooleanField(default=False)
    """What the plan of its day asked."""
    closed_at = models.DateTimeField(null=True)
    """None while proof is missing that the plan asks for: it counts for nothing yet."""
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    reason = models.CharField(max_length=200, blank=True)
    """Why it corrects the one before."""
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    """Fingerprint of the form, to tell the same form sent twice from another one."""
    superseded_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)
    """Why it was withdrawn, when no other took its place."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(reason=""), name="contact_correction_says_why"
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(next_on__gte=F("happened_on")),
                name="contact_next_not_before",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "happened_on"], name="contact_by_day"),
            models.Index(fields=["by", "happened_on"], name="contact_by_person"),
            models.Index(fields=["origin"], name="contact_of_chain"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "origin": self.origin,
            "kind": self.kind,
            "result": self.result,
            "happened_on": self.happened_on,
            "hour": self.hour,
            "purpose": self.purpose,
            "place": self.place,
            "by": self.by_id,
            "by_role": self.by_role,
            "entered_by": self.entered_by_id,
            "met": list(self.met),
            "others": list(self.others),
            "child_words": self.child_words,
            "guardian_view": self.guardian_view,
            "found": self.found,
            "feedback": dict(self.feedback),
            "causes": list(self.causes),
            "promise": self.promise,
            "next_step": self.next_step,
            "next_on": self.next_on,
            "witness": self.witness,
            "needs_proof": self.needs_proof,
            "supersedes": self.supersedes_id,
            "reason": self.reason,
            "noted_at": self.noted_at,
            "digest": self.digest,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.superseded_at is None:
            return None
        return {"superseded_at": self.superseded_at, "ended_reason": self.ended_reason}


class ContactChild(models.Model):
    """One child that a contact was about."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="children")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "child"], name="contact_child_once")
        ]
        indexes = [models.Index(fields=["child", "contact"], name="contact_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {"contact": self.contact_id, "child": self.child_id}


class ContactPerson(models.Model):
    """Somebody of the directory who was there besides the writer (R-096)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="people")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, choices=choices(Role), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="contact_person_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"contact": self.contact_id, "person": self.person_id, "role": self.role}
