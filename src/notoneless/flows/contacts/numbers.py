"""Try the contact numbers of a class once a term (R-095; an idea of the field study)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.attendance.queries.schools import standing_of_school
from notoneless.children.queries.classes import class_children
from notoneless.children.queries.units import ClassUnit, class_in_reach
from notoneless.contacts.models import NumberCheck
from notoneless.contacts.queries.upkeep import LastCheck, last_checks, masked_numbers
from notoneless.contacts.services.upkeep import Tried, write_number_checks
from notoneless.flows.contacts.refusals import NothingTried, NumberShape
from notoneless.flows.contacts.whom import must_log
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.rules.calendar import Period
from notoneless.rules.contacts.kinds import NumberState
from notoneless.rules.roles import Capability
from notoneless.rules.units import school_year_of

_NUMBER = re.compile(r"1\d{10}|0\d{9,11}")
MOST_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class PupilNumbers:
    child_id: UUID
    name: str
    guardians: tuple[tuple[str, str], ...]
    """Names and masked numbers."""
    last: LastCheck | None
    """Of this term."""


@dataclass(frozen=True, slots=True)
class ClassNumbers:
    unit: ClassUnit
    term: Period | None
    pupils: tuple[PupilNumbers, ...]

    @property
    def checked(self) -> int:
        return sum(p.last is not None and p.last.state.is_settled for p in self.pupils)


def numbers_of_class(actor: Actor, class_id: UUID, *, today: date) -> ClassNumbers:
    """The pupils of a class with masked numbers and this term's checks; thirteen statements.

    Raises ``Unit.DoesNotExist`` unless the actor sees the contacts of the whole class.
    """
    unit = class_in_reach(actor, class_id, on=today, to=Capability.SEE_CONTACTS)
    term = term_at(unit.school_id, county_id=actor.county_id, today=today)
    rows = class_children(actor, class_id, on=today)
    ids = [row.id for row in rows]
    checks = last_checks(ids, from_on=term.from_on if term else date(school_year_of(today), 8, 1))
    numbers = masked_numbers(ids)
    pupils = (
        PupilNumbers(row.id, row.name, tuple(numbers.get(row.id, ())), checks.get(row.id))
        for row in rows
    )
    return ClassNumbers(unit, term, tuple(pupils))


def check_numbers(actor: Actor, tried: Iterable[Tried], *, today: date, now: datetime) -> int:
    """Write down which numbers work; answers how many were new today.

    The same answer about the same child on the same day is written once. Raises
    ``Child.DoesNotExist``, ``NotAllowed``, ``NothingTried``, ``NumberShape``.
    """
    rows = [_tidied(each) for each in tried]
    if not 0 < len(rows) <= MOST_AT_ONCE:
        raise NothingTried()
    with transaction.atomic():
        must_log(actor, [each.child_id for each in rows], today=today)
        known = {
            (row.child_id, row.state, row.new_number)
            for row in NumberCheck.objects.select_for_update().filter(
                child__in=[each.child_id for each in rows], on=today
            )
        }
        new = [r for r in rows if (r.child_id, r.state.value, r.new_number) not in known]
        if not new:
            return 0
        stamp = Stamp(actor.county_id, actor.person_id, now)
        write_number_checks(new, on=today, stamp=stamp)
        plan_for_children([each.child_id for each in new], today=today, stamp=stamp)
    return len(new)


def term_at(school_id: UUID, *, county_id: UUID, today: date) -> Period | None:
    """The school's term of today; ``None`` in a vacation or where no calendar is loaded."""
    calendar = standing_of_school(school_id, county_id=county_id).calendar(today)
    return calendar.calendar.term_of(today) if calendar.knows(today) else None


def _tidied(tried: Tried) -> Tried:
    number = re.sub(r"[\s\-]", "", tried.new_number)
    if number and _NUMBER.fullmatch(number) is None:
        raise NumberShape()
    if tried.state is NumberState.NONE:
        number = ""
    return Tried(tried.child_id, tried.state, number)
