"""Writes what happens to a contract after it was drawn up."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from notoneless.contracts.models import Amendment, Contract, Ended, Filing, Party, Succession
from notoneless.contracts.services.folding import refold
from notoneless.journal.services import Stamp, record
from notoneless.rules.contracts.states import Ending


@dataclass(frozen=True, slots=True)
class Successor:
    """Who takes a line over: the post's holder now."""

    post_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True)
class NewClause:
    """An added clause, and the targets that it changes."""

    text: str
    figures: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NewFiling:
    number: str
    copies: int
    place: str


@transaction.atomic(savepoint=False)
def pass_on(
    contract: Contract, old: Party, to: Successor, *, reason: str, on: date, stamp: Stamp
) -> Party:
    """Give a line of a locked contract to another holder (R-177)."""
    old.superseded_at = stamp.now
    old.save(update_fields=["superseded_at"])
    new = Party.objects.create(
        county_id=contract.county_id,
        contract=contract,
        side=old.side,
        position=old.position,
        role=old.role,
        unit_id=old.unit_id,
        post_id=to.post_id,
        person_id=to.person_id,
        from_on=on,
        recorded_at=stamp.now,
    )
    row = Succession(
        county_id=contract.county_id,
        contract=contract,
        old=old,
        new=new,
        carries=contract.goes_on,
        reason=reason,
        on=on,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    row.save()
    subject = ("contract", contract.pk)
    record("contract.party", new, subject=subject, happened_on=on, stamp=stamp)
    record("contract.succeeded", row, subject=subject, happened_on=on, stamp=stamp)
    refold(contract)
    return new


@transaction.atomic(savepoint=False)
def amend(contract: Contract, new: NewClause, *, on: date, stamp: Stamp) -> Amendment:
    """Add a clause to a locked contract; it binds when all have signed it."""
    last = Amendment.objects.filter(contract=contract).aggregate(last=Max("number"))["last"] or 0
    row = Amendment(
        county_id=contract.county_id,
        contract=contract,
        number=last + 1,
        text=new.text,
        text_sha256=hashlib.sha256(new.text.encode()).hexdigest(),
        figures=dict(new.figures),
        drawn_on=on,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    row.save()
    subject = ("contract", contract.pk)
    record("contract.amended", row, subject=subject, happened_on=on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def file_contract(contract: Contract, new: NewFiling, *, on: date, stamp: Stamp) -> Filing:
    """Say where the papers of a locked contract lie; the older word stays readable."""
    Filing.objects.filter(contract=contract, superseded_at=None).update(superseded_at=stamp.now)
    row = Filing.objects.create(
        county_id=contract.county_id,
        contract=contract,
        number=new.number,
        copies=new.copies,
        place=new.place,
        on=on,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    subject = ("contract", contract.pk)
    record("contract.filed", row, subject=subject, happened_on=on, stamp=stamp)
    refold(contract)
    return row


@transaction.atomic(savepoint=False)
def end_contract(
    contract: Contract,
    how: Ending,
    words: str,
    *,
    pupils_at_end: int | None = None,
    on: date,
    stamp: Stamp,
) -> Ended:
    """Settle or withdraw a locked contract."""
    row = Ended(
        county_id=contract.county_id,
        contract=contract,
        how=how.value,
        on=on,
        words=words,
        pupils_at_end=pupils_at_end,
        by_id=stamp.by,
        recorded_at=stamp.now,
    )
    row.save()
    subject = ("contract", contract.pk)
    record("contract.ended", row, subject=subject, happened_on=on, stamp=stamp)
    refold(contract)
    return row
