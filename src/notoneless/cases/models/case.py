"""The file of one child who is not in school, and what happened in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.cases.kinds import (
    CASE_STATES,
    CLOSED,
    Level,
    Outcome,
    Source,
    State,
    StepKind,
)
from notoneless.rules.roles import Role
from notoneless.vault.fields import SealedJSONField

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLOSED = [state.value for state in CLOSED]


class Case(models.Model):
    """One child's case, from suspicion to its end. Never deleted.

    The columns are what lists filter by; what happened is in the steps, and ``state`` is their
    fold. ``policy_digest`` is the plan that the case was opened under.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    township = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    village = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    matter_id = models.UUIDField()
    """Of its duties; made from its key, and there once the first duty is."""
    opened_on = models.DateField()
    away_since = models.DateField()
    source = models.CharField(max_length=20, choices=choices(Source))
    state = models.CharField(max_length=20, choices=[(s.value, s.value) for s in CASE_STATES])
    state_since = models.DateField()
    policy_digest = models.CharField(max_length=64)
    confirmed_on = models.DateField(null=True)
    returned_on = models.DateField(null=True)
    relapses = models.PositiveSmallIntegerField(default=0)
    main_cause = models.CharField(max_length=60, blank=True)
    """Folded: a restricted cause is "other" here."""
    persuader = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who answers for the child (包保人)."""
    watch_have = models.PositiveSmallIntegerField(null=True)
    watch_need = models.PositiveSmallIntegerField(null=True)
    turn_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    turn_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    """The nearest running clock of the duties; none where nothing can be late."""
    waits_at = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    """Where a closing that was asked waits for the second person."""
    year_end_on = models.DateField(null=True)
    """The last day of the latest school year at whose end the child was still away."""
    outcome = models.CharField(max_length=20, choices=choices(Outcome), blank=True)
    closed_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    planned_at = models.DateTimeField(null=True)
    """When its duties were last planned from all its facts; empty while they have to be."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=~Q(state__in=_CLOSED), name="case_one_open_per_child"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_CLOSED, closed_on__isnull=False) & ~Q(outcome="")
                | ~Q(state__in=_CLOSED) & Q(closed_on=None, outcome=""),
                name="case_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="case_ends_after_it_opens",
            ),
        ]
        indexes = [
            models.Index(fields=["child", "opened_on"], name="case_of_child"),
            models.Index(
                fields=["county", "due_on", "id"],
                condition=~Q(state__in=_CLOSED),
                name="case_open_by_due",
            ),
            models.Index(
                fields=["county", "school", "due_on"],
                condition=~Q(state__in=_CLOSED),
                name="case_open_at_school",
            ),
            models.Index(
                fields=["county", "township", "due_on"],
                condition=~Q(state__in=_CLOSED),
                name="case_open_at_township",
            ),
            models.Index(
                fields=["county", "village", "due_on"],
                condition=~Q(state__in=_CLOSED),
                name="case_open_at_village",
            ),
            models.Index(
                fields=["turn_role", "turn_unit"],
                condition=~Q(state__in=_CLOSED),
                name="case_open_by_turn",
            ),
            models.Index(fields=["county", "confirmed_on"], name="case_by_determination"),
            models.Index(fields=["county", "returned_on"], name="case_by_return"),
            models.Index(fields=["county", "school", "opened_on"], name="case_of_school"),
            models.Index(fields=["county", "township", "opened_on"], name="case_of_township"),
            models.Index(fields=["county", "closed_on"], name="case_by_end"),
            models.Index(
                fields=["county"],
                condition=Q(planned_at=None),
                name="case_to_be_planned",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "school": self.school_id,
            "opened_on": self.opened_on,
            "away_since": self.away_since,
            "source": self.source,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"closed_on": self.closed_on, "outcome": self.outcome} if self.closed_on else None


class CaseStep(models.Model):
    """One step of a case: who, when, from where, proven by which record. Written once.

    A step that was wrong is superseded by another, or taken back with a reason; then the case's
    state is folded anew.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps", db_index=False)
    kind = models.CharField(max_length=24, choices=choices(StepKind))
    tid = models.CharField(max_length=20)
    """The row of the ladder that was taken."""
    happened_on = models.DateField()
    hour = models.CharField(max_length=5, blank=True)
    level = models.CharField(max_length=12, choices=choices(Level))
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    by_role = models.CharField(max_length=30, choices=choices(Role), blank=True)
    from_state = models.CharField(max_length=20, choices=choices(State), blank=True)
    to_state = models.CharField(max_length=20, choices=choices(State))
    paper_id = models.UUIDField(null=True)
    """The document that belongs to it."""
    record_kind = models.CharField(max_length=12, blank=True)
    record_id = models.UUIDField(null=True)
    """The roll, contact, report or service that proves it."""
    deadline_on = models.DateField(null=True)
    answers = models.ForeignKey("self", models.PROTECT, null=True, related_name="answered_by")
    said = SealedJSONField(default=dict, blank=True)
    due_on = models.DateField(null=True)
    """Of the duty that it met, if one stood."""
    is_late = models.BooleanField(default=False)
    noted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(superseded_at=None, ended_reason="")
                | Q(superseded_at__isnull=False) & ~Q(ended_reason=""),
                name="case_step_taken_back_says_why",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "record_id"],
                condition=Q(record_id__isnull=False, superseded_at=None),
                name="case_step_once_for_a_record",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "happened_on", "recorded_at"], name="case_step_of_case"),
            models.Index(fields=["county", "kind", "happened_on"], name="case_step_by_day"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "case": self.case_id,
            "kind": self.kind,
            "tid": self.tid,
            "happened_on": self.happened_on,
            "hour": self.hour,
            "level": self.level,
            "unit": self.unit_id,
            "by": self.by_id,
            "from_state": self.from_state,
            "to_state": self.to_state,
            "paper": self.paper_id,
            "record": self.record_id,
            "deadline_on": self.deadline_on,
            "answers": self.answers_id,
            "said": dict(self.said),
            "due_on": self.due_on,
            "is_late": self.is_late,
            "noted_at": self.noted_at,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        if self.superseded_at is None:
            return None
        return {"superseded_at": self.superseded_at, "ended_reason": self.ended_reason}
