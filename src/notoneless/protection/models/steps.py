"""What was done about a critical flag, in the order in which it was written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.protection.models.flags import CriticalFlag
from notoneless.rules.protection.life_cycle import StepKind
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class FlagStep(InsertOnly):
    """One step: more facts, taken on, police told, a proposal to close and its answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    flag = models.ForeignKey(CriticalFlag, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=choices(StepKind))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = SealedTextField(default="", blank=True)
    receipt = SealedTextField(default="", blank=True)
    """The police's receipt number."""
    ground = SealedTextField(default="", blank=True)
    """Why it may be closed (``Ground``)."""
    answers = models.OneToOneField("self", models.PROTECT, null=True, related_name="answer")
    """The proposal that is confirmed or refused; each is answered once."""
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["flag"], condition=Q(kind="closed"), name="flag_closed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["closed", "refused"], answers__isnull=False)
                | (~Q(kind__in=["closed", "refused"]) & Q(answers=None)),
                name="flag_step_answers_a_proposal",
            ),
        ]
        indexes = [models.Index(fields=["flag", "kind"], name="flag_step_of_flag")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "flag": self.flag_id,
            "kind": self.kind,
            "by": self.by_id,
            "words": self.words,
            "receipt": self.receipt,
            "ground": self.ground,
            "answers": self.answers_id,
            "on": self.on,
        }
