"""Fills the posts of the sample county: somebody for each, approved, and lessons for teachers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any
from uuid import UUID

from notoneless.access.services import approve_access, open_accounts_alike
from notoneless.flows.demo.county import random_of
from notoneless.flows.sample.county import PASSWORD
from notoneless.flows.sample.school import plan as plan_of_names
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Post, Unit, UnitPlace
from notoneless.places.services.people import (
    Appointment,
    appoint,
    assign_lesson,
    register_person,
)
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.roles import CEILING, NEEDS_APPROVAL, Role
from notoneless.rules.units import SCHOOLS, UnitKind

PURPOSE = "控辍保学日常工作"


@cache
def staff_plan() -> dict[str, Any]:
    """What ``staff.toml`` says."""
    return tomllib.loads(files(__package__).joinpath("staff.toml").read_text("utf-8"))


@dataclass(slots=True)
class Staffing:
    """A morning in the personnel office: on one day, by one stamp."""

    county_id: UUID
    on: date
    now: datetime
    approver: UUID
    """The bureau's head, who lets each post see children."""
    serial: int = 0
    """Of the last staff number given."""
    names: Iterator[str] = field(default_factory=lambda: _names(random_of("staff")))
    held: dict[tuple[Role, UUID], int] = field(default_factory=dict)
    """By role and unit: how many hold such a post."""

    def stamp(self, by: UUID | None = None) -> Stamp:
        return Stamp(county_id=self.county_id, by=by, now=self.now)

    def employ(self, name: str = "") -> UUID:
        """Register somebody, by an invented name unless one is given."""
        self.serial += 1
        person = register_person(
            name=name or next(self.names),
            phone=f"1547{self.serial:07d}",
            staff_number=f"QHX{self.serial:04d}",
            stamp=self.stamp(),
        )
        return person.pk

    def appoint(self, role: Role, unit_id: UUID, person_id: UUID) -> None:
        """Give somebody a post from this day on, its access approved for a year."""
        post = appoint(
            Appointment(role, unit_id, person_id, title=self._title(role)),
            from_on=self.on,
            stamp=self.stamp(),
        )
        self.held[role, unit_id] = self.held.get((role, unit_id), 0) + 1
        if CEILING[role] & NEEDS_APPROVAL:
            approve_access(
                post.pk,
                purpose=PURPOSE,
                from_on=self.on,
                to_on=self.on + timedelta(days=365),
                stamp=self.stamp(by=self.approver),
            )

    def fill(self, unit_id: UUID, wanted: Mapping[str, int]) -> None:
        """Somebody new for each post that is wanted at a unit and that nobody holds."""
        for name, count in wanted.items():
            role = Role(name)
            for _ in range(count - self.held.get((role, unit_id), 0)):
                self.appoint(role, unit_id, self.employ())

    def _title(self, role: Role) -> str:
        given = staff_plan()["certificates"]
        return str(given["text"]).format(number=self.serial) if role in given["roles"] else ""


def staffing(county_id: UUID, *, on: date, now: datetime) -> Staffing:
    """A personnel office that goes on where the last one stopped."""
    people = Person.objects.filter(county=county_id, staff_number__startswith="QHX")
    posts = Post.objects.filter(unit__county=county_id, to_on=None, person__isnull=False)
    held: dict[tuple[Role, UUID], int] = {}
    for role, unit_id in posts.values_list("role", "unit"):
        held[Role(role), unit_id] = held.get((Role(role), unit_id), 0) + 1
    head = posts.filter(role=Role.BUREAU_HEAD).values_list("person", flat=True).get()
    if head is None:
        raise ValueError("the bureau has no head")
    office = Staffing(county_id, on, now, head, serial=people.count(), held=held)
    for _ in range(office.serial):
        next(office.names)
    return office


def staff_offices(office: Staffing) -> None:
    """Villages and departments that the sample lacks, and everybody outside classes."""
    _found_villages(office)
    _found_departments(office)
    wanted = staff_plan()["posts"]
    units = Unit.objects.filter(county=office.county_id, active_to=None)
    by_kind = {
        UnitKind.BUREAU: wanted["bureau"],
        UnitKind.CENTRE_SCHOOL: wanted["centre"],
        UnitKind.TOWNSHIP: wanted["township"],
        UnitKind.VILLAGE: wanted["village"],
        **dict.fromkeys(SCHOOLS, wanted["school"]),
    }
    for unit in units.filter(kind__in=by_kind).order_by("code", "name"):
        office.fill(unit.pk, by_kind[UnitKind(unit.kind)])
        if unit.kind in SCHOOLS and unit.is_boarding:
            office.fill(unit.pk, wanted["boarding_school"])


