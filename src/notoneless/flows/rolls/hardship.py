"""Hardship alerts to the school and the way to school (R-074, R-075)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.attendance.models import HardshipAlert, HardshipMeasure, Travel
from notoneless.attendance.services.hardship import (
    NewHardship,
    NewMeasure,
    NewTravel,
    write_hardship,
    write_measure,
    write_travel,
)
from notoneless.children.models import Child
from notoneless.flows.rolls.leave import class_of_child
from notoneless.flows.rolls.permission import answers_for, must_answer_for
from notoneless.flows.rolls.refusals import (
    HardshipInFuture,
    HardshipUnsaid,
    TravelBackwards,
    TravelOutOfMeasure,
)
from notoneless.journal.services import Stamp
from notoneless.places.services.units import StaleVersion
from notoneless.rules.roles import Capability

MOST_MINUTES = 600
MOST_METRES = 300_000


@transaction.atomic
def note_hardship(actor: Actor, new: NewHardship, *, today: date, now: datetime) -> UUID:
    """Tell the school that a pupil cannot arrive on time because of family difficulty.

    By whoever answers for the child's class. The same id twice is once. Raises
    ``Child.DoesNotExist``, ``NotAllowed``, ``HardshipUnsaid``, ``HardshipInFuture``. Source: R-074.
    """
    at = class_of_child(actor, new.child_id, today=today)
    must_answer_for(actor, at.paths)
    if not new.difficulty.strip():
        raise HardshipUnsaid()
    if new.on > today:
        raise HardshipInFuture()
    Child.objects.select_for_update().get(pk=new.child_id)
    if not HardshipAlert.objects.filter(pk=new.id).exists():
        stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
        write_hardship(new, school_id=at.school.school_id, stamp=stamp)
    return new.id


@transaction.atomic
def note_measure(
    actor: Actor, alert_id: UUID, new: NewMeasure, *, today: date, now: datetime
) -> None:
    """Note the aid measure that the school took; the alert is answered with its first.

    Raises ``HardshipAlert.DoesNotExist``, ``Child.DoesNotExist``, ``NotAllowed``,
    ``HardshipUnsaid``, ``HardshipInFuture`` (also for a day before the alert's). Source: R-074.
    """
    alert = HardshipAlert.objects.select_for_update().get(pk=alert_id, county=actor.county_id)
    at = class_of_child(actor, alert.child_id, today=today)
    must_answer_for(actor, at.paths)
    if not new.measure.strip():
        raise HardshipUnsaid()
    if not alert.on <= new.on <= today:
        raise HardshipInFuture()
    if not HardshipMeasure.objects.filter(pk=new.id).exists():
        stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
        write_measure(alert, new, stamp=stamp)


@transaction.atomic
def note_travel(actor: Actor, new: NewTravel, *, today: date, now: datetime) -> None:
    """Note how a child comes to school and whether a bed was offered; what stood is superseded.

    By whoever answers for the class or corrects children there. The same id twice is once. Raises
    ``Child.DoesNotExist``, ``NotAllowed``, ``TravelOutOfMeasure``, ``TravelBackwards``,
    ``StaleVersion`` when somebody else noted it since the form was opened. Source: R-075.
    """
    at = class_of_child(actor, new.child_id, today=today)
    if not any(actor.may(Capability.CORRECT_CHILDREN, at=path) for path in at.paths):
        must_answer_for(actor, at.paths)
    if not (0 <= (new.minutes or 0) <= MOST_MINUTES and 0 <= (new.metres or 0) <= MOST_METRES):
        raise TravelOutOfMeasure()
    child = Child.objects.select_for_update().get(pk=new.child_id)
    if Travel.objects.filter(pk=new.id).exists():
        return
    before = Travel.objects.filter(child=new.child_id, superseded_at=None).first()
    if (before.pk if before else None) != new.based_on:
        raise StaleVersion(what=child.name)
    if new.from_on > today or (before and new.from_on < before.from_on):
        raise TravelBackwards()
    stamp = Stamp(actor.county_id, actor.person_id, now, unit_id=at.class_id)
    write_travel(new, before=before, stamp=stamp)


def may_note_travel(actor: Actor, paths: tuple[str, ...]) -> bool:
    """Whether ``note_travel`` would let the actor at a class that stands at ``paths``."""
    if any(actor.may(Capability.CORRECT_CHILDREN, at=path) for path in paths):
        return True
    return answers_for(actor, paths)
