"""Plans duties from a roll that has just been stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, time
from uuid import UUID

from notoneless.attendance.models import Roll
from notoneless.attendance.queries.history import Histories
from notoneless.attendance.queries.members import REPORTS, ClassDay
from notoneless.flows.duties.gathering import children_facts, roll_fact, school_class
from notoneless.flows.duties.planning import plan_facts
from notoneless.journal.services import Stamp
from notoneless.rules.duties.facts import ChildFact, Facts, RollFact
from notoneless.rules.duties.wants import Moment


def plan_after_roll(
    roll: Roll,
    at: ClassDay,
    *,
    touched: Collection[UUID],
    attendance: Histories,
    today: date,
    stamp: Stamp,
) -> bool:
    """Plan what the roll can have changed; answers whether ``planned_at`` may be set.

    ``touched`` are the children whose runs it can have changed, ``attendance`` what is on record
    about them up to ``today``, read with ``planning_asks`` beside it. A roll in time without any
    of them costs no statement: it cannot meet a duty, because none has been opened yet.
    """
    late = _late(roll, at, today)
    if not touched and late is None:
        return True
    children = [ChildFact(child, roll.school_class_id, roll.day) for child in sorted(touched)]
    facts = children_facts(at.school, children, attendance, as_of=today)
    return plan_facts(at.school, facts, late, Moment(today), stamp=stamp)


def _late(roll: Roll, at: ClassDay, today: date) -> Facts | None:
    """When the class was first called that day, where that was after its hour or its day.

    An afternoon, or a correction, is not late for what the morning has reported in time.
    """
    if roll.session not in REPORTS or not roll.is_standing:
        return None
    due_by = at.school.roll_rules(today).due_by
    first = min(roll.noted_at, at.reported_at or roll.noted_at)
    fact = roll_fact(roll.school_class_id, roll.day, first)
    if not _is_after(fact, due_by):
        return None
    child = ChildFact(roll.school_class_id, roll.school_class_id, roll.day)
    of = school_class(at.school, roll.school_class_id)
    return Facts(roll.day, {of.id: of}, {child.id: child}, rolls=(fact,))


def _is_after(fact: RollFact, due_by: time | None) -> bool:
    hour = due_by.strftime("%H:%M") if due_by is not None else ""
    return fact.noted_on != fact.on or bool(hour and fact.noted_hour > hour)
