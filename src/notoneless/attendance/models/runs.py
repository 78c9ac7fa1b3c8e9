"""Who is away without explanation now: computed from the facts, kept so that lists are cheap."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from notoneless.children.models import Child
from notoneless.places.models import Unit


class AbsenceRun(models.Model):
    """A child's newest run of unexplained absence. It proves nothing; the rolls do.

    Written with every roll, computed anew each night (``services.runs.reconcile_runs``).
    """

    child = models.OneToOneField(Child, models.PROTECT, primary_key=True, related_name="+")
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_open = models.BooleanField()
    """False since the child was seen, or explained, again."""
    proved_days = models.PositiveSmallIntegerField()
    proved_since = models.DateField(null=True)
    possible_days = models.PositiveSmallIntegerField()
    possible_since = models.DateField(null=True)
    longest_proved_days = models.PositiveSmallIntegerField()
    """The longest proved stretch within the possible run."""
    last_absent_on = models.DateField(null=True)
    last_called_on = models.DateField(null=True)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(proved_days__lte=models.F("possible_days")),
                name="absence_run_proved_is_possible",
            ),
            models.CheckConstraint(
                condition=Q(is_open=True, possible_days__gte=1) | Q(is_open=False, possible_days=0),
                name="absence_run_open_is_away",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "school_class"],
                condition=Q(is_open=True),
                name="absence_run_of_class",
            ),
        ]
