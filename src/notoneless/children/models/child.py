"""The child, what is on record about it, its guardians, and merges of two rows for one child."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from uuid_utils.compat import uuid7

from notoneless.children.models.places import ChildPlace
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import BytewiseField
from notoneless.rules.roles import Capability
from notoneless.vault.fields import SealedJSONField, SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from notoneless.access.actor import Actor


class ChildrenSeen(models.QuerySet["Child"]):
    """The door. Everything a page shows about a child comes through ``seen_by``."""

    def seen_by(
        self, actor: Actor, *, on: date, to: Capability = Capability.SEE_CHILDREN
    ) -> ChildrenSeen:
        """Children of the actor's county whom some post lets the actor see on day ``on``.

        ``to`` asks for a further capability at the same place, for example REVEAL_IDENTITY.
        """
        in_reach = ChildPlace.objects.within(actor.reach(to), on=on).filter(child=OuterRef("pk"))
        return self.filter(Exists(in_reach), county=actor.county_id)


class Child(models.Model):
    """One child, by the newest record about it (a projection: the facts are ``ChildRecord``).

    Plain columns are those that matching and lists need; the rest lies sealed in the record.
    """

    class Sex(models.TextChoices):
        UNKNOWN = "0"
        MALE = "1"
        FEMALE = "2"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=200, blank=True)
    joined_pinyin = BytewiseField(max_length=200, blank=True)
    """``pinyin`` without spaces, as people type it."""
    initials = BytewiseField(max_length=30, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    born_on = models.DateField(null=True, blank=True)
    national_id = SealedTextField(default="", blank=True)
    national_id_index = models.CharField(max_length=32, blank=True)
    student_number = SealedTextField(default="", blank=True)
    student_number_index = models.CharField(max_length=32, blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    """Blind index of the contact phone in the record."""
    left_behind = models.CharField(max_length=1, blank=True)
    """As the roster says: 0 no, 1 one parent away, 2 both; empty when nobody has said."""
    is_boarding = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="absorbed", db_index=False
    )
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Child]] = models.Manager.from_queryset(ChildrenSeen)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "national_id_index"],
                condition=~Q(national_id_index="") & Q(merged_into=None),
                name="child_national_id_once_per_county",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="child_not_merged_into_itself",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "pinyin", "id"], name="child_by_pinyin"),
            # With the key: a search for a part of a name, which has no range, reads these only.
            models.Index(fields=["county", "joined_pinyin", "id"], name="child_by_joined_pinyin"),
            models.Index(fields=["county", "initials", "id"], name="child_by_initials"),
            models.Index(fields=["county", "name", "id"], name="child_by_name"),
            models.Index(fields=["county", "national_id_index"], name="child_by_national_id"),
            models.Index(fields=["county", "student_number_index"], name="child_by_number"),
            models.Index(fields=["county", "phone_index"], name="child_by_phone"),
            # Only those that were: SQLite would choose a whole index to find all that were not. And
            # not ~Q(merged_into=None): SQLite would not see that "one of these" is not null, and
            # walk through all children to find the few that were merged.
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="child_merged_into",
            ),
            models.Index(
                fields=["county", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="child_merged_in_county",
            ),
        ]


class RecordSource(StrEnum):
    ROSTER = "roster"
    HAND = "hand"
    CORRECTION = "correction"


class ChildRecord(models.Model):
    """What was known about a child from a moment on; a newer record supersedes it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="records")
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in RecordSource])
    values = SealedJSONField(default=dict)
    """Normalized values by column key (``rules.roster.columns``)."""
    digest = models.CharField(max_length=32)
    """Keyed fingerprint of ``values``: equal means that a re-import changes nothing."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    happened_on = models.DateField()
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(superseded_at=None), name="child_record_one_now"
            )
        ]
        indexes = [
            models.Index(fields=["county", "recorded_at"], name="child_record_by_time"),
            models.Index(fields=["county", "source"], name="child_record_by_source"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "source": self.source,
            "values": self.values,
            "happened_on": self.happened_on,
        }


class Guardian(models.Model):
    """A parent, guardian or other family member named in the current record."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="guardians")
    position = models.PositiveSmallIntegerField()
    """1 or 2 as in the roster; further ones follow."""
    name = models.CharField(max_length=60)
    relation = models.CharField(max_length=2, blank=True)
    """GB/T 4761 code."""
    is_guardian = models.BooleanField(default=False)
    phone = SealedTextField(default="", blank=True)
    phone_index = models.CharField(max_length=32, blank=True)
    national_id = SealedTextField(default="", blank=True)
    national_id_index = models.CharField(max_length=32, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "position"],
                condition=Q(superseded_at=None),
                name="guardian_one_per_position",
            )
        ]
        indexes = [
            models.Index(fields=["county", "phone_index"], name="guardian_by_phone"),
            models.Index(fields=["county", "name"], name="guardian_by_name"),
        ]


class Merge(models.Model):
    """Two rows were found to be one child; parting them again ends the merge, nothing is deleted.

    Facts keep the child they were written for; ``Child.merged_into`` and the places copied with
    ``ChildPlace.by_merge`` make both halves answer as one while the merge stands.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kept = models.ForeignKey(Child, models.PROTECT, related_name="merges")
    absorbed = models.ForeignKey(Child, models.PROTECT, related_name="absorptions")
    reason = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    merged_at = models.DateTimeField()
    parted_at = models.DateTimeField(null=True, blank=True)
    parted_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(parted_at=None), name="merge_once_at_a_time"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"kept": self.kept_id, "absorbed": self.absorbed_id, "merged_at": self.merged_at}
