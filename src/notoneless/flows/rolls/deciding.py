"""Two people saw different things: somebody who answers for the class decides."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.attendance.queries.members import class_day
from notoneless.attendance.services.rolls import let_stand
from notoneless.flows.rolls.permission import must_answer_for, refuse_unseen
from notoneless.flows.rolls.refusals import DecisionWithoutReason, NothingToDecide
from notoneless.flows.rolls.submitting import settle
from notoneless.journal.services import Stamp, written_together


@transaction.atomic
def decide_rolls(actor: Actor, chosen_id: UUID, *, reason: str, today: date, now: datetime) -> None:
    """Let ``chosen_id`` stand, end the others of its class, day and session; all stay readable.

    Homeroom teacher (deputy, stand-in), principal or teaching director only. Raises
    ``Roll.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``, ``DecisionWithoutReason``,
    ``NothingToDecide`` when somebody decided before. Fourteen statements at most, with the two
    that begin and end its transaction.
    """
    rivals = _of_one_session(actor, chosen_id)
    chosen = rivals[chosen_id]
    at = class_day(
        chosen.school_class_id,
        county_id=actor.county_id,
        day=chosen.day,
        session=chosen.session,
    )
    if at is None:
        refuse_unseen(actor, chosen.school_class_id, today=today)
    must_answer_for(actor, at.paths)
    if not reason.strip():
        raise DecisionWithoutReason()
    over = [roll for roll in rivals.values() if roll.pk != chosen_id and not roll.superseded_at]
    if not over or chosen.superseded_at:
        raise NothingToDecide()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=chosen.school_class_id)
    with written_together(stamp) as stamp:
        let_stand(chosen, over, reason=reason.strip(), stamp=stamp)
        settle(chosen, at, touched=at.members, today=today, stamp=stamp)


def _of_one_session(actor: Actor, roll_id: UUID) -> dict[UUID, Roll]:
    """All rolls of the class, day and session of one of them, locked; one statement."""
    one = Roll.objects.filter(pk=roll_id, county=actor.county_id)
    rows = Roll.objects.select_for_update().filter(
        school_class__in=one.values("school_class"),
        day__in=one.values("day"),
        session__in=one.values("session"),
    )
    found = {roll.pk: roll for roll in rows.order_by("pk")}
    if not found:
        raise Roll.DoesNotExist()
    return found
