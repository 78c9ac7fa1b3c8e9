"""One tap of a subject teacher: missing in my lesson (R-067, T01)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor
from notoneless.attendance.models import LessonMark
from notoneless.attendance.queries.members import ClassDay, class_day
from notoneless.attendance.services.lessons import (
    NewLessonMark,
    withdraw_lesson_mark,
    write_lesson_mark,
)
from notoneless.attendance.services.runs import refresh_runs
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.rolls.permission import must_answer_for, must_call, refuse_unseen
from notoneless.flows.rolls.refusals import FutureDay, IdUsed, NotInClass, UnknownSession
from notoneless.journal.services import Stamp
from notoneless.rules.attendance.sessions import lesson_code, lesson_of


def mark_missing(
    actor: Actor, new: NewLessonMark, *, noted_at: datetime, today: date, now: datetime
) -> UUID:
    """Say that a child is missing in a lesson; answers the mark that says so.

    Two teachers, or one who taps twice, make one mark. Raises ``Unit.DoesNotExist``,
    ``NotAllowed``, ``UnknownSession``, ``FutureDay``, ``NotInClass``, ``IdUsed``.
    """
    for attempt in (1, 2):
        try:
            with transaction.atomic():
                return _mark(actor, new, noted_at=noted_at, today=today, now=now)
        except IntegrityError:
            if attempt == 2:
                raise
    raise AssertionError("unreachable")


@transaction.atomic
def unmark_missing(actor: Actor, mark_id: UUID, *, today: date, now: datetime) -> None:
    """Take the mark back: whoever made it, or who answers for the class. Twice is once.

    Raises ``LessonMark.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``.
    """
    mark = LessonMark.objects.select_for_update().get(pk=mark_id, county=actor.county_id)
    at = _class(actor, mark.school_class_id, mark.day, lesson_code(mark.lesson), today)
    must_call(actor, at.paths, lesson_code(mark.lesson))
    if mark.by_id != actor.person_id:
        must_answer_for(actor, at.paths)
    if mark.withdrawn_at is None:
        stamp = _stamp(actor, mark.school_class_id, now, now)
        withdraw_lesson_mark(mark, stamp=stamp)
        _refresh(at, mark.child_id, today=today, now=now)
        plan_for_children({mark.child_id}, today=today, stamp=stamp)


def _mark(
    actor: Actor, new: NewLessonMark, *, noted_at: datetime, today: date, now: datetime
) -> UUID:
    session = lesson_code(new.lesson)
    at = _class(actor, new.class_id, new.day, session, today)
    if lesson_of(session) is None:
        raise UnknownSession(session=session)
    must_call(actor, at.paths, session)
    if new.day > today:
        raise FutureDay(day=new.day.isoformat())
    there = _there(new)
    if there is not None:
        if there.pk == new.id and there.child_id != new.child_id:
            raise IdUsed()
        return there.pk
    if new.child_id not in at.members:
        raise NotInClass(count=1, day=new.day.isoformat())
    stamp = _stamp(actor, new.class_id, min(noted_at, now), now)
    mark = write_lesson_mark(new, stamp=stamp)
    _refresh(at, new.child_id, today=today, now=now)
    plan_for_children({new.child_id}, today=today, stamp=stamp)
    return mark.pk


def _there(new: NewLessonMark) -> LessonMark | None:
    same_id = LessonMark.objects.filter(pk=new.id).first()
    return same_id or (
        LessonMark.objects.filter(
            child=new.child_id, day=new.day, lesson=new.lesson, withdrawn_at=None
        ).first()
    )


def _class(actor: Actor, class_id: UUID, day: date, session: str, today: date) -> ClassDay:
    at = class_day(class_id, county_id=actor.county_id, day=day, session=session)
    if at is None:
        refuse_unseen(actor, class_id, today=today)
    return at


def _refresh(at: ClassDay, child_id: UUID, *, today: date, now: datetime) -> None:
    """Lessons touch runs only where the policy makes days of them."""
    if at.school.roll_rules(today).lessons is not None:
        refresh_runs(
            {child_id},
            known=at.away,
            school=at.school,
            county_id=at.county_id,
            today=today,
            now=now,
        )


def _stamp(actor: Actor, class_id: UUID, noted_at: datetime, now: datetime) -> Stamp:
    return Stamp(actor.county_id, actor.person_id, now, unit_id=class_id, noted_at=noted_at)
