"""Who may call which roll of a class."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NoReturn
from uuid import UUID

from notoneless.access.actor import Actor, Holding, NotAllowed
from notoneless.access.reach import must_see
from notoneless.flows.rolls.refusals import EmptyClass, NotYourSession
from notoneless.places.models import Unit
from notoneless.rules.attendance.sessions import BOARDERS, lesson_of
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability, Role

LESSONS_ONLY = frozenset({Role.SUBJECT_TEACHER})
BOARDERS_ONLY = frozenset({Role.DORMITORY_KEEPER})


def must_call(actor: Actor, paths: Iterable[str], session: str) -> None:
    """Raise unless the actor may call this session of the class at ``paths``.

    ``Unit.DoesNotExist`` when the class is out of reach, ``NotAllowed`` when no post there calls
    rolls, ``NotYourSession`` when his posts call others only.
    """
    holdings = _callers(actor, paths)
    if not any(_calls(holding.role, session) for holding in holdings):
        raise NotYourSession(session=session)


def must_answer_for(actor: Actor, paths: Iterable[str]) -> None:
    """Raise unless the actor answers for the whole class: its homeroom teacher (or deputy or
    stand-in), the principal, the teaching director."""
    holdings = _callers(actor, paths)
    if not any(h.role not in LESSONS_ONLY | BOARDERS_ONLY for h in holdings):
        raise NotAllowed(capability=Capability.CALL_ROLL.value)


def may_call(actor: Actor, paths: Iterable[str], session: str) -> bool:
    """Whether ``must_call`` would let the actor through."""
    return any(_calls(role, session) for role in caller_roles(actor, paths))


def may_answer_for(actor: Actor, paths: Iterable[str]) -> bool:
    """Whether ``must_answer_for`` would let the actor through."""
    return bool(caller_roles(actor, paths) - LESSONS_ONLY - BOARDERS_ONLY)


def caller_roles(actor: Actor, paths: Iterable[str]) -> frozenset[Role]:
    """The roles in which the actor calls rolls of the class at ``paths``; empty for none."""
    places = tuple(paths)
    return frozenset(
        held.role
        for held in actor.holdings
        if Capability.CALL_ROLL in held.capabilities
        and any(is_below(path, held.path) for path in places)
    )


def answers_for(actor: Actor, paths: Iterable[str]) -> bool:
    """Whether ``must_answer_for`` would let the actor, so that a page knows what to offer."""
    places = tuple(paths)
    return any(
        Capability.CALL_ROLL in h.capabilities
        and h.role not in LESSONS_ONLY | BOARDERS_ONLY
        and any(is_below(path, h.path) for path in places)
        for h in actor.holdings
    )


def refuse_unseen(actor: Actor, class_id: UUID, *, today: date) -> NoReturn:
    """Say why nothing was found: the class is not the actor's to see, or nobody was in it."""
    must_see(actor, class_id, on=today)
    raise EmptyClass()


def _callers(actor: Actor, paths: Iterable[str]) -> list[Holding]:
    places = tuple(paths)
    here = [h for h in actor.holdings if any(is_below(path, h.path) for path in places)]
    if not here:
        raise Unit.DoesNotExist
    able = [holding for holding in here if Capability.CALL_ROLL in holding.capabilities]
    if not able:
        raise NotAllowed(capability=Capability.CALL_ROLL.value)
    return able


def _calls(role: Role, session: str) -> bool:
    if role in LESSONS_ONLY:
        return lesson_of(session) is not None
    if role in BOARDERS_ONLY:
        return session in BOARDERS
    return True
