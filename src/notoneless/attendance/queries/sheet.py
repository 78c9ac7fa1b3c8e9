"""The sheet that a teacher calls the roll from, and the week of a class at a glance."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import Absence, Leave, LessonMark, Roll
from notoneless.attendance.queries.members import CHILD, ClassDay, class_day
from notoneless.attendance.queries.rolls import RollFacts, rolls_where
from notoneless.attendance.queries.schools import units_in_reach
from notoneless.children.models import Child
from notoneless.children.queries.branches import about
from notoneless.places.models import Unit
from notoneless.rules.attendance.leave import LeaveState, premark
from notoneless.rules.attendance.sessions import BOARDERS, DAY, Reason, RollRules
from notoneless.rules.paths import is_below
from notoneless.rules.roles import Capability


@dataclass(frozen=True, slots=True)
class Line:
    """One child on the sheet."""

    child_id: UUID
    name: str
    is_boarding: bool
    mark: Reason | None
    """As the standing roll has it; ``None`` when there. Without a roll what leave has marked."""
    minutes_late: int
    note: str
    is_marked_by_leave: bool
    was_missing: bool
    """In the last roll of an earlier day."""
    lessons_missed: tuple[int, ...]
    """Lessons of the day in which a subject teacher missed the child."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A class, a day, a session: what there is to call, and what was called."""

    class_id: UUID
    day: date
    session: str
    is_school_day: bool | None
    """``None`` where the calendar does not reach."""
    lines: tuple[Line, ...]
    """By pinyin."""
    rolls: tuple[RollFacts, ...]
    """The standing one first, then those that contend, then what is past, newest first."""
    paths: tuple[str, ...]
    """Where the class stands today."""
    rules: RollRules
    """What the policy of today says about its rolls."""

    @property
    def standing(self) -> RollFacts | None:
        return next((roll for roll in self.rolls if roll.is_standing), None)

    @property
    def contending(self) -> tuple[RollFacts, ...]:
        return tuple(roll for roll in self.rolls if roll.is_contending)


@dataclass(frozen=True, slots=True)
class DayOfWeek:
    """One day of the week strip."""

    on: date
    is_school_day: bool | None
    rolls: tuple[RollFacts, ...]
    """Standing rolls of the class, in the order in which they were called."""
    is_contended: bool
    expected: tuple[str, ...] = (DAY,)
    """Sessions of the whole class that the policy asks for on a school day."""

    @property
    def is_missing(self) -> bool:
        """A school day without any roll: the numbers of that day are unknown."""
        return bool(self.is_school_day) and not self.rolls

    @property
    def whole(self) -> tuple[RollFacts, ...]:
        """Rolls of the whole class; neither lessons nor boarders."""
        return tuple(roll for roll in self.rolls if roll.is_of_whole_class)

    @property
    def first_open(self) -> str:
        """The first session that is asked for and not called; else the last one called."""
        called = [roll.session for roll in self.whole]
        open_ones = [session for session in self.expected if session not in called]
        return (open_ones or called[-1:] or list(self.expected))[0]

    @property
    def is_complete(self) -> bool:
        called = {roll.session for roll in self.whole}
        return bool(called) and (DAY in called or called >= set(self.expected))


def sheet_of(actor: Actor, class_id: UUID, *, day: date, session: str = DAY, today: date) -> Sheet:
    """The sheet of a class for a day and session; a constant number of statements.

    Leave that is approved has marked its children; whoever was missing in the last roll is shown.
    Evening and return list those who sleep at school, and whoever the standing roll names. Raises
    ``Unit.DoesNotExist`` for a class that is not the actor's to see, or had no children.
    """
    at = _class(actor, class_id, day, session)
    rolls = rolls_where(Q(school_class=class_id, day=day, session=session))
    leave = {} if any(roll.is_standing for roll in rolls) else _leave(at, day)
    standing = _standing_marks(class_id, day, session)
    expected = at.boarders | standing.keys() if session in BOARDERS else at.members
    missing = _missing_before(class_id, day)
    lessons = _lessons(class_id, day)
    lines = tuple(
        Line(
            child_id=child.pk,
            name=child.name,
            is_boarding=child.is_boarding,
            mark=Reason(standing[child.pk].reason) if child.pk in standing else leave.get(child.pk),
            minutes_late=standing[child.pk].minutes_late if child.pk in standing else 0,
            note=standing[child.pk].note if child.pk in standing else "",
            is_marked_by_leave=child.pk in leave,
            was_missing=child.pk in missing,
            lessons_missed=tuple(sorted(lessons.get(child.pk, ()))),
        )
        for child in Child.objects.filter(pk__in=expected & at.members).order_by("pinyin", "pk")
    )
    return Sheet(
        class_id=class_id,
        day=day,
        session=session,
        is_school_day=_is_school_day(at, day, today),
        lines=lines,
        rolls=rolls,
        paths=at.paths,
        rules=at.school.roll_rules(today),
    )


