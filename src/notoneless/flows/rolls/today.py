"""The classes that somebody calls, and how far each of their rolls has come today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from uuid import UUID

from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.attendance.queries.absentees import LessonMissed, lessons_missed
from notoneless.attendance.queries.members import SchoolStanding
from notoneless.attendance.queries.missing import due_at, is_overdue, kind_of_day, sessions_expected
from notoneless.attendance.queries.schools import (
    ClassStanding,
    classes_with_children,
    school_standings,
)
from notoneless.flows.rolls.permission import (
    BOARDERS_ONLY,
    LESSONS_ONLY,
    caller_roles,
    may_call,
)
from notoneless.places.models import Post
from notoneless.places.queries.units import standing
from notoneless.rules.attendance.sessions import (
    EVENING,
    RETURN,
    RollRules,
    RollState,
    is_late,
)
from notoneless.rules.roles import Capability, Role, Tenure


class CallState(StrEnum):
    """How one roll of a day stands."""

    OPEN = "open"
    """Not called, and there is still time."""
    OVERDUE = "overdue"
    CALLED = "called"
    NOT_HELD = "not_held"
    CONTENDED = "contended"
    """Two people saw different things and nobody has decided."""


@dataclass(frozen=True, slots=True)
class SessionToday:
    """One roll of a class today."""

    session: str
    state: CallState
    due_by: time | None
    """Local time; ``None`` where none is asked for."""
    called_at: datetime | None = None
    """Aware; when the standing roll was noted."""
    taken_by: str = ""
    enrolled: int = 0
    absent: int = 0
    is_late: bool = False
    """It was called after its hour or its day."""

    @property
    def is_called(self) -> bool:
        return self.called_at is not None


@dataclass(frozen=True, slots=True)
class ClassToday:
    """A class that the actor calls."""

    school_class: ClassStanding
    sessions: tuple[SessionToday, ...]
    """Those that the actor may call and that are asked for today."""
    is_lessons_only: bool
    """The actor calls single lessons of it."""
    is_boarders_only: bool
    is_standing_in: bool
    is_school_day: bool | None
    """``None`` where the calendar does not reach."""
    lessons_missed: tuple[LessonMissed, ...]

    @property
    def first_open(self) -> SessionToday | None:
        return next((s for s in self.sessions if not s.is_called), None)


@dataclass(frozen=True, slots=True)
class _Day:
    """What is on record for one day of the classes asked about."""

    day: date
    now: datetime
    rolls: dict[tuple[UUID, str], list[Roll]]
    lessons: dict[UUID, list[LessonMissed]]


def rolls_today(actor: Actor, *, today: date, now: datetime) -> list[ClassToday]:
    """The classes whose roll the actor may call, with each roll of today, by school and class.

    Whoever stands in finds the classes that he stands in for. A school's keeper of the dormitory
    finds the evening even where no plan asks for it. Five statements, and what is not remembered of
    calendars and policies; none for whoever calls no roll. Source: R-067, R-068.
    """
    if not actor.may(Capability.CALL_ROLL):
        return []
    classes = classes_with_children(actor, day=today, to=Capability.CALL_ROLL)
    if not classes:
        return []
    schools = _schools(actor, {each.school_id for each in classes}, on=today)
    on = _Day(
        today,
        now,
        _rolls(actor, [each.id for each in classes], day=today),
        _lessons(actor, day=today),
    )
    standing_in = _stands_in_at(actor, on=today)
    found = []
    for each in classes:
        school = schools.get(each.school_id)
        if school is None:
            continue
        roles = caller_roles(actor, each.paths)
        if roles <= BOARDERS_ONLY and not each.boarders:
            continue
        found.append(_class_today(actor, each, school, roles, on, is_in=each.id in standing_in))
    return found


def _class_today(
    actor: Actor,
    each: ClassStanding,
    school: SchoolStanding,
    roles: frozenset[Role],
    on: _Day,
    *,
    is_in: bool,
) -> ClassToday:
    rules, calendar = school.roll_rules(on.day), school.calendar(on.day)
    is_school_day, is_eve = kind_of_day(calendar.school_days, on.day)
    expected = sessions_expected(each, rules, is_school_day, is_eve)
    if roles & BOARDERS_ONLY and each.boarders:
        expected += _of_the_keeper(expected, is_school_day, is_eve)
    mine = [session for session in expected if may_call(actor, each.paths, session)]
    return ClassToday(
        school_class=each,
        sessions=tuple(
            _session(session, rules, on.rolls.get((each.id, session), ()), on) for session in mine
        ),
        is_lessons_only=roles <= LESSONS_ONLY,
        is_boarders_only=roles <= BOARDERS_ONLY,
        is_standing_in=is_in,
        is_school_day=is_school_day if calendar.knows(on.day) else None,
        lessons_missed=tuple(on.lessons.get(each.id, ())),
    )


def _of_the_keeper(expected: Collection[str], is_school_day: bool, is_eve: bool) -> list[str]:
    wanted = [EVENING] if is_school_day else [RETURN] if is_eve else []
    return [session for session in wanted if session not in expected]


def _session(session: str, rules: RollRules, rolls: Iterable[Roll], on: _Day) -> SessionToday:
    due_by = due_at(session, rules)
    stands = next((roll for roll in rolls if roll.is_standing), None)
    if stands is None:
        overdue = is_overdue(session, rules, day=on.day, now=on.now)
        return SessionToday(session, CallState.OVERDUE if overdue else CallState.OPEN, due_by)
    if any(not roll.is_standing for roll in rolls):
        state = CallState.CONTENDED
    else:
        state = CallState.CALLED if stands.state == RollState.HELD else CallState.NOT_HELD
    noted = timezone.localtime(stands.noted_at)
    return SessionToday(
        session=session,
        state=state,
        due_by=due_by,
        called_at=stands.noted_at,
        taken_by=stands.taken_by.name if stands.taken_by else "",
        enrolled=stands.enrolled_count,
        absent=stands.absent_count,
        is_late=noted.date() > on.day or is_late(noted.time(), due_by),
    )


def _schools(actor: Actor, ids: Collection[UUID], *, on: date) -> dict[UUID, SchoolStanding]:
    found = school_standings(actor.county_id, on=on, only=ids)
    return {school.school_id: school for school in found}


def _rolls(
    actor: Actor, class_ids: Collection[UUID], *, day: date
) -> dict[tuple[UUID, str], list[Roll]]:
    """Standing and contending rolls of the day."""
    rows = Roll.objects.filter(
        county=actor.county_id, school_class__in=class_ids, day=day, superseded_at=None
    ).select_related("taken_by")
    found: dict[tuple[UUID, str], list[Roll]] = defaultdict(list)
    for roll in rows:
        found[(roll.school_class_id, roll.session)].append(roll)
    return found


def _lessons(actor: Actor, *, day: date) -> dict[UUID, list[LessonMissed]]:
    found: dict[UUID, list[LessonMissed]] = defaultdict(list)
    for line in lessons_missed(actor, day=day):
        found[line.class_id].append(line)
    return found


def _stands_in_at(actor: Actor, *, on: date) -> set[UUID]:
    posts = Post.objects.filter(standing(on), person=actor.person_id, tenure=Tenure.STAND_IN)
    return set(posts.values_list("unit", flat=True))
