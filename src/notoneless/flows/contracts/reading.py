"""One contract as its page shows it: text, lines, holders before, added clauses, archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.contracts.models import (
    Amendment,
    Contract,
    Ended,
    Filing,
    Ink,
    Party,
    Signature,
    Succession,
)
from notoneless.contracts.queries.doors import contracts_seen
from notoneless.contracts.queries.listing import ContractLine, lines_in
from notoneless.contracts.services.folding import passed_in
from notoneless.contracts.services.signing import SEALED_AS
from notoneless.flows.contracts.amending import Changeable, changeable_in
from notoneless.flows.contracts.doors import Keeping, keeping
from notoneless.journal.services import Listed, Stamp, note_reading
from notoneless.rules.contracts.holders import Passed, is_signed, signature_of
from notoneless.rules.contracts.kinds import Side
from notoneless.rules.contracts.paper import OnPaper, Signed, sheet_of
from notoneless.rules.contracts.signing import Method
from notoneless.rules.contracts.states import Act, Ending, may
from notoneless.rules.contracts.text import ContractText, from_wire
from notoneless.rules.contracts.words import number_words
from notoneless.rules.documents.blocks import Sheet
from notoneless.vault.sealing import unseal_bytes

HOW: Mapping[Method, str] = {
    Method.DRAWN: "电子手写签名",
    Method.TYPED: "电子签名",
    Method.PAPER: "在纸质文本上签字",
}


@dataclass(frozen=True, slots=True)
class SignedLine:
    """How a line was signed."""

    by: str
    """Whose hand it was: an older holder's where his signature carries over."""
    on: date
    at: datetime
    method: Method
    ink_id: UUID | None
    witness: str
    on_own_page: bool


@dataclass(frozen=True, slots=True)
class HolderLine:
    """One who held a line before."""

    name: str
    until: date
    reason: str
    next_name: str
    carries: bool


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One line with whoever holds it."""

    id: UUID
    side: Side
    position: int
    unit: str
    post: str
    name: str
    is_guardian: bool
    is_mine: bool
    has_stamp: bool
    signed: SignedLine | None
    before: tuple[HolderLine, ...]
    """Newest first (R-177)."""


@dataclass(frozen=True, slots=True)
class AmendmentLine:
    id: UUID
    number: int
    text: str
    drawn_on: date
    by: str
    in_force_on: date | None
    """Since when it binds; ``None`` until everybody has signed it."""
    unsigned: tuple[str, ...]
    """Whose line is still open."""
    is_mine_to_sign: bool
    is_the_guardians: bool
    """The guardian's line is open."""

    @property
    def is_binding(self) -> bool:
        return self.in_force_on is not None


@dataclass(frozen=True, slots=True)
class FilingLine:
    number: str
    copies: int
    place: str
    on: date
    by: str


@dataclass(frozen=True, slots=True)
class EndLine:
    how: Ending
    words: str
    on: date
    by: str
    pupils_at_end: int | None


@dataclass(frozen=True, slots=True)
class ContractPage:
    """Everything on the page of a contract."""

    line: ContractLine
    text: ContractText
    copies: int
    in_force_on: date | None
    drawn_at: datetime
    drawn_by: str
    parties: tuple[PartyLine, ...]
    amendments: tuple[AmendmentLine, ...]
    changeable: tuple[Changeable, ...]
    """Targets that an added clause may change."""
    filing: FilingLine | None
    end: EndLine | None
    keeping: Keeping
    child_id: UUID | None

    def may(self, act: Act) -> bool:
        """Whether the reader could take ``act`` now, his own line apart."""
        return self.keeping.keeps and may(act, self.line.standing)

    @property
    def number(self) -> str:
        return number_words(self.line.school_year, self.line.number)

    @property
    def mine(self) -> tuple[PartyLine, ...]:
        """The reader's own lines that are still open."""
        if not may(Act.SIGN, self.line.standing):
            return ()
        return tuple(each for each in self.parties if each.is_mine and each.signed is None)

    @property
    def guardian(self) -> PartyLine | None:
        """The guardian's line while it is open and somebody may hold the phone out to him."""
        if not self.may(Act.SIGN):
            return None
        return next((p for p in self.parties if p.is_guardian and p.signed is None), None)

    @property
    def is_unsigned(self) -> bool:
        return any(each.signed is None for each in self.parties)

    @property
    def sheet(self) -> Sheet:
        return sheet_of(self.text, on_paper(self))


def contract_page(actor: Actor, contract_id: UUID, *, today: date) -> ContractPage:
    """One contract that the actor may open; some sixteen statements.

    Raises ``Contract.DoesNotExist``.
    """
    row = contracts_seen(actor, on=today).select_related("drawn_by").get(pk=contract_id)
    return page_of(row, actor=actor, today=today)


def page_of(row: Contract, *, actor: Actor | None, today: date) -> ContractPage:
    """A contract as a page; without an actor as its guardian sees it, who keeps nothing."""
    text = from_wire(row.text)
    person_id = actor.person_id if actor else None
    parties = _parties(row, text, person_id)
    return ContractPage(
        line=lines_in([row], today=today)[0],
        text=text,
        copies=row.copies,
        in_force_on=row.in_force_on,
        drawn_at=row.drawn_at,
        drawn_by=row.drawn_by.name if row.drawn_by else "",
        parties=parties,
        amendments=_amendments(row, parties),
        changeable=changeable_in(row) if actor else (),
        filing=_filing(row),
        end=_end(row),
        keeping=keeping(actor, row, today=today) if actor else Keeping(False, False),
        child_id=row.child_id,
    )


