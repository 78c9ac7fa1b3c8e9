"""云顶小学, the school of the sample county that is there before any import: classes and people."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.access.queries import actor_of_person
from notoneless.access.services import approve_access, open_accounts_alike
from notoneless.flows.policy import adopt_pack
from notoneless.flows.sample.county import PASSWORD
from notoneless.journal.services import Stamp
from notoneless.places.models import Person, Unit
from notoneless.places.services.people import (
    Appointment,
    appoint,
    assign_lesson,
    register_person,
)
from notoneless.places.services.units import NewUnit, found_unit
from notoneless.policy.services.adoptions import NewAdoption
from notoneless.rules.paths import Line
from notoneless.rules.policy.adoption import OwnValue
from notoneless.rules.policy.measures import Operator
from notoneless.rules.roles import Role
from notoneless.rules.units import UnitKind, school_year_of


@dataclass(slots=True)
class SampleSchool:
    """The school while it is being made."""

    county_id: UUID
    today: date
    now: datetime
    """When its founding is recorded: before its first roll."""
    school_id: UUID
    classes: dict[int, UUID] = field(default_factory=dict)
    """By grade."""
    people: dict[str, UUID] = field(default_factory=dict)
    """By username."""
    children: dict[int, list[UUID]] = field(default_factory=dict)
    """By grade, in the order in which they were added."""
    boarders: frozenset[UUID] = frozenset()
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def term_start(self) -> date:
        """The first of September, or in August today."""
        return min(self.today, date(school_year_of(self.today), 9, 1))

    def stamp(self, by: UUID | None = None) -> Stamp:
        return Stamp(county_id=self.county_id, by=by, now=self.now)

    def actor(self, username: str) -> Actor:
        """Somebody of the school as he is today; his posts have been the same all the time."""
        if username not in self.actors:
            person = Person.objects.get(pk=self.people[username])
            self.actors[username] = actor_of_person(person, today=self.today)
        return self.actors[username]

    def homeroom(self, grade: int) -> Actor:
        row = next(row for row in plan()["classes"] if row["grade"] == grade)
        return self.actor(row["homeroom"])


@cache
def plan() -> dict[str, Any]:
    """What ``school.toml`` says."""
    return tomllib.loads(files(__package__).joinpath("school.toml").read_text("utf-8"))


def has_sample_school(county_id: UUID) -> bool:
    return Unit.objects.filter(county=county_id, code=plan()["code"]).exists()


def found_sample_school(county_id: UUID, *, now: datetime, today: date) -> SampleSchool:
    """Found the school with its classes, people, sign-ins and its own supplement to the policy.

    ``now`` is when all that is recorded. The caller holds the transaction.
    """
    above = dict(Unit.objects.filter(county=county_id).values_list("name", "pk"))
    stamp = Stamp(county_id=county_id, by=None, now=now)
    founded = date(school_year_of(today) - 6, 9, 1)
    unit = found_unit(
        NewUnit(UnitKind.SCHOOL, plan()["name"], plan()["code"], "primary", is_boarding=True),
        parents={
            Line.GOVERNMENT: above[plan()["township"]],
            Line.EDUCATION: above[plan()["centre"]],
        },
        on=founded,
        stamp=stamp,
    )
    school = SampleSchool(county_id, today, now, unit.pk)
    for row in plan()["classes"]:
        school.classes[row["grade"]] = _class(school, row["grade"])
    _employ(school)
    for row in plan()["lessons"]:
        for grade in row["grades"]:
            assign_lesson(
                school_class=school.classes[grade],
                person_id=school.people[row["username"]],
                subject=row["subject"],
                from_on=school.term_start,
                stamp=stamp,
            )
    _adopt_supplement(school)
    return school


def _class(school: SampleSchool, grade: int) -> UUID:
    entered_in = school_year_of(school.today) - grade + 1
    above = school.school_id
    for kind, name in ((UnitKind.GRADE, str(entered_in)), (UnitKind.CLASS, "1")):
        above = found_unit(
            NewUnit(kind, name, stage="primary", entered_in=entered_in),
            parents={Line.GOVERNMENT: above, Line.EDUCATION: above},
            on=date(entered_in, 9, 1),
            stamp=school.stamp(),
        ).pk
    return above


def _employ(school: SampleSchool) -> None:
    bureau = Person.objects.get(
        county=school.county_id, posts__role=Role.BUREAU_HEAD, posts__to_on=None
    )
    for number, row in enumerate(plan()["people"], start=1):
        person = register_person(
            name=row["name"],
            phone=f"1549{number:07d}",
            staff_number=f"YD{number:04d}",
            stamp=school.stamp(),
        )
        school.people[row["username"]] = person.pk
        at = school.classes[row["grade"]] if "grade" in row else school.school_id
        post = appoint(
            Appointment(Role(row["role"]), at, person.pk),
            from_on=school.term_start,
            stamp=school.stamp(),
        )
        # Long enough to have called the rolls of the last weeks, and to be shown for some time.
        begins = school.today - timedelta(days=90)
        approve_access(
            post.pk,
            purpose="控辍保学日常工作",
            from_on=begins,
            to_on=begins + timedelta(days=365),
            stamp=school.stamp(by=bureau.pk),
        )
    usernames = {person_id: username for username, person_id in school.people.items()}
    open_accounts_alike(usernames, password=PASSWORD, stamp=school.stamp())


def _adopt_supplement(school: SampleSchool) -> None:
    """The school's own values over its 学区's plan: a contact the same day, an hour, proofs."""
    adoption = plan()["adoption"]
    values = {
        key: OwnValue(
            tuple(own["value"]) if isinstance(own["value"], list) else own["value"],
            adoption["source"],
            own.get("unit", ""),
            Operator(own["operator"]) if "operator" in own else None,
        )
        for key, own in adoption["values"].items()
    }
    clerk = Person.objects.get(
        county=school.county_id, posts__role=Role.COUNTY_CLERK, posts__to_on=None
    )
    adopt_pack(
        actor_of_person(clerk, today=school.today),
        NewAdoption(
            unit_id=school.school_id,
            pack_id=adoption["pack"],
            from_on=adoption["from_on"],
            values=values,
            reason=adoption["reason"],
        ),
        today=school.today,
        now=school.now,
    )
