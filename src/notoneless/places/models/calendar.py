"""School calendars as dated rows: notices, terms, single days, weekly patterns, closures.

Nothing here is overwritten. A new notice or a new set of terms is a new version; a day, pattern
or closure that was wrong is withdrawn with a reason and stays readable.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models.units import Unit, choices
from notoneless.rules.official import OfficialKind

if TYPE_CHECKING:
    from collections.abc import Mapping


class OfficialNotice(InsertOnly):
    """One version of what a county knows about a year's days off and make-up workdays.

    The highest version of a year stands. ``is_provisional`` until the real notice is loaded.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    is_provisional = models.BooleanField()
    source = models.CharField(max_length=120)
    """Package and version, or the number and date of the notice as the clerk wrote it."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "year", "version"], name="official_notice_version_once"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "county": self.county_id,
            "year": self.year,
            "version": self.version,
            "is_provisional": self.is_provisional,
            "source": self.source,
        }


class OfficialDay(InsertOnly):
    """One day that a notice names."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    notice = models.ForeignKey(OfficialNotice, models.PROTECT, related_name="days")
    on = models.DateField()
    kind = models.CharField(max_length=4, choices=choices(OfficialKind))
    name = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "on"], name="official_day_once_per_notice"),
            models.CheckConstraint(
                condition=Q(kind__in=["off", "work"]), name="official_day_kind_is_known"
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {"notice": self.notice_id, "on": self.on, "kind": self.kind, "name": self.name}


class CalendarVersion(InsertOnly):
    """One version of a school year's terms at a bureau, centre school or school.

    The highest version stands; a school without its own follows the centre school or the bureau.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="calendar_versions")
    school_year = models.PositiveSmallIntegerField()
    """The calendar year of its August."""
    version = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    follows_above = models.BooleanField(default=False)
    """Says that from this version the unit again follows the unit above; it has no periods."""
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "school_year", "version"], name="calendar_version_once"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "school_year": self.school_year,
            "version": self.version,
            "follows_above": self.follows_above,
            "reason": self.reason,
        }


class PeriodKind(StrEnum):
    TERM = "term"
    CAMPAIGN = "campaign"


class CalendarPeriod(InsertOnly):
    """A term or a campaign of one calendar version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    calendar = models.ForeignKey(CalendarVersion, models.PROTECT, related_name="periods")
    kind = models.CharField(max_length=10, choices=choices(PeriodKind))
    name = models.CharField(max_length=40)
    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="calendar_period_ends_after_it_begins"
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "calendar": self.calendar_id,
            "kind": self.kind,
            "name": self.name,
            "from_on": self.from_on,
            "to_on": self.to_on,
        }


class Withdrawable(models.Model):
    """Something said about a unit's days that can be taken back, with a reason, but not changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True


class CalendarOverride(Withdrawable):
    """One day switched on or off by a bureau, centre school or school."""

    on = models.DateField()
    has_class = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on"],
                condition=Q(withdrawn_at=None),
                name="calendar_override_one_standing_per_day",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "on": self.on,
            "has_class": self.has_class,
            "reason": self.reason,
        }


class CalendarClosure(Withdrawable):
    """A stretch without class for everyone at or below the unit: snow, flood, illness."""

    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="calendar_closure_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["unit", "from_on"], name="calendar_closure_of_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "reason": self.reason,
        }


class CalendarPattern(Withdrawable):
    """A school's repeating cycle of class and rest days; its name is in ``reason``."""

    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""
    anchored_on = models.DateField()
    cycle = models.CharField(max_length=42)
    """One character a day from ``anchored_on``: 1 class, 0 rest."""
    rests_on_holidays = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="calendar_pattern_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["unit", "from_on"], name="calendar_pattern_of_unit")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "anchored_on": self.anchored_on,
            "cycle": self.cycle,
            "rests_on_holidays": self.rests_on_holidays,
            "reason": self.reason,
        }


class CalendarChange(models.Model):
    """That the days of a period may count differently now, for everyone at or below the unit.

    Every change of a calendar writes one. Whoever keeps due dates reads those without
    ``planned_at``, computes its clocks anew and marks them; running twice changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    """What was changed: notice, terms, override, closure, pattern."""
    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""
    recorded_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="calendar_change_ends_after_it_begins"
            )
        ]
        indexes = [
            models.Index(
                fields=["county", "recorded_at"],
                condition=Q(planned_at=None),
                name="calendar_change_unplanned",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "kind": self.kind,
            "from_on": self.from_on,
            "to_on": self.to_on,
        }
