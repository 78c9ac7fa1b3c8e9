"""What the page for raising a matter offers at a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.flows.oversight.pointers import proposal_of
from notoneless.flows.oversight.posts import posts_to_charge
from notoneless.flows.oversight.reading import CaseChoice, cases_at
from notoneless.places.queries.people import PostFacts
from notoneless.places.queries.units import UnitFacts, unit_facts
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.faults.catalogue import Group, Offer, group_of, offers
from notoneless.rules.faults.integrity import SUGGESTS, Check, Proposal
from notoneless.rules.faults.kinds import LinkKind
from notoneless.rules.policy.pack import Rule
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Prepared:
    """Whom somebody may charge at a unit, with what, and what the records already say."""

    unit: UnitFacts
    posts: tuple[PostFacts, ...]
    open: tuple[Offer, ...]
    closed: tuple[Offer, ...]
    """Kinds that neither the plan of the unit nor a law names."""
    catalogue: Rule | None
    """The plan's own catalogue, with its note on what the source has lost."""
    cases: tuple[CaseChoice, ...]
    proposal: Proposal | None
    post_id: UUID | None
    """Whose the records of the proposal are, where one post says so."""

    @property
    def suggested(self) -> str:
        """The kind that the form begins with; empty where it is not open here."""
        kind = SUGGESTS[self.proposal.check] if self.proposal else None
        return next((o.code for o in self.open if o.code == kind), "")

    @property
    def case_ids(self) -> list[UUID]:
        found = self.proposal.pointed if self.proposal else ()
        return [each.id for each in found if each.kind is LinkKind.CASE]

    @property
    def is_subcase(self) -> bool:
        return self.proposal is not None and self.proposal.check is Check.SUBCASE


def prepared(actor: Actor, unit_id: UUID, pointer: str = "", *, today: date) -> Prepared:
    """Everything that the page needs; some fifteen statements, more with a proposal.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``NoLongerProposed``.
    """
    posts = tuple(posts_to_charge(actor, unit_id, on=today))
    policy = policy_for(unit_id, on=today)
    found = offers(policy)
    proposal = proposal_of(actor, unit_id, pointer, today=today) if pointer else None
    rule = policy.rules.get("fault_catalogue")
    groups = {group for post in posts if (group := group_of(post.role))}
    sees_cases = actor.may(Capability.SEE_CASES)
    return Prepared(
        unit_facts(unit_id),
        posts,
        tuple(offer for offer in found if any(offer.is_open_to(group) for group in groups)),
        tuple(offer for offer in found if not any(offer.is_open_to(group) for group in Group)),
        rule.rule if rule else None,
        tuple(cases_at(actor, unit_id, today=today)) if sees_cases else (),
        proposal,
        _post(posts, proposal),
    )


def _post(posts: tuple[PostFacts, ...], proposal: Proposal | None) -> UUID | None:
    if proposal is None:
        return None
    fitting = [
        post.id
        for post in posts
        if (proposal.by is not None and post.person_id == proposal.by)
        or (proposal.role is post.role and post.unit_id == proposal.unit_id)
    ]
    return fitting[0] if len(fitting) == 1 else None
