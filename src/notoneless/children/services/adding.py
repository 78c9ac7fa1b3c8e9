"""Put one child on record by hand, after looking whether it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.children.models import Child, ChildRecord, Guardian
from notoneless.children.models.child import RecordSource
from notoneless.children.models.places import SpellBegun
from notoneless.children.services.identity import (
    NumberTakenElsewhere,
    NumberTakenHere,
    Particulars,
    read_particulars,
    refuse_taken_number,
    show_on_child,
    values_of,
    write_record,
)
from notoneless.children.services.spells import NewSpell, begin_spells
from notoneless.journal.services import Stamp
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.identity import is_phone, tidy_phone
from notoneless.rules.paths import Line, ancestors, is_below
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability
from notoneless.rules.units import SCHOOLS, UnitKind
from notoneless.vault.sealing import blind_index


class PerhapsThere(Refusal):
    """Children with the same name and birth date are on record: say that it is another one."""

    code = "CHILD-05"

    def __init__(self, *, alike: tuple[UUID, ...], elsewhere: bool) -> None:
        super().__init__(count=len(alike))
        self.alike = alike
        """Those in the actor's reach."""
        self.elsewhere = elsewhere
        """Whether there are others, about whom nothing may be said."""


class WrongPhone(Refusal):
    code = "CHILD-06"


class TokenUsed(Refusal):
    """The form's token already made another child: the form was filled in again by hand."""

    code = "CHILD-07"


@dataclass(frozen=True, slots=True)
class NewGuardian:
    name: str
    relation: str = ""
    """GB/T 4761 code."""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class NewChild:
    """What the form of one child asks for."""

    token: UUID
    """Made with the empty form; becomes the child's key, so sending twice adds once."""
    particulars: Particulars
    class_id: UUID
    from_on: date
    """First day of registration."""
    begun: SpellBegun = SpellBegun.ENROLLED
    study_mode: str = ""
    """``1`` day pupil, ``2`` boarder, empty when nobody said."""
    guardian: NewGuardian | None = None


def add_child(new: NewChild, *, is_another: bool, actor: Actor, today: date, stamp: Stamp) -> UUID:
    """Add a child and register it in a class; answers its key, the same when sent twice.

    ``is_another`` says that a person has looked at those of the same name and birth date.
    Raises ``Unit.DoesNotExist`` (unknown class, or not where this actor may add), ``NotAllowed``,
    ``WrongParticulars``, ``WrongPhone``, ``NumberTakenHere``, ``NumberTakenElsewhere``,
    ``PerhapsThere``, ``TokenUsed``.
    """
    actor.must(Capability.ADD_CHILDREN)
    try:
        with transaction.atomic():
            return _add(new, is_another=is_another, actor=actor, today=today, stamp=stamp)
    except (IntegrityError, PerhapsThere, NumberTakenHere, NumberTakenElsewhere):
        # The same form was sent twice at the same moment: the other one has added the child,
        # before this one wrote it, or already before it looked for others like it.
        if _already_added(new, read_particulars(new.particulars, today=today), stamp):
            return new.token
        raise


def _add(new: NewChild, *, is_another: bool, actor: Actor, today: date, stamp: Stamp) -> UUID:
    school_id = _school_of(new.class_id, actor=actor, on=today)
    values = {**read_particulars(new.particulars, today=today), **_further(new)}
    if _already_added(new, values, stamp):
        return new.token
    refuse_taken_number(values, actor=actor, on=today)
    if not is_another:
        refuse_alike(values, actor=actor, on=today)
    child = Child(pk=new.token, county_id=actor.county_id)
    show_on_child(child, values)
    child.save(force_insert=True)
    write_record(child.pk, values, source=RecordSource.HAND, stamp=stamp)
    _write_guardian(child, new.guardian)
    begin_spells(
        [NewSpell(child.pk, school_id, new.class_id, new.begun)], from_on=new.from_on, stamp=stamp
    )
    return child.pk


def refuse_alike(values: Mapping[str, object], *, actor: Actor, on: date) -> None:
    """Raise ``PerhapsThere`` if the county has children of the same name and birth date."""
    same = Child.objects.filter(
        county=actor.county_id,
        merged_into=None,
        name=values["name"],
        born_on=date.fromisoformat(str(values["birth_on"])),
    )
    ids = set(same.values_list("pk", flat=True))
    if not ids:
        return
    seen = set(same.seen_by(actor, on=on).values_list("pk", flat=True))
    raise PerhapsThere(alike=tuple(sorted(seen)), elsewhere=bool(ids - seen))


def _already_added(new: NewChild, values: Mapping[str, object], stamp: Stamp) -> bool:
    there = ChildRecord.objects.filter(child=new.token).order_by("recorded_at", "pk").first()
    if there is None:
        return False
    is_ours = there.by_id == stamp.by and there.source == RecordSource.HAND
    if not is_ours or values_of(there).get("name") != values["name"]:
        raise TokenUsed()
    return True


def _school_of(class_id: UUID, *, actor: Actor, on: date) -> UUID:
    """The school of an active class in which ``actor`` may add. Raises ``Unit.DoesNotExist``."""
    places = UnitPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        unit=class_id,
        unit__kind=UnitKind.CLASS,
        unit__county=actor.county_id,
    )
    paths = {place.line: place.path for place in places}
    reach = actor.reach(Capability.ADD_CHILDREN)
    if not any(is_below(path, top) for path in paths.values() for top in reach):
        raise Unit.DoesNotExist()
    above = UnitPlace.objects.filter(
        Q(to_on=None) | Q(to_on__gt=on),
        path__in=ancestors(paths[Line.EDUCATION]),
        unit__kind__in=SCHOOLS,
    )
    return above.order_by("-path").values_list("unit_id", flat=True)[0]


def _further(new: NewChild) -> dict[str, object]:
    values: dict[str, object] = {"study_mode": new.study_mode} if new.study_mode else {}
    if new.guardian is not None:
        phone = tidy_phone(new.guardian.phone)
        if phone and not is_phone(phone):
            raise WrongPhone()
        member: dict[str, object] = {
            "name": new.guardian.name,
            "relation": new.guardian.relation,
            "phone": phone,
            "is_guardian": True,
        }
        values["guardians"] = [{key: value for key, value in member.items() if value}]
    return values


def _write_guardian(child: Child, guardian: NewGuardian | None) -> None:
    if guardian is None:
        return
    phone = tidy_phone(guardian.phone)
    Guardian.objects.create(
        county_id=child.county_id,
        child=child,
        position=1,
        name=guardian.name,
        relation=guardian.relation,
        is_guardian=True,
        phone=phone,
        phone_index=blind_index(phone, kind="phone"),
    )
