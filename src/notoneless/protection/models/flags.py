"""A critical flag: written once, never changed, never deleted (product §Protection)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, Guardian
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.protection.concerned import ConcernedKind
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class CriticalFlag(InsertOnly):
    """Somebody saw or heard one of the situations that must be reported at once.

    What happened lies sealed. Its state is told by its steps.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the form is opened, so that sending it twice is once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reporter = models.ForeignKey(Person, models.PROTECT, related_name="+")
    situation = SealedTextField(default="")
    facts = SealedTextField(default="", blank=True)
    child_words = SealedTextField(default="", blank=True)
    """The child in the reporter's words, where he reached no file."""
    raised_on = models.DateField()
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "-recorded_at"], name="critical_flag_newest"),
            models.Index(fields=["reporter", "-recorded_at"], name="critical_flag_of_reporter"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "reporter": self.reporter_id,
            "situation": self.situation,
            "facts": self.facts,
            "child_words": self.child_words,
            "raised_on": self.raised_on,
            "noted_at": self.noted_at,
        }


class FlagChild(InsertOnly):
    """A flag is about this child: said when it was raised, or found by an officer later."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    flag = models.ForeignKey(CriticalFlag, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["flag", "child"], name="flag_child_once")]
        indexes = [models.Index(fields=["child"], name="flag_child_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "flag": self.flag_id,
            "child": self.child_id,
            "by": self.by_id,
            "from_on": self.from_on,
        }


class FlagConcerned(InsertOnly):
    """Who is said to be behind it. Staff named here never see the flag."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    flag = models.ForeignKey(CriticalFlag, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=choices(ConcernedKind))
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Staff, where the name is known."""
    words = SealedTextField(default="", blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    from_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) | models.Q(kind="staff"),
                name="flag_concerned_person_is_staff",
            ),
            models.CheckConstraint(
                condition=models.Q(guardian=None) | models.Q(kind="guardian"),
                name="flag_concerned_guardian_is_one",
            ),
        ]
        indexes = [models.Index(fields=["flag", "kind"], name="flag_concerned_of_flag")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "flag": self.flag_id,
            "kind": self.kind,
            "guardian": self.guardian_id,
            "person": self.person_id,
            "words": self.words,
            "by": self.by_id,
            "from_on": self.from_on,
        }


class FlagLine(InsertOnly):
    """A unit whose child-protection officer can have the flag, nearest first.

    Those of the newest turn count: a child that moves takes its flag along (``turn`` + 1).
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    flag = models.ForeignKey(CriticalFlag, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField()
    turn = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["flag", "unit", "turn"], name="flag_line_once")
        ]
        indexes = [models.Index(fields=["unit", "flag"], name="flag_line_of_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        facts = {"flag": self.flag_id, "unit": self.unit_id, "rank": self.rank}
        return {**facts, "turn": self.turn} if self.turn else facts
