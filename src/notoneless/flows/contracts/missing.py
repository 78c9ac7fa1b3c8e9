"""For whom the policy wants a contract that nobody has drawn up yet (R-175, R-180)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef

from notoneless.access.actor import Actor
from notoneless.children.models import Child
from notoneless.children.queries.branches import WHO
from notoneless.children.queries.classes import registered_now
from notoneless.contracts.models import Contract
from notoneless.contracts.queries.doors import contracts_seen
from notoneless.contracts.queries.listing import (
    PAGE_ROWS,
    UnitWords,
    of_year,
    unit_words,
)
from notoneless.flows.contracts.asking import Ground, ground_of, ranges, teachers_of
from notoneless.places.models import UnitPlace
from notoneless.places.queries.units import standing
from notoneless.rules.contracts.kinds import KINDS, About, ContractKind
from notoneless.rules.contracts.states import Stage
from notoneless.rules.paths import Line, line_of
from notoneless.rules.roles import Capability
from notoneless.rules.units import UnitKind


@dataclass(frozen=True, slots=True)
class Missing:
    """One for whom no contract of the year stands."""

    b: UnitWords
    """A unit, a teacher or a pupil, by name."""
    a: UnitWords
    """Who would draw it up."""
    school: str
    """Of a pupil."""
    child_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class MissingList:
    rows: tuple[Missing, ...]
    total: int
    page: int


def missing(
    actor: Actor, kind: ContractKind, school_year: int, *, page: int = 1, today: date
) -> MissingList:
    """One page of those for whom a contract is wanted and not drawn up; eight statements.

    Pupils are those of today's classes; other sides are wanted where a policy asks for them.
    """
    if KINDS[kind].about is About.CHILD:
        return _families(actor, school_year, page=page, today=today)
    return _others(actor, kind, school_year, page=page, today=today)


def _families(actor: Actor, school_year: int, *, page: int, today: date) -> MissingList:
    reach = [p for p in actor.reach(Capability.SEE_CONTRACTS) if line_of(p) is Line.EDUCATION]
    classes = UnitPlace.objects.filter(standing(today), ranges(reach), unit__kind=UnitKind.CLASS)
    covered = Contract.objects.filter(
        of_year(school_year), child=OuterRef("who"), kind=ContractKind.GUARDIAN
    ).exclude(stage=Stage.WITHDRAWN)
    seen = Child.objects.seen_by(actor, on=today).filter(pk=OuterRef("who"))
    spells = (
        registered_now(list(classes.values_list("unit", flat=True)))
        .annotate(who=WHO)
        .filter(~Exists(covered), Exists(seen))
    )
    total = spells.count()
    page, start = _at(page, total)
    order = ("school", "school_class", "child__pinyin", "child")
    rows = list(
        spells.select_related("child", "school_class", "school").order_by(*order)[
            start : start + PAGE_ROWS
        ]
    )
    found = [
        Missing(
            UnitWords(row.child.name), unit_words(row.school_class), row.school.name, row.child_id
        )
        for row in rows
        if row.school_class is not None
    ]
    return MissingList(tuple(found), total, page)


def _others(
    actor: Actor, kind: ContractKind, school_year: int, *, page: int, today: date
) -> MissingList:
    ground = ground_of(actor, today=today)
    drawn = set(
        contracts_seen(actor, on=today)
        .filter(of_year(school_year), kind=kind)
        .exclude(stage=Stage.WITHDRAWN)
        .values_list("unit_a", "about")
    )
    rows = [
        each for a, about, each in _wanted(ground, kind, today=today) if (a, about) not in drawn
    ]
    page, start = _at(page, len(rows))
    return MissingList(tuple(rows[start : start + PAGE_ROWS]), len(rows), page)


def _wanted(
    ground: Ground, kind: ContractKind, *, today: date
) -> Sequence[tuple[UUID, UUID, Missing]]:
    places = [each.place for each in ground.asking.get(kind, ())]
    if KINDS[kind].about is About.TEACHER:
        people = teachers_of(ground, places, today=today)
        return [
            (a.unit.pk, person.pk, Missing(UnitWords(person.name), unit_words(a.unit), ""))
            for a in places
            for person in people.get(a.unit.pk, ())
        ]
    return [
        (a.unit.pk, each.unit.pk, Missing(unit_words(each.unit), unit_words(a.unit), ""))
        for a in places
        for each in ground.bound_by(kind, a)
    ]


def _at(page: int, total: int) -> tuple[int, int]:
    """The page that there is, and its first row."""
    page = min(max(page, 1), max(1, -(-total // PAGE_ROWS)))
    return page, (page - 1) * PAGE_ROWS
