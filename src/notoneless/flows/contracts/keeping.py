"""Keep a contract after it was drawn up: file, settle, withdraw (R-182)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.contracts.models import Contract, Ended
from notoneless.contracts.services.later import NewFiling, end_contract, file_contract
from notoneless.flows.contracts.doors import locked, must_be_possible, must_keep, opened
from notoneless.flows.contracts.refusals import WordsMissing, WrongCopies
from notoneless.flows.contracts.sides import pupils_of
from notoneless.journal.services import Stamp
from notoneless.rules.contracts.states import Act, Ending
from notoneless.rules.contracts.terms import MOST_COPIES
from notoneless.rules.units import UnitKind

LONGEST = 300
"""Characters of an outcome or a reason."""


@transaction.atomic
def place_in_archive(
    actor: Actor, contract_id: UUID, new: NewFiling, *, today: date, now: datetime
) -> None:
    """Say number, copies and place of the signed papers; saying it anew replaces it.

    Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``, ``WordsMissing``,
    ``WrongCopies``.
    """
    contract = opened(actor, contract_id, Act.FILE, today=today)
    if not 1 <= new.copies <= MOST_COPIES:
        raise WrongCopies(most=MOST_COPIES)
    tidy = replace(new, number=_words(new.number, 60), place=_words(new.place, 120))
    file_contract(contract, tidy, on=today, stamp=_stamp(actor, contract, now))


@transaction.atomic
def settle_contract(
    actor: Actor, contract_id: UUID, words: str, *, today: date, now: datetime
) -> None:
    """Note what came of a contract; of a class with the number of pupils now. Twice is once.

    Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``, ``WordsMissing``.
    """
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    if _has_ended(contract, Ending.SETTLED):
        return
    must_be_possible(contract, Act.SETTLE, today=today)
    is_class = contract.unit_b is not None and contract.unit_b.kind == UnitKind.CLASS
    end_contract(
        contract,
        Ending.SETTLED,
        _words(words, LONGEST),
        pupils_at_end=pupils_of([contract.unit_b_id]).get(contract.unit_b_id, 0)
        if is_class and contract.unit_b_id
        else None,
        on=today,
        stamp=_stamp(actor, contract, now),
    )


@transaction.atomic
def withdraw_contract(
    actor: Actor, contract_id: UUID, reason: str, *, today: date, now: datetime
) -> None:
    """Withdraw a contract that not all have signed; another can be drawn up then. Twice is once.

    Raises ``Contract.DoesNotExist``, ``NotAllowed``, ``NotNow``, ``WordsMissing``.
    """
    contract = locked(actor, contract_id, today=today)
    must_keep(actor, contract, today=today)
    if _has_ended(contract, Ending.WITHDRAWN):
        return
    must_be_possible(contract, Act.WITHDRAW, today=today)
    end_contract(
        contract,
        Ending.WITHDRAWN,
        _words(reason, LONGEST),
        on=today,
        stamp=_stamp(actor, contract, now),
    )


def _has_ended(contract: Contract, how: Ending) -> bool:
    return Ended.objects.filter(contract=contract, how=how).exists()


def _words(text: str, longest: int) -> str:
    tidy = " ".join(text.split())[:longest]
    if not tidy:
        raise WordsMissing()
    return tidy


def _stamp(actor: Actor, contract: Contract, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=contract.unit_a_id)
