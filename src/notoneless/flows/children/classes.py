"""Classes split, renumbered, handed over, emptied, closed and graduated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.services import approve_access
from notoneless.children.models import Child
from notoneless.children.models.places import SpellBegun, SpellEnded
from notoneless.children.queries.classes import (
    class_children,
    homeroom_holder,
    registered_now,
    staff_of,
)
from notoneless.children.queries.units import (
    ClassUnit,
    class_in_reach,
    classes_in_reach,
    school_in_reach,
)
from notoneless.children.services.merging import end_lent_places
from notoneless.children.services.spells import NewSpell, begin_spells, end_spells
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit, UnitPlace
from notoneless.places.services.people import Appointment, appoint, end_post
from notoneless.places.services.units import NewUnit, close_unit, describe_unit, found_unit
from notoneless.rules.paths import Line, ancestors
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability, Role
from notoneless.rules.units import UnitKind, has_left, school_year_of


class NumberUsed(Refusal):
    """The grade has an active class with this number."""

    code = "CLASS-01"


class ClassNotEmpty(Refusal):
    code = "CLASS-02"


class ListChanged(Refusal):
    """Somebody on the posted list is no longer in the class."""

    code = "CLASS-03"


class NobodyChosen(Refusal):
    code = "CLASS-04"


class SameClass(Refusal):
    code = "CLASS-05"


class TooEarly(Refusal):
    """The class cannot change hands before the present teacher took it."""

    code = "CLASS-06"


class HoldsAlready(Refusal):
    code = "CLASS-07"


@dataclass(frozen=True, slots=True)
class Graduated:
    classes: int
    children: int


@dataclass(frozen=True, slots=True)
class NewName:
    number: str
    nickname: str
    """What the school calls it besides, such as 向日葵; mostly empty."""
    version: int
    """The unit's version that the page was made from."""


