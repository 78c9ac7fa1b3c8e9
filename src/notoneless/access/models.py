"""Accounts, and the dated approvals that let a post see children."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from uuid_utils.compat import uuid7

from notoneless.places.models import Person, Post

if TYPE_CHECKING:
    from collections.abc import Mapping


class UserManager(BaseUserManager["User"]):
    def create_superuser(self, username: str, password: str) -> User:
        """The system administrator of the machine; sees Django's admin, no child."""
        user = self.model(username=username, is_superuser=True, is_staff=True)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A sign-in. What its person may do follows from posts, never from the account."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, related_name="user")
    """Absent only for the superuser."""
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    must_change_password = models.BooleanField(default=False)
    """True after a slip was printed: the printed password opens one page only."""
    slip_valid_until = models.DateTimeField(null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "username"

    def journal_facts(self) -> Mapping[str, object]:
        return {"username": self.username, "person": self.person_id}


class AccessApproval(models.Model):
    """A named responsible person lets a post see children's data, for a purpose, until a day.

    Source: 未成年人网络保护条例 art. 36.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="approvals")
    approved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=200)
    from_on = models.DateField()
    to_on = models.DateField()
    """Exclusive."""
    withdrawn_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on__gt=F("from_on")), name="approval_ends_after_it_begins"
            )
        ]
        indexes = [models.Index(fields=["post", "to_on"], name="approval_of_post")]

    def journal_facts(self) -> Mapping[str, object]:
        return {
            "post": self.post_id,
            "approved_by": self.approved_by_id,
            "purpose": self.purpose,
            "from_on": self.from_on,
            "to_on": self.to_on,
        }

    def journal_end(self) -> Mapping[str, object] | None:
        return {"withdrawn_on": self.withdrawn_on} if self.withdrawn_on else None
