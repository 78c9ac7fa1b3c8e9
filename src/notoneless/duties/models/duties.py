"""Who must do what about whom by when: planned rows, each derived from facts and policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Unit
from notoneless.places.models.units import choices
from notoneless.rules.duties.kinds import (
    ChangeKind,
    ChangeWhy,
    DutyRule,
    DutyState,
    EvidenceKind,
    MatterKind,
    SubjectKind,
)
from notoneless.rules.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping


class Matter(models.Model):
    """What several duties are about: a run of absence, a term's work, later a case or a contract.

    Its id is made from its key, so that two plannings at once make the same row.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=choices(MatterKind))
    subject_kind = models.CharField(max_length=6, choices=choices(SubjectKind))
    subject_id = models.UUIDField()
    occurrence = models.CharField(max_length=20)
    """Which one of several: the day on which it began, or the school year."""
    title = models.CharField(max_length=120, blank=True)
    """In the office's words, where the kind does not say it all."""
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opened_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "subject_id", "occurrence"], name="matter_once"
            ),
            models.CheckConstraint(
                condition=Q(subject_kind="child", child=F("subject_id"))
                | Q(subject_kind="unit", child=None),
                name="matter_child_is_its_subject",
            ),
        ]
        indexes = [models.Index(fields=["child", "opened_on"], name="matter_of_child")]


class Duty(models.Model):
    """One duty as it stands. Never entered by hand: planning writes it, facts close it.

    The bearer is a role at a unit; who that is, is asked of the posts whenever somebody looks.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    """Made from its key."""
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="duties")
    rule = models.CharField(max_length=30, choices=choices(DutyRule))
    subject_id = models.UUIDField()
    occurrence = models.CharField(max_length=20)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    """The class in which it plays; its list of duties is found by it."""
    state = models.CharField(max_length=10, choices=choices(DutyState))
    evidence = models.CharField(max_length=14, choices=choices(EvidenceKind))
    """What kind of record would close it."""
    participants = models.JSONField(default=list)
    """Roles and units that must take part besides the bearer."""
    bearer_role = models.CharField(max_length=30, choices=choices(Role))
    bearer_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    heir_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    heir_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """The next level, which also acts while nobody holds the bearer's post."""
    opened_on = models.DateField()
    due_on = models.DateField(null=True)
    due_hour = models.CharField(max_length=5, blank=True)
    is_due_provisional = models.BooleanField(default=False)
    clock = models.JSONField(default=dict)
    """Length, unit, source and P-id, as the policy gave them."""
    policy_digest = models.CharField(max_length=64)
    """Of the kept policy that gave the present date."""
    remind_on = models.DateField(null=True)
    late_since = models.DateField(null=True)
    """The first late day, while open; kept once it was met late."""
    risen_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    risen_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    done_on = models.DateField(null=True)
    done_hour = models.CharField(max_length=5, blank=True)
    closed_by_kind = models.CharField(max_length=14, choices=choices(EvidenceKind), blank=True)
    closed_by = models.UUIDField(null=True)
    """The record that closed it."""
    have = models.PositiveSmallIntegerField(null=True)
    need = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "rule", "subject_id", "occurrence"], name="duty_once"
            ),
            models.CheckConstraint(
                condition=(Q(state="done") & ~Q(done_on=None))
                | (~Q(state="done") & Q(done_on=None)),
                name="duty_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(late_since=None)
                | Q(
                    due_on__isnull=False,
                    due_on__lte=F("late_since"),
                    is_due_provisional=False,
                ),
                name="duty_late_after_a_sure_date",
            ),
            models.CheckConstraint(
                condition=Q(risen_unit=None) | Q(state="open", late_since__isnull=False),
                name="duty_rises_only_when_late",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "bearer_unit", "state", "due_on"], name="duty_in_tray"),
            models.Index(fields=["county", "unit", "state", "late_since"], name="duty_of_class"),
            models.Index(fields=["subject_id", "opened_on"], name="duty_of_subject"),
            models.Index(
                fields=["risen_unit", "risen_role"],
                condition=Q(risen_unit__isnull=False),
                name="duty_risen",
            ),
            models.Index(
                fields=["heir_unit", "heir_role"],
                condition=Q(state="open"),
                name="duty_of_heir",
            ),
        ]


class DutyChange(InsertOnly):
    """That a standing duty was re-dated, moved, withdrawn, brought back, or rose; with why."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    duty = models.ForeignKey(Duty, models.PROTECT, related_name="changes")
    kind = models.CharField(max_length=10, choices=choices(ChangeKind))
    why = models.CharField(max_length=10, choices=choices(ChangeWhy))
    as_of = models.DateField()
    old_due_on = models.DateField(null=True)
    new_due_on = models.DateField(null=True)
    old_policy = models.CharField(max_length=64)
    risen_role = models.CharField(max_length=30, blank=True)
    risen_unit_id = models.UUIDField(null=True)
    by_id = models.UUIDField(null=True)
    """Whose fact caused it; none when the nightly sweep found it."""
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["duty", "recorded_at"], name="duty_change_of_duty"),
            models.Index(fields=["county", "recorded_at"], name="duty_change_of_county"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "duty": self.duty_id,
            "kind": self.kind,
            "why": self.why,
            "as_of": self.as_of,
            "old_due_on": self.old_due_on,
            "new_due_on": self.new_due_on,
            "risen_role": self.risen_role,
            "risen_unit": self.risen_unit_id,
        }
