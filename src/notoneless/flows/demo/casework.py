"""What happens in offices and homes of the sample county on a day, after its rolls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.db import models, transaction
from django.db.models import Exists, OuterRef

from notoneless.attendance.models import Leave, LessonMark
from notoneless.cases.models import Case, CaseStep
from notoneless.contacts.models import ClassReport, Contact
from notoneless.documents.models import Service
from notoneless.flows.cases.looking_after import look_after_cases
from notoneless.flows.cases.opening import open_due_cases
from notoneless.flows.demo.casework_doing import DOING
from notoneless.flows.demo.casework_people import At, NobodyThere, scene_id
from notoneless.flows.demo.contacts import do_ordinary_work
from notoneless.flows.demo.county import DemoCounty
from notoneless.flows.demo.courses import (
    Course,
    Scene,
    day_of,
    due_day,
    is_left_out,
    playing,
    taken_in_hand,
    unforeseen,
)
from notoneless.flows.duties.together import gathered
from notoneless.rules.cases.kinds import State
from notoneless.rules.refusal import Refusal
from notoneless.signs.models import SignWord, WordStep

PROOFS: tuple[type[models.Model], ...] = (
    CaseStep,
    Contact,
    Service,
    ClassReport,
    SignWord,
    WordStep,
    LessonMark,
    Leave,
    Case,
)
"""Where what a scene wrote is found, by its id."""
RUNNING = (State.NOTICE_SERVED.value, State.ORDERED.value)
HOURS = {"visit": 16, "serve": 15, "call": 9, "talk": 12, "lesson": 14, "clear": 17, "open": 8}
OFFICE_HOUR = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """A scene that could not be played today, and why; it is tried again tomorrow."""

    course: str
    scene: Scene
    why: str


def work(county: DemoCounty, day: date) -> tuple[Waiting, ...]:
    """Play what is due in every course, and the teachers' ordinary work; answers what waits.

    What was done is read from the database: a day that is played twice is the same as once, and
    days later it goes on where it stood. A child whom a person has taken in hand is left alone.
    Nothing happens on a day on which no school has class.
    """
    if not any(county.school_days(school, day, day + timedelta(1)) for school in _schools(county)):
        return ()
    with gathered():
        open_due_cases(county.county_id, today=day, now=county.at(day, 8, 40))
        held = tuple(_play(county, day))
        do_ordinary_work(county, day)
    return held


def look_at_cases(county: DemoCounty, day: date) -> None:
    """What the rolls of the morning and the time that passed say of open cases.

    Before the day's work, so that who is back on a Monday can be reported back on Tuesday.
    """
    _let_time_pass(county, day)
    look_after_cases(county.county_id, today=day, now=county.at(day, 8, 35))


def _schools(county: DemoCounty) -> Iterable[UUID]:
    return {each.school_id for each in county.classes}


def _let_time_pass(county: DemoCounty, day: date) -> None:
    """Cases whose notice or order has run out are looked at: time takes that step."""
    served = CaseStep.objects.filter(case=OuterRef("pk"), deadline_on__lt=day, superseded_at=None)
    running = Case.objects.filter(county=county.county_id, state__in=RUNNING)
    running.filter(Exists(served)).update(planned_at=None)


def _play(county: DemoCounty, day: date) -> Iterator[Waiting]:
    going = [*playing(county, day), *unforeseen(county)]
    taken = taken_in_hand(county)
    going = [(course, child) for course, child in going if child not in taken]
    done = _done(
        county,
        (
            scene_id(county, course, scene.number)
            for course, child in going
            for now in [day_of(course, county, child, day)]
            for scene in course.plot.scenes
            if scene.day <= now
        ),
    )
    due = [
        (course, child, scenes)
        for course, child in going
        if (scenes := _due(county, course, child, day, done))
    ]
    cases = _cases(child for _, child, _ in due)
    for course, child, scenes in due:
        yield from _play_course(county, course, child, scenes, cases.get(child), day)


def _done(county: DemoCounty, ids: Iterable[UUID]) -> frozenset[UUID]:
    """Those whose record is there; what was found once is not asked for again."""
    known: set[UUID] = county.kept.setdefault("done", set())
    wanted = [each for each in ids if each not in known]
    for table in PROOFS:
        found = table._default_manager.filter(pk__in=wanted).values_list("pk", flat=True)
        known.update(found)
    return frozenset(known)


def _due(
    county: DemoCounty, course: Course, child: UUID, day: date, done: frozenset[UUID]
) -> list[Scene]:
    """The scenes whose day has come, after the last one that has been played."""
    now = day_of(course, county, child, day)
    played = [s.number for s in course.plot.scenes if scene_id(county, course, s.number) in done]
    last = max(played, default=-1)
    left = [s for s in course.plot.scenes if s.number > last and not is_left_out(course, s)]
    return [s for s in left if due_day(course, s) <= now]


def _cases(child_ids: Iterable[UUID]) -> dict[UUID, Case]:
    """The newest case of each child."""
    rows = Case.objects.filter(child__in=list(child_ids)).order_by("opened_on", "pk")
    return {row.child_id: row for row in rows}


def _play_course(
    county: DemoCounty,
    course: Course,
    child: UUID,
    scenes: list[Scene],
    case: Case | None,
    day: date,
) -> Iterator[Waiting]:
    clock = county.at(day, 8, 50)
    for scene in scenes:
        if case is None and scene.verb not in ("open", "bring_in"):
            case = _cases([child]).get(child)
        clock = _moment(county, course, scene, clock, day)
        why = _try(At(county, course, scene, child, case, clock, day))
        if why and "optional" not in scene.given:
            yield Waiting(course.key, scene, why)
            return


def _moment(
    county: DemoCounty, course: Course, scene: Scene, clock: datetime, day: date
) -> datetime:
    """When a scene is played: at its usual hour, never before what went before it."""
    hour = HOURS.get(scene.verb, OFFICE_HOUR)
    minute = county.random("minute", course.key, scene.number).randrange(8, 55)
    return max(county.at(day, hour, minute), clock + timedelta(minutes=7 + minute // 4))


def _try(at: At) -> str:
    """Play a scene; answers why it could not be, and nothing when it was."""
    try:
        with transaction.atomic():
            DOING[at.scene.verb](at)
    except (Refusal, NobodyThere, ObjectDoesNotExist) as problem:
        return f"{type(problem).__name__} {problem}"
    return ""
