"""Contracts on paper: one or a whole list, each in the number of copies that it names (R-174)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.contracts.models import Amendment, Ended, Party, Signature
from notoneless.contracts.queries.doors import contracts_seen
from notoneless.contracts.queries.listing import ContractFilter, narrowed
from notoneless.documents.rendering.pdf import pdf_of_sheet
from notoneless.flows.contracts.reading import HOW, contract_page
from notoneless.flows.contracts.refusals import TooManyToPrint
from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.paper import OnPaper, Signed, copies_of, sheet_of
from notoneless.rules.contracts.signing import Method
from notoneless.rules.contracts.text import from_wire
from notoneless.rules.contracts.words import number_words
from notoneless.rules.documents.blocks import Sheet

MOST_PRINTED = 120
"""Contracts in one file: a large class twice over."""


def contract_pdf(actor: Actor, contract_id: UUID, *, today: date) -> bytes:
    """One contract with all its copies, ready to print. Raises ``Contract.DoesNotExist``."""
    page = contract_page(actor, contract_id, today=today)
    return pdf_of_sheet(copies_of([(page.sheet, page.copies)]))


def sheets_of(
    actor: Actor, wanted: ContractFilter, *, today: date
) -> tuple[list[tuple[Sheet, int]], list[UUID]]:
    """The contracts of a list with their copies, and the pupils that they name; five statements.

    With the signatures that bind, the added clauses in force and the pupils at the end, as on each
    contract's own page. Raises ``TooManyToPrint``.
    """
    rows = narrowed(contracts_seen(actor, on=today), wanted, today=today)
    found = list(rows.order_by("kind", "unit_a", "number")[: MOST_PRINTED + 1])
    if len(found) > MOST_PRINTED:
        raise TooManyToPrint(most=MOST_PRINTED)
    signed: dict[UUID, list[Signed]] = {}
    binding = Q(contract__goes_on=True) | Q(party__superseded_at=None)
    for each in Signature.objects.filter(
        binding, contract__in=found, amendment=None
    ).select_related("party__person", "party__guardian", "witness"):
        signed.setdefault(each.contract_id, []).append(_signed(each, each.party))
    added: dict[UUID, list[str]] = {}
    for clause in Amendment.objects.filter(contract__in=found, in_force_on__isnull=False).order_by(
        "number"
    ):
        added.setdefault(clause.contract_id, []).append(clause.text)
    ends = Ended.objects.filter(contract__in=found).values_list("contract", "pupils_at_end")
    pupils = dict(ends)
    sheets = [
        (
            sheet_of(
                from_wire(row.text),
                OnPaper(
                    number=number_words(row.school_year, row.number),
                    signed=tuple(signed.get(row.pk, ())),
                    pupils_at_end=pupils.get(row.pk),
                    amendments=tuple(added.get(row.pk, ())),
                ),
            ),
            row.copies,
        )
        for row in found
    ]
    return sheets, [row.child_id for row in found if row.child_id]


def printed_list(actor: Actor, wanted: ContractFilter, *, today: date) -> tuple[bytes, list[UUID]]:
    """The same as one file. Raises ``TooManyToPrint``."""
    sheets, children = sheets_of(actor, wanted, today=today)
    return pdf_of_sheet(copies_of(sheets)), children


def _signed(row: Signature, party: Party) -> Signed:
    name = party.guardian.name if party.guardian else party.person.name if party.person else ""
    return Signed(
        Side(party.side),
        party.position,
        name,
        row.signed_on,
        HOW[Method(row.method)],
        row.witness.name if row.witness else "",
    )
