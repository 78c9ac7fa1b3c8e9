"""What a guardian says on his page: not my child, a number or address is wrong, leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.attendance.services.leave import NewLeave
from notoneless.children.models import Child
from notoneless.children.services.adding import WrongPhone
from notoneless.families.queries.invitations import Visitor
from notoneless.families.services.sayings import NewSaying, write_saying
from notoneless.flows.families.refusals import AddressUnsaid
from notoneless.flows.families.whose import HisChild, child_of
from notoneless.flows.rolls.leave import ask_leave_as_guardian
from notoneless.journal.services import Stamp
from notoneless.rules.attendance.leave import AskedBy
from notoneless.rules.families import SaidKind
from notoneless.rules.identity import is_phone, tidy_phone

SHORTEST_ADDRESS, LONGEST_ADDRESS = 2, 200


def say_not_mine(visitor: Visitor, child_id: UUID, *, today: date, now: datetime) -> None:
    """The child leaves the visitor's page at once, and the school's clerk has an item.

    Saying it again is as once. Raises ``Child.DoesNotExist`` for a child that was never his.
    """
    _say(visitor, child_id, SaidKind.NOT_MINE, "", today=today, now=now)


def say_wrong(
    visitor: Visitor, child_id: UUID, kind: SaidKind, value: str, *, today: date, now: datetime
) -> None:
    """The guardian's own number, or the address, is another; the clerk decides, nothing is
    overwritten.

    While one such word waits, a second is not taken. Raises ``Child.DoesNotExist``,
    ``WrongPhone``, ``AddressUnsaid``.
    """
    if kind is SaidKind.PHONE:
        value = tidy_phone(value)
        if not is_phone(value):
            raise WrongPhone()
    else:
        value = " ".join(value.split())
        if not SHORTEST_ADDRESS <= len(value) <= LONGEST_ADDRESS:
            raise AddressUnsaid()
    _say(visitor, child_id, kind, value, today=today, now=now)


@transaction.atomic
def ask_for_leave(visitor: Visitor, new: NewLeave, *, today: date, now: datetime) -> None:
    """Ask for leave; whoever answers for the child's class decides it. The same id twice is once.

    Raises ``Child.DoesNotExist`` and as ``ask_leave_as_guardian``.
    """
    child = child_of(visitor, new.child_id)
    new = replace(new, asked_by=AskedBy.GUARDIAN)
    leave_id, is_new = ask_leave_as_guardian(new, county_id=visitor.county_id, today=today, now=now)
    if is_new:
        said = NewSaying(
            visitor.visit_id, child.id, child.guardian_id, SaidKind.LEAVE, leave_id=leave_id
        )
        write_saying(said, on=today, stamp=Stamp(visitor.county_id, None, now))


@transaction.atomic
def _say(  # which child, what, and when
    visitor: Visitor, child_id: UUID, kind: SaidKind, value: str, *, today: date, now: datetime
) -> None:
    Child.objects.select_for_update().filter(pk=child_id, county=visitor.county_id).first()
    child = child_of(visitor, child_id)
    if _waits(child, kind):
        return
    said = NewSaying(visitor.visit_id, child.id, child.guardian_id, kind, value)
    write_saying(said, on=today, stamp=Stamp(visitor.county_id, None, now))


def _waits(child: HisChild, kind: SaidKind) -> bool:
    line = child.said.get(kind)
    return line is not None and line.verdict is None
