"""A contract, frozen when it is drawn up, and the lines that sign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, Guardian
from notoneless.places.models import Person, Post, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.states import Stage
from notoneless.rules.paths import Line
from notoneless.vault.fields import SealedJSONField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Contract(models.Model):
    """One responsibility contract (责任书).

    The text never changes after it is drawn up. ``stage`` and ``in_force_on`` are folded from the
    facts beside it (signatures, end, filing) in the transaction that writes one of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=24, choices=choices(ContractKind))
    line = models.CharField(max_length=1, choices=choices(Line))
    """In which A stands above B: who is above A there sees the contract."""
    unit_a = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    unit_b = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    """The unit bound; of a teacher's contract the school, of a guardian's none."""
    child = models.ForeignKey(Child, models.PROTECT, null=True, related_name="+", db_index=False)
    about = models.UUIDField()
    """What it was drawn up for: the unit bound, the teacher or the child."""
    school_year = models.PositiveSmallIntegerField()
    term = models.PositiveSmallIntegerField(default=0)
    """1 or 2 where it holds for a term; else 0."""
    from_on = models.DateField()
    to_on = models.DateField(null=True)
    """Exclusive; ``None`` while the pupil stays at the school."""
    number = models.PositiveIntegerField()
    """In the yearly register of A for this kind."""
    copies = models.PositiveSmallIntegerField()
    goes_on = models.BooleanField()
    """It outlasts a change of person."""
    sign_by = models.DateField(null=True)
    """The last day for signing, inclusive; ``None`` where nobody named one."""
    policy = models.CharField(max_length=64)
    """Hash of the policy whose figures it holds."""
    text = SealedJSONField()
    """``rules.contracts.text``: names of families stand in it."""
    text_sha256 = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    """The targets that it binds to: key → [value, operator]."""
    drawn_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    stage = models.CharField(max_length=10, choices=choices(Stage), default="draft")
    in_force_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "kind", "unit_a", "school_year", "term"],
                condition=~Q(stage="withdrawn"),
                name="contract_once_a_period",
            ),
            models.UniqueConstraint(
                fields=["unit_a", "kind", "school_year", "number"], name="contract_number_once"
            ),
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(to_on__gt=F("from_on")),
                name="contract_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=Q(unit_b=None, child__isnull=False) | Q(unit_b__isnull=False, child=None),
                name="contract_binds_unit_or_family",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "school_year", "kind", "stage"], name="contract_of_year"
            ),
            models.Index(fields=["unit_a", "school_year", "kind"], name="contract_of_a"),
            models.Index(
                fields=["unit_b", "school_year"],
                condition=Q(unit_b__isnull=False),
                name="contract_of_b",
            ),
            models.Index(
                fields=["child", "school_year"],
                condition=Q(child__isnull=False),
                name="contract_of_child",
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "county": self.county_id,
            "kind": self.kind,
            "line": self.line,
            "unit_a": self.unit_a_id,
            "unit_b": self.unit_b_id,
            "child": self.child_id,
            "about": self.about,
            "school_year": self.school_year,
            "term": self.term,
            "from_on": self.from_on,
            "to_on": self.to_on,
            "number": self.number,
            "copies": self.copies,
            "goes_on": self.goes_on,
            "sign_by": self.sign_by,
            "policy": self.policy,
            "text_sha256": self.text_sha256,
            "drawn_by": self.drawn_by_id,
            "drawn_at": self.drawn_at,
        }


class Party(models.Model):
    """Who holds one line of a contract: a post and its holder, or a guardian (R-174)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="parties", db_index=False)
    side = models.CharField(max_length=1, choices=choices(Side))
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=30)
    """A role, or ``guardian``."""
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    """``None`` while the post is vacant, and for a guardian."""
    guardian = models.ForeignKey(
        Guardian, models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_on = models.DateField()
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    """When another took the line over."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "side", "position"],
                condition=Q(superseded_at=None),
                name="party_one_per_line",
            ),
            models.CheckConstraint(
                condition=Q(role="guardian", guardian__isnull=False, person=None)
                | (~Q(role="guardian") & Q(guardian=None, unit__isnull=False)),
                name="party_is_post_or_guardian",
            ),
        ]
        indexes = [
            models.Index(fields=["contract"], name="party_of_contract"),
            models.Index(
                fields=["person"], condition=Q(superseded_at=None), name="party_of_person"
            ),
            models.Index(
                fields=["unit", "role"], condition=Q(superseded_at=None), name="party_of_post"
            ),
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "side": self.side,
            "position": self.position,
            "role": self.role,
            "unit": self.unit_id,
            "post": self.post_id,
            "person": self.person_id,
            "guardian": self.guardian_id,
            "from_on": self.from_on,
        }
