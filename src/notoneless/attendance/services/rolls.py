"""Write rolls with their absences; end those that no longer stand."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.attendance.models import Absence, Roll, RollDecision
from notoneless.journal.inserting import Insertion
from notoneless.journal.services import Journalled, Stamp, Subject, record_many
from notoneless.rules.attendance.forms import Submission, Verdict
from notoneless.rules.attendance.sessions import Reason

KIND = {
    Verdict.FIRST: "roll.called",
    Verdict.CORRECTION: "roll.corrected",
    Verdict.OUTDATED: "roll.arrived_outdated",
    Verdict.CONTENDING: "roll.contends",
}


@transaction.atomic(savepoint=False)
def write_roll(
    form: Submission,
    verdict: Verdict,
    *,
    enrolled_count: int,
    replaces: Roll | None,
    stamp: Stamp,
) -> Roll:
    """Write a roll as it was judged (never ``AGREES``), and its absences, into the journal too.

    ``replaces`` is the standing roll that a correction ends. Three statements, four with absences,
    one more for a correction. A roll that stands is taken for planned; ``mark_unplanned`` when
    that turns out impossible. Raises ``IntegrityError`` when somebody else's roll stands by now:
    judge again.
    """
    stands = verdict in {Verdict.FIRST, Verdict.CORRECTION}
    ended = [replaces] if verdict is Verdict.CORRECTION and replaces else []
    for one in ended:
        _end(one, stamp)
    roll = Roll.objects.create(
        id=form.id,
        county_id=stamp.county_id,
        school_class_id=form.class_id,
        day=form.day,
        session=form.session,
        state=form.state.value,
        not_held_reason=form.not_held_reason,
        taken_by_id=stamp.by,
        based_on=form.based_on,
        reason=form.reason,
        noted_at=stamp.noted_at or stamp.now,
        recorded_at=stamp.now,
        enrolled_count=enrolled_count,
        absent_count=sum(mark.reason is not Reason.LATE for mark in form.marks),
        digest=form.digest,
        is_standing=stands,
        planned_at=stamp.now if stands else None,
        superseded_at=stamp.now if verdict is Verdict.OUTDATED else None,
    )
    absences = _absences(form, roll)
    rows: list[Journalled] = [*ended, roll, *absences]
    about: list[Subject] = [("class", roll.school_class_id)] * (len(ended) + 1)
    about += [("child", absence.child_id) for absence in absences]
    record_many(KIND[verdict], rows, subjects=about, happened_on=form.day, stamp=stamp)
    return roll


def _absences(form: Submission, roll: Roll) -> list[Absence]:
    if not form.marks:
        return []
    return Absence.objects.bulk_create(
        Absence(
            county_id=roll.county_id,
            roll=roll,
            child_id=mark.child_id,
            day=roll.day,
            session=roll.session,
            reason=mark.reason.value,
            minutes_late=mark.minutes_late,
            note=mark.note,
        )
        for mark in form.marks
    )


@transaction.atomic(savepoint=False)
def let_stand(chosen: Roll, over: Sequence[Roll], *, reason: str, stamp: Stamp) -> RollDecision:
    """Let one of several contending rolls stand and end the others, with the reason.

    All are locked by the caller, who brings runs and duties up to date: ``mark_unplanned`` when
    that turns out impossible.
    """
    for roll in over:
        roll.is_standing, roll.superseded_at = False, stamp.now
    chosen.is_standing, chosen.planned_at = True, stamp.now
    # One after the other: at no moment may two of them stand.
    Insertion([*over, chosen], or_update=("is_standing", "superseded_at", "planned_at")).write()
    decision = RollDecision.objects.create(
        county_id=stamp.county_id,
        roll=chosen,
        over=sorted(str(roll.pk) for roll in over),
        reason=reason,
        by_id=stamp.by,
        decided_at=stamp.now,
    )
    rows: list[Journalled] = [decision, *over]
    record_many(
        "roll.decided",
        rows,
        subjects=[("class", chosen.school_class_id)] * len(rows),
        happened_on=chosen.day,
        stamp=stamp,
    )
    return decision


def _end(roll: Roll, stamp: Stamp) -> None:
    is_open = Roll.objects.filter(pk=roll.pk, is_standing=True)
    if not is_open.update(is_standing=False, superseded_at=stamp.now):
        raise IntegrityError("another roll stands by now")
    roll.is_standing, roll.superseded_at = False, stamp.now


def mark_planned(roll_ids: Sequence[UUID], *, stamp: Stamp) -> None:
    """Note that duties were planned from these rolls."""
    Roll.objects.filter(pk__in=roll_ids).update(planned_at=stamp.now)


def mark_unplanned(roll_id: UUID) -> None:
    """No duties could be planned from the roll; the sweep tries again."""
    Roll.objects.filter(pk=roll_id).update(planned_at=None)
