"""Accounts: sign-ins, printed slips, own passwords, closing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from notoneless.access.models import User
from notoneless.journal.services import Stamp, record
from notoneless.places.models import Person
from notoneless.places.pinyin import syllables_and_initials
from notoneless.rules.refusal import Refusal


class UsernameTaken(Refusal):
    code = "ACCOUNT-01"


class BadUsername(Refusal):
    """A sign-in name is 2 to 30 small letters, digits, dots or dashes."""

    code = "ACCOUNT-02"


class AccountClosed(Refusal):
    code = "ACCOUNT-03"


class HasLeft(Refusal):
    """Somebody who left gets no sign-in."""

    code = "ACCOUNT-04"


SLIP_DAYS = 7
"""How long a printed password may be used."""
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which look alike on paper."""
USERNAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,29}")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed once and kept nowhere."""

    person_id: UUID
    name: str
    username: str
    secret: str
    valid_until: datetime


@transaction.atomic
def open_account(
    *, person_id: UUID, username: str, password: str, must_change: bool, stamp: Stamp
) -> User:
    """Give a person a sign-in with a password. Raises ``UsernameTaken``, ``BadUsername``."""
    user = give_sign_in(person_id, username=username, stamp=stamp)
    user.set_password(password)
    user.must_change_password = must_change
    user.save(update_fields=["password", "must_change_password"])
    return user


@transaction.atomic
def open_accounts_alike(usernames: Mapping[UUID, str], *, password: str, stamp: Stamp) -> None:
    """Give the invented people of a sample sign-ins (person → name) with one password.

    It is hashed once: each hash costs a fifth of a second on purpose. Raises as ``open_account``.
    """
    hashed = make_password(password)
    for person_id, username in usernames.items():
        user = give_sign_in(person_id, username=username, stamp=stamp)
        user.password = hashed
        user.save(update_fields=["password"])


@transaction.atomic
def give_sign_in(person_id: UUID, *, username: str = "", stamp: Stamp) -> User:
    """Give a person a sign-in that opens nothing until a slip is printed.

    Without ``username`` it is made from the name's pinyin. Who has one keeps it. Raises
    ``UsernameTaken``, ``BadUsername``, ``HasLeft``.
    """
    person = Person.objects.select_for_update().get(pk=person_id, county=stamp.county_id)
    standing = User.objects.filter(person=person).first()
    if standing is not None:
        return standing
    if person.left_on is not None:
        raise HasLeft(name=person.name)
    wanted = username.strip().lower()
    if wanted and not USERNAME.fullmatch(wanted):
        raise BadUsername(username=wanted)
    if wanted and User.objects.filter(username=wanted).exists():
        raise UsernameTaken(username=wanted)
    user = User(person=person, username=wanted or free_username(person.name))
    user.set_unusable_password()
    user.save()
    _record("account.opened", user, stamp)
    return user


def free_username(name: str) -> str:
    """A free sign-in name from the name's pinyin: chenxiaoman, then chenxiaoman2."""
    stem = re.sub(r"[^a-z]", "", syllables_and_initials(name)[0])[:24] or "user"
    stem = stem if len(stem) > 2 else f"{stem}.user"
    taken = set(User.objects.filter(username__startswith=stem).values_list("username", flat=True))
    number = 1
    while (found := stem if number == 1 else f"{stem}{number}") in taken:
        number += 1
    return found


@transaction.atomic
def print_slip(person_id: UUID, *, stamp: Stamp) -> Slip:
    """Set a new password that is printed once, must be changed and expires.

    Ends the person's sessions. Raises ``AccountClosed``, ``User.DoesNotExist``.
    """
    user = (
        User.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(person=person_id, person__county=stamp.county_id)
    )
    person = user.person
    if person is None or not user.is_active or person.left_on is not None:
        raise AccountClosed(username=user.username)
    secret = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    user.set_password(secret)
    user.must_change_password = True
    user.slip_valid_until = stamp.now + timedelta(days=SLIP_DAYS)
    user.save(update_fields=["password", "must_change_password", "slip_valid_until"])
    _record("account.slip_printed", user, stamp)
    return Slip(person.pk, person.name, user.username, secret, user.slip_valid_until)


@transaction.atomic
def choose_password(user_id: UUID, *, password: str, stamp: Stamp) -> User:
    """The person's own new password; the printed one is over. Ends the other sessions."""
    user = User.objects.select_for_update().get(pk=user_id)
    user.set_password(password)
    user.must_change_password = False
    user.slip_valid_until = None
    user.save(update_fields=["password", "must_change_password", "slip_valid_until"])
    _record("account.password_chosen", user, stamp)
    return user


@transaction.atomic
def close_account(person_id: UUID, *, stamp: Stamp) -> None:
    """Switch a sign-in off at once; its sessions end and never revive. Twice is as once."""
    user = User.objects.select_for_update().filter(person=person_id, is_active=True).first()
    if user is None:
        return
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _record("account.closed", user, stamp)


@transaction.atomic
def reopen_account(person_id: UUID, *, stamp: Stamp) -> None:
    """Switch a closed sign-in on again; it opens nothing until a slip is printed.

    Raises ``HasLeft``.
    """
    user = (
        User.objects.select_for_update(of=("self",))
        .select_related("person")
        .get(person=person_id, person__county=stamp.county_id)
    )
    if user.person and user.person.left_on is not None:
        raise HasLeft(name=user.person.name)
    if user.is_active:
        return
    user.is_active = True
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    _record("account.reopened", user, stamp)


def _record(kind: str, user: User, stamp: Stamp) -> None:
    if user.person_id is not None:
        day = timezone.localtime(stamp.now).date()
        record(kind, user, subject=("person", user.person_id), happened_on=day, stamp=stamp)
