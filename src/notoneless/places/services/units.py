"""Found, place, move, rename and close units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import (
    Coverage,
    LeadingGroup,
    Post,
    TeachingAssignment,
    Unit,
    UnitPlace,
)
from notoneless.places.pinyin import syllables_and_initials
from notoneless.places.services.ends import end_rows
from notoneless.rules.paths import Line, below, is_below, path_under, root_path
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import PARENTS, UnitKind, may_stand_under


class CodeTaken(Refusal):
    """Another unit of the county has this division or school code."""

    code = "UNIT-01"


class WrongParent(Refusal):
    """A unit of this kind cannot stand under that one in this line."""

    code = "UNIT-02"


class StaleVersion(Refusal):
    """Somebody else changed it since the page was opened."""

    code = "STALE-01"


class StillInUse(Refusal):
    """Units or children still stand below it."""

    code = "UNIT-03"


class UnderItself(Refusal):
    """A unit cannot be moved below itself."""

    code = "UNIT-04"


class TooEarly(Refusal):
    """A move or a closing cannot begin before what it changes began."""

    code = "UNIT-05"


class AlreadyClosed(Refusal):
    code = "UNIT-06"


class NoLineForKind(Refusal):
    """A unit of this kind has no place in that line, or may not stand on top of it."""

    code = "UNIT-07"


@dataclass(frozen=True, slots=True)
class NewUnit:
    kind: UnitKind
    name: str
    code: str = ""
    stage: str = ""
    entered_in: int | None = None
    short_name: str = ""
    is_boarding: bool = False
    is_complete: bool = True


@transaction.atomic
def found_county(new: NewUnit, *, on: date, stamp: Stamp) -> Unit:
    """Found a county: the top of its government line, belonging to itself.

    ``stamp.county_id`` becomes the county's own id.
    """
    county = _unit(new, county_id=stamp.county_id, on=on)
    county.id = stamp.county_id
    county.save(force_insert=True)
    _place(county, Line.GOVERNMENT, parent=None, on=on, stamp=stamp)
    record("unit.founded", county, subject=("unit", county.pk), happened_on=on, stamp=stamp)
    return county


@transaction.atomic
def found_unit(new: NewUnit, *, parents: dict[Line, UUID | None], on: date, stamp: Stamp) -> Unit:
    """Found a unit with its place in one or both lines; ``None`` as parent puts it on top.

    Raises ``CodeTaken``, ``WrongParent``, ``Unit.DoesNotExist`` for a parent of another county.
    """
    if new.code and Unit.objects.filter(county=stamp.county_id, code=new.code).exists():
        raise CodeTaken(code=new.code)
    unit = _unit(new, county_id=stamp.county_id, on=on)
    unit.save(force_insert=True)
    for line, parent_id in parents.items():
        parent = Unit.objects.get(pk=parent_id, county=stamp.county_id) if parent_id else None
        _place(unit, line, parent=parent, on=on, stamp=stamp)
    record("unit.founded", unit, subject=("unit", unit.pk), happened_on=on, stamp=stamp)
    return unit


@transaction.atomic
def move_unit(unit_id: UUID, line: Line, *, parent_id: UUID, on: date, stamp: Stamp) -> None:
    """Put a unit, and all below it, under another parent from ``on`` (inclusive).

    Earlier numbers keep the earlier tree; under the parent where it stands nothing changes.
    Children's places are the caller's to move (``flows.units.move_unit``).
    Raises ``WrongParent``, ``UnderItself``, ``TooEarly``, ``AlreadyClosed``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)
    parent = Unit.objects.get(pk=parent_id, county=stamp.county_id)
    parent_path = current_path(parent.pk, line)
    old = UnitPlace.objects.filter(unit=unit, line=line, to_on=None).first()
    if unit.active_to is not None:
        raise AlreadyClosed(unit=unit.name)
    if old and on < old.from_on:
        raise TooEarly(unit=unit.name, since=old.from_on.isoformat())
    if old and is_below(parent_path, old.path):
        raise UnderItself(unit=unit.name)
    if old is None:
        _place(unit, line, parent=parent, on=on, stamp=stamp)
        return
    if not may_stand_under(UnitKind(unit.kind), UnitKind(parent.kind), line):
        raise WrongParent(unit=unit.name, parent=parent.name)
    if old.parent_id == parent.pk:
        return
    new_path = path_under(parent_path, unit.label)
    placed = _move_branch(old, parent=parent, new_path=new_path, on=on)
    subjects = [("unit", place.unit_id) for place in placed]
    record_many("unit.moved", placed, subjects=subjects, happened_on=on, stamp=stamp)


def _move_branch(old: UnitPlace, *, parent: Unit, new_path: str, on: date) -> list[UnitPlace]:
    low, high = below(old.path)
    branch = list(UnitPlace.objects.filter(path__gte=low, path__lt=high, to_on=None))
    fresh = [
        UnitPlace(
            unit_id=place.unit_id,
            line=place.line,
            parent_id=parent.pk if place.pk == old.pk else place.parent_id,
            path=new_path + place.path.removeprefix(old.path),
            from_on=max(on, place.from_on),
        )
        for place in branch
    ]
    standing = UnitPlace.objects.filter(path__gte=low, path__lt=high, to_on=None)
    standing.filter(from_on__gt=on).update(to_on=F("from_on"))
    standing.update(to_on=on)
    return UnitPlace.objects.bulk_create(fresh)


