"""Many opening balances at once: preview a list, bring in its good rows (product §First day)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.listing import ChildFilter, children_fitting
from notoneless.flows.cases.balances import (
    BRINGS_IN,
    Balance,
    OfficeChoice,
    bring_in,
    must_bring_in,
    offices_of,
)
from notoneless.flows.cases.opening import may_open
from notoneless.rules.cases.balance_list import (
    METHODS,
    BalanceRow,
    CaseRows,
    Fault,
    cases_in,
    faults_in,
)
from notoneless.rules.cases.balances import OldPaper
from notoneless.rules.documents.kinds import DocumentKind
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import SCHOOLS, UnitKind

LONGEST_LIST = 100
"""Lines, one after the other in one request; the rest comes in a further list."""
_SAME = UUID("0e2b6f5a-41d5-4d5c-9b7c-8f1f4c6f3a52")
"""Names cases after the child and the first day away: a list sent twice is the same as once."""
_OF_SCHOOLS = frozenset({DocumentKind.PERSUASION_LETTER, DocumentKind.DROPOUT_REPORT})
_USUAL = (UnitKind.TOWNSHIP, UnitKind.COMMUNITY, UnitKind.EDUCATION_OFFICE, UnitKind.BUREAU)
"""Who writes the other papers where a row names no office, the first that is there."""


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
    """What became, or would become, of the rows of one case."""

    of: CaseRows
    faults: Sequence[tuple[BalanceRow, Fault]] = ()
    """What is wrong with which of its rows by itself."""
    refusal: Refusal | None = None
    case_id: UUID | None = None
    """``None`` while nothing is written."""

    @property
    def row(self) -> BalanceRow:
        return self.of.head

    @property
    def is_good(self) -> bool:
        return not self.faults and self.refusal is None


class _Faulty(Exception):
    def __init__(self, faults: Sequence[tuple[BalanceRow, Fault]]) -> None:
        self.faults = faults


def bring_in_list(
    actor: Actor, rows: Sequence[BalanceRow], *, dry_run: bool, today: date, now: datetime
) -> list[RowAnswer]:
    """Bring in the cases of a list, each in its own transaction; bad ones are left out.

    A case of which one row is bad is left out whole, so that no paper is lost. With ``dry_run``
    nothing is written, and each case says what would stop it. Raises ``NotAllowed``,
    ``BalanceListTooLong``.
    """
    actor.must(BRINGS_IN)
    if len(rows) > LONGEST_LIST:
        raise BalanceListTooLong(count=len(rows), most=LONGEST_LIST)
    seen: set[UUID] = set()
    return [
        _answer(actor, case, seen, dry_run=dry_run, today=today, now=now) for case in cases_in(rows)
    ]


def _answer(
    actor: Actor, case: CaseRows, seen: set[UUID], *, dry_run: bool, today: date, now: datetime
) -> RowAnswer:
    faults = faults_in(case)
    if faults:
        return RowAnswer(case, faults)
    try:
        child_id = _pupil(actor, case.head, today=today)
        if child_id in seen:
            raise ListedTwice(name=case.head.name)
        seen.add(child_id)
        balance = _balance(actor, case, child_id, today=today)
        if dry_run:
            must_bring_in(actor, balance, today=today)
            return RowAnswer(case)
        return RowAnswer(case, case_id=bring_in(actor, balance, today=today, now=now))
    except _Faulty as faulty:
        return RowAnswer(case, faulty.faults)
    except Refusal as refusal:
        return RowAnswer(case, refusal=refusal)


def _balance(actor: Actor, case: CaseRows, child_id: UUID, *, today: date) -> Balance:
    head = case.head
    away_since, since, stage = head.day("away_since"), head.day("state_since"), head.stage
    if away_since is None or since is None or stage is None:
        raise ValueError("faults_of finds such a row")
    papers: tuple[OldPaper, ...] = ()
    if case.with_paper:
        offices = offices_of(may_open(actor, child_id, BRINGS_IN, today=today))
        papers = tuple(_paper(row, offices) for row in case.with_paper)
    return Balance(
        id=uuid5(_SAME, f"{child_id} {away_since}"),
        child_id=child_id,
        away_since=away_since,
        state=stage,
        state_since=since,
        papers=papers,
        words=head.words,
    )


def _paper(row: BalanceRow, offices: Sequence[OfficeChoice]) -> OldPaper:
    kind, issued_on = row.kind, row.day("issued_on")
    if kind is None or issued_on is None:
        raise ValueError("faults_of finds such a row")
    office = _office(row, kind, offices)
    if office is None:
        raise _Faulty([(row, Fault.OFFICE)])
    return OldPaper(
        kind=kind,
        number_text=row.paper_number,
        office_id=office,
        issued_on=issued_on,
        served_on=row.day("served_on"),
        method=METHODS.get(row.method),
        deadline_on=row.day("deadline_on"),
    )


def _office(row: BalanceRow, kind: DocumentKind, offices: Sequence[OfficeChoice]) -> UUID | None:
    """The office that a row names, or else the usual one for papers of its kind."""
    if row.office:
        named = [each for each in offices if row.office in each.name]
        exact = [each for each in named if each.name == row.office]
        found = exact or named
        return found[0].id if len(found) == 1 else None
    kinds = tuple(SCHOOLS) if kind in _OF_SCHOOLS else _USUAL
    usual = (each.id for wanted in kinds for each in offices if each.kind is wanted)
    return next(usual, None)


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
