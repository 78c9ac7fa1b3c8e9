"""The key pupils of a class in a term, and the file kept on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.signs.kinds import FilePart
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class KeyList(models.Model):
    """One version of a class's list for a term. A draft until closed, then never changed (R-077).

    It is a fact from its closing on; the draft before is nobody's word yet.
    """

    journalled_from_birth = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    term_from = models.DateField()
    term_to = models.DateField()
    """Exclusive."""
    version = models.PositiveSmallIntegerField()
    size = models.PositiveSmallIntegerField(null=True)
    """Of the class when it was closed."""
    least = models.PositiveSmallIntegerField(null=True)
    most = models.PositiveSmallIntegerField(null=True)
    """The band of the policy of that day, if it had one."""
    reason = SealedTextField(default="", blank=True)
    """Why it lies outside the band, or that nobody was found."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "term_from", "version"], name="key_list_version_once"
            ),
            models.UniqueConstraint(
                fields=["school_class", "term_from"],
                condition=Q(closed_at=None),
                name="key_list_one_draft",
            ),
            models.UniqueConstraint(
                fields=["school_class", "term_from"],
                condition=Q(closed_at__isnull=False, superseded_at=None),
                name="key_list_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(term_to__gt=F("term_from")), name="key_list_term_ends_after_it_begins"
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "class": self.school_class_id,
            "term_from": self.term_from,
            "term_to": self.term_to,
            "version": self.version,
            "size": self.size,
            "least": self.least,
            "most": self.most,
            "reason": self.reason,
            "by": self.by_id,
            "closed_at": self.closed_at,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None


class KeyPupil(models.Model):
    """One child on a list: which criteria it meets, and what shows that."""

    journalled_from_birth = False

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    key_list = models.ForeignKey(KeyList, models.PROTECT, related_name="pupils")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    criteria = models.JSONField(default=list)
    evidence = SealedTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key_list", "child"], name="key_pupil_once_per_list")
        ]
        indexes = [models.Index(fields=["child"], name="key_pupil_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "list": self.key_list_id,
            "child": self.child_id,
            "criteria": list(self.criteria),
            "evidence": self.evidence,
        }


class KeyFileEntry(models.Model):
    """One entry of a key pupil's file in a term (R-078)."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    term_from = models.DateField()
    part = models.CharField(max_length=10, choices=choices(FilePart))
    on = models.DateField()
    text = SealedTextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["child", "term_from"], name="key_file_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "term_from": self.term_from,
            "part": self.part,
            "on": self.on,
            "text": self.text,
            "by": self.by_id,
            "noted_at": self.noted_at,
        }
