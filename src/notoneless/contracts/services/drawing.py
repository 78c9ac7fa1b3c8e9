"""Draws contracts up: their frozen text, their lines, their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from notoneless.contracts.models import Contract, Party
from notoneless.journal.inserting import insert
from notoneless.journal.services import Stamp, record_many, written_together
from notoneless.places.models import Unit
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.text import digest_of
from notoneless.rules.paths import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    side: Side
    position: int
    role: str
    unit_id: UUID | None = None
    post_id: UUID | None = None
    person_id: UUID | None = None
    guardian_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewContract:
    """A contract as it will be frozen."""

    about: UUID
    unit_b_id: UUID | None = None
    child_id: UUID | None = None
    policy: str
    text: Mapping[str, Any]
    figures: Mapping[str, list[str]] = field(default_factory=dict)
    parties: Sequence[NewParty]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Where contracts are numbered, and what all of one batch share."""

    kind: ContractKind
    line: Line
    unit_a_id: UUID
    school_year: int
    term: int
    from_on: date
    to_on: date | None
    copies: int
    goes_on: bool
    sign_by: date | None = None


def lock_register(unit_a_id: UUID) -> None:
    """Keep others from drawing up at this unit until the transaction ends."""
    Unit.objects.select_for_update(of=("self",)).get(pk=unit_a_id)


@transaction.atomic(savepoint=False)
def draw_up(
    register: Register, new: Sequence[NewContract], *, on: date, stamp: Stamp
) -> list[Contract]:
    """Write contracts of one register with their lines; five statements whatever their number.

    The caller has locked the register and left out those that stand already.
    """
    if not new:
        return []
    rows = Contract.objects.filter(
        unit_a=register.unit_a_id, kind=register.kind, school_year=register.school_year
    )
    last = rows.aggregate(last=Max("number"))["last"] or 0
    contracts = [
        _contract(register, each, number, stamp) for number, each in enumerate(new, last + 1)
    ]
    parties = [
        _party(contract, each, on, stamp)
        for contract, told in zip(contracts, new, strict=True)
        for each in told.parties
    ]
    with written_together(stamp) as together:
        insert(contracts)
        insert(parties)
        _record("contract.drawn", contracts, [row.pk for row in contracts], on, together)
        _record("contract.party", parties, [row.contract_id for row in parties], on, together)
    return contracts


def _record(
    kind: str,
    rows: Sequence[Contract] | Sequence[Party],
    contract_ids: Sequence[UUID],
    on: date,
    stamp: Stamp,
) -> None:
    subjects = [("contract", contract_id) for contract_id in contract_ids]
    record_many(kind, rows, subjects=subjects, happened_on=on, stamp=stamp)


def _contract(register: Register, new: NewContract, number: int, stamp: Stamp) -> Contract:
    return Contract(
        county_id=stamp.county_id,
        kind=register.kind.value,
        line=register.line.value,
        unit_a_id=register.unit_a_id,
        unit_b_id=new.unit_b_id,
        child_id=new.child_id,
        about=new.about,
        school_year=register.school_year,
        term=register.term,
        from_on=register.from_on,
        to_on=register.to_on,
        number=number,
        copies=register.copies,
        goes_on=register.goes_on,
        sign_by=register.sign_by,
        policy=new.policy,
        text=dict(new.text),
        text_sha256=digest_of(new.text),
        figures=dict(new.figures),
        drawn_by_id=stamp.by,
        drawn_at=stamp.now,
    )


def _party(contract: Contract, new: NewParty, on: date, stamp: Stamp) -> Party:
    return Party(
        county_id=stamp.county_id,
        contract_id=contract.pk,
        side=new.side.value,
        position=new.position,
        role=new.role,
        unit_id=new.unit_id,
        post_id=new.post_id,
        person_id=new.person_id,
        guardian_id=new.guardian_id,
        from_on=on,
        recorded_at=stamp.now,
    )
