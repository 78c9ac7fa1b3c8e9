"""From a draft to a version: one person proposes, a second one confirms or returns it (R-303)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import must_at
from notoneless.flows.packs.drafting import draft_line, writes_for
from notoneless.journal.services import Stamp
from notoneless.places.queries import home_path
from notoneless.policy.models.drafts import ProposalVerdict
from notoneless.policy.queries.versions import (
    ProposalLine,
    VersionLine,
    proposal_by_id,
    proposals_in,
    versions_of,
)
from notoneless.policy.refusals import DraftMoved
from notoneless.policy.services.drafts import drop_draft
from notoneless.policy.services.proposals import NewProposal, decide_version, propose_version
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import read_pack
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Sending:
    """What somebody fills in when a draft is done."""

    id: UUID
    """Made with the form, so that sending it twice proposes once."""
    number: int
    """The draft's, as the page showed it."""
    from_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A proposed version and what the reader may do about it."""

    line: ProposalLine
    pack: Pack
    may_decide: bool
    """A second person with the say at the same or a higher place."""
    is_own: bool


def propose(actor: Actor, draft_id: UUID, sending: Sending, *, today: date, now: datetime) -> UUID:
    """Propose a draft as a version from a day on; the draft is then gone.

    Sending it twice proposes once. Raises ``NotAllowed``, ``DraftMoved``,
    ``PackDraft.DoesNotExist`` and as ``propose_version``.
    """
    writes_for(actor)
    known = [line for line in proposals_in(actor.county_id) if line.id == sending.id]
    if known and known[0].by_id == actor.person_id:
        return known[0].id
    with transaction.atomic():
        line = draft_line(actor, draft_id)
        if line.number != sending.number:
            raise DraftMoved()
        new = NewProposal(
            id=sending.id,
            unit_id=line.unit_id,
            base_id=line.base_id,
            text=line.text,
            from_on=sending.from_on,
            reason=sending.reason,
        )
        stamp = Stamp(actor.county_id, actor.person_id, now)
        made = propose_version(new, today=today, stamp=stamp)
        drop_draft(draft_id, stamp=stamp)
    return made.pk


def proposals(actor: Actor) -> list[ProposalLine]:
    """The county's proposed versions, those that wait first. Raises ``NotAllowed``."""
    actor.must(Capability.MANAGE_POLICY)
    return proposals_in(actor.county_id)


def proposal(actor: Actor, proposal_id: UUID, *, today: date) -> OpenProposal:
    """One proposed version. Raises ``NotAllowed``, ``PackProposal.DoesNotExist``."""
    actor.must(Capability.SEE_POLICY)
    line = proposal_by_id(proposal_id, county_id=actor.county_id)
    path = home_path(line.unit_id, on=today)
    is_own = line.by_id == actor.person_id
    may = actor.may(Capability.MANAGE_POLICY, at=path)
    waits = line.state == "proposed"
    return OpenProposal(
        line=line,
        pack=read_pack(line.text, line.pack_id),
        may_decide=may and waits and not is_own,
        is_own=is_own,
    )


def decide(
    actor: Actor,
    proposal_id: UUID,
    verdict: str,
    *,
    reason: str,
    today: date,
    now: datetime,
) -> None:
    """Confirm, return or take back a proposal (``ProposalVerdict``); see ``decide_version``.

    Raises ``NotAllowed`` for whoever has no say at its place; ``Unit.DoesNotExist`` below it.
    """
    line = proposal_by_id(proposal_id, county_id=actor.county_id)
    must_at(actor, Capability.MANAGE_POLICY, line.unit_id, on=today)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    decide_version(proposal_id, ProposalVerdict(verdict), reason=reason, today=today, stamp=stamp)


def history_of(actor: Actor, system: str) -> list[VersionLine]:
    """Every version of a system with who made it, when and why, the newest day first."""
    actor.must(Capability.SEE_POLICY)
    return versions_of(system, county_id=actor.county_id)
