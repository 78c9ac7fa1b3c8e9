"""Meetings that were held, who was there, what was decided and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.roles import Role
from notoneless.rules.workplans.kinds import MeetingKind
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Meeting(InsertOnly):
    """A meeting as its minutes say; a wrong one is withdrawn with a reason and written anew."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the page was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=12, choices=choices(MeetingKind))
    held_on = models.DateField()
    place = models.CharField(max_length=100, blank=True)
    chair = models.ForeignKey(Person, models.PROTECT, related_name="+")
    others = SealedTextField(default="", blank=True)
    """Who was there besides those with a post here."""
    agenda = SealedTextField(default="", blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["county", "unit", "held_on"], name="meeting_of_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "kind": self.kind,
            "held_on": self.held_on,
            "place": self.place,
            "chair": self.chair_id,
            "others": self.others,
            "agenda": self.agenda,
            "by": self.by_id,
        }


class Attendee(InsertOnly):
    """Somebody who was there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendee_once")]

    def journal_facts(self) -> Mapping[str, object]:
        return {"meeting": self.meeting_id, "person": self.person_id}


class Decision(InsertOnly):
    """What a meeting decided, as the task of a post with its day (R-249).

    The task follows the post: whoever holds it has the task in his in-tray.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = SealedTextField(default="", blank=True)
    owner_role = models.CharField(max_length=30, choices=choices(Role))
    owner_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who held the post on the day of the meeting."""
    due_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="decision_once")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "meeting": self.meeting_id,
            "number": self.number,
            "text": self.text,
            "owner_role": self.owner_role,
            "owner_unit": self.owner_unit_id,
            "owner": self.owner_id,
            "due_on": self.due_on,
        }


class DecisionDone(InsertOnly):
    """What came of a decision, once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="done")
    note = SealedTextField(default="", blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "decision": self.decision_id,
            "note": self.note,
            "on": self.on,
            "at": self.at,
            "by": self.by_id,
        }


class Withdrawal(InsertOnly):
    """A meeting or an activity was written down wrongly: it counts no more, and stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    meeting = models.OneToOneField(Meeting, models.PROTECT, null=True, related_name="withdrawal")
    activity = models.OneToOneField(
        "workplans.Activity", models.PROTECT, null=True, related_name="withdrawal"
    )
    reason = SealedTextField(default="", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(meeting=None, activity__isnull=False)
                | Q(meeting__isnull=False, activity=None),
                name="withdrawal_of_one_thing",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "meeting": self.meeting_id,
            "activity": self.activity_id,
            "reason": self.reason,
            "at": self.at,
            "by": self.by_id,
        }
