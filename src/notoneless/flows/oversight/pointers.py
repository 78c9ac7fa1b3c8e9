"""What the checks of a unit's records point to, for whoever may raise it there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.access.reach import must_see
from notoneless.cases.models import Case
from notoneless.cases.queries.file import SubCaseLine
from notoneless.flows.oversight.gathering import (
    ABOUT_STAFF,
    FOUND_TRUE,
    answering_unit,
    gathered,
    subcase_key,
)
from notoneless.flows.oversight.refusals import (
    NoLongerProposed,
    RaisedAlready,
    SaysTooLittle,
)
from notoneless.journal.services import Stamp
from notoneless.oversight.models import Dismissal, Fault
from notoneless.oversight.queries.doors import HEARS, acts_at
from notoneless.oversight.services.pointers import write_dismissal
from notoneless.places.models import Post
from notoneless.places.queries.units import Place, paths_of, standing, units_once_below
from notoneless.policy.queries.inforce import policy_for
from notoneless.rules.faults.catalogue import HEADS
from notoneless.rules.faults.integrity import BOUNDS, Proposal, since
from notoneless.rules.faults.kinds import FaultState
from notoneless.rules.policy.pack import Rule
from notoneless.rules.units import SCHOOLS, UnitKind

SHORTEST = 4
CHECKED = SCHOOLS | {UnitKind.TOWNSHIP, UnitKind.CENTRE_SCHOOL, UnitKind.VILLAGE}
"""Units whose records are looked at together."""


def units_to_check(actor: Actor, *, on: date) -> list[Place]:
    """The units whose records the actor may have checked, in the order of names; one statement."""
    paths = actor.reach(HEARS)
    found = [place for place, _other in units_once_below(paths, on=on)] if paths else []
    return sorted((p for p in found if p.kind in CHECKED), key=lambda p: (p.kind, p.name, p.code))


def proposals_for(actor: Actor, unit_id: UUID, *, today: date) -> list[Proposal]:
    """What the records of a unit point to, newest first; a constant number of statements.

    Nobody finds here what is pointed out about himself, nor what is about the head of his own
    unit: that is for those above. What was raised or laid aside is left out. People are neither
    named nor counted. Raises ``Unit.DoesNotExist``, ``NotAllowed``.
    """
    is_above = _must_check(actor, unit_id, on=today)
    found = gathered(actor, unit_id, today=today)
    taken = _taken(actor.county_id, [each.key for each in found])
    hidden = _hidden(actor, unit_id, is_above=is_above, on=today)
    shown = [
        each
        for each in found
        if each.key not in taken
        and (each.by is None or each.by not in hidden)
        and (is_above or each.role not in HEADS or each.unit_id != unit_id)
    ]
    return sorted(shown, key=lambda each: (-each.on.toordinal(), each.key))


def proposal_of(actor: Actor, unit_id: UUID, key: str, *, today: date) -> Proposal:
    """One of them. Raises ``NoLongerProposed`` for any other, and as ``proposals_for``."""
    for each in proposals_for(actor, unit_id, today=today):
        if each.key == key:
            return each
    raise NoLongerProposed()


def bounds_at(unit_id: UUID, *, today: date) -> tuple[Rule, ...]:
    """From where on a record of the unit is worth a look, as its plan has it; a bound that the
    plan leaves blank is left out, and its check is not made."""
    policy = policy_for(unit_id, on=today)
    return tuple(policy.rules[key].rule for key in BOUNDS if policy.is_on(key))


@dataclass(frozen=True, slots=True)
class ToRaise:
    """Where a sub-case can be raised as a matter, and the pointer of its proposal."""

    unit_id: UUID
    pointer: str


def subcases_to_raise(
    actor: Actor, case: Case, lines: Iterable[SubCaseLine], *, today: date
) -> dict[UUID, ToRaise]:
    """Which of a seen case's sub-cases the actor may raise, by id: about a teacher or a cadre,
    found to be true lately, neither raised nor laid aside. No statement where there is none, and
    for whoever may raise nothing.
    """
    if not actor.may(HEARS):
        return {}
    founded = [each for each in lines if each.kind in ABOUT_STAFF and each.result in FOUND_TRUE]
    begins = {
        unit_id: since(policy_for(unit_id, on=today), today)
        for unit_id in {answering_unit(line.kind, case) for line in founded}
        if _hears(actor, unit_id, on=today)
    }
    found = {
        line.id: ToRaise(unit_id, subcase_key(line.id))
        for line in founded
        if (unit_id := answering_unit(line.kind, case)) in begins
        and line.settled_on is not None
        and line.settled_on >= begins[unit_id]
    }
    taken = _taken(actor.county_id, [each.pointer for each in found.values()]) if found else set()
    return {pk: each for pk, each in found.items() if each.pointer not in taken}


def lay_aside(
    actor: Actor, unit_id: UUID, key: str, reason: str, *, today: date, now: datetime
) -> None:
    """Say why a proposal is no matter; it is not proposed again.

    Raises ``SaysTooLittle``, ``RaisedAlready`` when somebody was faster, and as ``proposal_of``.
    """
    if len(reason.strip()) < SHORTEST:
        raise SaysTooLittle(least=SHORTEST)
    if Dismissal.objects.filter(county=actor.county_id, pointer=key, by=actor.person_id).exists():
        return
    found = proposal_of(actor, unit_id, key, today=today)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=found.unit_id)
    try:
        with transaction.atomic():
            write_dismissal(found.unit_id, key, reason.strip()[:200], on=today, stamp=stamp)
    except IntegrityError:
        raise RaisedAlready() from None


def _hears(actor: Actor, unit_id: UUID, *, on: date) -> bool:
    return acts_at(actor, HEARS, unit_id, paths_of(unit_id, on=on), is_head=False)


def _must_check(actor: Actor, unit_id: UUID, *, on: date) -> bool:
    """Whether the actor stands above the unit; refuses whoever may not raise there."""
    must_see(actor, unit_id, on=on)
    paths = paths_of(unit_id, on=on)
    if not acts_at(actor, HEARS, unit_id, paths, is_head=False):
        raise NotAllowed(capability=HEARS.value)
    return acts_at(actor, HEARS, unit_id, paths, is_head=True)


def _taken(county_id: UUID, keys: Iterable[str]) -> set[str]:
    wanted = list(keys)
    aside = Dismissal.objects.filter(county=county_id, pointer__in=wanted)
    raised = Fault.objects.filter(county=county_id, pointer__in=wanted)
    raised = raised.exclude(state=FaultState.WITHDRAWN)
    return {
        *aside.values_list("pointer", flat=True),
        *raised.values_list("pointer", flat=True),
    }


def _hidden(actor: Actor, unit_id: UUID, *, is_above: bool, on: date) -> set[UUID]:
    """People about whom the actor is shown nothing: himself, and his own unit's head."""
    own = {actor.person_id} if actor.person_id else set()
    if is_above:
        return own
    heads = Post.objects.filter(standing(on), unit=unit_id, role__in=HEADS, person__isnull=False)
    return own | set(heads.values_list("person", flat=True))