@transaction.atomic
def describe_unit(unit_id: UUID, *, version: int, stamp: Stamp, **changes: object) -> Unit:
    """Correct a unit's name, code, stage, boarding or completeness.

    ``version`` is the one that the page was made from. Raises ``StaleVersion``, ``CodeTaken``.
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)
    if unit.version != version:
        raise StaleVersion(what=unit.name)
    code = changes.get("code")
    taken = Unit.objects.filter(county=unit.county_id, code=code).exclude(pk=unit.pk)
    if code and taken.exists():
        raise CodeTaken(code=code)
    for name, value in changes.items():
        setattr(unit, name, value)
    unit.pinyin = syllables_and_initials(unit.name)[0]
    unit.version = F("version") + 1
    unit.save()
    unit.refresh_from_db()
    record(
        "unit.described",
        unit,
        subject=("unit", unit.pk),
        happened_on=stamp.now.date(),
        stamp=stamp,
    )
    return unit


@transaction.atomic
def close_unit(unit_id: UUID, *, version: int, on: date, stamp: Stamp) -> None:
    """Close a unit from ``on`` (its first day without it), with the posts and lessons there.

    Raises ``StillInUse`` while active units stand below, ``AlreadyClosed``, ``StaleVersion``,
    ``TooEarly``. Children are the caller's to check (``flows.units.close_unit``).
    """
    unit = Unit.objects.select_for_update().get(pk=unit_id, county=stamp.county_id)
    if unit.active_to is not None:
        raise AlreadyClosed(unit=unit.name)
    if unit.version != version:
        raise StaleVersion(what=unit.name)
    begun = UnitPlace.objects.filter(unit=unit, to_on=None).aggregate(last=Max("from_on"))["last"]
    if on <= max(unit.active_from, begun or unit.active_from):
        raise TooEarly(unit=unit.name, since=unit.active_from.isoformat())
    for place in UnitPlace.objects.filter(unit=unit, to_on=None):
        low, high = below(place.path)
        under = UnitPlace.objects.filter(path__gt=low, path__lt=high, to_on=None).count()
        if under:
            raise StillInUse(unit=unit.name, count=under)
    UnitPlace.objects.filter(unit=unit, to_on=None).update(to_on=on)
    _end_posts(unit, on=on, stamp=stamp)
    unit.active_to = on
    unit.version += 1
    unit.save(update_fields=["active_to", "version"])
    record("unit.closed", unit, subject=("unit", unit.pk), happened_on=on, stamp=stamp)


def _end_posts(unit: Unit, *, on: date, stamp: Stamp) -> None:
    posts = Post.objects.filter(unit=unit, to_on=None)
    lessons = TeachingAssignment.objects.filter(school_class=unit, to_on=None)
    covers = Coverage.objects.filter(unit=unit, to_on=None)
    end_rows("post.ended", posts, on=on, stamp=stamp)
    end_rows("lesson.ended", lessons, on=on, stamp=stamp)
    end_rows("coverage.ended", covers, on=on, stamp=stamp)
    LeadingGroup.objects.filter(unit=unit, to_on=None, from_on__lt=on).update(to_on=on)


def current_path(unit_id: UUID, line: Line) -> str:
    """The unit's path of now in ``line``. Raises ``UnitPlace.DoesNotExist`` if it has none."""
    return UnitPlace.objects.values_list("path", flat=True).get(unit=unit_id, line=line, to_on=None)


def unit_name(unit_id: UUID) -> str:
    """Its registered name. Raises ``Unit.DoesNotExist``."""
    return Unit.objects.values_list("name", flat=True).get(pk=unit_id)


def _unit(new: NewUnit, *, county_id: UUID, on: date) -> Unit:
    return Unit(
        county_id=county_id,
        kind=new.kind,
        name=new.name,
        short_name=new.short_name,
        pinyin=syllables_and_initials(new.name)[0],
        code=new.code,
        stage=new.stage,
        entered_in=new.entered_in,
        is_boarding=new.is_boarding,
        is_complete=new.is_complete,
        active_from=on,
    )


def _place(unit: Unit, line: Line, *, parent: Unit | None, on: date, stamp: Stamp) -> UnitPlace:
    if parent is None and PARENTS[line].get(UnitKind(unit.kind)) and unit.kind != UnitKind.COUNTY:
        raise NoLineForKind(unit=unit.name)
    if parent and not may_stand_under(UnitKind(unit.kind), UnitKind(parent.kind), line):
        raise WrongParent(unit=unit.name, parent=parent.name)
    path = (
        path_under(current_path(parent.pk, line), unit.label)
        if parent
        else root_path(line, unit.label)
    )
    place = UnitPlace.objects.create(unit=unit, line=line, parent=parent, path=path, from_on=on)
    record("unit.placed", place, subject=("unit", unit.pk), happened_on=on, stamp=stamp)
    return place
