"""Where an actor may act: what is out of reach is not there, the rest may be refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor, NotAllowed
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.places.queries import home_path, paths_of
from notoneless.places.queries.people import PostFacts
from notoneless.rules.paths import is_below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import CEILING, Capability, Role


class FromAboveOnly(Refusal):
    """Heads are appointed, and their passwords reset, from the unit above."""

    code = "ACCESS-06"


class ElsewhereToo(Refusal):
    """The person also holds posts outside this unit; a higher unit must act."""

    code = "ACCESS-07"


class OnOneself(Refusal):
    """Nobody appoints himself or closes his own account."""

    code = "ACCESS-08"


HEADS = frozenset(role for role in Role if Capability.APPROVE_ACCESS in CEILING[role])


def day_of(stamp: Stamp) -> date:
    """The school-local date of the moment at which something is written down."""
    return timezone.localtime(stamp.now).date()


def must_see(actor: Actor, unit_id: UUID, *, on: date) -> None:
    """Raise ``Unit.DoesNotExist`` unless the unit lies below some post of the actor."""
    paths = paths_of(unit_id, on=on)
    if not any(is_below(path, held.path) for path in paths for held in actor.holdings):
        raise Unit.DoesNotExist


def must_at(actor: Actor, capability: Capability, unit_id: UUID, *, on: date) -> str:
    """Answer the unit's home path if the actor has ``capability`` there.

    Units are administered in their home line: a township administers its villages, not its
    schools. Raises ``Unit.DoesNotExist`` when the unit is out of the actor's reach, ``NotAllowed``
    when it is in reach and no post there gives the capability.
    """
    must_see(actor, unit_id, on=on)
    path = home_path(unit_id, on=on)
    actor.must(capability, at=[path])
    return path


def must_be_above(actor: Actor, role: Role, path: str) -> None:
    """Raise ``FromAboveOnly`` when ``role`` at ``path`` is a head's and the actor not above it.

    The topmost units have nobody above; there the county's administrator acts.
    """
    if role not in HEADS:
        return
    for held in actor.holdings:
        if Capability.MANAGE_POSTS not in held.capabilities or not is_below(path, held.path):
            continue
        if held.path != path or _is_top(held.role):
            return
    raise FromAboveOnly(role=role.value)


def _is_top(role: Role) -> bool:
    return role in {Role.COUNTY_ADMINISTRATOR, Role.COUNTY_CLERK}


def must_hold_all(actor: Actor, posts: Iterable[PostFacts], *, on: date) -> None:
    """The actor may act on an account only when all its person's posts lie in his own unit.

    Raises ``ElsewhereToo``, ``FromAboveOnly``; ``Unit.DoesNotExist`` when no post is in reach.
    """
    if not actor.may(Capability.MANAGE_ACCOUNTS):
        raise NotAllowed(capability=Capability.MANAGE_ACCOUNTS.value)
    places = [(post, home_path(post.unit_id, on=on)) for post in posts]
    reach = actor.reach(Capability.MANAGE_ACCOUNTS)
    if not places and not any(_is_top(role) for role in actor.roles()):
        raise ElsewhereToo()
    inside = [any(is_below(path, top) for top in reach) for _, path in places]
    if places and not any(inside):
        raise Unit.DoesNotExist
    if not all(inside):
        raise ElsewhereToo()
    for post, path in places:
        must_be_above(actor, post.role, path)
