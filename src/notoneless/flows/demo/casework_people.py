"""Who does what in a course of the sample county: holders of the posts that the ladder names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from random import Random
from types import MappingProxyType
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.cases.models import Case
from notoneless.flows.demo.county import DemoClass, DemoCounty
from notoneless.flows.demo.courses import Course, Scene, classes_by_id
from notoneless.places.models import Unit, UnitPlace
from notoneless.rules.cases.kinds import Level
from notoneless.rules.paths import Line
from notoneless.rules.roles import CEILING, Capability, Role
from notoneless.rules.units import UnitKind

ROLES: Mapping[Level, tuple[Role, ...]] = MappingProxyType(
    {
        Level.CLASS: (Role.HOMEROOM_TEACHER,),
        Level.SCHOOL: (Role.PRINCIPAL, Role.DROPOUT_OFFICER),
        Level.CENTRE: (Role.CENTRE_HEAD,),
        Level.VILLAGE: (Role.VILLAGE_OFFICER, Role.VILLAGE_HEAD),
        Level.TOWNSHIP: (Role.TOWNSHIP_OFFICER, Role.TOWNSHIP_HEAD),
        Level.COUNTY: (Role.COUNTY_CLERK, Role.BUREAU_LEADER, Role.BUREAU_HEAD),
        Level.DEPARTMENT: (Role.DEPARTMENT_LIAISON,),
    }
)
"""Whom a unit sends, the first choice first."""


class NobodyThere(Exception):
    """No post of the sample fits: a vacant one, or a unit that is not there; says what lacks."""


@dataclass(frozen=True)
class At:
    """One scene at the moment in which it is played."""

    county: DemoCounty
    course: Course
    scene: Scene
    child: UUID
    case: Case | None
    now: datetime
    day: date

    @cached_property
    def random(self) -> Random:
        return self.county.random("scene", self.course.key, self.scene.number)

    @property
    def id(self) -> UUID:
        """Of the record that proves the scene."""
        return scene_id(self.county, self.course, self.scene.number)

    @property
    def hour(self) -> str:
        return timezone.localtime(self.now).strftime("%H:%M")

    @property
    def school_class(self) -> DemoClass:
        return classes_by_id(self.county)[self.county.children[self.child].class_id]

    @property
    def name(self) -> str:
        return self.county.children[self.child].name

    def given(self, name: str, otherwise: str = "") -> str:
        """What the scene says under a name; of a referral what the course says."""
        kind, _, to = self.course.referral.partition(":")
        of_course = {"kind": kind, "to": to}.get(name, "")
        return self.scene.given.get(name, "") or of_course or otherwise

    def opened(self) -> Case:
        """The child's case. Raises ``NobodyThere`` while there is none."""
        if self.case is None:
            raise NobodyThere("no case")
        return self.case

    def before(self, verb: str) -> UUID:
        """The record of the latest scene of a kind before this one."""
        scenes = self.course.plot.scenes[: self.scene.number]
        found = [scene.number for scene in scenes if scene.verb == verb]
        if not found:
            raise NobodyThere(verb)
        return scene_id(self.county, self.course, found[-1])

    def someone(self, level: Level, to: Capability = Capability.WORK_CASES) -> Actor:
        """Somebody of a level who may do it. Raises ``NobodyThere``."""
        unit = self.unit(level)
        for role in ROLES[level]:
            actor = self.county.holder(role, unit, self.day) if unit else None
            if actor is not None and to in CEILING[role]:
                return actor
        raise NobodyThere(level.value)

    def unit(self, level: Level) -> UUID | None:
        """The unit of a level that has to do with the child."""
        case, at = self.case, self.school_class
        if level is Level.COUNTY:
            return bureau(self.county)
        if level is Level.DEPARTMENT:
            return department(self.county, self.given("to"))
        if level is Level.CENTRE:
            return centre(self.county, at.school_id)
        return {
            Level.CLASS: at.id,
            Level.SCHOOL: at.school_id,
            Level.VILLAGE: case.village_id if case else self.county.children[self.child].village_id,
            Level.TOWNSHIP: case.township_id if case else at.township_id,
        }.get(level)


def scene_id(county: DemoCounty, course: Course, number: int) -> UUID:
    """The id of what a scene writes: known before it is written, and the same however often."""
    known: dict[tuple[str, int], UUID] = county.kept.setdefault("scenes", {})
    key = (course.key, number)
    if key not in known:
        known[key] = county.new_id("course", *key)
    return known[key]


def bureau(county: DemoCounty) -> UUID:
    """The county's bureau of education."""
    if "bureau" not in county.kept:
        rows = Unit.objects.filter(county=county.county_id, kind=UnitKind.BUREAU)
        county.kept["bureau"] = rows.values_list("pk", flat=True)[0]
    found: UUID = county.kept["bureau"]
    return found


def centre(county: DemoCounty, school_id: UUID) -> UUID | None:
    """The unit above a school in the education line."""
    if "above" not in county.kept:
        rows = UnitPlace.objects.filter(
            unit__county=county.county_id, line=Line.EDUCATION, to_on=None
        )
        county.kept["above"] = dict(rows.values_list("unit", "parent"))
    found: UUID | None = county.kept["above"].get(school_id)
    return found


def department(county: DemoCounty, word: str) -> UUID:
    """The department whose name has ``word``. Raises ``NobodyThere``."""
    found = [unit for name, unit in county.units.items() if word and word in name]
    if not found:
        raise NobodyThere(word or "no department")
    return found[0]
