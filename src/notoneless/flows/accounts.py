"""Sign-ins of other people: slips, closing, leavers; and one's own password."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from uuid import UUID

from axes.utils import reset as forget_wrong_passwords
from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.models import User
from notoneless.access.reach import OnOneself, must_hold_all
from notoneless.access.services import accounts
from notoneless.access.services.accounts import Slip
from notoneless.journal.services import Stamp
from notoneless.places.queries.people import PostFacts, person_facts, posts_below, posts_of
from notoneless.places.services.handovers import let_leave
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability

IDLE_DAYS = 90
"""Nobody has signed in for so long: the account is shown as idle (等保 2.0, accounts)."""
MOST_SLIPS = 64
"""Eight pages: one slip costs a fifth of a second, because its password is hashed well."""


class TooManySlips(Refusal):
    code = "ACCOUNT-05"


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """A person in reach, with the sign-in if there is one."""

    person_id: UUID
    name: str
    posts: Sequence[PostFacts]
    username: str
    is_active: bool
    waits_for_password: bool
    """The printed password has not been changed yet, or no slip was printed."""
    has_slip: bool
    last_seen_at: datetime | None
    opened_at: datetime | None = None

    def is_idle(self, now: datetime) -> bool:
        """Open for long, and nobody signed in since."""
        seen = self.last_seen_at or self.opened_at
        return (
            bool(self.username)
            and self.is_active
            and (seen is None or now - seen > timedelta(days=IDLE_DAYS))
        )


def accounts_in_reach(actor: Actor, *, today: date) -> list[AccountFacts]:
    """Everybody with a post where the actor manages accounts; a constant number of statements."""
    actor.must(Capability.MANAGE_ACCOUNTS)
    posts: dict[UUID, list[PostFacts]] = {}
    for post in posts_below(actor.reach(Capability.MANAGE_ACCOUNTS), on=today):
        if post.person_id is not None:
            posts.setdefault(post.person_id, []).append(post)
    users = {u.person_id: u for u in User.objects.filter(person__in=list(posts))}
    return [
        _facts(person, held, users.get(person))
        for person, held in sorted(posts.items(), key=lambda item: item[1][0].person_name)
    ]


def _facts(person_id: UUID, posts: Sequence[PostFacts], user: User | None) -> AccountFacts:
    name = posts[0].person_name if posts else ""
    if user is None:
        return AccountFacts(person_id, name, posts, "", False, False, False, None)
    return AccountFacts(
        person_id=person_id,
        name=name,
        posts=posts,
        username=user.username,
        is_active=user.is_active,
        waits_for_password=user.must_change_password or not user.has_usable_password(),
        has_slip=user.slip_valid_until is not None,
        last_seen_at=user.last_login,
        # The first 48 bits of a UUIDv7 are the milliseconds at which it was made.
        opened_at=datetime.fromtimestamp((user.pk.int >> 80) / 1000, tz=timezone.utc),
    )


def account_facts(person_id: UUID, *, actor: Actor, today: date) -> AccountFacts:
    """One person's sign-in. Raises as ``must_hold_all``."""
    posts = _must_hold(person_id, actor, today)
    return _facts(person_id, posts, User.objects.filter(person=person_id).first())


def _must_hold(person_id: UUID, actor: Actor, today: date) -> list[PostFacts]:
    posts = [p for p in posts_of(person_id) if p.to_on is None or p.to_on > today]
    must_hold_all(actor, posts, on=today)
    return posts


@transaction.atomic
def open_accounts(person_ids: Sequence[UUID], *, actor: Actor, today: date, stamp: Stamp) -> int:
    """Give sign-ins to people who have none; answers how many are new."""
    for person_id in person_ids:
        _must_hold(person_id, actor, today)
    before = User.objects.filter(person__in=person_ids).count()
    for person_id in person_ids:
        accounts.give_sign_in(person_id, stamp=stamp)
    return User.objects.filter(person__in=person_ids).count() - before


@dataclass(frozen=True, slots=True)
class SlipsMade:
    slips: Sequence[tuple[Slip, PostFacts | None]]
    """Each with the person's first post."""
    refused: Sequence[tuple[str, Refusal]]
    """The person's name and why there is no slip."""


def print_slips(
    person_ids: Sequence[UUID], *, actor: Actor, today: date, stamp: Stamp
) -> SlipsMade:
    """New passwords, to be printed at once; one person refused does not hold up the others.

    Opens sign-ins that are missing, ends the people's sessions and lifts a lock-out. Nothing
    readable is kept. Raises ``TooManySlips``; when nobody gets a slip the first of
    ``ElsewhereToo``, ``FromAboveOnly``, ``OnOneself``, ``AccountClosed``; ``DoesNotExist`` for
    anybody out of reach, before any slip is made.
    """
    if len(person_ids) > MOST_SLIPS:
        raise TooManySlips(most=MOST_SLIPS)
    slips: list[tuple[Slip, PostFacts | None]] = []
    refused: list[tuple[str, Refusal]] = []
    with transaction.atomic():
        for person_id in dict.fromkeys(person_ids):
            try:
                with transaction.atomic():
                    slips.append(_slip(person_id, actor=actor, today=today, stamp=stamp))
            except Refusal as refusal:
                named = person_facts(person_id, county_id=actor.county_id).name
                refused.append((named, refusal))
    if refused and not slips:
        raise refused[0][1]
    return SlipsMade(slips, refused)


def _slip(
    person_id: UUID, *, actor: Actor, today: date, stamp: Stamp
) -> tuple[Slip, PostFacts | None]:
    if person_id == actor.person_id:
        raise OnOneself()
    posts = _must_hold(person_id, actor, today)
    accounts.give_sign_in(person_id, stamp=stamp)
    slip = accounts.print_slip(person_id, stamp=stamp)
    forget_wrong_passwords(username=slip.username)
    return slip, posts[0] if posts else None


def close_account(person_id: UUID, *, actor: Actor, today: date, stamp: Stamp) -> None:
    """Switch a sign-in off. Raises ``OnOneself``, ``ElsewhereToo``, ``FromAboveOnly``."""
    if person_id == actor.person_id:
        raise OnOneself()
    _must_hold(person_id, actor, today)
    accounts.close_account(person_id, stamp=stamp)


def reopen_account(person_id: UUID, *, actor: Actor, today: date, stamp: Stamp) -> None:
    """Switch a sign-in on again; a slip must be printed. Raises as ``close_account``."""
    _must_hold(person_id, actor, today)
    accounts.reopen_account(person_id, stamp=stamp)


@transaction.atomic
def see_off(
    person_id: UUID, *, version: int, on: date, actor: Actor, today: date, stamp: Stamp
) -> None:
    """Somebody leaves: posts end with ``on`` (the first day without them), sign-in off, at once.

    Raises ``OnOneself``, ``ElsewhereToo``, ``FromAboveOnly``, ``PersonLeft``, ``StaleVersion``.
    """
    if person_id == actor.person_id:
        raise OnOneself()
    _must_hold(person_id, actor, today)
    let_leave(person_id, version=version, on=on, stamp=stamp)
    if on <= today:
        accounts.close_account(person_id, stamp=stamp)
