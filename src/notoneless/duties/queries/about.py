"""What is to be done about some children, for the page that has just named them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.duties.models import Duty
from notoneless.duties.queries.rows import DutyLine, lines_of, readable
from notoneless.rules.duties.kinds import DutyState


def open_duties_about(
    actor: Actor, child_ids: Collection[UUID], *, today: date
) -> tuple[DutyLine, ...]:
    """Open duties about these children, by child and date; four statements, none for nobody.

    Whether the children are the actor's to see was asked by whoever names them; the names in the
    lines are asked again.
    """
    if not child_ids:
        return ()
    rows = Duty.objects.filter(
        county=actor.county_id, subject_id__in=list(child_ids), state=DutyState.OPEN
    )
    return lines_of(readable(rows).order_by("subject_id", "due_on", "pk"), actor, today=today)
