"""Approve and withdraw what posts may see of children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.models import AccessApproval
from notoneless.access.reach import must_at
from notoneless.access.services.approvals import approve_access, withdraw_approval
from notoneless.journal.services import Stamp
from notoneless.places.queries.people import PostFacts, post_facts, posts_below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Capability

SOON_DAYS = 30
"""An approval that ends within so many days is shown as ending soon."""


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    id: UUID
    post: PostFacts
    approved_by: str
    purpose: str
    from_on: date
    to_on: date
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class ApprovalDesk:
    """What the approver has before him."""

    pending: Sequence[PostFacts]
    standing: Sequence[ApprovalFacts]

    @property
    def ending_soon(self) -> list[ApprovalFacts]:
        return [approval for approval in self.standing if approval.ends_soon]


def school_year_end(today: date) -> date:
    """The first day after the school year of ``today``: 1 August. Approvals end there if unsaid."""
    return date(today.year + (today.month >= 8), 8, 1)


def approval_desk(actor: Actor, *, today: date) -> ApprovalDesk:
    """Posts in the actor's reach that await approval, and approvals that stand.

    The actor's own posts are not among them. A constant number of statements.
    """
    actor.must(Capability.APPROVE_ACCESS)
    posts = [
        post
        for post in posts_below(actor.reach(Capability.APPROVE_ACCESS), on=today)
        if CEILING[post.role] & NEEDS_APPROVAL and post.person_id not in {None, actor.person_id}
    ]
    approvals = _standing({post.id: post for post in posts}, today=today)
    approved = {approval.post.id for approval in approvals}
    return ApprovalDesk([post for post in posts if post.id not in approved], approvals)


def _standing(posts: dict[UUID, PostFacts], *, today: date) -> list[ApprovalFacts]:
    rows = AccessApproval.objects.filter(
        post__in=list(posts), from_on__lte=today, to_on__gt=today, withdrawn_on=None
    ).select_related("approved_by")
    return [
        ApprovalFacts(
            id=row.pk,
            post=posts[row.post_id],
            approved_by=row.approved_by.name,
            purpose=row.purpose,
            from_on=row.from_on,
            to_on=row.to_on,
            ends_soon=row.to_on - today <= timedelta(days=SOON_DAYS),
        )
        for row in rows.order_by("to_on", "pk")
    ]


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    approved: int
    refused: Sequence[tuple[str, Refusal]]
    """The person's name and why."""


def approve_posts(
    post_ids: Sequence[UUID],
    *,
    purpose: str,
    to_on: date,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> BulkAnswer:
    """Approve many posts, each by itself: one refused does not hold up the others.

    Raises ``DoesNotExist`` for a post out of reach, before anything is approved.
    """
    posts = [post_facts(post_id) for post_id in post_ids]
    for post in posts:
        must_at(actor, Capability.APPROVE_ACCESS, post.unit_id, on=today)
    refused: list[tuple[str, Refusal]] = []
    for post in posts:
        try:
            approve_access(post.id, purpose=purpose, from_on=today, to_on=to_on, stamp=stamp)
        except Refusal as refusal:
            refused.append((post.person_name, refusal))
    return BulkAnswer(len(posts) - len(refused), refused)


def withdraw(approval_id: UUID, *, actor: Actor, today: date, stamp: Stamp) -> None:
    """Take an approval back from today. Raises ``AlreadyWithdrawn``, ``NotAllowed``."""
    unit = AccessApproval.objects.values_list("post__unit", flat=True).get(pk=approval_id)
    must_at(actor, Capability.APPROVE_ACCESS, unit, on=today)
    withdraw_approval(approval_id, on=today, stamp=stamp)