def on_paper(page: ContractPage) -> OnPaper:
    """What the paper says beside the frozen text."""
    signed = tuple(
        Signed(
            each.side,
            each.position,
            each.signed.by,
            each.signed.on,
            HOW[each.signed.method],
            each.signed.witness,
        )
        for each in page.parties
        if each.signed
    )
    return OnPaper(
        number=page.number,
        signed=signed,
        pupils_at_end=page.end.pupils_at_end if page.end else None,
        amendments=tuple(each.text for each in page.amendments if each.is_binding),
    )


def note_opening(page: ContractPage, *, stamp: Stamp) -> None:
    """A family's contract that was opened is one of its child's readings."""
    if page.child_id is not None:
        note_reading("contract.opened", stamp=stamp, child_id=page.child_id, fields=["contract"])


def note_list(lines: list[UUID], what: str, *, stamp: Stamp) -> None:
    """A list that names pupils is one reading."""
    if lines:
        note_reading("children.listed", stamp=stamp, listed=Listed.of(what, lines))


def open_ink(actor: Actor, ink_id: UUID, *, today: date) -> tuple[bytes, str, UUID | None]:
    """The bytes of a signature or a paper, their kind, and the child that the contract is about.

    Through the contract's door. Raises ``Ink.DoesNotExist``.
    """
    seen = contracts_seen(actor, on=today).values("pk")
    row = (
        Ink.objects.select_related("contract")
        .defer("contract__text")
        .get(pk=ink_id, contract__in=seen)
    )
    data = unseal_bytes(bytes(row.sealed), column=SEALED_AS)
    return data, row.media_type, row.contract.child_id


def _parties(row: Contract, text: ContractText, person_id: UUID | None) -> tuple[PartyLine, ...]:
    rows = {
        party.pk: party
        for party in Party.objects.filter(contract=row)
        .select_related("person", "guardian")
        .order_by("side", "position", "recorded_at")
    }
    passed = passed_in([row.pk])
    reasons = {each.new_id: each for each in Succession.objects.filter(contract=row)}
    signatures = {
        each.party_id: each
        for each in Signature.objects.filter(contract=row, amendment=None).select_related("witness")
    }
    told = {(each.side, each.position): each for each in text.parties}
    found = []
    for party in rows.values():
        if party.superseded_at is not None:
            continue
        words = told[Side(party.side), party.position]
        found.append(
            PartyLine(
                id=party.pk,
                side=words.side,
                position=party.position,
                unit=words.unit,
                post=words.post,
                name=_name(party),
                is_guardian=party.guardian_id is not None,
                is_mine=person_id is not None and party.person_id == person_id,
                has_stamp=words.has_stamp,
                signed=_signed(party, rows, passed, signatures),
                before=_before(party, rows, reasons),
            )
        )
    return tuple(found)


def _signed(
    party: Party,
    rows: Mapping[UUID, Party],
    passed: Mapping[UUID, Passed],
    signatures: Mapping[UUID, Signature],
) -> SignedLine | None:
    try:
        by = signature_of(party.pk, passed, signatures.keys())
    except KeyError:
        return None
    row = signatures[by]
    return SignedLine(
        _name(rows[by]),
        row.signed_on,
        row.signed_at,
        Method(row.method),
        row.ink_id,
        row.witness.name if row.witness else "",
        row.visit_id is not None,
    )


def _before(
    party: Party, rows: Mapping[UUID, Party], reasons: Mapping[UUID, Succession]
) -> tuple[HolderLine, ...]:
    found = []
    while party.pk in reasons:
        came = reasons[party.pk]
        old = rows[came.old_id]
        found.append(HolderLine(_name(old), came.on, came.reason, _name(party), came.carries))
        party = old
    return tuple(found)


def _name(party: Party) -> str:
    if party.guardian is not None:
        return party.guardian.name
    return party.person.name if party.person else ""


def _amendments(row: Contract, parties: tuple[PartyLine, ...]) -> tuple[AmendmentLine, ...]:
    rows = list(Amendment.objects.filter(contract=row).select_related("by").order_by("number"))
    if not rows:
        return ()
    passed = passed_in([row.pk])
    signed: defaultdict[UUID, set[UUID]] = defaultdict(set)
    pairs = Signature.objects.filter(amendment__in=rows).values_list("amendment", "party")
    for amendment, party in pairs:
        if amendment is not None:
            signed[amendment].add(party)
    return tuple(
        _amendment(each, [p for p in parties if not is_signed(p.id, passed, signed[each.pk])])
        for each in rows
    )


def _amendment(row: Amendment, unsigned: Sequence[PartyLine]) -> AmendmentLine:
    return AmendmentLine(
        id=row.pk,
        number=row.number,
        text=row.text,
        drawn_on=row.drawn_on,
        by=row.by.name if row.by else "",
        in_force_on=row.in_force_on,
        unsigned=tuple(each.name for each in unsigned),
        is_mine_to_sign=any(each.is_mine for each in unsigned),
        is_the_guardians=any(each.is_guardian for each in unsigned),
    )


def _filing(row: Contract) -> FilingLine | None:
    found = Filing.objects.filter(contract=row, superseded_at=None).select_related("by").first()
    if found is None:
        return None
    by = found.by.name if found.by else ""
    return FilingLine(found.number, found.copies, found.place, found.on, by)


def _end(row: Contract) -> EndLine | None:
    found = Ended.objects.filter(contract=row).select_related("by").first()
    if found is None:
        return None
    by = found.by.name if found.by else ""
    return EndLine(Ending(found.how), found.words, found.on, by, found.pupils_at_end)
