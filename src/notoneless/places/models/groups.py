"""Leading groups and who sits in them, over time (R-002)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models.people import Person
from notoneless.places.models.units import Unit, choices
from notoneless.rules.groups import GroupKind, Seat

if TYPE_CHECKING:
    from collections.abc import Mapping


class LeadingGroup(models.Model):
    """A unit's 领导小组 for a period, with its office if it has one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=10, choices=choices(GroupKind))
    office_seat = models.CharField(max_length=80, blank=True)
    """Where its office sits; empty when it has none."""
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind"], condition=Q(to_on=None), name="group_one_now_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="group_ends_after_it_begins",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"unit": self.unit_id, "kind": self.kind, "from_on": self.from_on}


class GroupSeat(models.Model):
    """A person's seat in a group, for a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    group = models.ForeignKey(LeadingGroup, models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=16, choices=choices(Seat))
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    post_title = models.CharField(max_length=60, blank=True)
    """The post in whose right the person sits, as the office writes it."""
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "seat", "person"], condition=Q(to_on=None), name="seat_once_now"
            ),
            models.UniqueConstraint(
                fields=["group", "seat"],
                condition=Q(to_on=None, seat__in=["head", "office_director"]),
                name="seat_one_head_now",
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="seat_ends_after_it_begins",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "group": self.group_id,
            "seat": self.seat,
            "person": self.person_id,
            "from_on": self.from_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on} if self.to_on else None
