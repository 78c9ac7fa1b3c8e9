"""The yearly number registers of offices, and the word that begins their numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Person, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping


class NumberRegister(models.Model):
    """The last number that an office gave in a series and year; its row is the lock.

    A counter and no fact: each number stands in the journal with its paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["office", "year", "series"], name="number_register_once"
            ),
            models.CheckConstraint(condition=~Q(series=""), name="number_register_has_series"),
        ]


class OpeningBalance(models.Model):
    """The last number given by hand before the first paper of a register: it runs on from there."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    register = models.OneToOneField(NumberRegister, models.PROTECT, related_name="opening")
    last = models.PositiveIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    def journal_facts(self) -> Mapping[str, object]:
        return {"register": self.register_id, "last": self.last, "by": self.by_id}


class OfficeWord(models.Model):
    """What an office's numbers begin with (机关代字): 石政. The newest row holds."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    word = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(word=""), name="office_word_not_empty")]
        indexes = [models.Index(fields=["office", "-recorded_at"], name="office_word_newest")]

    def journal_facts(self) -> Mapping[str, object]:
        return {"office": self.office_id, "word": self.word, "by": self.by_id}
