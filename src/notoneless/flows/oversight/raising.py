"""Charge a post-holder with a fault (R-212, R-214, R-215, R-218)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.cases.queries.doors import cases_seen
from notoneless.flows.oversight.pointers import proposal_of
from notoneless.flows.oversight.posts import Charge, charge_of
from notoneless.flows.oversight.refusals import (
    FaultOutOfTime,
    FormUsed,
    RaisedAlready,
    SaysTooLittle,
)
from notoneless.journal.services import Stamp
from notoneless.oversight.models import Fault
from notoneless.oversight.services.faults import NewFault, write_fault
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.faults.integrity import Pointed
from notoneless.rules.faults.kinds import FaultState, LinkKind, SourceKind

SHORTEST = 10
"""Letters that the facts need at the least: a bare word is no charge."""
LONGEST = 4000


@dataclass(frozen=True, slots=True, kw_only=True)
class Raising:
    """What is held against whom; the same id twice is the same as once."""

    id: UUID
    post_id: UUID
    kind: str
    facts: str
    found_on: date
    source_kind: SourceKind = SourceKind.INSPECTION
    source: str = ""
    case_ids: Collection[UUID] = ()
    """Dropout cases that it is about."""
    unit_id: UUID | None = None
    """With ``pointer``: the unit whose records were checked."""
    pointer: str = ""


def raise_fault(actor: Actor, new: Raising, *, today: date, now: datetime) -> UUID:
    """Open a matter of accountability; nothing follows from it until it is decided.

    Raises ``Post.DoesNotExist``, ``Case.DoesNotExist``, ``NotAllowed``, ``NotChargeable``,
    ``AgainstOneself``, ``NowhereWritten``, ``FaultOutOfTime``, ``SaysTooLittle``,
    ``NoLongerProposed``, ``RaisedAlready``, ``FormUsed``.
    """
    if not date(2000, 1, 1) <= new.found_on <= today:
        raise FaultOutOfTime()
    if len(new.facts.strip()) < SHORTEST:
        raise SaysTooLittle(least=SHORTEST)
    charge = charge_of(actor, new.post_id, on=today)
    basis = charge.basis(new.kind)
    same = Fault.objects.filter(pk=new.id).first()
    if same is not None:
        return _again(same, actor, new)
    links = _links(actor, new, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=charge.post.unit_id)
    try:
        with transaction.atomic():
            digest = keep_policy(charge.policy, now=now)
            row = write_fault(_row(new, charge, basis, digest, links), stamp=stamp)
    except IntegrityError:
        same = Fault.objects.filter(pk=new.id).first()
        if same is None:
            raise RaisedAlready() from None
        return _again(same, actor, new)
    return row.pk


def _again(row: Fault, actor: Actor, new: Raising) -> UUID:
    is_same = (row.raised_by_id, row.post_id, row.kind) == (actor.person_id, new.post_id, new.kind)
    if not is_same or row.facts != new.facts.strip():
        raise FormUsed()
    return row.pk


def _links(actor: Actor, new: Raising, *, today: date) -> list[Pointed]:
    found: list[Pointed] = []
    if new.pointer and new.unit_id:
        found += proposal_of(actor, new.unit_id, new.pointer, today=today).pointed
        taken = Fault.objects.filter(county=actor.county_id, pointer=new.pointer)
        if taken.exclude(state=FaultState.WITHDRAWN).exists():
            raise RaisedAlready()
    if new.case_ids:
        wanted = set(new.case_ids)
        seen = dict(
            cases_seen(actor, on=today).filter(pk__in=wanted).values_list("pk", "opened_on")
        )
        if set(seen) != wanted:
            raise Case.DoesNotExist
        found += [Pointed(LinkKind.CASE, pk, on) for pk, on in seen.items()]
    return list({(each.kind, each.id): each for each in found}.values())


def _row(
    new: Raising, charge: Charge, basis: str, digest: str, links: Collection[Pointed]
) -> NewFault:
    return NewFault(
        id=new.id,
        unit_id=charge.post.unit_id,
        person_id=charge.person_id,
        post_id=charge.post.id,
        role=charge.post.role,
        is_head=charge.is_head,
        kind=new.kind,
        basis=basis[:200],
        policy_digest=digest,
        facts=new.facts.strip()[:LONGEST],
        source={"kind": new.source_kind.value, "words": new.source.strip()[:500]},
        found_on=new.found_on,
        raised_role=charge.raised_role,
        pointer=new.pointer,
        links=links,
    )
