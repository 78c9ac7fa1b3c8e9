"""Why a unit has to do with a child, and at which school the child is registered when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Unit
from notoneless.places.models.units import PathField, choices
from notoneless.rules.paths import Line, below

if TYPE_CHECKING:
    from collections.abc import Mapping


class Relation(StrEnum):
    """Why a unit has to do with a child."""

    SCHOOL = "school"
    RESIDENCE = "residence"
    HUKOU = "hukou"
    HELPER = "helper"
    RECEIVING = "receiving"
    REFERRAL = "referral"
    CASE = "case"
    """The last school of a child that is registered nowhere while its case stands open."""


class PlacesInReach(models.QuerySet["ChildPlace"]):
    def within(self, paths: Iterable[str], *, on: date) -> PlacesInReach:
        """Rows at or below any of ``paths`` that hold on day ``on``; none when there is no path."""
        ranges = Q(pk__in=[])
        for path in paths:
            low, high = below(path)
            ranges |= Q(path__gte=low, path__lt=high)
        return self.filter(ranges, Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on)


class ChildPlace(models.Model):
    """A unit has to do with a child for a period; the row found is the answer to "why may I see".

    A registered child has one SCHOOL row per line: its class (or its school while it has no class)
    in the education line, and the same in the government line where the school has a place there.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(
        "children.Child", models.PROTECT, related_name="places", db_index=False
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    line = models.CharField(max_length=1, choices=choices(Line))
    path = PathField(max_length=150)
    relation = models.CharField(max_length=12, choices=choices(Relation))
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    by_merge = models.ForeignKey(
        "children.Merge", models.PROTECT, null=True, related_name="places", db_index=False
    )
    """The merge that lends this place to the kept child, if any."""

    objects: ClassVar[models.Manager[ChildPlace]] = models.Manager.from_queryset(PlacesInReach)()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="child_place_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["child", "line", "relation", "unit"],
                condition=Q(to_on=None),
                name="child_place_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "path"], name="child_place_of_child"),
            models.Index(fields=["county", "path", "to_on", "child"], name="child_place_below"),
            # Only those that are: SQLite would choose a whole index to find all that are not.
            models.Index(
                fields=["by_merge"],
                condition=Q(by_merge__isnull=False),
                name="child_place_by_merge",
            ),
            models.Index(
                fields=["county"],
                condition=Q(relation="case", to_on=None),
                name="child_place_of_case",
            ),
        ]


class SpellBegun(StrEnum):
    """How a spell at a school began."""

    ROSTER = "roster"
    ENROLLED = "enrolled"
    TRANSFERRED_IN = "transferred_in"
    CLASS_CHANGED = "class_changed"
    RESUMED = "resumed"


class SpellEnded(StrEnum):
    """How a spell ended. Dropping out never ends one: the school keeps the registration."""

    TRANSFERRED_OUT = "transferred_out"
    CLASS_CHANGED = "class_changed"
    GRADUATED = "graduated"
    DIED = "died"
    MISTAKE = "mistake"


class Enrolment(models.Model):
    """A spell of registration: school, class, from, to, how begun, how ended."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(
        "children.Child", models.PROTECT, related_name="enrolments", db_index=False
    )
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    begun = models.CharField(max_length=16, choices=choices(SpellBegun))
    ended = models.CharField(max_length=16, choices=choices(SpellEnded), blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(to_on=None), name="enrolment_one_now_per_child"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None, ended="") | (Q(to_on__gte=F("from_on")) & ~Q(ended="")),
                name="enrolment_end_is_explained",
            ),
        ]
        indexes = [
            # With all that a count of a county looks at: it then reads no row of the table.
            models.Index(
                fields=["county", "school_class", "school", "from_on", "to_on"],
                name="enrolment_in_class",
            ),
            models.Index(fields=["county", "school", "to_on"], name="enrolment_of_school"),
            models.Index(fields=["child", "to_on"], name="enrolment_of_child"),
            models.Index(fields=["county", "from_on"], name="enrolment_by_begin"),
            models.Index(
                fields=["county", "to_on"],
                condition=Q(to_on__isnull=False),
                name="enrolment_by_end",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "school": self.school_id,
            "class": self.school_class_id,
            "from_on": self.from_on,
            "begun": self.begun,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"to_on": self.to_on, "ended": self.ended} if self.to_on else None
