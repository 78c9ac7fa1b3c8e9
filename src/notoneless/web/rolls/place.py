"""Which class, day and session a page is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404

from notoneless.attendance.queries.sheet import Sheet, sheet_of
from notoneless.children.queries.units import ClassUnit, class_in_reach
from notoneless.flows.rolls.permission import may_answer_for, may_call
from notoneless.flows.rolls.refusals import EmptyClass, FutureDay
from notoneless.journal.services import Listed, note_reading
from notoneless.rules.attendance.sessions import DAY, is_session
from notoneless.rules.roles import Capability
from notoneless.web.request import Request, stamp_of

YEARS = range(2000, 2100)


@dataclass(frozen=True, slots=True)
class RollPlace:
    """A class on a day, for one roll, as its reader may see it."""

    unit: ClassUnit
    sheet: Sheet
    may_call: bool
    may_answer: bool
    """Decides between contending rolls."""


def roll_place(request: Request, class_id: UUID, day_text: str, session: str = DAY) -> RollPlace:
    """The roll that an address names; showing it is noted as one reading of the class.

    404 for an unknown session, no date, or a class out of reach. Raises ``NotAllowed`` for posts
    that see no children, ``FutureDay``, ``EmptyClass``.
    """
    actor = request.actor
    day = day_in(day_text)
    if not is_session(session):
        raise Http404
    actor.must(Capability.SEE_CHILDREN)
    unit = class_in_reach(actor, class_id, on=request.today)
    if day > request.today:
        raise FutureDay(day=day.isoformat())
    try:
        sheet = sheet_of(actor, class_id, day=day, session=session, today=request.today)
    except ObjectDoesNotExist:
        raise EmptyClass() from None
    listed = Listed.of(f"roll={class_id} {day} {session}", [line.child_id for line in sheet.lines])
    note_reading("children.listed", stamp=stamp_of(request), listed=listed)
    return RollPlace(
        unit,
        sheet,
        may_call=may_call(actor, sheet.paths, session),
        may_answer=may_answer_for(actor, sheet.paths),
    )


def day_in(text: str) -> date:
    """The day in an address; 404 for anything else."""
    try:
        day = date.fromisoformat(text) if len(text) == len("2026-11-20") else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise Http404
    return day
