"""Rolls that wait until somebody who answers for the class decides which of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from notoneless.access.actor import Actor
from notoneless.attendance.queries.sheet import contended_rolls
from notoneless.children.queries.units import ClassUnit, classes_in_reach
from notoneless.flows.rolls.permission import may_answer_for


@dataclass(frozen=True, slots=True)
class ContendedRoll:
    """One class, day and session with two answers."""

    unit: ClassUnit
    day: date
    session: str
    may_decide: bool


def rolls_to_decide(actor: Actor, *, on: date) -> list[ContendedRoll]:
    """Contended rolls of classes in the actor's reach, the oldest first; three statements.

    Classes closed since are left out: nobody answers for them any more.
    """
    found = contended_rolls(actor)
    if not found:
        return []
    units = {unit.id: unit for unit in classes_in_reach(actor, on=on)}
    return [
        ContendedRoll(units[class_id], day, session, may_answer_for(actor, [units[class_id].path]))
        for class_id, day, session in found
        if class_id in units
    ]