def week_of(actor: Actor, class_id: UUID, *, monday: date, today: date) -> list[DayOfWeek]:
    """The seven days from ``monday`` of a class; three statements and the calendar.

    Raises ``Unit.DoesNotExist``.
    """
    days = [monday + timedelta(days=n) for n in range(7)]
    at = _class(actor, class_id, min(max(monday, today), days[-1]), DAY)
    by_day: dict[date, list[RollFacts]] = defaultdict(list)
    for roll in rolls_where(
        Q(school_class=class_id, day__gte=days[0], day__lte=days[-1], superseded_at=None)
    ):
        by_day[roll.day].append(roll)
    asked = at.school.roll_rules(today).sessions
    expected = tuple(session for session in asked if session not in BOARDERS)
    return [
        DayOfWeek(
            on=day,
            is_school_day=_is_school_day(at, day, today),
            rolls=tuple(sorted((r for r in by_day[day] if r.is_standing), key=_by_time)),
            is_contended=any(roll.is_contending for roll in by_day[day]),
            expected=expected or (DAY,),
        )
        for day in days
    ]


def first_missing(actor: Actor, class_id: UUID, *, day: date) -> str:
    """The first session of a day that the roll rules in force then ask for and nobody has called;
    where none is missing, the day's first; two statements.

    The dormitory's rolls are not looked for. Raises ``Unit.DoesNotExist`` as ``sheet_of``.
    """
    rules = _class(actor, class_id, day, DAY).school.roll_rules(day)
    asked = [session for session in rules.sessions if session not in BOARDERS] or [DAY]
    called = set(
        Roll.objects.filter(school_class=class_id, day=day, is_standing=True).values_list(
            "session", flat=True
        )
    )
    return next((session for session in asked if session not in called), asked[0])


def contended_rolls(actor: Actor) -> list[tuple[UUID, date, str]]:
    """Class, day and session of rolls that wait for a decision, in the actor's reach; oldest first;
    one statement.
    """
    rows = Roll.objects.filter(
        county=actor.county_id,
        is_standing=False,
        superseded_at=None,
        school_class__in=units_in_reach(actor),
    )
    return list(
        rows.order_by("day", "session", "school_class")
        .values_list("school_class", "day", "session")
        .distinct()
    )


def _class(actor: Actor, class_id: UUID, day: date, session: str) -> ClassDay:
    at = class_day(class_id, county_id=actor.county_id, day=day, session=session)
    tops = actor.reach(Capability.SEE_CHILDREN)
    if at is None or not any(is_below(path, top) for path in at.paths for top in tops):
        raise Unit.DoesNotExist
    return at


def _is_school_day(at: ClassDay, day: date, today: date) -> bool | None:
    calendar = at.school.calendar(today)
    return calendar.calendar.is_school_day(day) if calendar.knows(day) else None


def _by_time(roll: RollFacts) -> datetime:
    return roll.noted_at


def _standing_marks(class_id: UUID, day: date, session: str) -> dict[UUID, Absence]:
    """By child as it is known now."""
    rows = Absence.objects.filter(
        roll__school_class=class_id,
        roll__is_standing=True,
        roll__day=day,
        roll__session=session,
    )
    return {row.child.merged_into_id or row.child_id: row for row in rows.select_related("child")}


def _leave(at: ClassDay, day: date) -> dict[UUID, Reason]:
    rows = Leave.objects.filter(
        child__in=about(at.members),
        state=LeaveState.APPROVED,
        from_on__lte=day,
        to_on__gt=day,
    )
    return {
        row.child.merged_into_id or row.child_id: premark(row.period)
        for row in rows.select_related("child")
    }


def _missing_before(class_id: UUID, day: date) -> set[UUID]:
    """Two statements at most: the newest earlier day with a roll, and who was missing in it."""
    last = (
        Roll.objects.filter(school_class=class_id, day__lt=day, is_standing=True, state="held")
        .order_by("-day")
        .values_list("day", flat=True)
        .first()
    )
    if last is None:
        return set()
    rows = Absence.objects.filter(
        roll__school_class=class_id, roll__is_standing=True, roll__day=last
    ).exclude(reason=Reason.LATE)
    return set(rows.annotate(who=CHILD).values_list("who", flat=True))


def _lessons(class_id: UUID, day: date) -> dict[UUID, set[int]]:
    found: dict[UUID, set[int]] = defaultdict(set)
    rows = LessonMark.objects.filter(school_class=class_id, day=day, withdrawn_at=None)
    for child_id, lesson in rows.annotate(who=CHILD).values_list("who", "lesson"):
        found[child_id].add(lesson)
    return found
