"""Accounts and approvals of access."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.models import AccessApproval, User
from notoneless.journal.services import Stamp, record
from notoneless.places.models import Person, Post
from notoneless.rules.refusal import Refusal


class UsernameTaken(Refusal):
    code = "ACCOUNT-01"


class OwnAccess(Refusal):
    """Nobody approves the access of his own post."""

    code = "ACCESS-02"


@transaction.atomic
def open_account(
    *, person_id: UUID, username: str, password: str, must_change: bool, stamp: Stamp
) -> User:
    """Give a person a sign-in. Raises ``UsernameTaken``."""
    person = Person.objects.get(pk=person_id, county=stamp.county_id)
    if User.objects.filter(username__iexact=username).exists():
        raise UsernameTaken(username=username)
    user = User(person=person, username=username, must_change_password=must_change)
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def approve_access(
    post_id: UUID, *, purpose: str, from_on: date, to_on: date, stamp: Stamp
) -> AccessApproval:
    """A responsible person (``stamp.by``) lets a post see children until ``to_on`` (exclusive).

    Raises ``OwnAccess``. Source: 未成年人网络保护条例 art. 36.
    """
    post = Post.objects.get(pk=post_id, unit__county=stamp.county_id)
    if stamp.by is None:
        raise ValueError("an approval needs a named person")
    if post.person_id == stamp.by:
        raise OwnAccess()
    approval = AccessApproval.objects.create(
        post=post, approved_by_id=stamp.by, purpose=purpose, from_on=from_on, to_on=to_on
    )
    record("access.approved", approval, subject=("post", post.pk), happened_on=from_on, stamp=stamp)
    return approval


@transaction.atomic
def withdraw_approval(approval_id: UUID, *, on: date, stamp: Stamp) -> None:
    """Take an approval back: ``on`` is the first day without it."""
    approval = AccessApproval.objects.select_for_update().get(
        pk=approval_id, post__unit__county=stamp.county_id
    )
    approval.withdrawn_on = on
    approval.save(update_fields=["withdrawn_on"])
    record(
        "access.withdrawn",
        approval,
        subject=("post", approval.post_id),
        happened_on=on,
        stamp=stamp,
    )
