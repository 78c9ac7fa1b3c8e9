"""Folds a contract's stage from its facts; called in the transaction that writes one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max

from notoneless.contracts.models import (
    Amendment,
    Contract,
    Ended,
    Filing,
    Party,
    Signature,
    Succession,
)
from notoneless.rules.contracts.holders import Holder, Passed, lines_of
from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.states import Ending, Stage, fold
from notoneless.rules.contracts.terms import Effective


@dataclass(frozen=True, slots=True)
class Held:
    """The lines of a contract with their holders, past ones too."""

    parties: tuple[Party, ...]
    passed: dict[UUID, Passed]
    signed: frozenset[UUID]
    """Parties that signed the contract itself, or the amendment that was asked about."""

    @property
    def standing(self) -> tuple[Party, ...]:
        return tuple(each for each in self.parties if each.superseded_at is None)

    @property
    def holders(self) -> tuple[Holder, ...]:
        return tuple(
            Holder(p.pk, Side(p.side), p.position, p.superseded_at is None) for p in self.parties
        )


def held(contract_id: UUID, amendment: Amendment | None = None) -> Held:
    """Who holds which line, and who has signed the contract or its amendment; three statements."""
    return Held(
        tuple(Party.objects.filter(contract=contract_id).order_by("side", "position", "from_on")),
        passed_in([contract_id]),
        frozenset(
            Signature.objects.filter(contract=contract_id, amendment=amendment).values_list(
                "party", flat=True
            )
        ),
    )


def passed_in(contract_ids: Sequence[UUID]) -> dict[UUID, Passed]:
    """How lines of these contracts came to their holders; one statement."""
    rows = Succession.objects.filter(contract__in=contract_ids).values_list("new", "old", "carries")
    return {new: Passed(old, carries) for new, old, carries in rows}


def refold(contract: Contract) -> None:
    """Write what the facts make of a contract; seven statements at most.

    A contract comes into force once, and stays so when a successor still has to sign.
    """
    found = held(contract.pk)
    ending = Ended.objects.filter(contract=contract).values_list("how", flat=True).first()
    is_filed = Filing.objects.filter(contract=contract, superseded_at=None).exists()
    lines = lines_of(found.holders, found.passed, found.signed)
    stage = fold(lines, ending=Ending(ending) if ending else None, is_filed=is_filed)
    if stage is Stage.SIGNED and contract.in_force_on is None:
        contract.in_force_on = _begins(contract)
    contract.stage = stage.value
    contract.save(update_fields=["stage", "in_force_on"])


def fold_amendment(amendment: Amendment) -> None:
    """Write from when an amendment holds: the day of its last signature, once all have signed."""
    found = held(amendment.contract_id, amendment)
    lines = lines_of(found.holders, found.passed, found.signed)
    if amendment.in_force_on is None and fold(lines) is Stage.SIGNED:
        amendment.in_force_on = _last_signed(amendment.contract_id, amendment)
        amendment.save(update_fields=["in_force_on"])


def _last_signed(contract_id: UUID, amendment: Amendment | None = None) -> date:
    rows = Signature.objects.filter(contract=contract_id, amendment=amendment)
    last: date = rows.aggregate(last=Max("signed_on"))["last"]
    return last


def _begins(contract: Contract) -> date:
    """The day of the last signature, or the first of the period if that is later."""
    last = _last_signed(contract.pk)
    effective = Effective(contract.text["terms"][1])
    return last if effective is Effective.ON_SIGNATURE else max(last, contract.from_on)
