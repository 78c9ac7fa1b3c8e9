"""Lists of contracts, counted and narrowed, in a constant number of statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from notoneless.access.actor import Actor
from notoneless.children.queries.units import ClassName, class_name
from notoneless.contracts.models import (
    Amendment,
    Contract,
    Filing,
    Party,
    Signature,
    Succession,
)
from notoneless.contracts.queries.doors import contracts_seen, own_lines
from notoneless.places.models import Unit, UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.contracts.kinds import ContractKind, Side
from notoneless.rules.contracts.states import Stage, Standing, standing_on
from notoneless.rules.paths import Line, ancestors

PAGE_ROWS = 50


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """What a list is narrowed to; empty fields narrow nothing."""

    school_year: int
    kind: ContractKind | None = None
    standing: Standing | None = None
    unit_id: UUID | None = None
    """Party A or the unit bound."""
    text: str = ""
    """A name on either side, an archive number or a place."""
    unsigned_by: Side | None = None
    is_overdue: bool = False
    """Only those that somebody should have signed by now."""
    is_signed: bool = False
    """Only those that both sides have signed."""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit as lists call it: a class from its name, others as they are."""

    name: str
    class_name: ClassName | None = None


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract in a list."""

    id: UUID
    kind: ContractKind
    school_year: int
    number: int
    a: UnitWords
    b: UnitWords | None
    """``None`` where a family is bound."""
    school: str
    """Of a family's contract."""
    child_id: UUID | None
    child_name: str
    names: Mapping[Side, tuple[str, ...]]
    """Who holds the lines now; an empty name for a vacant post."""
    standing: Standing
    from_on: date
    to_on: date | None
    sign_by: date | None
    is_overdue: bool
    """Somebody has not signed though the last day for it is over."""
    is_succeeded: bool


@dataclass(frozen=True, slots=True)
class ContractList:
    rows: tuple[ContractLine, ...]
    total: int
    page: int


