"""The roll of a class in one session, who was missing in it, and what lesson teachers saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.attendance.sessions import Reason, RollState
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Roll(models.Model):
    """That a class was seen in a session, by whom and when. Who is not named was there.

    Never changed but for its end: a correction is a new roll. Of the rolls for one class, day and
    session at most one stands; one that neither stands nor is superseded contends with it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    session = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=choices(RollState))
    not_held_reason = models.CharField(max_length=200, blank=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    based_on = models.UUIDField(null=True)
    """The roll that the phone was showing; it may never have arrived."""
    reason = models.CharField(max_length=200, blank=True)
    """Why it was entered late or corrected."""
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    enrolled_count = models.PositiveSmallIntegerField()
    """Children of the class on that day, as known when it was recorded."""
    absent_count = models.PositiveSmallIntegerField()
    """Late ones are not among them."""
    digest = models.CharField(max_length=64)
    """Fingerprint of the marks (``Submission.digest``)."""
    is_standing = models.BooleanField()
    superseded_at = models.DateTimeField(null=True)
    planned_at = models.DateTimeField(null=True)
    """When duties were last planned from it; none while that could not be done."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "day", "session"],
                condition=Q(is_standing=True),
                name="roll_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(is_standing=False) | Q(superseded_at=None),
                name="roll_standing_is_not_superseded",
            ),
            models.CheckConstraint(
                condition=Q(state="held", not_held_reason="")
                | (Q(state="not_held", absent_count=0) & ~Q(not_held_reason="")),
                name="roll_not_held_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "school_class", "day"], name="roll_of_class"),
            # With all that a count of a county looks at: it then reads no row of the table.
            models.Index(
                fields=[
                    "county",
                    "day",
                    "school_class",
                    "session",
                    "state",
                    "enrolled_count",
                    "absent_count",
                    "is_standing",
                ],
                condition=Q(is_standing=True),
                name="roll_by_day",
            ),
            models.Index(
                fields=["county", "recorded_at"],
                condition=Q(planned_at=None, is_standing=True),
                name="roll_unplanned",
            ),
            models.Index(
                fields=["county", "day"],
                condition=Q(is_standing=False, superseded_at=None),
                name="roll_contending",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "class": self.school_class_id,
            "day": self.day,
            "session": self.session,
            "state": self.state,
            "not_held_reason": self.not_held_reason,
            "taken_by": self.taken_by_id,
            "based_on": self.based_on,
            "reason": self.reason,
            "noted_at": self.noted_at,
            "enrolled_count": self.enrolled_count,
            "absent_count": self.absent_count,
            "digest": self.digest,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None


class Absence(models.Model):
    """One child who was missing, or came late, in one roll."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="absences")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    day = models.DateField()
    session = models.CharField(max_length=10)
    reason = models.CharField(max_length=12, choices=choices(Reason))
    minutes_late = models.PositiveSmallIntegerField(default=0)
    note = SealedTextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["roll", "child"], name="absence_once_per_roll"),
            models.CheckConstraint(
                condition=Q(minutes_late=0) | Q(reason="late"), name="absence_minutes_are_late"
            ),
        ]
        indexes = [
            models.Index(fields=["child", "day"], name="absence_of_child"),
            models.Index(fields=["county", "day"], name="absence_of_day"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "roll": self.roll_id,
            "child": self.child_id,
            "day": self.day,
            "session": self.session,
            "reason": self.reason,
            "minutes_late": self.minutes_late,
            "note": self.note,
        }


class RollDecision(models.Model):
    """Somebody decided which of several contending rolls stands."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    roll = models.ForeignKey(Roll, models.PROTECT, related_name="decisions")
    """The one that stands from now on."""
    over = models.JSONField(default=list)
    """Ids of the rolls that do not."""
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "roll": self.roll_id,
            "over": self.over,
            "reason": self.reason,
            "by": self.by_id,
            "decided_at": self.decided_at,
        }


class LessonMark(models.Model):
    """A subject teacher missed a child in a lesson (R-067): one tap, one row."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made by the phone."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    day = models.DateField()
    lesson = models.PositiveSmallIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    """The child turned up, or it was a mistake."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "day", "lesson"],
                condition=Q(withdrawn_at=None),
                name="lesson_mark_once",
            ),
            models.CheckConstraint(
                condition=Q(lesson__gte=1, lesson__lte=12), name="lesson_mark_lesson_exists"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "school_class", "day"], name="lesson_mark_of_class")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "class": self.school_class_id,
            "child": self.child_id,
            "day": self.day,
            "lesson": self.lesson,
            "by": self.by_id,
            "noted_at": self.noted_at,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"withdrawn_at": self.withdrawn_at} if self.withdrawn_at else None