def staff_classes(office: Staffing) -> None:
    """A homeroom teacher for each class that has none, and lessons for the school's teachers."""
    places = UnitPlace.objects.filter(
        unit__county=office.county_id, unit__kind=UnitKind.CLASS, line=Line.GOVERNMENT, to_on=None
    ).select_related("unit", "parent")
    rows = sorted(places, key=lambda row: (row.path, row.unit.name))
    schools = dict(
        UnitPlace.objects.filter(
            unit__county=office.county_id, unit__kind=UnitKind.GRADE, line=Line.GOVERNMENT
        ).values_list("unit", "parent")
    )
    teachers = _subject_teachers(office)
    for number, row in enumerate(rows):
        office.fill(row.unit_id, {Role.HOMEROOM_TEACHER.value: 1})
        if row.parent_id is not None and (taught := teachers.get(schools[row.parent_id])):
            _teach(office, row.unit_id, taught, number)


def _teach(office: Staffing, class_id: UUID, teachers: list[UUID], number: int) -> None:
    """Two subjects in each class, each teacher always his own."""
    subjects = staff_plan()["lessons"]["subjects"]
    for turn in range(2):
        which = (number + turn) % len(teachers)
        assign_lesson(
            school_class=class_id,
            person_id=teachers[which],
            subject=subjects[which % len(subjects)],
            from_on=office.on,
            stamp=office.stamp(),
        )


def _subject_teachers(office: Staffing) -> dict[UUID | None, list[UUID]]:
    found: dict[UUID | None, list[UUID]] = {}
    posts = Post.objects.filter(
        unit__county=office.county_id,
        role=Role.SUBJECT_TEACHER,
        to_on=None,
        person__staff_number__startswith="QHX",
    )
    for unit_id, person_id in posts.order_by("pk").values_list("unit", "person"):
        if person_id is not None:
            found.setdefault(unit_id, []).append(person_id)
    return found


def _found_villages(office: Staffing) -> None:
    units = Unit.objects.filter(county=office.county_id)
    codes = set(units.values_list("code", flat=True))
    also = staff_plan()["also_village_officer"]
    for township in units.filter(kind=UnitKind.TOWNSHIP).order_by("code"):
        for name, number in staff_plan()["villages"].items():
            code = f"{township.code[:9]}{number}"
            if code in codes:
                continue
            new = NewUnit(UnitKind.VILLAGE, name, code=code)
            parents: dict[Line, UUID | None] = {Line.GOVERNMENT: township.pk}
            village = found_unit(new, parents=parents, on=office.on, stamp=office.stamp())
            if (township.name, name) == (also["township"], also["village"]):
                officer = Person.objects.get(user__username=also["username"])
                office.appoint(Role.VILLAGE_OFFICER, village.pk, officer.pk)


def _found_departments(office: Staffing) -> None:
    usernames: dict[UUID, str] = {}
    for row in staff_plan()["departments"]:
        new = NewUnit(UnitKind.DEPARTMENT, row["name"])
        parents: dict[Line, UUID | None] = {Line.GOVERNMENT: office.county_id}
        unit = found_unit(new, parents=parents, on=office.on, stamp=office.stamp())
        person = office.employ(row["person"])
        office.appoint(Role.DEPARTMENT_LIAISON, unit.pk, person)
        if "username" in row:
            usernames[person] = row["username"]
    open_accounts_alike(usernames, password=PASSWORD, stamp=office.stamp())


def _names(random: Random) -> Iterator[str]:
    """Names of grown-ups without end, none twice."""
    parts, given = plan_of_names(), set()
    while True:
        name = "".join(random.choice(parts[key]) for key in ("surnames", "given_first"))
        name += random.choice(parts["given_last"]) if random.random() < 0.7 else ""
        if name not in given:
            given.add(name)
            yield name
