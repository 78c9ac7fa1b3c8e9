"""Ordinary work of teachers in the sample county: visits and talks of the term, signs, needs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from random import Random
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.flows.contacts.logging import log_contact
from notoneless.flows.demo.county import DemoClass, DemoCounty, random_of
from notoneless.flows.demo.courses import cast, taken_in_hand
from notoneless.flows.demo.words import person, some, witness
from notoneless.flows.signs.needs import name_need
from notoneless.flows.signs.words import note_sign
from notoneless.rules.contacts.forms import Companion, NewContact
from notoneless.rules.contacts.kinds import Kind, Met, Purpose, Result
from notoneless.rules.roles import Role
from notoneless.rules.signs.needs import Need
from notoneless.signs.services.words import NewWord

OFTEN = MappingProxyType({"visit": 0.014, "talk": 0.010, "sign": 0.003, "need": 0.003})
"""How likely each happens in one class on one school day."""
SIGNS = ("weariness", "unstable", "peer_conflict", "family_event")
NEEDS = (Need.LEARNING, Need.READING, Need.AID, Need.STAY, Need.CONDUCT)


def do_ordinary_work(county: DemoCounty, day: date) -> None:
    """What homeroom teachers do on a day besides courses; a day played twice is as once.

    Children with a course, and those whom a person has taken in hand, are left out.
    """
    beside = {*cast(county).values(), *taken_in_hand(county)}
    for each in county.classes:
        if each.homeroom is None or not county.school_days(each.school_id, day, _after(day)):
            continue
        chance = random_of("ordinary", each.key, day)
        for what, likely in OFTEN.items():
            drawn, seat = chance.random(), chance.random()
            if drawn >= likely:
                continue
            there = [child for child in county.children_of(each.id) if child not in beside]
            if there:
                child = there[int(seat * len(there))]
                teacher = county.actor(each.homeroom, day)
                with county.unless_refused():
                    DOES[what](county, each, teacher, child, day)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _visit(county: DemoCounty, each: DemoClass, teacher: Actor, child: UUID, day: date) -> None:
    """An ordinary visit of the term, with the principal or alone where somebody is at home."""
    chance, at = _moment(county, "visit", child, day, 16)
    head = county.holder(Role.PRINCIPAL, each.school_id, day)
    goes_along = head.person_id if head is not None and chance.random() < 0.4 else None
    new = NewContact(
        id=county.new_id("visit", county.children[child].key, day),
        kind=Kind.VISIT,
        result=Result.REACHED,
        child_ids=(child,),
        happened_on=day,
        hour=_hour(at),
        purpose=Purpose.ROUTINE,
        met=frozenset({Met.GUARDIAN, Met.CHILD}),
        companions=(Companion(goes_along, Role.PRINCIPAL.value),) if goes_along else (),
        guardian_view=some(chance, "visit", "ordinary_view"),
        found=some(chance, "visit", "ordinary_found"),
        witness=witness(chance, person(chance)),
    )
    log_contact(teacher, new, today=day, now=at)


def _talk(county: DemoCounty, each: DemoClass, teacher: Actor, child: UUID, day: date) -> None:
    chance, at = _moment(county, "talk", child, day, 12)
    new = NewContact(
        id=county.new_id("talk", county.children[child].key, day),
        kind=Kind.TALK,
        result=Result.REACHED,
        child_ids=(child,),
        happened_on=day,
        hour=_hour(at),
        purpose=Purpose.ROUTINE,
        met=frozenset({Met.CHILD}),
        child_words=some(chance, "talk", "ordinary"),
        next_step=some(chance, "next", "talk"),
    )
    log_contact(teacher, new, today=day, now=at)


def _sign(county: DemoCounty, each: DemoClass, teacher: Actor, child: UUID, day: date) -> None:
    chance, at = _moment(county, "sign", child, day, 15)
    new = NewWord(
        id=county.new_id("sign", county.children[child].key, day),
        child_id=child,
        class_id=each.id,
        kind=chance.choice(SIGNS),
        seen_on=day,
        text=some(chance, "step", "note"),
    )
    note_sign(teacher, new, today=day, now=at)


def _need(county: DemoCounty, each: DemoClass, teacher: Actor, child: UUID, day: date) -> None:
    chance, at = _moment(county, "need", child, day, 17)
    reason = some(chance, "talk", "need")
    name_need(teacher, child, chance.choice(NEEDS), reason=reason, today=day, now=at)


DOES: dict[str, Callable[[DemoCounty, DemoClass, Actor, UUID, date], None]] = {
    "visit": _visit,
    "talk": _talk,
    "sign": _sign,
    "need": _need,
}


def _moment(
    county: DemoCounty, what: str, child: UUID, day: date, hour: int
) -> tuple[Random, datetime]:
    chance = random_of(what, county.children[child].key, day)
    return chance, county.at(day, hour, chance.randrange(5, 55))


def _hour(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")
