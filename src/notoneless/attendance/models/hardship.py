"""Why a family cannot get its child to school, what was done, and the way to school."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.attendance.travel import Boarding, Way
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class HardshipAlert(models.Model):
    """A pupil cannot arrive on time because of family difficulty; addressed to its school (R-074).

    Open until a measure is noted.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    on = models.DateField()
    """The day from which the child could not come on time."""
    difficulty = SealedTextField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["county", "school", "on"], name="hardship_of_school"),
            models.Index(fields=["child", "on"], name="hardship_of_child"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "school": self.school_id,
            "on": self.on,
            "difficulty": self.difficulty,
            "noted_by": self.noted_by_id,
            "noted_at": self.noted_at,
        }


class HardshipMeasure(models.Model):
    """What the school did about it: an aid applied for, a bed offered, a lift arranged."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    alert = models.ForeignKey(HardshipAlert, models.PROTECT, related_name="measures")
    on = models.DateField()
    measure = SealedTextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "alert": self.alert_id,
            "on": self.on,
            "measure": self.measure,
            "by": self.by_id,
        }


class Travel(models.Model):
    """How a child comes to school and whether a bed at school was offered (R-075)."""

    id = models.UUIDField(primary_key=True, editable=False)
    """Made when the form was opened."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    way = models.CharField(max_length=1, choices=choices(Way))
    minutes = models.PositiveSmallIntegerField(null=True)
    """One way."""
    metres = models.PositiveIntegerField(null=True)
    """One way."""
    boarding = models.CharField(max_length=10, choices=choices(Boarding))
    from_on = models.DateField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(superseded_at=None), name="travel_one_now_per_child"
            )
        ]
        indexes = [models.Index(fields=["child", "from_on"], name="travel_of_child")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "way": self.way,
            "minutes": self.minutes,
            "metres": self.metres,
            "boarding": self.boarding,
            "from_on": self.from_on,
            "noted_by": self.noted_by_id,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None
