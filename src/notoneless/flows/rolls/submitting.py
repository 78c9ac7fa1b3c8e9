"""Take a roll from a phone: once, whole, and beside whatever another phone has sent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.attendance.queries.history import Histories
from notoneless.attendance.queries.members import ClassDay, class_day
from notoneless.attendance.queries.missing import due_at
from notoneless.attendance.services.rolls import mark_unplanned, write_roll
from notoneless.attendance.services.runs import refresh_runs
from notoneless.flows.duties.after_roll import plan_after_roll
from notoneless.flows.duties.gathering import planning_asks
from notoneless.flows.duties.together import waits
from notoneless.flows.rolls.permission import must_call, refuse_unseen
from notoneless.flows.rolls.refusals import (
    CorrectionWithoutReason,
    FutureDay,
    IdUsed,
    LateWithoutReason,
    MarkedTwice,
    MarksInNoClass,
    NoClassThatDay,
    NotHeldWithoutReason,
    NotInClass,
    UnknownSession,
)
from notoneless.journal.services import Stamp, written_together
from notoneless.rules.attendance.forms import Standing, Submission, Verdict, judge
from notoneless.rules.attendance.sessions import (
    BOARDERS,
    LateEntry,
    Reason,
    RollRules,
    RollState,
    is_late,
    is_session,
)

TRIES = 3


class Outcome(StrEnum):
    """What a roll is now."""

    STANDS = "stands"
    CONTENDS = "contends"
    """Another person saw something else; somebody who answers for the class decides."""
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class RollResult:
    """The answer to the phone; the same for the same roll however often it is sent."""

    roll_id: UUID
    """The roll that says it: one's own, or the standing one that says the same."""
    outcome: Outcome
    enrolled_count: int
    absent_count: int


def submit_roll(actor: Actor, submission: Submission, *, today: date, now: datetime) -> RollResult:
    """Take the roll of a class for a day and session, all of it or nothing.

    The same id twice is the same as once. A roll that differs from the standing one without
    having been based on it is kept beside it and contends. With the two that begin and end its
    transaction it costs six statements when all are there and nobody was away, fourteen at most
    (one that corrects, and by which duties open, close and are withdrawn), whatever the class; the
    first roll of a school after a change of calendar or policy, and each day, costs some more.

    Raises ``Unit.DoesNotExist`` (not yours to see), ``NotAllowed``, and the refusals named in
    ``flows.rolls.refusals``; nothing is written then. Source: R-067 to R-071.
    """
    submission = replace(submission, noted_at=_believed(submission, now))
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _submit(actor, submission, today=today, now=now)
        except IntegrityError:
            # Another phone's roll came first. Look again: it is the same, or it contends.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _believed(form: Submission, now: datetime) -> datetime:
    """When the roll was noted: a phone whose clock is ahead has not seen the future, and one that
    notes a roll before its day began has lost its clock."""
    is_before_its_day = timezone.localtime(form.noted_at).date() < form.day
    return now if is_before_its_day or form.noted_at > now else form.noted_at


def _submit(actor: Actor, form: Submission, *, today: date, now: datetime) -> RollResult:
    at = class_day(
        form.class_id,
        county_id=actor.county_id,
        day=form.day,
        session=form.session,
        roll_id=form.id,
        with_standing=form.based_on is not None,
    )
    if at is None:
        refuse_unseen(actor, form.class_id, today=today)
    if not is_session(form.session):
        raise UnknownSession(session=form.session)
    must_call(actor, at.paths, form.session)
    if at.is_known:
        return _same(form, actor)
    rules = at.school.roll_rules(today)
    _refuse_bad_form(form, at, today)
    _refuse_day_off(form, at, today)
    before = at.standing or (_standing(form) if at.has_roll else None)
    verdict = judge(form, _facts(before), by=actor.person_id)
    if verdict is Verdict.AGREES and before is not None:
        return _result(before)
    _refuse_without_reason(form, verdict, rules)
    stamp = Stamp(
        county_id=actor.county_id,
        by=actor.person_id,
        now=now,
        unit_id=form.class_id,
        noted_at=form.noted_at,
    )
    with written_together(stamp) as stamp:
        roll = write_roll(
            form,
            verdict,
            enrolled_count=_expected_count(form, at),
            replaces=before,
            stamp=stamp,
        )
        if roll.is_standing:
            settle(roll, at, touched=_touched(form, verdict, at), today=today, stamp=stamp)
    return _result(roll)


def _expected_count(form: Submission, at: ClassDay) -> int:
    """Whom this roll is called for: the class, or those of it who sleep at school."""
    if form.session not in BOARDERS:
        return len(at.members)
    return len(at.boarders | {mark.child_id for mark in form.marks})


