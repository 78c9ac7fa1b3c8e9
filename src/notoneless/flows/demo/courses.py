"""The courses that children of the sample county run: who stays away, when, and what is done."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any
from uuid import UUID

from notoneless.cases.models import Case
from notoneless.children.models import Child
from notoneless.flows.demo.county import DemoChild, DemoClass, DemoCounty, random_of
from notoneless.journal.queries import touched_by_people
from notoneless.places.models import Unit
from notoneless.rules.attendance.forms import AbsenceMark
from notoneless.rules.attendance.sessions import Reason
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.cases.kinds import CLOSED
from notoneless.rules.units import UnitKind

SLOW = frozenset(
    {"accepted", "notice_issued", "serve", "placed", "return_reported", "plan_reviewed"}
    | {"closing_asked", "closed", "acknowledge", "answer"}
)
"""What offices do late now and then, and how often and by how many school days at most."""
LATE, MOST_LATE = 0.14, 4
NEVER, LEFT_OUT = frozenset({"plan_reviewed"}), 0.12
TOLD_ELSEWHERE = "2199000109"
COMMON_CAUSES = ("weariness", "weariness", "learning_difficulty", "family", "distance", "work")
SEXES = {"girl": Child.Sex.FEMALE, "boy": Child.Sex.MALE}


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that is done, as soon as its day has come and all before it has been done."""

    day: int
    """School days since the course began; nought is its first day. Negative: days before it."""
    verb: str
    what: str
    given: Mapping[str, str]
    number: int


@dataclass(frozen=True, slots=True)
class Span:
    """School days of a course on which the child is not at school."""

    first: int
    last: int | None
    """Inclusive; ``None``: as far as anybody knows."""
    reason: Reason

    def has(self, day: int) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Plot:
    """What happens in courses of one kind."""

    key: str
    ends: str
    """Where such a course ends: a state of the ladder, or ``none`` where no case opens."""
    away: tuple[Span, ...]
    scenes: tuple[Scene, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One child's course; which child is found among those who fit it best."""

    key: str
    plot: Plot
    cause: str
    from_on: date
    school: str = ""
    grade: int = 0
    """Nought: any."""
    name: str = ""
    """Of a child that was entered by hand; empty: anybody."""
    sex: str = ""
    village: str = ""
    outcome: str = ""
    referral: str = ""


@cache
def _told() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("courses.toml").read_text("utf-8"))


@cache
def plots() -> Mapping[str, Plot]:
    """All plots by key."""
    return MappingProxyType({key: _plot(key, row) for key, row in _told()["plots"].items()})


@cache
def courses() -> Mapping[str, Course]:
    """All courses by key, as ``courses.toml`` tells them."""
    found = [_course(row, plots()) for row in _told()["courses"]]
    return MappingProxyType({course.key: course for course in found})


def cast(county: DemoCounty) -> Mapping[str, UUID]:
    """Which child runs which course: by chance, the same each time, no child two of them."""
    if "cast" not in county.kept:
        county.kept["cast"] = _cast(county, courses())
    found: Mapping[str, UUID] = county.kept["cast"]
    return found


def absences(county: DemoCounty, day: date) -> Mapping[UUID, AbsenceMark]:
    """The children whom a course keeps away on a school day, with what the roll shows.

    One whom a person has taken in hand is in no course any more.
    """
    taken = taken_in_hand(county)
    marks = {}
    for course, child in playing(county, day):
        reason = _reason(course, day_of(course, county, child, day))
        if reason is not None and child not in taken:
            marks[child] = AbsenceMark(child, reason)
    return marks


def playing(county: DemoCounty, day: date) -> Iterator[tuple[Course, UUID]]:
    """The courses that have begun by a day, with their children."""
    for key, child in cast(county).items():
        course = courses()[key]
        first = min((scene.day for scene in course.plot.scenes), default=0)
        if course.from_on + min(first, 0) * ONE_DAY <= day:
            yield course, child


def unforeseen(county: DemoCounty) -> Iterator[tuple[Course, UUID]]:
    """Open cases of children without a course: they stayed away by chance; one statement.

    Those of 云顶小学 have a story of their own.
    """
    rows = Case.objects.filter(county=county.county_id).exclude(state__in=CLOSED)
    rows = rows.exclude(child__in=cast(county).values())
    told = county.schools.get(TOLD_ELSEWHERE)
    for child, since, school in rows.values_list("child", "away_since", "school"):
        if child in county.children and school != told:
            key = f"unforeseen/{county.children[child].key}/{since}"
            cause = random_of("cause", key).choice(COMMON_CAUSES)
            yield Course(key, plots()["unforeseen"], cause, since), child


def due_day(course: Course, scene: Scene) -> int:
    """The school day of a course from which a scene is due: now and then offices are late.

    Never so late that the next scene would have to wait for it.
    """
    late, how = _luck_of(course.key, scene.number)
    if scene.verb not in SLOW or late >= LATE:
        return scene.day
    later = [each.day for each in course.plot.scenes[scene.number + 1 :]]
    most = later[0] - scene.day if later else MOST_LATE
    return scene.day + min(1 + int(how * MOST_LATE), most)


