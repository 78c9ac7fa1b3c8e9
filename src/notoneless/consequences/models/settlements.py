"""A settlement of one unit and period, frozen when it is computed, its lines and what became
of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.consequences.figures import Standing
from notoneless.rules.consequences.life import LineStep
from notoneless.rules.consequences.lines import Kind
from notoneless.rules.units import Stage
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Settlement(models.Model):
    """What a unit's period came to under its policy, as computed on a day (R-199).

    Computed anew before it is confirmed, a newer row takes its place; a confirmed one stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    school_year = models.PositiveSmallIntegerField()
    term = models.PositiveSmallIntegerField(default=0)
    """1, 2 … where the policy settles each term; 0 for the whole year."""
    since = models.DateField()
    until = models.DateField()
    """Inclusive: the last day of the period."""
    counted_until = models.DateField()
    """How far it had passed when it was computed."""
    policy = models.CharField(max_length=64)
    """Hash of the kept policy."""
    frozen = models.JSONField()
    """Outcomes and holders that it was drawn from (``rules.consequences.wire``); ids of children,
    never names."""
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "school_year", "term"],
                condition=Q(superseded_at=None),
                name="settlement_one_stands",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since"), counted_until__lte=F("until")),
                name="settlement_days_in_order",
            ),
        ]
        indexes = [models.Index(fields=["county", "school_year"], name="settlement_of_year")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "unit": self.unit_id,
            "school_year": self.school_year,
            "term": self.term,
            "since": self.since,
            "until": self.until,
            "counted_until": self.counted_until,
            "policy": self.policy,
            "frozen": dict(self.frozen),
            "made_by": self.made_by_id,
            "made_at": self.made_at,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"superseded_at": self.superseded_at} if self.superseded_at else None


class Confirmation(InsertOnly):
    """The second person, without whom nothing of a settlement takes effect; once."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="confirmation")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {"settlement": self.settlement_id, "by": self.by_id, "at": self.at}


class SettlementLine(InsertOnly):
    """One line of the proposal, as the rules drew it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="lines", db_index=False)
    number = models.PositiveSmallIntegerField()
    """Its place in the settlement."""
    key = models.CharField(max_length=240)
    """What it is called when it is computed again."""
    kind = models.CharField(max_length=20, choices=choices(Kind))
    rule = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    """Whose outcome it was drawn from: the school, a grade or a class."""
    stage = models.CharField(max_length=10, choices=choices(Stage), blank=True)
    role = models.CharField(max_length=30)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    bearing_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, related_name="+", db_index=False
    )
    standing = models.CharField(max_length=20, choices=choices(Standing))
    lacking = models.CharField(max_length=80, blank=True)
    fen = models.BigIntegerField(null=True)
    points = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    per_cent = models.DecimalField(max_digits=7, decimal_places=3, null=True)
    honours = models.JSONField(default=list)
    formula = models.JSONField(default=list)
    condition = models.JSONField(null=True)
    evidence = models.JSONField(default=list)
    """Losses (``wire.loss_out``)."""
    source = models.CharField(max_length=200)
    pid = models.JSONField(default=list)
    pack = models.CharField(max_length=80)
    legal_basis = models.CharField(max_length=250, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["settlement", "number"], name="line_in_its_place"),
            models.UniqueConstraint(fields=["settlement", "key"], name="line_once"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(bearing_unit=None), name="line_has_one_bearer"
            ),
        ]
        indexes = [
            models.Index(fields=["county", "person"], name="line_of_person"),
            models.Index(fields=["county", "bearing_unit"], name="line_of_unit"),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "settlement": self.settlement_id,
            "key": self.key,
            "person": self.person_id,
            "bearing_unit": self.bearing_unit_id,
            "standing": self.standing,
            "fen": self.fen,
            "points": self.points,
            "per_cent": self.per_cent,
            "honours": list(self.honours),
            "evidence": list(self.evidence),
        }


class ExceptionStatement(InsertOnly):
    """A bearer, or his unit, says in writing why a line should not hold (F-073); once a line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    line = models.OneToOneField(SettlementLine, models.PROTECT, related_name="statement")
    circumstances = SealedTextField()
    """In the bearer's own words; children may be named."""
    children = models.JSONField(default=list)
    """Ids of those of the line's children that it is about."""
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    """The same statement on the line as it was computed before."""

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "line": self.line_id,
            "circumstances": self.circumstances,
            "children": list(self.children),
            "filed_by": self.filed_by_id,
            "filed_at": self.filed_at,
        }


class LineFact(InsertOnly):
    """One step in the life of a line."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    line = models.ForeignKey(SettlementLine, models.PROTECT, related_name="facts", db_index=False)
    number = models.PositiveSmallIntegerField()
    """Its place among the steps: two people's next step cannot both be the third."""
    step = models.CharField(max_length=10, choices=choices(LineStep))
    is_rest = models.BooleanField(default=False)
    """The granted exception leaves a part of the line."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = SealedTextField(default="", blank=True)
    answers = models.JSONField(default=dict)
    """Of a verification: each condition of the policy with yes or no (R-216)."""
    fen = models.BigIntegerField(null=True)
    """Of a change: what the line comes to instead."""
    points = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Of a decision about a line that named nobody: who bears it."""
    done_on = models.DateField(null=True)
    receipt = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "number"], name="line_fact_in_its_place"),
            models.CheckConstraint(
                condition=Q(step__in=["settle", "correct"], done_on__isnull=False)
                | (~Q(step__in=["settle", "correct"]) & Q(done_on=None)),
                name="line_fact_settled_on_a_day",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "line": self.line_id,
            "number": self.number,
            "step": self.step,
            "is_rest": self.is_rest,
            "by": self.by_id,
            "reason": self.reason,
            "answers": dict(self.answers),
            "fen": self.fen,
            "points": self.points,
            "person": self.person_id,
            "done_on": self.done_on,
            "receipt": self.receipt,
        }
