"""Draw up a year's contracts: all of a kind for a unit in one go, again nothing twice (R-173)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.contracts.models import Contract
from notoneless.contracts.services.drawing import NewContract, Register, draw_up, lock_register
from notoneless.flows.contracts.refusals import NobodyToSign, SignByUnfit, WrongCopies
from notoneless.flows.contracts.sides import (
    Other,
    SideA,
    class_sides,
    families_of,
    holders_at,
    others_of,
    printed,
    side_a,
)
from notoneless.flows.contracts.writing import Desk, contract_for, lacks, roles_in, text_for
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit
from notoneless.places.queries.calendar import calendar_for
from notoneless.policy.queries.inforce import policy_for
from notoneless.policy.queries.many import policies_of
from notoneless.policy.services.kept import keep_policy
from notoneless.rules.contracts.kinds import KINDS, About, ContractKind, wanted_by
from notoneless.rules.contracts.states import Stage
from notoneless.rules.contracts.terms import (
    FIRST_HALF,
    MOST_COPIES,
    SaidTerms,
    Span,
    Terms,
    period_of,
    terms_in,
)
from notoneless.rules.contracts.text import ContractText
from notoneless.rules.paths import Line
from notoneless.rules.policy.resolved import ResolvedRule
from notoneless.rules.units import SCHOOLS, school_year_of


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn up, and what the one who orders it says where the policy is silent."""

    kind: ContractKind
    unit_id: UUID
    """Party A; a school for its classes' families."""
    terms: Terms
    sign_by: date | None = None
    """The last day for signing, inclusive; ``None`` where none is named (R-175)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What came of an order."""

    made: int
    stood: int
    """Drawn up before."""
    lacking: tuple[str, ...]
    """Children whose record names no guardian."""
    vacant: int = 0
    """Contracts with a line whose post nobody holds: its next holder signs."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What an order would do, before anybody gives it."""

    unit_name: str
    said: SaidTerms
    wanted: ResolvedRule | None
    """What asks for it; ``None`` when the policy does not."""
    others: int
    stood: int
    lacking: tuple[str, ...]
    sample: ContractText | None
    """The text for the first of them."""


def outlook(actor: Actor, order: Order, *, today: date) -> Outlook:
    """What drawing up would do; nothing is written. Some fifteen statements, however many classes.

    Raises as ``draw_contracts``.
    """
    named = _named(actor, order, today=today)
    sides = _sides(named, order, today=today)
    if KINDS[order.kind].about is About.CHILD:
        found = families_of(sides)
    else:
        found = {named.unit.pk: others_of(order.kind, named, on=today)}
    policy = policy_for(order.unit_id, on=today)
    others = [other for each in found.values() for other in each]
    sample = None
    for a in sides:
        if found[a.unit.pk]:
            sample = _sample(a, order, found[a.unit.pk], today=today)
            break
    stood = _standing(order, named, others, today=today)
    return Outlook(
        unit_name=printed(named.unit, today),
        said=terms_in(policy),
        wanted=wanted_by(order.kind, policy),
        others=len(others),
        stood=len(stood),
        lacking=tuple(each.name for each in others if lacks(each)),
        sample=sample,
    )