def settle(
    roll: Roll, at: ClassDay, *, touched: Collection[UUID], today: date, stamp: Stamp
) -> None:
    """Bring runs and duties up to date with a roll that stands from now on.

    ``touched`` are the children whose runs it can have changed. A hole in policy or calendar
    leaves the roll, and its ``planned_at`` empty. Children who wait for others (``gathered``) are
    brought up to date by ``settle_together``.
    """
    if waits(touched):
        touched = ()
    attendance = _bring_runs_up_to_date(touched, at, today=today, stamp=stamp)
    is_planned = plan_after_roll(
        roll, at, touched=touched, attendance=attendance, today=today, stamp=stamp
    )
    if not is_planned:
        mark_unplanned(roll.pk)


def _same(form: Submission, actor: Actor) -> RollResult:
    roll = Roll.objects.get(pk=form.id)
    says_the_same = roll.digest == form.digest and (
        (roll.school_class_id, roll.day, roll.session) == (form.class_id, form.day, form.session)
    )
    if not says_the_same or roll.county_id != actor.county_id:
        raise IdUsed()
    return _result(roll)


def _refuse_bad_form(form: Submission, at: ClassDay, today: date) -> None:
    if form.day > today:
        raise FutureDay(day=form.day.isoformat())
    named = [mark.child_id for mark in form.marks]
    strangers = set(named) - at.members
    if strangers:
        raise NotInClass(count=len(strangers), day=form.day.isoformat())
    if len(named) != len(set(named)):
        raise MarkedTwice()
    if form.state is RollState.NOT_HELD:
        if not form.not_held_reason.strip():
            raise NotHeldWithoutReason()
        if form.marks:
            raise MarksInNoClass(count=len(form.marks))


def _refuse_day_off(form: Submission, at: ClassDay, today: date) -> None:
    """A calendar that does not reach the day has no objection: it must not cost the roll."""
    if form.is_confirmed or form.session in BOARDERS:
        return
    calendar = at.school.calendar(today)
    if calendar.knows(form.day) and not calendar.calendar.is_school_day(form.day):
        raise NoClassThatDay(day=form.day.isoformat())


def _refuse_without_reason(form: Submission, verdict: Verdict, rules: RollRules) -> None:
    if form.reason.strip() or verdict is Verdict.OUTDATED:
        return
    if verdict is Verdict.CORRECTION:
        raise CorrectionWithoutReason()
    if is_late_entry(form.session, form.day, form.noted_at, rules):
        raise LateWithoutReason(day=form.day.isoformat())


def is_late_entry(session: str, day: date, noted_at: datetime, rules: RollRules) -> bool:
    """Whether a roll of ``day`` noted at that moment must say why it is entered only now."""
    noted = timezone.localtime(noted_at)
    is_after_hour = noted.date() == day and is_late(noted.time(), due_at(session, rules))
    return noted.date() > day or (rules.late_entry is LateEntry.AFTER_HOUR and is_after_hour)


def _standing(form: Submission) -> Roll | None:
    return Roll.objects.filter(
        school_class=form.class_id, day=form.day, session=form.session, is_standing=True
    ).first()


def _facts(roll: Roll | None) -> Standing | None:
    if roll is None:
        return None
    return Standing(roll.pk, roll.digest, roll.taken_by_id, roll.noted_at, roll.based_on)


def _touched(form: Submission, verdict: Verdict, at: ClassDay) -> Collection[UUID]:
    """A first roll can only touch those it names, those who were away, and those whom another
    session of the day missed: it makes that day another day. A correction touches anybody."""
    if verdict not in {Verdict.FIRST, Verdict.CORRECTION} or form.session in BOARDERS:
        return ()
    if verdict is Verdict.CORRECTION:
        return at.members
    named = {m.child_id for m in form.marks if m.reason is not Reason.LATE or m.minutes_late}
    return named | at.away | at.missed


def _bring_runs_up_to_date(
    touched: Collection[UUID], at: ClassDay, *, today: date, stamp: Stamp
) -> Histories:
    if not touched:
        return Histories({}, {})
    return refresh_runs(
        touched,
        known=at.away,
        school=at.school,
        county_id=stamp.county_id,
        today=today,
        now=stamp.now,
        beside=planning_asks(today),
    )


def _result(roll: Roll) -> RollResult:
    if roll.is_standing:
        outcome = Outcome.STANDS
    else:
        outcome = Outcome.SUPERSEDED if roll.superseded_at else Outcome.CONTENDS
    return RollResult(roll.pk, outcome, roll.enrolled_count, roll.absent_count)
