"""Whom and what the form of a step offers to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.queries.units import ClassUnit, classes_in_reach
from notoneless.flows.cases.addressees import ANY
from notoneless.flows.cases.doors import acting_in
from notoneless.flows.cases.reading import KnownCase
from notoneless.flows.cases.refusals import StepBlocked
from notoneless.flows.cases.stepping import Taking, leaves_in, must_be_open
from notoneless.places.queries.people import posts_at
from notoneless.places.queries.units import chain_above, units_below
from notoneless.rules.cases.guards import Obstacle
from notoneless.rules.cases.ladder import transition_of
from notoneless.rules.cases.said import QUESTIONS, Ask, answers_of
from notoneless.rules.paths import Line
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind

_NO_PERSUADERS = frozenset({Role.STAFF, Role.MENTOR, Role.VOLUNTEER, Role.SUPERVISOR})


@dataclass(frozen=True, slots=True)
class PersonChoice:
    id: UUID
    name: str
    role: Role
    unit_name: str
    """Empty for the child's own class, which the form names above."""


@dataclass(frozen=True, slots=True)
class UnitChoice:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Offered:
    """What a form offers; empty where its step does not ask."""

    people: tuple[PersonChoice, ...] = ()
    units: tuple[UnitChoice, ...] = ()
    classes: tuple[ClassUnit, ...] = ()
    leaves_out: frozenset[str] = frozenset()
    """Questions that the plan leaves nothing to choose in."""


def in_the_way(actor: Actor, known: KnownCase, taking: Taking) -> tuple[Obstacle, ...]:
    """What stands in the way of a step with these answers; empty when it can be taken.

    Raises ``NotAllowed``, ``PlanIncomplete``.
    """
    said = answers_of(taking.kind, taking.said)
    acting = acting_in(actor, known, transition_of(taking.kind, leaves=leaves_in(said)))
    try:
        must_be_open(known, taking, acting, said, actor)
    except StepBlocked as blocked:
        return blocked.obstacles
    return ()


def offered(actor: Actor, known: KnownCase, taking: Taking, *, today: date) -> Offered:
    """People near the child, units that can be asked, classes; three statements at most each."""
    asks = {question.ask for question in QUESTIONS[taking.kind]}
    return Offered(
        people=_people(known, today) if Ask.PERSON in asks else (),
        units=_units(known, today) if Ask.UNIT in asks else (),
        classes=_classes(actor, known, today) if Ask.CLASS in asks else (),
        leaves_out=frozenset() if _chooses_receiver(known) else frozenset({"receiver"}),
    )


def _people(known: KnownCase, today: date) -> tuple[PersonChoice, ...]:
    """Those of the class, the school, the village and the township, each once."""
    around = known.fact.around
    units = (
        around.of.id,
        around.of.school_id,
        around.village_id,
        around.community_id,
        around.township_id,
    )
    found: dict[UUID, PersonChoice] = {}
    for unit in dict.fromkeys(unit for unit in units if unit is not None):
        for post in posts_at(unit, on=today):
            if post.person_id is not None and post.role not in _NO_PERSUADERS:
                where = "" if unit == around.of.id else post.unit_name
                one = PersonChoice(post.person_id, post.person_name, post.role, where)
                found.setdefault(post.person_id, one)
    return tuple(found.values())


def _units(known: KnownCase, today: date) -> tuple[UnitChoice, ...]:
    """The departments of the county, then the units that have to do with the case."""
    around = known.fact.around
    above = chain_above(around.of.school_id, Line.GOVERNMENT, on=today)
    county = [place.path for place in above if place.kind is UnitKind.COUNTY]
    departments = units_below(county, on=today, kinds=[UnitKind.DEPARTMENT])
    near = {around.township_id, around.of.centre_id, around.of.bureau_id, around.of.school_id}
    places = [*above, *chain_above(around.of.school_id, Line.EDUCATION, on=today)]
    found = {place.id: place.name for place in sorted(departments, key=lambda p: p.name)}
    found |= {place.id: place.name for place in places if place.id in near}
    return tuple(UnitChoice(unit, name) for unit, name in found.items())


def _chooses_receiver(known: KnownCase) -> bool:
    """Whether one of several receivers of a report is enough, so that one is chosen."""
    return known.policy.is_on(ANY) and known.policy.flag(ANY)


def _classes(actor: Actor, known: KnownCase, today: date) -> tuple[ClassUnit, ...]:
    school = known.fact.around.of.school_id
    return tuple(classes_in_reach(actor, on=today, school_id=school))
