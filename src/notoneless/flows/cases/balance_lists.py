"""Many opening balances at once: preview a list, bring in its good rows (product §First day)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.listing import ChildFilter, children_fitting
from notoneless.flows.cases.balances import BRINGS_IN, Balance, bring_in, must_bring_in
from notoneless.rules.cases.balance_list import BalanceRow, Fault, faults_of
from notoneless.rules.refusal import Refusal

LONGEST_LIST = 100
"""One after the other in one request; the rest comes in a further list."""
_SAME = UUID("0e2b6f5a-41d5-4d5c-9b7c-8f1f4c6f3a52")
"""Names cases after the child and the first day away: a list sent twice is the same as once."""


class BalanceListTooLong(Refusal):
    code = "BALANCE-02"


class PupilUnknown(Refusal):
    """No child of this name and number in the actor's reach."""

    code = "BALANCE-03"


class PupilAmbiguous(Refusal):
    """Several children have this name; a number tells them apart."""

    code = "BALANCE-04"


class ListedTwice(Refusal):
    """The same child stands in the list before."""

    code = "BALANCE-05"


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What became, or would become, of one row."""

    row: BalanceRow
    faults: Sequence[Fault] = ()
    """What is wrong with the row by itself."""
    refusal: Refusal | None = None
    case_id: UUID | None = None
    """``None`` while nothing is written."""

    @property
    def is_good(self) -> bool:
        return not self.faults and self.refusal is None


def bring_in_list(
    actor: Actor, rows: Sequence[BalanceRow], *, dry_run: bool, today: date, now: datetime
) -> list[RowAnswer]:
    """Bring in the cases of a list, each in its own transaction; bad rows are left out.

    With ``dry_run`` nothing is written, and each row says what would stop it. Raises
    ``NotAllowed``, ``BalanceListTooLong``.
    """
    actor.must(BRINGS_IN)
    if len(rows) > LONGEST_LIST:
        raise BalanceListTooLong(count=len(rows), most=LONGEST_LIST)
    seen: set[UUID] = set()
    return [_answer(actor, row, seen, dry_run=dry_run, today=today, now=now) for row in rows]


def _answer(
    actor: Actor, row: BalanceRow, seen: set[UUID], *, dry_run: bool, today: date, now: datetime
) -> RowAnswer:
    faults = faults_of(row)
    if faults:
        return RowAnswer(row, faults)
    try:
        balance = _balance(row, _pupil(actor, row, today=today))
        if balance.child_id in seen:
            raise ListedTwice(name=row.name)
        seen.add(balance.child_id)
        if dry_run:
            must_bring_in(actor, balance, today=today)
            return RowAnswer(row)
        return RowAnswer(row, case_id=bring_in(actor, balance, today=today, now=now))
    except Refusal as refusal:
        return RowAnswer(row, refusal=refusal)


def _balance(row: BalanceRow, child_id: UUID) -> Balance:
    away_since, since, stage = row.day("away_since"), row.day("state_since"), row.stage
    if away_since is None or since is None or stage is None:
        raise ValueError("faults_of finds such a row")
    return Balance(
        id=uuid5(_SAME, f"{child_id} {away_since}"),
        child_id=child_id,
        away_since=away_since,
        state=stage,
        state_since=since,
        deadline_on=row.day("deadline_on"),
        words=row.words,
    )


def _pupil(actor: Actor, row: BalanceRow, *, today: date) -> UUID:
    """The child that a row means: by its number and name, or by a name that only one has."""
    wanted = ChildFilter(text=row.number or row.name)
    fitting = children_fitting(actor, wanted, on=today, to=BRINGS_IN)
    found = _called(fitting.only("name")[: LONGEST_LIST * 5], row.name)
    if not found:
        raise PupilUnknown(name=row.name)
    if len(found) > 1:
        raise PupilAmbiguous(name=row.name, count=len(found))
    return found[0].pk


def _called(children: Iterable[Child], name: str) -> list[Child]:
    return [child for child in children if child.name == name]