@cache
def _luck_of(course_key: str, number: int) -> tuple[float, float]:
    """Whether a scene is late, and how late; asked for on each day until it has been played."""
    late, how = (random_of("late", course_key, number, n).random() for n in (1, 2))
    return late, how


def is_left_out(course: Course, scene: Scene) -> bool:
    """Whether nobody ever does it, though it is due."""
    if scene.verb not in NEVER:
        return False
    return random_of("never", course.key, scene.number).random() < LEFT_OUT


def taken_in_hand(county: DemoCounty) -> frozenset[UUID]:
    """Children about whom a person has written since the play began."""
    if "taken" not in county.kept:
        county.kept["taken"] = touched_by_people(county.county_id)
    found: frozenset[UUID] = county.kept["taken"]
    return found


def day_of(course: Course, county: DemoCounty, child: UUID, day: date) -> int:
    """How many school days of the child's school after the course's first; before it negative.

    On a day without school that of the last one before it.
    """
    if day < course.from_on:
        return (day - course.from_on).days
    school = classes_by_id(county)[county.children[child].class_id].school_id
    return len(county.school_days(school, course.from_on, day + ONE_DAY)) - 1


def classes_by_id(county: DemoCounty) -> Mapping[UUID, DemoClass]:
    """The county's classes by id."""
    if "classes" not in county.kept:
        county.kept["classes"] = {each.id: each for each in county.classes}
    found: Mapping[UUID, DemoClass] = county.kept["classes"]
    return found


def _reason(course: Course, day: int) -> Reason | None:
    return next((span.reason for span in course.plot.away if span.has(day)), None)


# -- the cast ---------------------------------------------------------------------------------


def _cast(county: DemoCounty, wanted: Mapping[str, Course]) -> dict[str, UUID]:
    sexes = dict(Child.objects.filter(pk__in=county.children).values_list("pk", "sex"))
    villages = Unit.objects.filter(county=county.county_id, kind=UnitKind.VILLAGE)
    names = dict(villages.values_list("pk", "name"))
    by_school: dict[UUID, list[DemoChild]] = {}
    for each in county.classes:
        members = [county.children[child] for child in county.children_of(each.id)]
        by_school.setdefault(each.school_id, []).extend(members)
    everybody = [child for members in by_school.values() for child in members]
    found: dict[str, UUID] = {}
    taken: set[UUID] = set()
    for key, course in wanted.items():
        school = county.schools.get(course.school)
        free = [c for c in by_school.get(school or UUID(int=0), everybody) if c.id not in taken]
        if not free:
            continue
        ranks = {c.id: _misfit(course, c, county, sexes, names) for c in free}
        best = min(ranks.values())
        fitting = [c for c in free if ranks[c.id] == best]
        chosen = min(fitting, key=lambda c: random_of("cast", key, c.key).random())
        found[key] = chosen.id
        taken.add(chosen.id)
    return found


def _misfit(
    course: Course,
    child: DemoChild,
    county: DemoCounty,
    sexes: Mapping[UUID, str],
    names: Mapping[UUID, str],
) -> tuple[int, ...]:
    """How badly a child fits a course; all noughts for one that it is made for."""
    grade = classes_by_id(county)[child.class_id].grade
    village = names.get(child.village_id, "") if child.village_id else ""
    return (
        int(bool(course.name) and child.name != course.name),
        int(bool(course.sex) and sexes.get(child.id) != SEXES[course.sex]),
        abs(grade - course.grade) if course.grade else 0,
        int(bool(course.village) and not village.endswith(course.village)),
    )


# -- reading ------------------------------------------------------------------------------------


def _plot(key: str, row: Mapping[str, Any]) -> Plot:
    scenes = tuple(_scene(n, text) for n, text in enumerate(row["scenes"]))
    return Plot(key, row["ends"], tuple(_spans(row["away"])), scenes)


def _scene(number: int, text: str) -> Scene:
    """``12 serve return_notice method=left_at_home``."""
    day, verb, *rest = text.split()
    given = dict(word.split("=", 1) for word in rest if "=" in word)
    what = next((word for word in rest if "=" not in word), "")
    return Scene(int(day), verb, what, MappingProxyType(given), number)


def _spans(text: str) -> Iterator[Span]:
    """``0-6 15-:personal``: days from and to, to the end where none is named, and the reason."""
    for part in text.split():
        days, _, reason = part.partition(":")
        first, _, last = days.partition("-")
        shown = Reason(reason) if reason else Reason.UNEXPLAINED
        yield Span(int(first), int(last) if last else None, shown)


def _course(row: Mapping[str, Any], plots: Mapping[str, Plot]) -> Course:
    said = {name: value for name, value in row.items() if name not in ("plot", "from")}
    return Course(plot=plots[row["plot"]], from_on=row["from"], **said)
