"""Which signs fired when: kept each night, so that their accuracy can be counted later."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child
from notoneless.places.models import Unit
from notoneless.places.models.units import choices
from notoneless.rules.signs.kinds import SignRule


class FiredSign(models.Model):
    """One sign of one child from the night it fired to the last night it did.

    A reading of the rolls, no fact: it proves nothing about a child, and is shown about none.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    school_class = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=14, choices=choices(SignRule))
    first_on = models.DateField()
    last_on = models.DateField()
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="fired_sign_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["child", "rule"], condition=Q(is_open=True), name="fired_sign_one_open"
            ),
        ]
        indexes = [models.Index(fields=["county", "first_on"], name="fired_sign_by_day")]
