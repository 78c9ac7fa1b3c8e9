"""What guardians said on their page, and how the school decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, Guardian
from notoneless.families.models.invitations import Visit
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.families import SaidKind, Verdict
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Saying(InsertOnly):
    """A guardian said something about one child; by itself it changes no record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the page was opened, so that sending it twice is once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_index=False)
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    """The row of the child's record that names him."""
    kind = models.CharField(max_length=10, choices=choices(SaidKind))
    value = SealedTextField(default="", blank=True)
    """What is right instead: a phone number, an address."""
    leave_id = models.UUIDField(null=True, blank=True)
    """The leave that he asked for."""
    said_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="leave", leave_id__isnull=False)
                | (~Q(kind="leave") & Q(leave_id=None)),
                name="saying_names_its_leave",
            )
        ]
        indexes = [
            models.Index(fields=["child", "kind"], name="saying_of_child"),
            models.Index(fields=["county", "said_at"], name="saying_newest"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "visit": self.visit_id,
            "child": self.child_id,
            "guardian": self.guardian_id,
            "kind": self.kind,
            "value": self.value,
            "leave": self.leave_id,
            "said_at": self.said_at,
        }


class SayingVerdict(InsertOnly):
    """The school looked into what a guardian said; once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    saying = models.OneToOneField(Saying, models.PROTECT, related_name="verdict")
    verdict = models.CharField(max_length=10, choices=choices(Verdict))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "saying": self.saying_id,
            "verdict": self.verdict,
            "by": self.by_id,
            "at": self.at,
        }
