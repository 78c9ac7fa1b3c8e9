"""A guardian's way in: the invitation, the one visit that it opens, and tries that failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.children.models import Child, Guardian
from notoneless.places.models import Person, Unit
from notoneless.rules.families import MOST_WRONG, InvitationFacts

if TYPE_CHECKING:
    from collections.abc import Mapping


class Invitation(models.Model):
    """A link and a code for one child's guardian. Both are kept as keyed hashes only."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    child = models.ForeignKey(Child, models.PROTECT, related_name="+", db_index=False)
    guardian = models.ForeignKey(Guardian, models.PROTECT, related_name="+")
    """The row of the record that stood when it was made."""
    link_index = models.CharField(max_length=32, unique=True)
    code_index = models.CharField(max_length=32)
    """Of link and code together: without the link it says nothing about the code."""
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    """Exclusive."""
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    """When a newer one took its place."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(wrong_codes__lte=MOST_WRONG), name="invitation_locks_at_the_fifth"
            ),
        ]
        indexes = [models.Index(fields=["child", "-made_at"], name="invitation_of_child")]

    def facts(self, *, is_used: bool) -> InvitationFacts:
        """What its state follows from."""
        return InvitationFacts(
            self.expires_at, is_used, self.wrong_codes, self.ended_at is not None
        )

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "child": self.child_id,
            "guardian": self.guardian_id,
            "link_index": self.link_index,
            "code_index": self.code_index,
            "made_by": self.made_by_id,
            "made_at": self.made_at,
            "expires_at": self.expires_at,
        }


class Visit(models.Model):
    """An invitation was used: the guardian looks at his page until he leaves or rests.

    ``seen_at`` and ``left_at`` are no facts; they only say whether the visit still lasts.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    county = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_index=False)
    invitation = models.OneToOneField(Invitation, models.PROTECT, related_name="visit")
    key_index = models.CharField(max_length=32, unique=True)
    """Keyed hash of the secret that the browser holds."""
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "invitation": self.invitation_id,
            "key_index": self.key_index,
            "began_at": self.began_at,
        }


class WrongTry(models.Model):
    """A link or code that opened nothing; counted for a quarter of an hour, then thrown away."""

    address_index = models.CharField(max_length=32)
    """Keyed hash of where it came from."""
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["address_index", "at"], name="wrong_try_of_address")]
