"""What the nightly sweep did, and which rules it could not apply where."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Unit
from notoneless.places.models.units import choices
from notoneless.rules.duties.kinds import DutyRule


class RunState(StrEnum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class SweepRun(models.Model):
    """One sweep of one county: what it did, and that it is still alive."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    as_of = models.DateField()
    state = models.CharField(max_length=8, choices=choices(RunState))
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    """Moves with every school; a run that has not moved for long is dead."""
    ended_at = models.DateTimeField(null=True)
    schools = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    holes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county"], condition=Q(state="running"), name="sweep_one_at_a_time"
            )
        ]
        indexes = [models.Index(fields=["county", "-started_at"], name="sweep_newest")]


class RuleHole(models.Model):
    """A rule that could not be applied in a school: what is missing in its policy or calendar."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=30, choices=choices(DutyRule))
    key = models.CharField(max_length=60)
    why = models.CharField(max_length=30)
    since_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "unit", "rule", "key"], name="rule_hole_once")
        ]
