"""Dated approvals that let a post see children (未成年人网络保护条例 art. 36)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.models import AccessApproval
from notoneless.journal.services import Stamp, record
from notoneless.places.models import Post
from notoneless.rules.refusal import Refusal


class OwnAccess(Refusal):
    """Nobody approves the access of his own post."""

    code = "ACCESS-02"


class TooLong(Refusal):
    """An approval lasts a year at most."""

    code = "ACCESS-03"


class NothingToApprove(Refusal):
    """The post is vacant or has ended."""

    code = "ACCESS-04"


class AlreadyWithdrawn(Refusal):
    code = "ACCESS-05"


LONGEST_DAYS = 366


@transaction.atomic
def approve_access(
    post_id: UUID, *, purpose: str, from_on: date, to_on: date, stamp: Stamp
) -> AccessApproval:
    """A responsible person (``stamp.by``) lets a post see children until ``to_on`` (exclusive).

    Approving again to the same day changes nothing. Raises ``OwnAccess``, ``TooLong``,
    ``NothingToApprove``. Source: 未成年人网络保护条例 art. 36.
    """
    post = Post.objects.select_for_update().get(pk=post_id, unit__county=stamp.county_id)
    if stamp.by is None:
        raise ValueError("an approval needs a named person")
    if post.person_id == stamp.by:
        raise OwnAccess()
    if post.person_id is None or (post.to_on and post.to_on <= from_on):
        raise NothingToApprove(unit=post.unit.name)
    if (to_on - from_on).days > LONGEST_DAYS:
        raise TooLong(days=LONGEST_DAYS)
    standing = post.approvals.filter(to_on=to_on, from_on__lte=from_on, withdrawn_on=None).first()
    if standing:
        return standing
    approval = AccessApproval.objects.create(
        post=post, approved_by_id=stamp.by, purpose=purpose, from_on=from_on, to_on=to_on
    )
    record("access.approved", approval, subject=("post", post.pk), happened_on=from_on, stamp=stamp)
    return approval


@transaction.atomic
def withdraw_approval(approval_id: UUID, *, on: date, stamp: Stamp) -> None:
    """Take an approval back: ``on`` is the first day without it. Raises ``AlreadyWithdrawn``."""
    approval = AccessApproval.objects.select_for_update().get(
        pk=approval_id, post__unit__county=stamp.county_id
    )
    if approval.withdrawn_on is not None:
        raise AlreadyWithdrawn()
    approval.withdrawn_on = on
    approval.save(update_fields=["withdrawn_on"])
    record(
        "access.withdrawn",
        approval,
        subject=("post", approval.post_id),
        happened_on=on,
        stamp=stamp,
    )
