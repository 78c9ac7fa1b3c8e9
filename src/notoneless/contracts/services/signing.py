"""Writes signatures and the ink behind them (R-174)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.contracts.models import Amendment, Contract, Ink, Party, Signature
from notoneless.contracts.models.signing import InkKind
from notoneless.contracts.services.folding import fold_amendment, refold
from notoneless.journal.inserting import insert
from notoneless.journal.services import Stamp, record, record_many
from notoneless.rules.contracts.signing import Method
from notoneless.vault.pictures import Picture
from notoneless.vault.sealing import seal_bytes

SEALED_AS = "contracts.ink.sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignature:
    method: Method
    typed_name: str = ""
    picture: Picture | None = None
    """Of what is drawn or on paper."""
    signed_on: date
    witness_id: UUID | None = None
    visit_id: UUID | None = None


@transaction.atomic(savepoint=False)
def write_signatures(
    contract: Contract,
    parties: Sequence[Party],
    new: NewSignature,
    *,
    amendment: Amendment | None = None,
    on: date,
    stamp: Stamp,
) -> None:
    """Sign lines of a contract that the caller has locked, all with the same ink.

    Folds the contract's stage anew, or says from when the amendment that was signed holds.
    """
    ink = _write_ink(contract, new, on=on, stamp=stamp) if new.picture else None
    told = amendment or contract
    rows = insert(
        Signature(
            county_id=contract.county_id,
            contract_id=contract.pk,
            party_id=party.pk,
            amendment=amendment,
            method=new.method.value,
            typed_name=new.typed_name,
            ink=ink,
            witness_id=new.witness_id,
            visit_id=new.visit_id,
            text_sha256=told.text_sha256,
            signed_on=new.signed_on,
            signed_at=stamp.now,
            entered_by_id=stamp.by,
        )
        for party in parties
    )
    subjects = [("contract", contract.pk)] * len(rows)
    record_many("contract.signed", rows, subjects=subjects, happened_on=new.signed_on, stamp=stamp)
    if amendment is None:
        refold(contract)
    else:
        fold_amendment(amendment)


def _write_ink(contract: Contract, new: NewSignature, *, on: date, stamp: Stamp) -> Ink:
    picture = new.picture
    if picture is None:
        raise ValueError("nothing was drawn")
    kind = InkKind.PAPER if new.method is Method.PAPER else InkKind.DRAWN
    row = Ink(
        county_id=contract.county_id,
        contract_id=contract.pk,
        kind=kind.value,
        media_type=picture.kind,
        sha256=picture.sha256,
        sealed=seal_bytes(picture.data, column=SEALED_AS),
        added_by_id=stamp.by,
        added_at=stamp.now,
    )
    row.save()
    subject = ("contract", contract.pk)
    record("contract.ink", row, subject=subject, happened_on=on, stamp=stamp)
    return row
