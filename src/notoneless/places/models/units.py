"""Units, and where each stands in either line of command, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.rules.paths import Line
from notoneless.rules.units import Stage, UnitKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.backends.base.base import BaseDatabaseWrapper


def choices(values: Any) -> list[tuple[str, str]]:
    """An enum as model choices; the words that people read are the edge's."""
    return [(value.value, value.value) for value in values]


class BytewiseField(models.CharField[str, str]):
    """Text compared byte by byte on every database, so that its beginnings are ranges."""

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class PathField(BytewiseField):
    """A path in a line of command."""


class Unit(models.Model):
    """A place or body: county, township, village, bureau, school, grade, class, department (R-001).

    A grade is a cohort (those who entered a stage in one autumn), so it and its classes keep their
    identity while they move up; what they are called on a day is computed.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey("self", models.PROTECT, related_name="+")
    """The county it belongs to; a county belongs to itself."""
    kind = models.CharField(max_length=20, choices=choices(UnitKind))
    name = models.CharField(max_length=80)
    """The registered name; of a class its number within the grade ("2")."""
    short_name = models.CharField(max_length=40, blank=True)
    pinyin = models.CharField(max_length=200, blank=True)
    code = models.CharField(max_length=20, blank=True)
    """Division code (6, 9 or 12 digits) of a place, 学校标识码 (10 digits) of a school."""
    stage = models.CharField(max_length=10, choices=choices(Stage), blank=True)
    """Of a grade: its stage. Of a school: its only stage, empty when it has both."""
    entered_in = models.PositiveSmallIntegerField(null=True, blank=True)
    """Of a grade and its classes: the autumn in which the cohort entered the stage."""
    is_boarding = models.BooleanField(default=False)
    is_complete = models.BooleanField(default=True)
    """False while somebody still has to place it, as after an import named an unknown school."""
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)
    """Exclusive; ``None`` while it exists."""
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "code"], condition=~Q(code=""), name="unit_code_once_per_county"
            ),
            models.CheckConstraint(
                condition=Q(active_to=None) | Q(active_to__gt=F("active_from")),
                name="unit_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in UnitKind]), name="unit_kind_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["grade", "class"]) | Q(entered_in__isnull=False),
                name="unit_cohort_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["county", "kind", "name"], name="unit_by_kind")]

    @property
    def label(self) -> str:
        """Its component of every path: ten hexadecimal digits of the random part of its key."""
        return self.id.hex[-10:]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "county": self.county_id,
            "kind": self.kind,
            "active_from": self.active_from,
            "entered_in": self.entered_in,
        }


class UnitPlace(models.Model):
    """Where a unit stands in one line, for a period."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="places")
    line = models.CharField(max_length=1, choices=choices(Line))
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="places_below")
    path = PathField(max_length=150)
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "line"],
                condition=Q(to_on=None),
                name="unit_place_one_now_per_line",
            ),
            models.CheckConstraint(
                # Equal when it was moved again on the same day: kept, but never in force.
                condition=Q(to_on=None) | Q(to_on__gte=F("from_on")),
                name="unit_place_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["path", "to_on"], name="unit_place_below"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "line": self.line,
            "parent": self.parent_id,
            "path": self.path,
            "from_on": self.from_on,
        }
