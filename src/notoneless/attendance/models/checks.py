"""What the nightly comparison of runs with the rolls found."""

from __future__ import annotations

from django.db import models
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Unit


class RunCheck(models.Model):
    """One night in one county: it proves nothing, it says what was put right."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    as_of = models.DateField()
    at = models.DateTimeField()
    checked = models.PositiveIntegerField()
    differed = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["county", "-at"], name="run_check_newest")]


class RunCheckFinding(models.Model):
    """One child whose run did not say what the rolls say."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    check_of = models.ForeignKey(RunCheck, models.CASCADE, related_name="findings")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    stored_days = models.PositiveSmallIntegerField(null=True)
    """Possible days as the list had them; none where the child was not in it."""
    right_days = models.PositiveSmallIntegerField(null=True)
    """Possible days by the rolls; none where the child is in no class any more."""
