"""Found the sample county through the same services as a real one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.access.services import approve_access, open_accounts_alike
from notoneless.flows.sample.calendar import add_sample_calendar
from notoneless.journal.services import Stamp, mark_as_demo
from notoneless.places.queries import county_by_code
from notoneless.places.services.people import Appointment, appoint, register_person
from notoneless.places.services.telephones import save_telephone
from notoneless.places.services.units import NewUnit, found_county, found_unit
from notoneless.policy.services.adoptions import NewAdoption, adopt
from notoneless.policy.services.packs import load_shipped_packs
from notoneless.rules.paths import Line
from notoneless.rules.roles import Role
from notoneless.rules.telephones import Telephone
from notoneless.rules.units import UnitKind

PASSWORD = "qinghe-2026"  # noqa: S105  # printed on the demo's sign-in page; never in production


@dataclass(slots=True)
class _Builder:
    plan: dict[str, Any]
    now: datetime
    units: dict[str, UUID] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    county_id: UUID = field(default_factory=uuid7)

    @property
    def founded_on(self) -> date:
        day: date = self.plan["founded_on"]
        return day

    def stamp(self, by: UUID | None = None) -> Stamp:
        return Stamp(county_id=self.county_id, by=by, now=self.now)

    def found(self, new: NewUnit, **above: str) -> None:
        """``above``: name of the parent by line letter."""
        parents = {Line(line): self.units[name] if name else None for line, name in above.items()}
        unit = found_unit(new, parents=parents, on=self.founded_on, stamp=self.stamp())
        self.units[new.name] = unit.pk


@transaction.atomic
def found_sample_county(*, now: datetime, today: date) -> UUID:
    """Make 青禾县 with its units, posts, people and sign-ins; at once the id if it is there."""
    plan = _plan()
    if standing := county_by_code(plan["code"]):
        return standing
    build = _Builder(plan, now)
    mark_as_demo(build.county_id)
    _found_units(build)
    _appoint_people(build, today=today)
    _note_telephones(build)
    add_sample_calendar(build.units, stamp=build.stamp())
    _adopt_packs(build, today=today)
    return build.county_id


def county_of_sample() -> UUID | None:
    """青禾县, where it is there."""
    return county_by_code(_plan()["code"])


def _plan() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("county.toml").read_text("utf-8"))


def _found_units(build: _Builder) -> None:
    plan = build.plan
    county = found_county(
        NewUnit(UnitKind.COUNTY, plan["name"], code=plan["code"]),
        on=build.founded_on,
        stamp=build.stamp(),
    )
    build.units[plan["name"]] = county.pk
    build.found(NewUnit(UnitKind.BUREAU, plan["bureau"]), g=plan["name"], e="")
    for township in plan["townships"]:
        _found_township(build, township)


def _found_township(build: _Builder, township: dict[str, Any]) -> None:
    name, centre = township["name"], township["centre"]
    build.found(NewUnit(UnitKind.TOWNSHIP, name, code=township["code"]), g=build.plan["name"])
    build.found(NewUnit(UnitKind.CENTRE_SCHOOL, centre), e=build.plan["bureau"])
    for village, number in township["villages"].items():
        code = township["code"][:9] + str(number)
        build.found(NewUnit(UnitKind.VILLAGE, village, code=code), g=name)
    for school in township["schools"]:
        build.found(
            NewUnit(
                UnitKind(school["kind"]),
                school["name"],
                code=school["code"],
                stage=school.get("stage", ""),
                is_boarding=school.get("boarding", False),
            ),
            g=name,
            e=centre,
        )


def _appoint_people(build: _Builder, *, today: date) -> None:
    posts: dict[str, UUID] = {}
    people = build.people
    for number, row in enumerate(build.plan["people"], start=1):
        person = register_person(
            name=row["name"],
            phone=f"154{number:08d}",
            staff_number=f"QH{number:04d}",
            stamp=build.stamp(),
        )
        people[row["username"]] = person.pk
        post = appoint(
            Appointment(Role(row["role"]), build.units[row["unit"]], person.pk),
            from_on=build.founded_on,
            stamp=build.stamp(),
        )
        posts[row["username"]] = post.pk
    usernames = {person_id: username for username, person_id in people.items()}
    open_accounts_alike(usernames, password=PASSWORD, stamp=build.stamp())
    for username, post_id in posts.items():
        approver = "clerk" if username == "bureau" else "bureau"
        approve_access(
            post_id,
            purpose="控辍保学日常工作",
            from_on=today,
            to_on=today + timedelta(days=365),
            stamp=build.stamp(by=people[approver]),
        )


def _note_telephones(build: _Builder) -> None:
    for row in build.plan["telephones"]:
        told = Telephone(row["phone"], row["contact"], row["address"])
        save_telephone(build.units[row["unit"]], told, basis=None, stamp=build.stamp())


def _adopt_packs(build: _Builder, *, today: date) -> None:
    """The township follows S1-29, its schools' work S1-24 where the two do not meet."""
    load_shipped_packs(now=build.now)
    for row in build.plan["adoptions"]:
        adopt(
            NewAdoption(
                unit_id=build.units[row["unit"]],
                pack_id=row["pack"],
                from_on=row["from_on"],
                without=frozenset(row.get("without", ())),
                reason=row["reason"],
            ),
            today=today,
            stamp=build.stamp(by=build.people[row["by"]]),
        )
