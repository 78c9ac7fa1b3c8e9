"""Invitations are made, used once, locked, and ended by newer ones."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.families.models import Invitation, Visit, WrongTry
from notoneless.journal.services import Stamp, record
from notoneless.rules.families import (
    ALPHABET,
    CODE_DIGITS,
    LIFE,
    LINK_LETTERS,
    MOST_TRIES,
    MOST_WRONG,
    TRIES_WINDOW,
    InvitationState,
    in_groups,
    invitation_state,
    tidy_code,
)
from notoneless.vault.sealing import blind_index


@dataclass(frozen=True, slots=True)
class Made:
    """An invitation with what is shown or printed once and kept nowhere."""

    invitation_id: UUID
    link: str
    code: str
    """In groups."""
    expires_at: datetime


@transaction.atomic(savepoint=False)
def write_invitation(
    child_id: UUID, guardian_id: UUID, *, older: list[UUID], on: date, stamp: Stamp
) -> Made:
    """Make an invitation for a child's guardian; the ``older`` ones that stand end.

    The caller has asked whether ``stamp.by`` may, and has locked the child. Raises
    ``ValueError`` for the system, which invites nobody.
    """
    if stamp.by is None:
        raise ValueError("a person invites")
    Invitation.objects.filter(pk__in=older, ended_at=None).update(ended_at=stamp.now)
    link = "".join(secrets.choice(ALPHABET) for _ in range(LINK_LETTERS))
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    row = Invitation.objects.create(
        county_id=stamp.county_id,
        child_id=child_id,
        guardian_id=guardian_id,
        link_index=link_index(link),
        code_index=code_index(link, code),
        made_by_id=stamp.by,
        made_at=stamp.now,
        expires_at=stamp.now + LIFE,
    )
    record("family.invited", row, subject=("child", child_id), happened_on=on, stamp=stamp)
    return Made(row.pk, link, in_groups(code), row.expires_at)


@transaction.atomic
def open_visit(link: str, code: str, *, address: str, today: date, now: datetime) -> str | None:
    """Use an invitation; answers the secret that the browser keeps for the visit.

    ``None`` for whatever does not open: link or code wrong, used, expired, locked or ended. Which
    of them it was is told to nobody, and each costs the same tries of ``address``.
    """
    invitation = (
        Invitation.objects.select_for_update().filter(link_index=link_index(link.lower())).first()
    )
    right = code_index(link.lower(), tidy_code(code))
    if invitation is None or not _stands(invitation, now=now):
        _note_try(address, now=now)
        return None
    if not secrets.compare_digest(invitation.code_index, right):
        _count_wrong_code(invitation, today=today, now=now)
        _note_try(address, now=now)
        return None
    secret = secrets.token_urlsafe(24)
    visit = Visit.objects.create(
        county_id=invitation.county_id,
        invitation=invitation,
        key_index=key_index(secret),
        began_at=now,
        seen_at=now,
    )
    record(
        "family.opened",
        visit,
        subject=("child", invitation.child_id),
        happened_on=today,
        stamp=Stamp(invitation.county_id, None, now),
    )
    return secret


def must_rest(address: str, *, now: datetime) -> bool:
    """Whether too many tries came from ``address`` in the last quarter of an hour."""
    recent = WrongTry.objects.filter(address_index=_address(address), at__gt=now - TRIES_WINDOW)
    return recent.count() >= MOST_TRIES


def link_index(link: str) -> str:
    return blind_index(link, kind="family_link")


def code_index(link: str, code: str) -> str:
    return blind_index(f"{link}\0{code}", kind="family_code")


def key_index(secret: str) -> str:
    return blind_index(secret, kind="family_visit")


def _stands(invitation: Invitation, *, now: datetime) -> bool:
    is_used = Visit.objects.filter(invitation=invitation).exists()
    return invitation_state(invitation.facts(is_used=is_used), now=now) is InvitationState.UNUSED


def _count_wrong_code(invitation: Invitation, *, today: date, now: datetime) -> None:
    invitation.wrong_codes += 1
    invitation.save(update_fields=["wrong_codes"])
    if invitation.wrong_codes >= MOST_WRONG:
        record(
            "family.locked",
            invitation,
            subject=("child", invitation.child_id),
            happened_on=today,
            stamp=Stamp(invitation.county_id, None, now),
        )


def _note_try(address: str, *, now: datetime) -> None:
    WrongTry.objects.filter(at__lte=now - TRIES_WINDOW).delete()
    WrongTry.objects.create(address_index=_address(address), at=now)


def _address(address: str) -> str:
    return blind_index(address or "?", kind="family_address")
