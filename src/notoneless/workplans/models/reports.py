"""Reports up the line: the period, every version that was handed in, what the receiver said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.workplans.kinds import ReportAct, ReportState, Stream
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping

VERDICTS = (ReportAct.ACCEPT, ReportAct.SEND_BACK)


class ReportPeriod(models.Model):
    """One report of one unit, opened when somebody began to write it.

    ``state`` is the fold of its versions and verdicts, written in their transactions. Whether it
    is late follows from its day and its first version, and is never stored.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    stream = models.CharField(max_length=16, choices=choices(Stream))
    from_on = models.DateField()
    until = models.DateField()
    """The last day of which it speaks."""
    due_on = models.DateField(null=True)
    """As the plan said when it was opened; none where it names no day."""
    receiver = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """Who was to have it when it was opened; none where nobody stands above."""
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=choices(ReportState), default=ReportState.OPEN.value
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "unit", "stream", "from_on"], name="report_period_once"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("from_on")), name="report_period_ends_after_it_begins"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "receiver", "state"], name="report_to_receive"),
            models.Index(fields=["county", "stream", "from_on"], name="report_of_stream"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "stream": self.stream,
            "from_on": self.from_on,
            "until": self.until,
            "due_on": self.due_on,
            "receiver": self.receiver_id,
            "opened_by": self.opened_by_id,
            "opened_at": self.opened_at,
        }


class ReportVersion(InsertOnly):
    """What was handed in, with the figures of that moment; never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    """Made when the page was opened, so that sending it twice is once."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    period = models.ForeignKey(ReportPeriod, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    """From 1."""
    figures = models.JSONField(default=dict)
    """Counts, never a child: ``rules.workplans.figures`` says what stands in it."""
    text = SealedTextField(default="", blank=True)
    """What its author wrote beside the figures."""
    reason = SealedTextField(default="", blank=True)
    """Why it corrects the version before; empty for what was handed in in its turn."""
    is_correction = models.BooleanField(default=False)
    submitted_on = models.DateField()
    submitted_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["period", "number"], name="report_version_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "period": self.period_id,
            "number": self.number,
            "figures": self.figures,
            "text": self.text,
            "reason": self.reason,
            "is_correction": self.is_correction,
            "submitted_on": self.submitted_on,
            "submitted_at": self.submitted_at,
            "by": self.by_id,
        }


class ReportVerdict(InsertOnly):
    """The receiver took a version over, or sent it back with a reason; once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    version = models.OneToOneField(ReportVersion, models.PROTECT, related_name="verdict")
    verdict = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in VERDICTS]
    )
    reason = SealedTextField(default="", blank=True)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=[each.value for each in VERDICTS]),
                name="report_verdict_is_known",
            )
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "version": self.version_id,
            "verdict": self.verdict,
            "reason": self.reason,
            "on": self.on,
            "at": self.at,
            "by": self.by_id,
        }