@transaction.atomic
def move_children(
    class_id: UUID,
    child_ids: Collection[UUID],
    *,
    target_id: UUID,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> int:
    """Move children of one class into another of the same school, from today; answers how many.

    Raises ``Unit.DoesNotExist`` and ``Child.DoesNotExist`` (unknown or out of reach),
    ``NobodyChosen``, ``SameClass``, ``ListChanged``.
    """
    source = _manageable(class_id, actor, on=today)
    target = _manageable(target_id, actor, on=today)
    if target.school_id != source.school_id:
        raise Unit.DoesNotExist()
    if target.id == source.id:
        raise SameClass()
    _refuse_changed_list(source, child_ids, actor=actor, on=today)
    return _seat(child_ids, target, today=today, stamp=stamp)


@transaction.atomic
def split_class(
    class_id: UUID,
    child_ids: Collection[UUID],
    *,
    number: str,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> UUID:
    """Make a new class of the same grade and move the chosen children into it; answers its key.

    Raises as ``move_children``, and ``NumberUsed``.
    """
    source = _manageable(class_id, actor, on=today)
    _refuse_changed_list(source, child_ids, actor=actor, on=today)
    _refuse_used_number(source, number, actor=actor, on=today)
    lines = UnitPlace.objects.filter(unit=source.grade_id, to_on=None)
    parents: dict[Line, UUID | None] = {Line(p.line): source.grade_id for p in lines}
    name = source.name
    new = NewUnit(UnitKind.CLASS, number, stage=name.stage, entered_in=name.entered_in)
    unit = found_unit(new, parents=parents, on=today, stamp=stamp)
    target = class_in_reach(actor, unit.pk, on=today, to=Capability.MANAGE_CLASSES)
    _seat(child_ids, target, today=today, stamp=stamp)
    return unit.pk


def rename_class(
    class_id: UUID,
    *,
    name: NewName,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> None:
    """Give a class another number within its grade, and a name of its own if it has one.

    Raises ``Unit.DoesNotExist``, ``NotAllowed``, ``NumberUsed``, ``StaleVersion``.
    """
    unit = _manageable(class_id, actor, on=today)
    _refuse_used_number(unit, name.number, actor=actor, on=today)
    describe_unit(
        unit.id,
        version=name.version,
        stamp=stamp,
        name=name.number,
        short_name=name.nickname,
    )


@transaction.atomic
def close_class(class_id: UUID, *, actor: Actor, today: date, stamp: Stamp) -> None:
    """Close an empty class, with its posts and lessons. Raises ``ClassNotEmpty``."""
    unit = _manageable(class_id, actor, on=today)
    left = registered_now([unit.id]).count()
    if left:
        raise ClassNotEmpty(count=left)
    _close([unit.id], today=today, stamp=stamp)


@transaction.atomic
def hand_over_class(
    class_id: UUID,
    person_id: UUID,
    *,
    from_on: date,
    actor: Actor,
    today: date,
    stamp: Stamp,
) -> bool:
    """Make somebody of the school homeroom teacher from ``from_on``; the present one ends then.

    Where the actor may approve access, the new teacher's is approved until the school year ends,
    and the answer is true; else a responsible person must still approve it. Raises
    ``Person.DoesNotExist`` for nobody of this school, ``TooEarly``, ``HoldsAlready``.
    """
    unit = _manageable(class_id, actor, on=today)
    staff = dict(staff_of(ancestors(unit.path)[-3], on=today))
    if person_id not in staff:
        raise Person.DoesNotExist()
    holder = homeroom_holder(unit.id, on=max(today, from_on))
    if holder is not None:
        if holder.person_id == person_id:
            raise HoldsAlready(name=holder.name)
        if holder.from_on >= from_on:
            raise TooEarly(on=holder.from_on.isoformat())
        end_post(holder.post_id, on=from_on, stamp=stamp)
    post = appoint(
        Appointment(Role.HOMEROOM_TEACHER, unit.id, person_id), from_on=from_on, stamp=stamp
    )
    if person_id == actor.person_id or not actor.may(Capability.APPROVE_ACCESS, at=unit.path):
        return False
    approve_access(
        post.pk,
        purpose="接任班主任",
        from_on=from_on,
        to_on=date(school_year_of(from_on) + 1, 8, 1),
        stamp=stamp,
    )
    return True


@transaction.atomic
def graduate_classes(
    school_id: UUID, *, school_year: int, actor: Actor, today: date, stamp: Stamp
) -> Graduated:
    """Close the classes of a school whose cohort finished its stage before ``school_year``.

    Their children's spells end as graduated today. Running it again changes nothing. Raises
    ``Unit.DoesNotExist`` when the school is not the actor's to manage, ``ValueError`` for a school
    year that has not begun.
    """
    if school_year > school_year_of(today):
        raise ValueError(f"school year {school_year} has not begun")
    actor.must(Capability.MANAGE_CLASSES)
    school = school_in_reach(actor, school_id, on=today, to=Capability.MANAGE_CLASSES)
    leaving = [
        unit
        for unit in classes_in_reach(
            actor, on=today, to=Capability.MANAGE_CLASSES, school_id=school.id
        )
        if has_left(unit.name.stage, unit.name.entered_in, school_year=school_year)
    ]
    ids = [unit.id for unit in leaving]
    children = list(registered_now(ids).values_list("child", flat=True))
    end_spells(children, on=today, ended=SpellEnded.GRADUATED, stamp=stamp)
    _close(ids, today=today, stamp=stamp)
    _close_empty_grades({unit.grade_id for unit in leaving}, today=today, stamp=stamp)
    return Graduated(len(ids), len(children))


def _manageable(class_id: UUID, actor: Actor, *, on: date) -> ClassUnit:
    actor.must(Capability.MANAGE_CLASSES)
    return class_in_reach(actor, class_id, on=on, to=Capability.MANAGE_CLASSES)


def _refuse_changed_list(
    unit: ClassUnit, child_ids: Collection[UUID], *, actor: Actor, on: date
) -> None:
    if not child_ids:
        raise NobodyChosen()
    seen = Child.objects.seen_by(actor, on=on).filter(pk__in=child_ids)
    if seen.count() != len(set(child_ids)):
        raise Child.DoesNotExist()
    if set(child_ids) - {row.id for row in class_children(actor, unit.id, on=on)}:
        raise ListChanged()


def _refuse_used_number(unit: ClassUnit, number: str, *, actor: Actor, on: date) -> None:
    siblings = classes_in_reach(
        actor, on=on, to=Capability.MANAGE_CLASSES, school_id=unit.school_id
    )
    for other in siblings:
        is_other = other.grade_id == unit.grade_id and other.id != unit.id
        if is_other and other.name.number == number:
            raise NumberUsed(school=unit.school_name, number=number)


def _seat(child_ids: Collection[UUID], target: ClassUnit, *, today: date, stamp: Stamp) -> int:
    spells = [
        NewSpell(child, target.school_id, target.id, SpellBegun.CLASS_CHANGED)
        for child in sorted(set(child_ids))
    ]
    return len(begin_spells(spells, from_on=today, stamp=stamp))


def _close(unit_ids: Sequence[UUID], *, today: date, stamp: Stamp) -> None:
    end_lent_places(unit_ids, on=today)
    versions = dict(Unit.objects.filter(pk__in=unit_ids).values_list("pk", "version"))
    for unit_id in unit_ids:
        close_unit(unit_id, version=versions[unit_id], on=today, stamp=stamp)


def _close_empty_grades(grade_ids: Collection[UUID], *, today: date, stamp: Stamp) -> None:
    standing = UnitPlace.objects.filter(parent__in=grade_ids, to_on=None)
    in_use = set(standing.values_list("parent", flat=True))
    _close(sorted(set(grade_ids) - in_use), today=today, stamp=stamp)
