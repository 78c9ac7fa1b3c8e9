"""Two people saw different things: somebody who answers for the class decides."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from notoneless.access.actor import Actor
from notoneless.attendance.models import Roll
from notoneless.attendance.queries.members import class_day
from notoneless.attendance.services.rolls import let_stand
from notoneless.attendance.services.runs import refresh_runs
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.flows.rolls.permission import must_answer_for, refuse_unseen
from notoneless.flows.rolls.refusals import DecisionWithoutReason, NothingToDecide
from notoneless.journal.services import Stamp


@transaction.atomic
def decide_rolls(actor: Actor, chosen_id: UUID, *, reason: str, today: date, now: datetime) -> None:
    """Let ``chosen_id`` stand, end the others of its class, day and session; all stay readable.

    Homeroom teacher (deputy, stand-in), principal or teaching director only. Raises
    ``Roll.DoesNotExist``, ``Unit.DoesNotExist``, ``NotAllowed``, ``DecisionWithoutReason``,
    ``NothingToDecide`` when somebody decided before.
    """
    chosen = Roll.objects.get(pk=chosen_id, county=actor.county_id)
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
    rivals = list(
        Roll.objects.select_for_update()
        .filter(
            Q(is_standing=True) | Q(superseded_at=None),
            school_class=chosen.school_class_id,
            day=chosen.day,
            session=chosen.session,
        )
        .order_by("pk")
    )
    over = [roll for roll in rivals if roll.pk != chosen.pk]
    if not over or len(over) == len(rivals):
        raise NothingToDecide()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=chosen.school_class_id)
    let_stand(chosen, over, reason=reason.strip(), stamp=stamp)
    refresh_runs(
        at.members,
        known=at.away,
        school=at.school,
        county_id=actor.county_id,
        today=today,
        now=now,
    )
    plan_for_children(at.members, today=today, stamp=stamp)
