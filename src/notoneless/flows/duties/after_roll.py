"""Plans duties from a roll that has just been stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from notoneless.attendance.models import Roll
from notoneless.attendance.queries.history import Histories
from notoneless.attendance.queries.members import ClassDay
from notoneless.flows.duties.gathering import ROLLS, children_facts, roll_fact, school_class
from notoneless.flows.duties.planning import plan_facts
from notoneless.journal.services import Stamp
from notoneless.rules.duties.facts import ChildFact, Facts
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
    about them up to ``today``. A roll in time without any of them costs no statement: it cannot
    meet a duty, because none has been opened yet.
    """
    late = _late(roll, at, today)
    if not touched and late is None:
        return True
    children = [ChildFact(child, roll.school_class_id, roll.day) for child in sorted(touched)]
    facts = children_facts(at.school, children, attendance, county_id=stamp.county_id, as_of=today)
    return plan_facts(at.school, facts, late, Moment(today), stamp=stamp)


def _late(roll: Roll, at: ClassDay, today: date) -> Facts | None:
    """The roll alone, where it came after its hour or its day."""
    if roll.session not in ROLLS or not roll.is_standing:
        return None
    fact = roll_fact(roll.school_class_id, roll.day, roll.noted_at)
    due_by = at.school.roll_rules(today).due_by
    noted_hour = fact.noted_hour
    is_after = due_by is not None and noted_hour > due_by.strftime("%H:%M")
    if fact.noted_on == roll.day and not is_after:
        return None
    child = ChildFact(roll.school_class_id, roll.school_class_id, roll.day)
    of = school_class(at.school, roll.school_class_id)
    return Facts(roll.day, {of.id: of}, {child.id: child}, rolls=(fact,))
