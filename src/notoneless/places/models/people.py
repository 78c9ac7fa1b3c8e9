"""People who work for children, their posts, and who teaches which class what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models.units import Unit, choices
from notoneless.rules.roles import Role, Tenure
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Person(models.Model):
    """Somebody who can hold a post: teacher, cadre, clerk, helper. Never a child or a guardian."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    initials = models.CharField(max_length=30, blank=True)
    staff_number = models.CharField(max_length=30, blank=True)
    phone = SealedTextField(default="", blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    left_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "staff_number"],
                condition=~Q(staff_number=""),
                name="person_staff_number_once_per_county",
            )
        ]
        indexes = [
            models.Index(fields=["county", "name"], name="person_by_name"),
            models.Index(fields=["county", "pinyin"], name="person_by_pinyin"),
            models.Index(fields=["county", "phone_index"], name="person_by_phone"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"county": self.county_id}


class Post(models.Model):
    """A role at a unit for a period, held by a person or vacant (R-002, R-006, R-022).

    A stand-in post names the post whose duties it inherits while it lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=30, choices=choices(Role))
    title = models.CharField(max_length=60, blank=True)
    """What the office calls it, where that differs from the role's name."""
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="posts")
    tenure = models.CharField(max_length=10, choices=choices(Tenure), default=Tenure.FULL)
    stands_in_for = models.ForeignKey("self", models.PROTECT, null=True, related_name="stand_ins")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="post_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(tenure="stand_in", stands_in_for__isnull=False)
                | (~Q(tenure="stand_in") & Q(stands_in_for=None)),
                name="post_stand_in_names_its_post",
            ),
            models.UniqueConstraint(
                fields=["unit", "role", "person"],
                condition=Q(to_on=None, stands_in_for=None),
                name="post_once_per_person",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "role", "to_on"], name="post_at_unit"),
            models.Index(fields=["person", "to_on"], name="post_of_person"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "role": self.role,
            "person": self.person_id,
            "tenure": self.tenure,
            "stands_in_for": self.stands_in_for_id,
            "from_on": self.from_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on} if self.to_on else None


class TeachingAssignment(models.Model):
    """Who teaches a class which subject, for a period (R-009)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    subject = models.CharField(max_length=20)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school_class", "person", "subject"],
                condition=Q(to_on=None),
                name="assignment_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="assignment_ends_after_it_begins",
            ),
        ]
        indexes = [models.Index(fields=["person", "to_on"], name="assignment_of_person")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "class": self.school_class_id,
            "person": self.person_id,
            "subject": self.subject,
            "from_on": self.from_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on} if self.to_on else None
