"""Leave asked for beforehand or explained afterwards; it marks the roll in advance (T03)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.attendance.models import Leave
from notoneless.attendance.queries.members import CHILD, ClassDay, class_day, registered_on
from notoneless.attendance.services.leave import (
    NewLeave,
    NewProof,
    write_leave,
    write_proof,
    write_step,
)
from notoneless.attendance.services.runs import refresh_runs
from notoneless.children.models import Child
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.duties.together import waits
from notoneless.flows.rolls.permission import must_answer_for
from notoneless.flows.rolls.refusals import (
    LeaveBackwards,
    LeaveDecided,
    LeaveNotApproved,
    LeaveOutsideTerm,
    LeaveOverlaps,
    LeaveSaidElse,
)
from notoneless.journal.services import Stamp
from notoneless.rules.attendance.leave import NEXT, LeaveState
from notoneless.rules.attendance.sessions import DAY

LONGEST = timedelta(days=366)


@transaction.atomic
def ask_leave(
    actor: Actor, new: NewLeave, *, today: date, now: datetime, approve: bool = False
) -> UUID:
    """Write down leave that a guardian or teacher asks for; ``approve`` it at once.

    By whoever answers for the child's class. Days in the past are leave that was explained
    afterwards. The same id twice is once. Raises ``Child.DoesNotExist``, ``NotAllowed``,
    ``LeaveBackwards``, ``LeaveSaidElse`` for an id that named another leave, ``LeaveOverlaps``
    with leave that is asked for or approved.
    """
    at = class_of_child(actor, new.child_id, today=today)
    must_answer_for(actor, at.paths)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
    leave = _ask(new, stamp=stamp)
    if leave is not None and approve:
        _step(leave, LeaveState.APPROVED, at, note="", today=today, stamp=stamp)
    return leave.pk if leave else _id_of(new)


@transaction.atomic
def ask_leave_as_guardian(
    new: NewLeave, *, county_id: UUID, today: date, now: datetime
) -> tuple[UUID, bool]:
    """Leave that a guardian asks for himself; whoever answers for the class decides it.

    Days gone by are leave explained afterwards, in this term. Answers its key, and whether it is
    new: the same id twice is once. Whether the child is his is for the caller to ask. Raises
    ``Child.DoesNotExist`` for a child in no class, ``LeaveBackwards``, ``LeaveOutsideTerm``,
    ``LeaveSaidElse``, ``LeaveOverlaps``.
    """
    at = _class_of(new.child_id, county_id=county_id, today=today)
    _must_lie_in_term(new, at, today=today)
    leave = _ask(new, stamp=Stamp(county_id, None, now, unit_id=at.class_id))
    return (leave.pk, True) if leave else (_id_of(new), False)


def _must_lie_in_term(new: NewLeave, at: ClassDay, *, today: date) -> None:
    """Raise ``LeaveOutsideTerm`` where the calendar is loaded and says so."""
    calendar = at.school.calendar(today)
    if not calendar.knows(today):
        return
    term = calendar.calendar.term_of(today)
    if term is None or new.from_on < term.from_on or new.to_on > term.to_on:
        raise LeaveOutsideTerm()


def _ask(new: NewLeave, *, stamp: Stamp) -> Leave | None:
    """Write the leave; ``None`` when this very leave is on record already."""
    if not new.from_on < new.to_on <= new.from_on + LONGEST:
        raise LeaveBackwards()
    # Two people who write down the same slip come one after the other.
    Child.objects.select_for_update().get(pk=new.child_id)
    if new.id is not None and _is_known(new.id, new, stamp.county_id):
        return None
    standing = Leave.objects.filter(
        child=new.child_id,
        state__in=[LeaveState.ASKED, LeaveState.APPROVED],
        from_on__lt=new.to_on,
        to_on__gt=new.from_on,
    )
    if standing.exists():
        raise LeaveOverlaps()
    return write_leave(new, stamp=stamp)


def _id_of(new: NewLeave) -> UUID:
    if new.id is None:
        raise ValueError("only leave with an id can be on record already")
    return new.id


@transaction.atomic
def decide_leave(
    actor: Actor, leave_id: UUID, verdict: LeaveState, *, note: str, today: date, now: datetime
) -> None:
    """Approve, refuse or withdraw leave; runs of absence are counted anew at once.

    Raises ``Leave.DoesNotExist``, ``Child.DoesNotExist``, ``NotAllowed``, ``LeaveDecided``.
    """
    leave = Leave.objects.select_for_update().get(pk=leave_id, county=actor.county_id)
    at = class_of_child(actor, leave.child_id, today=today)
    must_answer_for(actor, at.paths)
    if verdict not in NEXT[LeaveState(leave.state)]:
        raise LeaveDecided(state=leave.state)
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
    _step(leave, verdict, at, note=note, today=today, stamp=stamp)


@transaction.atomic
def note_proof(
    actor: Actor, leave_id: UUID, proof: NewProof, *, today: date, now: datetime
) -> None:
    """Note that the proof of approved leave was seen: issuer, date, period. No paper is kept.

    Raises ``Leave.DoesNotExist``, ``Child.DoesNotExist``, ``NotAllowed``, ``LeaveNotApproved``,
    ``LeaveBackwards``.
    """
    leave = Leave.objects.select_for_update().get(pk=leave_id, county=actor.county_id)
    at = class_of_child(actor, leave.child_id, today=today)
    must_answer_for(actor, at.paths)
    if leave.state != LeaveState.APPROVED:
        raise LeaveNotApproved()
    if proof.from_on >= proof.to_on or proof.dated_on > today:
        raise LeaveBackwards()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
    write_proof(leave, proof, on=today, stamp=stamp)
    plan_for_children({leave.child_id}, today=today, stamp=stamp)


def _step(
    leave: Leave, state: LeaveState, at: ClassDay, *, note: str, today: date, stamp: Stamp
) -> None:
    write_step(leave, state, note=note, on=today, stamp=stamp)
    if leave.from_on <= today and not waits({leave.child_id}):
        refresh_runs(
            {leave.child_id},
            known=at.away,
            school=at.school,
            county_id=at.county_id,
            today=today,
            now=stamp.now,
        )
        plan_for_children({leave.child_id}, today=today, stamp=stamp)


def _is_known(leave_id: UUID, new: NewLeave, county_id: UUID) -> bool:
    """Whether this very leave is on record already; ``LeaveSaidElse`` when the id names another."""
    known = Leave.objects.filter(pk=leave_id).first()
    if known is None:
        return False
    said = (known.child_id, known.from_on, known.to_on, known.kind)
    if known.county_id != county_id or said != (
        new.child_id,
        new.from_on,
        new.to_on,
        new.kind.value,
    ):
        raise LeaveSaidElse()
    return True


def class_of_child(actor: Actor, child_id: UUID, *, today: date) -> ClassDay:
    """The child's class of today; ``Child.DoesNotExist`` when it is not the actor's to see."""
    if not Child.objects.seen_by(actor, on=today).filter(pk=child_id).exists():
        raise Child.DoesNotExist
    return _class_of(child_id, county_id=actor.county_id, today=today)


def _class_of(child_id: UUID, *, county_id: UUID, today: date) -> ClassDay:
    spells = registered_on(today).annotate(who=CHILD).filter(who=child_id)
    class_id = spells.values_list("school_class", flat=True).first()
    at = class_id and class_day(class_id, county_id=county_id, day=today, session=DAY)
    if not at:
        raise Child.DoesNotExist
    return at
