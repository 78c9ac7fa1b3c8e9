"""A post changes hands: the contracts go to the new holder (R-177)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, UUIDField

from notoneless.access.actor import Actor
from notoneless.contracts.models import Contract, Party
from notoneless.contracts.queries.doors import contracts_kept
from notoneless.contracts.queries.listing import UNSIGNED, UnitWords, open_on, unit_words
from notoneless.contracts.services.later import Successor, pass_on
from notoneless.flows.contracts.doors import locked, must_be_possible, must_keep
from notoneless.flows.contracts.refusals import NoSuccessor, WordsMissing
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Post
from notoneless.places.queries.units import standing
from notoneless.rules.contracts.kinds import GUARDIAN, ContractKind, Side
from notoneless.rules.contracts.states import Act, Stage
from notoneless.rules.roles import Role, Tenure

OPEN = (*UNSIGNED, Stage.SIGNED.value)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A line whose post has another holder now."""

    contract_id: UUID
    kind: ContractKind
    number: int
    side: Side
    unit: UnitWords
    role: Role
    old_name: str
    """Empty where the post was vacant."""
    new_name: str
    since: date
    """Since when the new holder holds the post."""


def changed_lines(contracts: QuerySet[Contract], *, today: date) -> QuerySet[Party]:
    """Lines of open contracts whose post is held by somebody else today."""
    now = Post.objects.filter(
        standing(today),
        unit=OuterRef("unit"),
        role=OuterRef("role"),
        person__isnull=False,
    ).exclude(tenure=Tenure.STAND_IN)
    # Of a post that several share the line stays with whoever signed, while he still has his.
    kept = now.filter(person=OuterRef("person"))
    newest = now.order_by("-from_on", "pk")
    return (
        Party.objects.filter(
            contract__in=contracts.filter(open_on(today), stage__in=OPEN).values("pk"),
            superseded_at=None,
        )
        .exclude(role__in=[GUARDIAN, Role.SUBJECT_TEACHER])
        .annotate(
            still=Subquery(kept.values("pk")[:1]),
            next_post=Subquery(newest.values("pk")[:1]),
            next_person=Subquery(newest.values("person")[:1], output_field=UUIDField()),
            next_since=Subquery(newest.values("from_on")[:1]),
        )
        .filter(still=None, next_person__isnull=False)
        .filter(Q(person=None) | ~Q(person=F("next_person")))
    )


def proposals(actor: Actor, *, today: date) -> list[Proposal]:
    """Lines of contracts that the actor keeps, to be handed over; two statements.

    Asks what is true today, so a night that was missed loses nothing.
    """
    rows: list[Any] = list(
        changed_lines(contracts_kept(actor, on=today), today=today)
        .select_related("contract", "unit", "person")
        .defer("contract__text")
        .order_by("unit", "contract__kind", "contract__number")
    )
    names = dict(
        Person.objects.filter(pk__in={row.next_person for row in rows}).values_list("pk", "name")
    )
    return [
        Proposal(
            row.contract_id,
            ContractKind(row.contract.kind),
            row.contract.number,
            Side(row.side),
            unit_words(row.unit) if row.unit else UnitWords(""),
            Role(row.role),
            row.person.name if row.person else "",
            names.get(row.next_person, ""),
            row.next_since,
        )
        for row in rows
    ]


def count_proposals(actor: Actor, *, today: date) -> int:
    """How many lines wait to be handed over; one statement."""
    return changed_lines(contracts_kept(actor, on=today), today=today).count()


def succeed_contracts(
    actor: Actor,
    contract_ids: Collection[UUID],
    reason: str,
    *,
    today: date,
    now: datetime,
) -> int:
    """Give the changed lines of these contracts to the posts' holders of today.

    Each contract in a transaction of its own; answers how many lines passed. Those that passed
    already are as once. Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``,
    ``WordsMissing`` without a reason, ``NoSuccessor`` when nothing had changed at all.
    """
    words = " ".join(reason.split())[:200]
    if not words:
        raise WordsMissing()
    done = sum(_succeed(actor, each, words, today=today, now=now) for each in set(contract_ids))
    if not done:
        raise NoSuccessor()
    return done


@transaction.atomic
def _succeed(actor: Actor, contract_id: UUID, reason: str, *, today: date, now: datetime) -> int:
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    must_be_possible(contract, Act.SUCCEED, today=today)
    this = Contract.objects.filter(pk=contract.pk)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
    lines: list[Any] = list(changed_lines(this, today=today).order_by("side", "position"))
    for line in lines:
        to = Successor(line.next_post, line.next_person)
        pass_on(contract, line, to, reason=reason, on=line.next_since, stamp=stamp)
    return len(lines)
