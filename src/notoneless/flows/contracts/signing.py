"""Sign: one's own line, many at once, a guardian's, or all that a paper shows (R-174)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.contracts.models import Amendment, Contract, Party, Signature
from notoneless.contracts.services.folding import held
from notoneless.contracts.services.signing import NewSignature, write_signatures
from notoneless.families.queries.invitations import Visitor
from notoneless.flows.contracts.doors import locked, must_be_possible, must_keep
from notoneless.flows.contracts.refusals import NotNow, NotYourLine
from notoneless.flows.families.whose import HisChild, child_of
from notoneless.journal.services import Stamp
from notoneless.rules.contracts.holders import is_signed
from notoneless.rules.contracts.kinds import GUARDIAN
from notoneless.rules.contracts.signing import Method, NotAgreed, must_be_name
from notoneless.rules.contracts.states import Act, Stage
from notoneless.rules.refusal import Refusal
from notoneless.vault.pictures import Picture, take_photo, take_signature


class SignedLater(Refusal):
    """A paper was signed on a day that has not come yet."""

    code = "CONTRACT-11"


@dataclass(frozen=True, slots=True)
class Pen:
    """How somebody signs here: with the finger, or by typing his name."""

    agreed: bool
    drawn: str = ""
    """A PNG as a data address."""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A picture of the signed paper."""

    data: bytes
    signed_on: date


