"""Accounts for many people at once: preview a staff list, enter its good rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.access.reach import OnOneself, must_be_above
from notoneless.access.services.accounts import give_sign_in
from notoneless.journal.services import Stamp
from notoneless.places.queries import Place, units_below
from notoneless.places.queries.people import PersonFacts, people_called, person_facts, posts_at
from notoneless.places.services.people import AlreadyHeld, Appointment, appoint, register_person
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability, Role
from notoneless.rules.staff_list import Fault, StaffRow, faults_of
from notoneless.rules.units import Stage, UnitKind, grade_of, school_year_of

LONGEST_LIST = 1_000
_GRADES = "一二三四五六七八九"


class ListTooLong(Refusal):
    code = "STAFF-06"


class NameMissing(Refusal):
    code = "STAFF-01"


class PhoneOdd(Refusal):
    code = "STAFF-02"


class RoleUnknown(Refusal):
    code = "STAFF-03"


class UnitUnknown(Refusal):
    """No unit of that name in the actor's reach."""

    code = "STAFF-04"


class NumberOfAnother(Refusal):
    """The staff number is registered for somebody with another name."""

    code = "STAFF-05"


class UnitAmbiguous(Refusal):
    code = "STAFF-07"


_FAULTS: dict[Fault, type[Refusal]] = {
    Fault.NAME: NameMissing,
    Fault.PHONE: PhoneOdd,
    Fault.ROLE: RoleUnknown,
}


@dataclass(frozen=True, slots=True)
class RowAnswer:
    """What became, or would become, of one row."""

    row: StaffRow
    refusals: Sequence[Refusal] = ()
    person_id: UUID | None = None
    """The person entered or found; ``None`` for a refused row."""
    is_known: bool = False
    """The person was registered before."""
    username: str = ""

    @property
    def is_good(self) -> bool:
        return not self.refusals


def enter_staff(
    rows: Sequence[StaffRow], *, actor: Actor, dry_run: bool, today: date, stamp: Stamp
) -> list[RowAnswer]:
    """Register people, appoint them and give them sign-ins, row by row; bad rows are left out.

    Known people (by staff number, or name and phone) get the further post and keep their sign-in,
    so entering a list again changes nothing. With ``dry_run`` all is undone. Slips are printed
    afterwards. Raises ``NotAllowed``, ``ListTooLong``.
    """
    actor.must(Capability.MANAGE_POSTS)
    actor.must(Capability.MANAGE_ACCOUNTS)
    if len(rows) > LONGEST_LIST:
        raise ListTooLong(count=len(rows), most=LONGEST_LIST)
    units = _Units(actor, today)
    answers = []
    with transaction.atomic():
        for row in rows:
            try:
                with transaction.atomic():
                    answers.append(_enter(row, units, actor=actor, today=today, stamp=stamp))
            except Refusal as refusal:
                answers.append(RowAnswer(row, _all_faults(row, refusal)))
        if dry_run:
            transaction.set_rollback(True)
    return answers


def _all_faults(row: StaffRow, refusal: Refusal) -> list[Refusal]:
    faults: list[Refusal] = [_FAULTS[fault](**_facts(row)) for fault in faults_of(row)]
    return faults or [refusal]


def _enter(row: StaffRow, units: _Units, *, actor: Actor, today: date, stamp: Stamp) -> RowAnswer:
    if faults := faults_of(row):
        raise _FAULTS[faults[0]](**_facts(row))
    role = row.wanted_role or Role.STAFF
    place = units.find(row)
    must_be_above(actor, role, place.path)
    known = _known(row, place, role, today=today, stamp=stamp)
    person_id = known.id if known else _register(row, stamp)
    if person_id == actor.person_id:
        raise OnOneself()
    try:
        with transaction.atomic():
            appoint(Appointment(role, place.id, person_id), from_on=today, stamp=stamp)
    except AlreadyHeld:
        # The list was entered before: the post stands.
        pass
    user = give_sign_in(person_id, username=row.username, stamp=stamp)
    return RowAnswer(row, person_id=person_id, is_known=known is not None, username=user.username)


def _known(
    row: StaffRow, place: Place, role: Role, *, today: date, stamp: Stamp
) -> PersonFacts | None:
    """The registered person that a row means; raises when the staff number is another's."""
    found = people_called(stamp.county_id, row.name, phone=row.phone, staff_number=row.staff_number)
    if found and found.name != row.name:
        raise NumberOfAnother(**_facts(row), holder=found.name)
    if found is None and not row.phone and not row.staff_number:
        # Nothing but a name: whoever holds this very post under it is meant.
        for post in posts_at(place.id, on=today):
            if post.role is role and post.person_name == row.name and post.person_id:
                return person_facts(post.person_id, county_id=stamp.county_id)
    return found


def _register(row: StaffRow, stamp: Stamp) -> UUID:
    person = register_person(
        name=row.name, phone=row.phone, staff_number=row.staff_number, stamp=stamp
    )
    return person.pk


def _facts(row: StaffRow) -> dict[str, object]:
    return {"name": row.name, "phone": row.phone, "role": row.role, "unit": row.unit}


class _Units:
    """The units of the actor's reach by what a list may call them."""

    def __init__(self, actor: Actor, today: date) -> None:
        places = units_below(actor.reach(Capability.MANAGE_POSTS), on=today)
        self.found: dict[str, set[UUID]] = {}
        self.places = {place.id: place for place in places}
        name_at = {place.path: place.name for place in places}
        for place in places:
            for name in _names(place, name_at, today):
                self.found.setdefault(_squeezed(name), set()).add(place.id)
        self.only = places[0] if places else None

    def find(self, row: StaffRow) -> Place:
        if not row.unit and self.only and len(self._tops()) == 1:
            return self.only
        ids = self.found.get(_squeezed(row.unit), set())
        if len(ids) != 1:
            raise (UnitAmbiguous if ids else UnitUnknown)(**_facts(row))
        return self.places[next(iter(ids))]

    def _tops(self) -> list[Place]:
        paths = {place.path for place in self.places.values()}
        return [
            place
            for place in self.places.values()
            if not any(place.path != path and place.path.startswith(path) for path in paths)
        ]


def _names(place: Place, name_at: dict[str, str], today: date) -> list[str]:
    if place.kind not in {UnitKind.GRADE, UnitKind.CLASS} or place.entered_in is None:
        return [name for name in (place.name, place.code) if name]
    grade = grade_of(Stage(place.stage), place.entered_in, school_year=school_year_of(today))
    if not 1 <= grade <= 9:
        return []
    above = place.path.rstrip(".").rsplit(".", 2 if place.kind is UnitKind.CLASS else 1)[0] + "."
    label = f"{_GRADES[grade - 1]}年级"
    if place.kind is UnitKind.CLASS:
        label += f"{place.name}班"
    return [label, name_at.get(above, "") + label]


def _squeezed(text: str) -> str:
    text = re.sub(r"[\s()]", "", text)
    return re.sub(r"^(.*?)([1-9])年级", lambda m: f"{m[1]}{_GRADES[int(m[2]) - 1]}年级", text)
