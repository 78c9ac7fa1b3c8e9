"""What happens to a contract afterwards: another holder, an amendment, its place, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.contracts.models.contract import Contract, Party
from notoneless.journal.insert_only import InsertOnly
from notoneless.places.models import Person, Unit
from notoneless.places.models.units import choices
from notoneless.rules.contracts.states import Ending
from notoneless.vault.fields import SealedTextField

if TYPE_CHECKING:
    from collections.abc import Mapping


class Succession(InsertOnly):
    """A line passed from one holder to the next (R-177)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="successions")
    old = models.OneToOneField(Party, models.PROTECT, related_name="+")
    new = models.OneToOneField(Party, models.PROTECT, related_name="came_by")
    carries = models.BooleanField()
    """The old holder's signature binds the new one; else the new one signs anew."""
    reason = models.CharField(max_length=200)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "old": self.old_id,
            "new": self.new_id,
            "carries": self.carries,
            "reason": self.reason,
            "on": self.on,
            "by": self.by_id,
        }


class Amendment(models.Model):
    """An added clause; it binds when every line has signed it. The contract's text stays.

    ``in_force_on`` is folded from the signatures, in the transaction that writes the last of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="amendments")
    number = models.PositiveSmallIntegerField()
    text = SealedTextField()
    text_sha256 = models.CharField(max_length=64)
    figures = models.JSONField(default=dict)
    """The targets that it changes: key → [value, operator], as in ``Contract.figures``."""
    drawn_on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    in_force_on = models.DateField(null=True)
    """The day of the last signature; a successor who still has to sign leaves it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "number"], name="amendment_number_once")
        ]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "number": self.number,
            "text_sha256": self.text_sha256,
            "figures": self.figures,
            "drawn_on": self.drawn_on,
            "by": self.by_id,
        }


class Filing(models.Model):
    """Where the signed papers lie (R-182); a newer one replaces it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="filings", db_index=False)
    number = models.CharField(max_length=60)
    """档号."""
    copies = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=120)
    on = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract"], condition=Q(superseded_at=None), name="filing_one_now"
            )
        ]
        indexes = [models.Index(fields=["county", "number"], name="filing_by_number")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "number": self.number,
            "copies": self.copies,
            "place": self.place,
            "on": self.on,
            "by": self.by_id,
        }


class Ended(InsertOnly):
    """A contract was settled at the end of its period, or withdrawn before both had signed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    contract = models.OneToOneField(Contract, models.PROTECT, related_name="ended")
    how = models.CharField(max_length=10, choices=choices(Ending))
    on = models.DateField()
    words = models.CharField(max_length=300)
    """What came of it, or why it was withdrawn."""
    pupils_at_end = models.PositiveSmallIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "contract": self.contract_id,
            "how": self.how,
            "on": self.on,
            "words": self.words,
            "pupils_at_end": self.pupils_at_end,
            "by": self.by_id,
        }
