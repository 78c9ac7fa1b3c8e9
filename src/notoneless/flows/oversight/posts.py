"""Whose posts somebody may charge, and with what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor, NotAllowed
from notoneless.access.reach import must_see
from notoneless.flows.oversight.refusals import AgainstOneself, NotChargeable, NowhereWritten
from notoneless.oversight.queries.doors import HEARS, acts_at
from notoneless.places.models import Post, Unit
from notoneless.places.queries.people import PostFacts, post_facts, posts_below
from notoneless.places.queries.units import paths_of, unit_facts
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.faults.catalogue import HEADS, Group, Offer, group_of, offers
from notoneless.rules.policy.resolved import ResolvedPolicy
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import SCHOOLS, UnitKind


@dataclass(frozen=True, slots=True)
class Charge:
    """A post that the actor may charge, with the plan that holds for it."""

    post: PostFacts
    person_id: UUID
    group: Group
    is_head: bool
    policy: ResolvedPolicy
    offers: tuple[Offer, ...]
    raised_role: Role
    """In which post the actor charges."""

    def basis(self, code: str) -> str:
        """What names the fault. Raises ``NowhereWritten``."""
        for offer in self.offers:
            if offer.code == code and offer.is_open_to(self.group):
                return offer.named_by or offer.article
        raise NowhereWritten(kind=code)


def posts_to_charge(actor: Actor, unit_id: UUID, *, on: date) -> list[PostFacts]:
    """Held posts at and below a unit that the actor may charge, in the order of units; five
    statements. Of schools below a township or centre school only the heads: a teacher is charged
    at his school.

    Raises ``Unit.DoesNotExist`` for a unit out of reach, ``NotAllowed`` where he may not.
    """
    must_see(actor, unit_id, on=on)
    paths = paths_of(unit_id, on=on)
    if not acts_at(actor, HEARS, unit_id, paths, is_head=False):
        raise NotAllowed(capability=HEARS.value)
    is_school = unit_facts(unit_id).kind in SCHOOLS
    may_head = acts_at(actor, HEARS, unit_id, paths, is_head=True)
    found = {post.id: post for post in posts_below(paths, on=on)}
    return [
        post
        for post in found.values()
        if post.person_id is not None
        and post.person_id != actor.person_id
        and group_of(post.role) is not None
        and (may_head or post.role not in HEADS or post.unit_id != unit_id)
        and (is_school or post.unit_id == unit_id or _answers_above(post))
    ]


def charge_of(actor: Actor, post_id: UUID, *, on: date) -> Charge:
    """One post with the plan of its unit on ``on``; some ten statements.

    Raises ``Post.DoesNotExist`` for one out of reach, ``NotAllowed``, ``NotChargeable``,
    ``AgainstOneself``.
    """
    post = post_facts(post_id)
    _must_see(actor, post, on=on)
    group = group_of(post.role)
    if post.person_id is None or group is None or not _is_held(post, on):
        raise NotChargeable()
    if post.person_id == actor.person_id:
        raise AgainstOneself()
    paths = paths_of(post.unit_id, on=on)
    is_head = post.role in HEADS
    if not acts_at(actor, HEARS, post.unit_id, paths, is_head=is_head):
        raise NotAllowed(capability=HEARS.value)
    policy = policy_for(post.unit_id, on=on)
    return Charge(
        post,
        post.person_id,
        group,
        is_head,
        policy,
        offers(policy),
        role_for(actor, HEARS, paths),
    )


def role_for(actor: Actor, capability: Capability, paths: tuple[str, ...]) -> Role:
    """In which post the actor acts at a unit. Raises ``NotAllowed`` when in none."""
    for held in actor.holdings:
        if capability in held.capabilities and any(p.startswith(held.path) for p in paths):
            return held.role
    raise NotAllowed(capability=capability.value)


def _answers_above(post: PostFacts) -> bool:
    return post.role in HEADS or post.unit_kind not in SCHOOLS | {UnitKind.CLASS, UnitKind.GRADE}


def _must_see(actor: Actor, post: PostFacts, *, on: date) -> None:
    try:
        must_see(actor, post.unit_id, on=on)
    except Unit.DoesNotExist:
        raise Post.DoesNotExist from None


def _is_held(post: PostFacts, on: date) -> bool:
    return post.from_on <= on and (post.to_on is None or on < post.to_on)
