"""Begin and end spells of registration, with the places that open doors to the child."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from notoneless.children.models import ChildPlace, Enrolment
from notoneless.children.models.places import Relation, SpellBegun, SpellEnded
from notoneless.journal.inserting import insert
from notoneless.journal.services import Stamp, record_many
from notoneless.places.models import UnitPlace

LinesOf = dict[UUID, list[tuple[str, str]]]
"""Unit → line and path of each of its places."""


@dataclass(frozen=True, slots=True)
class NewSpell:
    child_id: UUID
    school_id: UUID
    class_id: UUID | None
    """``None`` while the child has no class."""
    begun: SpellBegun


@transaction.atomic
def begin_spells(spells: Sequence[NewSpell], *, from_on: date, stamp: Stamp) -> list[Enrolment]:
    """Register children at schools and classes from ``from_on`` (inclusive).

    An open spell of the same child ends the day the new one begins: as a change of class within
    one school, else as a transfer. A constant number of statements, however many children.
    """
    children = [spell.child_id for spell in spells]
    school_of = {spell.child_id: spell.school_id for spell in spells}
    open_spells = list(Enrolment.objects.filter(child__in=children, to_on=None))
    staying = [s for s in open_spells if s.school_id == school_of[s.child_id]]
    leaving = [s for s in open_spells if s.school_id != school_of[s.child_id]]
    _end(staying, on=from_on, ended=SpellEnded.CLASS_CHANGED, stamp=stamp)
    _end(leaving, on=from_on, ended=SpellEnded.TRANSFERRED_OUT, stamp=stamp)
    fresh = insert(enrolments(spells, from_on=from_on, stamp=stamp))
    place_children(
        {spell.child_id: spell.class_id or spell.school_id for spell in spells},
        relation=Relation.SCHOOL,
        from_on=from_on,
        stamp=stamp,
    )
    record_many(
        "enrolment.begun",
        fresh,
        subjects=[("child", spell.child_id) for spell in fresh],
        happened_on=from_on,
        stamp=stamp,
    )
    return fresh


def enrolments(spells: Sequence[NewSpell], *, from_on: date, stamp: Stamp) -> list[Enrolment]:
    """The rows of some spells, not saved."""
    return [
        Enrolment(
            county_id=stamp.county_id,
            child_id=spell.child_id,
            school_id=spell.school_id,
            school_class_id=spell.class_id,
            from_on=from_on,
            begun=spell.begun,
            recorded_at=stamp.now,
        )
        for spell in spells
    ]


@transaction.atomic
def end_spells(
    child_ids: Iterable[UUID], *, on: date, ended: SpellEnded, stamp: Stamp
) -> list[Enrolment]:
    """End the open spells of these children: ``on`` is the first day without registration."""
    spells = list(Enrolment.objects.filter(child__in=list(child_ids), to_on=None))
    _end(spells, on=on, ended=ended, stamp=stamp)
    end_places([spell.child_id for spell in spells], relation=Relation.SCHOOL, on=on)
    return spells


def place_children(
    unit_of: dict[UUID, UUID], *, relation: Relation, from_on: date, stamp: Stamp
) -> None:
    """Say that each child (key) has to do with a unit (value) from ``from_on``.

    Replaces the child's earlier places of the same relation; writes one row for each line in which
    the unit stands.
    """
    end_places(unit_of, relation=relation, on=from_on)
    lines = lines_of(unit_of.values())
    insert(places(unit_of, lines, relation=relation, from_on=from_on, stamp=stamp))


def lines_of(unit_ids: Iterable[UUID]) -> LinesOf:
    """Line and path of each place where units stand now; one statement."""
    found: LinesOf = {}
    rows = UnitPlace.objects.filter(unit__in=set(unit_ids), to_on=None)
    for unit, line, path in rows.order_by("pk").values_list("unit", "line", "path"):
        found.setdefault(unit, []).append((line, path))
    return found


def places(
    unit_of: Mapping[UUID, UUID],
    lines: LinesOf,
    *,
    relation: Relation,
    from_on: date,
    stamp: Stamp,
) -> list[ChildPlace]:
    """The rows that say that each child (key) has to do with a unit (value), not saved."""
    return [
        ChildPlace(
            county_id=stamp.county_id,
            child_id=child,
            unit_id=unit,
            line=line,
            path=path,
            relation=relation,
            from_on=from_on,
        )
        for child, unit in unit_of.items()
        for line, path in lines.get(unit, ())
    ]


def end_places(child_ids: Iterable[UUID], *, relation: Relation, on: date) -> None:
    """End the children's own places of one relation; ``on`` is the first day without them."""
    ChildPlace.objects.filter(
        Q(to_on=None),
        child__in=list(child_ids),
        relation=relation,
        by_merge=None,
    ).update(to_on=on)


def _end(spells: Sequence[Enrolment], *, on: date, ended: SpellEnded, stamp: Stamp) -> None:
    if not spells:
        return
    Enrolment.objects.filter(pk__in=[spell.pk for spell in spells]).update(to_on=on, ended=ended)
    for spell in spells:
        spell.to_on, spell.ended = on, ended
    record_many(
        "enrolment.ended",
        spells,
        subjects=[("child", spell.child_id) for spell in spells],
        happened_on=on,
        stamp=stamp,
    )
