"""Honours of a school's people and classes: recorded, refused under a veto, cancelled by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor
from notoneless.consequences.models import Honour, Settlement
from notoneless.consequences.queries.honours import (
    Marked,
    blocks,
    marked_in,
    vetoes_in_effect,
)
from notoneless.consequences.services.honours import NewHonour, cancel_honour, write_honour
from notoneless.flows.consequences.gathering import people_of, school_in
from notoneless.flows.consequences.periods import whole_year
from notoneless.flows.consequences.proposing import school_seen, take_turns
from notoneless.flows.consequences.refusals import RecordedBefore
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit
from notoneless.rules.policy.parameters import PARAMETERS
from notoneless.rules.roles import Capability

BLOCKED = "veto_blocked_honours"
MORE = ("advanced_group", "excellent_class")
"""Honours that packs name besides (S1-16, S1-19)."""
OF_UNITS = frozenset({"advanced_class", "excellent_class", "advanced_group", "advanced_title"})
"""Honours that a class or school can have; a person's are all the others, and advanced titles."""


def codes() -> tuple[str, ...]:
    """Every honour that a policy can block, in the order of the catalogue."""
    return (*(str(each) for each in PARAMETERS[BLOCKED].values), *MORE)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who can be honoured in a school's year."""

    people: tuple[tuple[UUID, str], ...]
    units: tuple[UUID, ...]
    marked: Marked


def candidates(actor: Actor, school_id: UUID, school_year: int, *, today: date) -> Candidates:
    """The people who held a post or taught in the school in the year, by name, and its units."""
    period = whole_year(school_year).up_to(today)
    school = school_in(actor.county_id, school_id, period)
    marked = marked_in(school_id, school_year, county_id=actor.county_id)
    return Candidates(people_of(school.units, period), school.units, marked)


@transaction.atomic
def record_honour(actor: Actor, new: NewHonour, *, today: date, now: datetime) -> Honour:
    """Record an honour; under a veto of that year it is kept as refused, with the veto (R-205).

    The same form sent twice is once. Raises ``Unit.DoesNotExist``, ``Person.DoesNotExist`` for
    who was not in that school then, ``RecordedBefore``.
    """
    school_seen(actor, new.school_id, Capability.SETTLE, on=today)
    before = Honour.objects.filter(pk=new.id, county=actor.county_id).first()
    if before is not None:
        return before
    found = candidates(actor, new.school_id, new.school_year, today=today)
    if new.person_id is not None and new.person_id not in dict(found.people):
        raise Person.DoesNotExist
    if new.unit_id is not None and new.unit_id not in found.units:
        raise Unit.DoesNotExist
    # A veto that is confirmed at the same moment waits, and then finds the honour.
    take_turns(new.school_id)
    if new.person_id is not None:
        _take_turns_over([new.person_id])
    vetoes = vetoes_in_effect(
        new.school_year,
        county_id=actor.county_id,
        person_id=new.person_id,
        unit_id=new.unit_id,
    )
    veto = next((line for line in vetoes if blocks(line, new.code)), None)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=new.school_id)
    try:
        with transaction.atomic():
            return write_honour(new, refused_by=veto.id if veto else None, on=today, stamp=stamp)
    except IntegrityError:
        raise RecordedBefore() from None


def cancel_blocked(settlement: Settlement, *, on: date, stamp: Stamp) -> None:
    """Honours of the settlement's year that its vetoes block are taken away (R-208).

    The caller has just confirmed it, with the school locked.
    """
    vetoes = vetoes_in_effect(
        settlement.school_year, county_id=settlement.county_id, school_id=settlement.unit_id
    )
    # His honours may be recorded at another school, which is not locked.
    _take_turns_over(line.person_id for line in vetoes)
    given = Honour.objects.filter(
        county=settlement.county_id,
        school_year=settlement.school_year,
        refused_by=None,
        cancelled=None,
    )
    for honour in given.order_by("pk") if vetoes else ():
        for line in vetoes:
            is_whose = (honour.person_id and honour.person_id == line.person_id) or (
                honour.unit_id and honour.unit_id == line.bearing_unit_id
            )
            if is_whose and blocks(line, honour.code):
                cancel_honour(honour, line.id, on=on, stamp=stamp)
                break


def _take_turns_over(people: Iterable[UUID | None]) -> None:
    """Lock people in one order: a veto and an honour of one person never miss each other."""
    rows = Person.objects.filter(pk__in={each for each in people if each}).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))