@transaction.atomic
def sign_own(
    actor: Actor,
    contract_id: UUID,
    pen: Pen,
    *,
    amendment_id: UUID | None = None,
    today: date,
    now: datetime,
) -> None:
    """Sign the actor's own lines of a contract, or of one of its amendments; twice is once.

    Raises ``Contract.DoesNotExist``, ``NotYourLine``, ``NotNow``, ``NotAgreed``, ``NameDiffers``,
    and what ``take_signature`` raises.
    """
    contract = locked(actor, contract_id, today=today)
    amendment = _amendment(contract, amendment_id)
    mine = [p for p in _standing(contract) if p.person_id == actor.person_id and p.person_id]
    if not mine:
        raise NotYourLine()
    open_lines = _unsigned(contract, mine, amendment)
    if not open_lines:
        return
    must_be_possible(contract, _act(amendment), today=today)
    new = _with_pen(pen, actor.name, on=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
    write_signatures(contract, open_lines, new, amendment=amendment, on=today, stamp=stamp)


@dataclass(frozen=True, slots=True)
class SignedMany:
    signed: int
    refused: int
    """Changed since the list was shown."""


def sign_many(
    actor: Actor, contract_ids: Collection[UUID], pen: Pen, *, today: date, now: datetime
) -> SignedMany:
    """Sign the actor's line of several contracts, each in a transaction of its own.

    What changed since the list was shown is counted and left. Raises ``NotAgreed``,
    ``NameDiffers`` before anything is signed, and what ``take_signature`` raises.
    """
    _with_pen(pen, actor.name, on=today)
    refused = 0
    for each in dict.fromkeys(contract_ids):
        try:
            sign_own(actor, each, pen, today=today, now=now)
        except (NotYourLine, NotNow, Contract.DoesNotExist):
            refused += 1
    return SignedMany(len(dict.fromkeys(contract_ids)) - refused, refused)


@transaction.atomic
def sign_before_witness(
    actor: Actor, contract_id: UUID, pen: Pen, *, today: date, now: datetime
) -> None:
    """A guardian signs on the phone that the teacher holds out to him; the teacher is witness.

    Twice is once. Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotYourLine`` where no
    guardian signs, ``NotNow``, ``NotAgreed``, ``NameDiffers``.
    """
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
    _sign_as_guardian(contract, pen, _Beside(witness_id=actor.person_id), on=today, stamp=stamp)


@transaction.atomic
def sign_on_page(
    visitor: Visitor,
    contract_id: UUID,
    pen: Pen,
    *,
    amendment_id: UUID | None = None,
    today: date,
    now: datetime,
) -> None:
    """A guardian signs on his own page, without an account; also an added clause. Twice is once.

    Raises ``Contract.DoesNotExist`` for a contract that is not for a child of his, or that names
    another guardian; ``Amendment.DoesNotExist``, ``NotNow``, ``NotAgreed``, ``NameDiffers``.
    """
    contract, _ = contract_of_guardian(visitor, contract_id, lock=True)
    stamp = Stamp(visitor.county_id, None, now, unit_id=contract.unit_a_id)
    beside = _Beside(visit_id=visitor.visit_id, amendment=_amendment(contract, amendment_id))
    _sign_as_guardian(contract, pen, beside, on=today, stamp=stamp)


def contract_of_guardian(
    visitor: Visitor, contract_id: UUID, *, lock: bool = False
) -> tuple[Contract, HisChild]:
    """A contract that names the visitor, for a child on his page. Raises ``DoesNotExist``."""
    rows = Contract.objects.select_for_update(of=("self",)) if lock else Contract.objects.all()
    contract = rows.get(
        pk__in=_naming(visitor).values("contract"), pk=contract_id, county=visitor.county_id
    )
    if contract.child_id is None or contract.stage == Stage.WITHDRAWN:
        raise Contract.DoesNotExist
    return contract, child_of(visitor, contract.child_id)


@dataclass(frozen=True, slots=True)
class GuardianLine:
    """A contract that names a guardian, in the list on his page."""

    id: UUID
    child_name: str
    is_signed: bool
    """By him."""


def contracts_of_guardian(visitor: Visitor, child_ids: Collection[UUID]) -> list[GuardianLine]:
    """Contracts that name the visitor, for these children of his page; two statements."""
    rows = (
        Contract.objects.filter(child__in=child_ids, pk__in=_naming(visitor).values("contract"))
        .exclude(stage=Stage.WITHDRAWN)
        .order_by("-school_year", "child")
        .values_list("pk", "child__name")
    )
    found = list(rows)
    signed = set(
        Signature.objects.filter(
            contract__in=[pk for pk, _ in found], party__role=GUARDIAN, amendment=None
        ).values_list("contract", flat=True)
    )
    return [GuardianLine(pk, name, pk in signed) for pk, name in found]


@transaction.atomic
def take_in_paper(
    actor: Actor,
    contract_id: UUID,
    paper: Paper,
    *,
    amendment_id: UUID | None = None,
    today: date,
    now: datetime,
) -> None:
    """Take in the signed paper of a contract, or of one of its added clauses: every line that is
    still open counts as signed on it.

    Raises ``Contract.DoesNotExist``, ``Amendment.DoesNotExist``, ``NotAllowed``, ``NotNow``,
    ``SignedLater``, and what ``take_photo`` raises. When all have signed it is as once.
    """
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    amendment = _amendment(contract, amendment_id)
    open_lines = _unsigned(contract, _standing(contract), amendment)
    if not open_lines:
        return
    must_be_possible(contract, _act(amendment), today=today)
    if paper.signed_on > today:
        raise SignedLater()
    new = NewSignature(
        method=Method.PAPER,
        picture=take_photo(paper.data, zone=timezone.get_current_timezone()),
        signed_on=paper.signed_on,
    )
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
    write_signatures(contract, open_lines, new, amendment=amendment, on=today, stamp=stamp)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a guardian signs, and who was there: a witness, or his own visit of the page."""

    witness_id: UUID | None = None
    visit_id: UUID | None = None
    amendment: Amendment | None = None
    """``None``: the contract itself."""


def _sign_as_guardian(
    contract: Contract, pen: Pen, beside: _Beside, *, on: date, stamp: Stamp
) -> None:
    lines = [line for line in _standing(contract) if line.role == GUARDIAN]
    guardian = lines[0].guardian if lines else None
    if guardian is None:
        raise NotYourLine()
    open_lines = _unsigned(contract, lines, beside.amendment)
    if not open_lines:
        return
    must_be_possible(contract, _act(beside.amendment), today=on)
    new = replace(
        _with_pen(pen, guardian.name, on=on),
        witness_id=beside.witness_id,
        visit_id=beside.visit_id,
    )
    write_signatures(contract, open_lines, new, amendment=beside.amendment, on=on, stamp=stamp)


def _act(amendment: Amendment | None) -> Act:
    """What signing needs: a clause is added, and signed, while the contract binds."""
    return Act.AMEND if amendment else Act.SIGN


def _with_pen(pen: Pen, name: str, *, on: date) -> NewSignature:
    if not pen.agreed:
        raise NotAgreed()
    picture: Picture | None = take_signature(pen.drawn) if pen.drawn else None
    return NewSignature(
        method=Method.DRAWN if picture else Method.TYPED,
        typed_name="" if picture else must_be_name(pen.typed, name),
        picture=picture,
        signed_on=on,
    )


def _naming(visitor: Visitor) -> QuerySet[Party]:
    return Party.objects.filter(
        role=GUARDIAN,
        guardian__name=visitor.name,
        superseded_at=None,
        county=visitor.county_id,
    )


def _standing(contract: Contract) -> list[Party]:
    rows = Party.objects.filter(contract=contract, superseded_at=None)
    return list(rows.select_related("guardian").order_by("side", "position"))


def _unsigned(
    contract: Contract, lines: Sequence[Party], amendment: Amendment | None
) -> list[Party]:
    found = held(contract.pk, amendment)
    return [line for line in lines if not is_signed(line.pk, found.passed, found.signed)]


def _amendment(contract: Contract, amendment_id: UUID | None) -> Amendment | None:
    if amendment_id is None:
        return None
    return Amendment.objects.get(pk=amendment_id, contract=contract)
