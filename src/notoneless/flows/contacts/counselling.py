"""A counsellor's notes: written and read by one person (R-080)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.contacts.models import Counselling
from notoneless.contacts.services.upkeep import NewCounselling, write_counselling
from notoneless.flows.contacts.refusals import ContactFaulty, ContactIdUsed
from notoneless.flows.contacts.whom import inside_schools, must_log
from notoneless.journal.services import Stamp
from notoneless.rules.contacts.forms import FURTHEST, Fault
from notoneless.rules.roles import Capability

TOPICS = ("learning", "friends", "family", "feelings", "growing_up", "safety", "other")


def note_counselling(actor: Actor, new: NewCounselling, *, today: date, now: datetime) -> UUID:
    """Keep a counsellor's note about a child of his school; the same id twice is once.

    It opens and closes no duty, enters no number, and nobody else reads it. Raises
    ``Child.DoesNotExist``, ``NotAllowed``, ``ContactFaulty``, ``ContactIdUsed``.
    """
    if actor.person_id is None or not may_counsel(actor):
        raise NotAllowed(capability=Capability.LOG_CONTACTS.value)
    (kept,) = must_log(actor, [new.child_id], today=today)
    if faults := _faults(new, today):
        raise ContactFaulty(faults)
    known = Counselling.objects.filter(pk=new.id).first()
    if known is None:
        stamp = Stamp(actor.county_id, actor.person_id, now)
        said = NewCounselling(
            new.id, kept, new.on, new.topic, new.notes.strip(), new.follow_up.strip(), new.next_on
        )
        try:
            with transaction.atomic():
                return write_counselling(said, by=actor.person_id, stamp=stamp).pk
        except IntegrityError:
            known = Counselling.objects.get(pk=new.id)
    if (known.by_id, known.child_id, known.on) != (actor.person_id, kept, new.on):
        raise ContactIdUsed()
    return known.pk


def may_counsel(actor: Actor) -> bool:
    """Posts inside a school that write contacts."""
    return bool(inside_schools(actor))


def _faults(new: NewCounselling, today: date) -> list[Fault]:
    found = []
    if new.on > today:
        found.append(Fault.FUTURE)
    if new.next_on is not None and new.next_on < new.on:
        found.append(Fault.NEXT_BEFORE)
    if new.next_on is not None and new.next_on > today + FURTHEST:
        found.append(Fault.NEXT_TOO_FAR)
    return found