def draw_contracts(actor: Actor, order: Order, *, today: date, now: datetime) -> Drawn:
    """Draw up everything of a kind that party A has not yet; each A in a transaction of its own.

    For families a school may be named: each of its classes is an A. Raises ``Unit.DoesNotExist``
    for a unit out of reach, ``NotAllowed``, ``NotThisLayer``, ``NobodyToSign`` when there is
    nobody to draw up for, ``WrongCopies``, ``SignByUnfit``.
    """
    if not 1 <= order.terms.copies <= MOST_COPIES:
        raise WrongCopies(most=MOST_COPIES)
    named = _named(actor, order, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    drawn = [_draw(a, order, today=today, stamp=stamp) for a in _sides(named, order, today=today)]
    if not any(each.made or each.stood or each.lacking for each in drawn):
        raise NobodyToSign()
    return Drawn(
        sum(each.made for each in drawn),
        sum(each.stood for each in drawn),
        tuple(name for each in drawn for name in each.lacking),
        sum(each.vacant for each in drawn),
    )


def _named(actor: Actor, order: Order, *, today: date) -> SideA:
    """The unit of the order; a school stands for its classes in a family's contract."""
    kind = order.kind
    if KINDS[kind].about is About.CHILD:
        is_school = Unit.objects.filter(pk=order.unit_id, kind__in=SCHOOLS).exists()
        kind = ContractKind.SCHOOL_CLASS_TEACHER if is_school else kind
    return side_a(actor, kind, order.unit_id, on=today)


def _sides(named: SideA, order: Order, *, today: date) -> list[SideA]:
    """Every party A of an order."""
    if KINDS[order.kind].about is About.CHILD and named.kind in SCHOOLS:
        return class_sides(named, on=today)
    return [named]


@transaction.atomic
def _draw(a: SideA, order: Order, *, today: date, stamp: Stamp) -> Drawn:
    """One batch: some twenty statements, whatever the number of contracts."""
    lock_register(a.unit.pk)
    found = others_of(order.kind, a, on=today)
    stood = _standing(order, a, found, today=today)
    lacking = tuple(each.name for each in found if lacks(each) and each.about not in stood)
    wanted = [each for each in found if each.about not in stood and not lacks(each)]
    if not wanted:
        return Drawn(0, len(stood), lacking)
    desk = _desk(a, order, found, today=today)
    _must_fit(order.sign_by, desk)
    _keep_policies(desk, wanted, now=stamp.now)
    vacant = 0
    for line, those in _by_line(wanted).items():
        new = [contract_for(desk, each) for each in those]
        vacant += sum(_is_vacant(each) for each in new)
        draw_up(_register(a, order, desk, line), new, on=today, stamp=stamp)
    return Drawn(len(wanted), len(stood), lacking, vacant)


def _must_fit(sign_by: date | None, desk: Desk) -> None:
    """Raise ``SignByUnfit`` unless the last day for signing is still to come within the period."""
    if sign_by is None:
        return
    if sign_by < desk.today or (desk.to_on is not None and sign_by >= desk.to_on):
        raise SignByUnfit(since=desk.today.isoformat())


def _is_vacant(new: NewContract) -> bool:
    return any(each.person_id is None and each.guardian_id is None for each in new.parties)


def _by_line(others: Sequence[Other]) -> dict[Line, list[Other]]:
    found: defaultdict[Line, list[Other]] = defaultdict(list)
    for each in others:
        found[each.layer.line].append(each)
    return found


def _standing(order: Order, a: SideA, others: Sequence[Other], *, today: date) -> set[UUID]:
    """For whom a contract of this period stands; one statement (a child by any class)."""
    span = _span(order, a, today=today)
    same = Q(school_year=school_year_of(today), term=span.number)
    rows = Contract.objects.filter(
        same | Q(to_on=None), kind=order.kind, about__in=[each.about for each in others]
    ).exclude(stage=Stage.WITHDRAWN)
    if KINDS[order.kind].about is not About.CHILD:
        rows = rows.filter(unit_a=a.unit)
    return set(rows.values_list("about", flat=True))


@dataclass(frozen=True, slots=True)
class _Period:
    terms: Terms
    from_on: date
    to_on: date | None
    number: int


def _span(order: Order, a: SideA, *, today: date) -> _Period:
    """The terms of a batch and its period; the policy first, then the order."""
    terms = terms_in(policy_for(a.unit.pk, on=today)).with_own(order.terms)
    term = calendar_for(a.unit.pk, on=today).term_of(today) if terms.span is Span.TERM else None
    period = period_of(terms.span, school_year=school_year_of(today), term=term, today=today)
    return _Period(terms, *period)


def _desk(a: SideA, order: Order, others: Sequence[Other], *, today: date) -> Desk:
    span = _span(order, a, today=today)
    units = {a.unit.pk, *(each.unit.pk for each in others if each.unit)}
    return Desk(
        kind=order.kind,
        a=a,
        terms=span.terms,
        school_year=school_year_of(today),
        from_on=span.from_on,
        to_on=span.to_on,
        policies=policies_of(units, county_id=a.unit.county_id, on=today),
        holders=holders_at(units, roles_in(order.kind), on=today),
        today=today,
    )


def _register(a: SideA, order: Order, desk: Desk, line: Line) -> Register:
    return Register(
        kind=order.kind,
        line=line,
        unit_a_id=a.unit.pk,
        school_year=desk.school_year,
        term=_term_of(desk),
        from_on=desk.from_on,
        to_on=desk.to_on,
        copies=desk.terms.copies,
        goes_on=desk.terms.goes_on,
        sign_by=order.sign_by,
    )


def _term_of(desk: Desk) -> int:
    if desk.terms.span is not Span.TERM:
        return 0
    return 1 if desk.from_on.month >= FIRST_HALF else 2


def _keep_policies(desk: Desk, others: Sequence[Other], *, now: datetime) -> None:
    for policy in {id(p): p for p in map(desk.policy_of, others)}.values():
        desk.kept[policy.digest] = keep_policy(policy, now=now)


def _sample(a: SideA, order: Order, others: Sequence[Other], *, today: date) -> ContractText:
    desk = _desk(a, order, others, today=today)
    return text_for(desk, next((each for each in others if not lacks(each)), others[0]))