def list_contracts(
    actor: Actor,
    wanted: ContractFilter,
    *,
    page: int = 1,
    page_rows: int = PAGE_ROWS,
    today: date,
) -> ContractList:
    """One page of what the actor may open, by kind and number; six statements."""
    found = narrowed(contracts_seen(actor, on=today), wanted, today=today)
    total = found.count()
    page = min(max(page, 1), max(1, -(-total // page_rows)))
    start = (page - 1) * page_rows
    order = ("-school_year", "kind", "unit_a__name", "unit_a", "number")
    rows = found.order_by(*order)[start : start + page_rows]
    return ContractList(tuple(lines_in(rows, today=today)), total, page)


def to_sign(actor: Actor, *, today: date) -> list[ContractLine]:
    """Contracts whose line the actor holds and has not signed yet; five statements."""
    mine = own_lines(actor).filter(contract=OuterRef("pk"))
    rows = contracts_seen(actor, on=today).filter(
        Exists(unsigned(mine)), open_on(today), stage__in=UNSIGNED
    )
    return lines_in(rows.order_by("kind", "unit_a", "number"), today=today)


def clauses_to_sign(actor: Actor, *, today: date) -> list[ContractLine]:
    """Signed contracts with an added clause that waits for the actor's name; five statements."""
    clause = OuterRef(OuterRef("pk"))
    own = Signature.objects.filter(amendment=clause, party=OuterRef("pk"))
    before = Signature.objects.filter(
        amendment=OuterRef(clause), party__in=Succession.objects.filter(carries=True).values("old")
    )
    carried = Succession.objects.filter(new=OuterRef("pk"), old__in=before.values("party"))
    mine = own_lines(actor).filter(~Exists(own), ~Exists(carried), contract=OuterRef("contract"))
    waiting = Amendment.objects.filter(Exists(mine), contract=OuterRef("pk"), in_force_on=None)
    rows = contracts_seen(actor, on=today).filter(
        Exists(waiting), open_on(today), stage=Stage.SIGNED
    )
    return lines_in(rows.order_by("kind", "unit_a", "number"), today=today)


UNSIGNED = (Stage.DRAFT.value, Stage.SIGNED_A.value, Stage.SIGNED_B.value)


def unsigned(parties: QuerySet[Party]) -> QuerySet[Party]:
    """Lines without a signature of their holder or of one whose signature carries over."""
    own = Signature.objects.filter(party=OuterRef("pk"), amendment=None)
    carried = Succession.objects.filter(
        Exists(Signature.objects.filter(party=OuterRef("old"), amendment=None)),
        new=OuterRef("pk"),
        carries=True,
    )
    return parties.filter(~Exists(own), ~Exists(carried))


def overdue_on(today: date) -> Q:
    """Contracts that somebody has not signed though the last day for it is over (R-175)."""
    return open_on(today) & Q(stage__in=UNSIGNED, sign_by__lt=today)


def open_on(today: date) -> Q:
    """Contracts whose period is not over."""
    return Q(to_on=None) | Q(to_on__gt=today)


def narrowed(
    rows: QuerySet[Contract], wanted: ContractFilter, *, today: date
) -> QuerySet[Contract]:
    """The contracts that fit a filter. One that holds on without an end belongs to every year."""
    rows = rows.filter(of_year(wanted.school_year))
    if wanted.kind is not None:
        rows = rows.filter(kind=wanted.kind)
    if wanted.standing is not None:
        rows = rows.filter(_stands(wanted.standing, today))
    else:
        rows = rows.exclude(stage=Stage.WITHDRAWN)
    if wanted.unit_id is not None:
        rows = rows.filter(Q(unit_a=wanted.unit_id) | Q(unit_b=wanted.unit_id))
    if wanted.unsigned_by is not None:
        other = Stage.SIGNED_B if wanted.unsigned_by is Side.A else Stage.SIGNED_A
        rows = rows.filter(open_on(today), stage__in=[Stage.DRAFT, other])
    if wanted.is_overdue:
        rows = rows.filter(overdue_on(today))
    if wanted.is_signed:
        rows = rows.exclude(stage__in=UNSIGNED)
    if wanted.text.strip():
        rows = rows.filter(_matching(wanted.text.strip()))
    return rows


def of_year(school_year: int) -> Q:
    """Contracts of a school year, and those without an end that began before."""
    return Q(school_year=school_year) | Q(school_year__lt=school_year, to_on=None)


def lines_in(rows: Iterable[Contract], *, today: date) -> list[ContractLine]:
    """Rows as lists show them; four statements."""
    if isinstance(rows, QuerySet):
        rows = (
            rows.defer("text", "figures")
            .select_related("unit_a", "unit_b", "child")
            .annotate(passed=Exists(Succession.objects.filter(contract=OuterRef("pk"))))
        )
    found = list(rows)
    names = names_on([row.pk for row in found])
    schools = schools_of({row.unit_a_id for row in found if row.child_id}, on=today)
    return [_line(row, names.get(row.pk, {}), schools, today) for row in found]


def _line(
    row: Contract,
    names: Mapping[Side, tuple[str, ...]],
    schools: Mapping[UUID, str],
    today: date,
) -> ContractLine:
    return ContractLine(
        id=row.pk,
        kind=ContractKind(row.kind),
        school_year=row.school_year,
        number=row.number,
        a=unit_words(row.unit_a),
        b=unit_words(row.unit_b) if row.unit_b else None,
        school=schools.get(row.unit_a_id, ""),
        child_id=row.child_id,
        child_name=row.child.name if row.child else "",
        names=names,
        standing=standing_of(row, today=today),
        from_on=row.from_on,
        to_on=row.to_on,
        sign_by=row.sign_by,
        is_overdue=_is_overdue(row, today),
        is_succeeded=bool(getattr(row, "passed", False)),
    )


def _is_overdue(row: Contract, today: date) -> bool:
    is_open = row.stage in UNSIGNED and (row.to_on is None or row.to_on > today)
    return is_open and row.sign_by is not None and row.sign_by < today


def unit_words(unit: Unit) -> UnitWords:
    return UnitWords(unit.name, class_name(unit))


def standing_of(row: Contract, *, today: date) -> Standing:
    """What a contract is today."""
    return standing_on(Stage(row.stage), in_force_on=row.in_force_on, to_on=row.to_on, today=today)


def names_on(contract_ids: Collection[UUID]) -> dict[UUID, dict[Side, tuple[str, ...]]]:
    """Who holds the lines of contracts now; one statement."""
    rows = (
        Party.objects.filter(contract__in=contract_ids, superseded_at=None)
        .order_by("contract", "side", "position")
        .values_list("contract", "side", "person__name", "guardian__name")
    )
    found: defaultdict[UUID, dict[Side, tuple[str, ...]]] = defaultdict(dict)
    for contract, side, person, guardian in rows:
        sides = found[contract]
        sides[Side(side)] = (*sides.get(Side(side), ()), person or guardian or "")
    return dict(found)


def schools_of(class_ids: Collection[UUID], *, on: date) -> dict[UUID, str]:
    """The names of the schools of classes; two statements, none without a class."""
    if not class_ids:
        return {}
    rows = UnitPlace.objects.filter(standing(on), unit__in=class_ids, line=Line.EDUCATION)
    paths = dict(rows.values_list("unit", "path"))
    tops = {unit: ancestors(path)[-3] for unit, path in paths.items() if len(ancestors(path)) > 2}
    names = UnitPlace.objects.filter(standing(on), path__in=set(tops.values()))
    named = dict(names.values_list("path", "unit__name"))
    return {unit: named.get(path, "") for unit, path in tops.items()}


@dataclass(frozen=True, slots=True)
class Counts:
    """How many contracts of a kind there are, and how far they have come."""

    drawn: int
    signed: int
    without_a: int
    without_b: int
    overdue: int
    expired: int


def counts_by_kind(actor: Actor, school_year: int, *, today: date) -> dict[ContractKind, Counts]:
    """Contracts of a year that the actor may open, by kind; one statement."""
    rows = (
        contracts_seen(actor, on=today)
        .filter(of_year(school_year))
        .exclude(stage=Stage.WITHDRAWN)
        .values("kind")
        .annotate(
            drawn=Count("pk"),
            signed=Count("pk", filter=~Q(stage__in=UNSIGNED)),
            without_a=Count("pk", filter=Q(stage__in=[Stage.DRAFT, Stage.SIGNED_B])),
            without_b=Count("pk", filter=Q(stage__in=[Stage.DRAFT, Stage.SIGNED_A])),
            overdue=Count("pk", filter=overdue_on(today)),
            expired=Count("pk", filter=_stands(Standing.EXPIRED, today)),
        )
        .order_by()
    )
    return {
        ContractKind(row["kind"]): Counts(
            drawn=row["drawn"],
            signed=row["signed"],
            without_a=row["without_a"],
            without_b=row["without_b"],
            overdue=row["overdue"],
            expired=row["expired"],
        )
        for row in rows
    }


def _stands(wanted: Standing, today: date) -> Q:
    over, going = Q(to_on__lte=today), open_on(today)
    begun = Q(in_force_on__lte=today)
    match wanted:
        case Standing.LAPSED:
            return over & Q(stage__in=UNSIGNED)
        case Standing.EXPIRED:
            return over & Q(stage=Stage.SIGNED)
        case Standing.IN_FORCE:
            return going & begun & Q(stage=Stage.SIGNED)
        case Standing.SIGNED:
            return going & Q(stage=Stage.SIGNED, in_force_on__gt=today)
        case Standing.DRAFT | Standing.SIGNED_A | Standing.SIGNED_B:
            return going & Q(stage=wanted.value)
        case _:
            return Q(stage=wanted.value)


def _matching(text: str) -> Q:
    lines = Party.objects.filter(
        Q(person__name__contains=text) | Q(guardian__name__contains=text), contract=OuterRef("pk")
    )
    filed = Filing.objects.filter(
        Q(number__contains=text) | Q(place__contains=text),
        contract=OuterRef("pk"),
        superseded_at=None,
    )
    return (
        Q(Exists(lines))
        | Q(Exists(filed))
        | Q(child__name__contains=text)
        | Q(unit_b__name__contains=text)
        | Q(unit_a__name__contains=text)
    )


def without_contract(child_ids: Collection[UUID], school_year: int) -> set[UUID]:
    """Which of these children no family contract of the year covers; one statement (R-180)."""
    rows = Contract.objects.filter(of_year(school_year), child__in=child_ids).exclude(
        stage=Stage.WITHDRAWN
    )
    return set(child_ids) - set(rows.values_list(F("child"), flat=True))
