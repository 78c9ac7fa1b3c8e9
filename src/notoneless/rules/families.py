"""A guardian's way in: a link and a code, once, for three days; what he may say is wrong.

Source: product §Protection (links to guardians), product §What a real place needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LIFE = timedelta(hours=72)
"""How long an invitation can be used; at 72 hours sharp it no longer can."""
MOST_WRONG = 5
"""So many wrong codes lock an invitation."""
IDLE = timedelta(minutes=15)
"""A visit ends when it has rested so long."""
LONGEST_VISIT = timedelta(hours=2)
"""However busy: a phone that was lent or left lying does not stay open."""
CODE_DIGITS = 6
LINK_LETTERS = 10
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which look alike on paper; ten of them are 49 bits."""
TRIES_WINDOW = timedelta(minutes=15)
MOST_TRIES = 60
"""Wrong links and codes from one address in the window: a whole school may share one address."""


class InvitationState(StrEnum):
    UNUSED = "unused"
    USED = "used"
    EXPIRED = "expired"
    LOCKED = "locked"
    ENDED = "ended"
    """A newer invitation took its place."""


@dataclass(frozen=True, slots=True)
class InvitationFacts:
    expires_at: datetime
    """The first moment at which it cannot be used any more."""
    is_used: bool
    wrong_codes: int
    is_ended: bool


def invitation_state(facts: InvitationFacts, *, now: datetime) -> InvitationState:
    """What an invitation is at ``now``; what happened to it first wins over time."""
    if facts.is_used:
        return InvitationState.USED
    if facts.wrong_codes >= MOST_WRONG:
        return InvitationState.LOCKED
    if facts.is_ended:
        return InvitationState.ENDED
    return InvitationState.EXPIRED if now >= facts.expires_at else InvitationState.UNUSED


def is_visit_over(*, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
    """Whether a visit has rested for 15 minutes, or lasted two hours; both ends count as over."""
    return now >= seen_at + IDLE or now >= began_at + LONGEST_VISIT


def in_groups(code: str) -> str:
    """A code as people read it: ``123 456``."""
    return f"{code[:3]} {code[3:]}"


def tidy_code(typed: str) -> str:
    """The digits of what somebody typed, full-width ones too; anything else is left out."""
    return "".join(str(int(sign)) for sign in typed if sign.isdecimal())


class SaidKind(StrEnum):
    """What a guardian can say on his page."""

    NOT_MINE = "not_mine"
    PHONE = "phone"
    ADDRESS = "address"
    LEAVE = "leave"
    """Leave was asked for; decided as leave, not as an item."""


ITEMS = frozenset(SaidKind) - {SaidKind.LEAVE}
"""What a clerk decides."""


class Verdict(StrEnum):
    """How the school decided what a guardian said."""

    ACCEPTED = "accepted"
    """The record was corrected: guardian removed, phone or address changed."""
    KEPT = "kept"
    """The record was right and stays."""


def hides(said: SaidKind, verdict: Verdict | None) -> bool:
    """Whether "not my child" keeps a child off the page: at once, until somebody finds that the
    record was right."""
    return said is SaidKind.NOT_MINE and verdict is not Verdict.KEPT


def own_phone(number: str) -> str:
    """A guardian's own number, so that he knows it again and a finder of the slip does not."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 9 else "*" * len(number)
