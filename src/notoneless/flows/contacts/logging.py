"""Log a contact once; it counts wherever the plan counts it (T04, T07, T12)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from notoneless.access.actor import Actor
from notoneless.contacts.models import Contact
from notoneless.contacts.services.contacts import Writing, write_contact
from notoneless.contacts.services.evidence import ProvenBy
from notoneless.flows.cases.contacts import follow_contact
from notoneless.flows.contacts.causes import must_be_causes
from notoneless.flows.contacts.pictures import Sent, take_in
from notoneless.flows.contacts.refusals import (
    ContactFaulty,
    ContactIdUsed,
    PersonUnknown,
    TwoAdultsNeeded,
    VisitWithoutProof,
)
from notoneless.flows.contacts.whom import (
    ChildAt,
    must_log,
    next_school_day,
    role_in_which,
    where_they_are,
)
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.places.models import Person
from notoneless.rules.contacts.closing import may_close, needs_proof
from notoneless.rules.contacts.forms import Fault, NewContact, faults_of
from notoneless.rules.contacts.kinds import Kind
from notoneless.rules.policy.resolve import PolicyConflict

TRIES = 3
NOTHING_SENT = Sent()


@dataclass(frozen=True, slots=True)
class Logged:
    """The answer to whoever logged it; the same however often it is sent."""

    contact_id: UUID
    is_closed: bool
    next_on: date | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A form that was found good, with what the plan says about it."""

    new: NewContact
    places: Mapping[UUID, ChildAt]
    role: str
    needs_proof: bool


def log_contact(
    actor: Actor,
    new: NewContact,
    sent: Sent = NOTHING_SENT,
    *,
    later: bool = False,
    today: date,
    now: datetime,
) -> Logged:
    """Write down a contact, all of it or nothing, and plan what it changes.

    The same id with the same form is the same as once. A failed try without a day gets the next
    school day. ``later`` keeps a visit whose proof follows; it counts for nothing until then. So
    does a visit that met nobody. Some twenty-five statements for one school, however many children
    and pictures; ten more the first time a school's policy and calendar are read.

    Raises ``Child.DoesNotExist``, ``NotAllowed``, and the refusals of ``flows.contacts.refusals``
    and ``vault.pictures``. Source: R-086, R-087, R-093, R-095 to R-099.
    """
    proofs = take_in(sent)
    for attempt in range(TRIES):
        try:
            with transaction.atomic():
                return _log(actor, new, proofs, later, (today, now))
        except IntegrityError:
            # The other sending of the same form came first: look again.
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


def _log(
    actor: Actor,
    new: NewContact,
    proofs: Sequence[ProvenBy],
    later: bool,
    at: tuple[date, datetime],
) -> Logged:
    today, now = at
    known = Contact.objects.filter(pk=new.id).first()
    if known is not None:
        return _same(known, new, actor)
    checked = check(actor, new, today=today)
    is_closed = may_close(
        needs=checked.needs_proof,
        proofs=[each.proof for each in proofs],
        witness=checked.new.witness,
    )
    if not is_closed and not later and checked.new.is_reached:
        raise VisitWithoutProof()
    stamp = stamp_at(actor, checked, now=now)
    row = write_contact(
        Writing(checked.new, checked.role, checked.needs_proof, is_closed, proofs), stamp=stamp
    )
    plan_for_children(checked.new.child_ids, today=today, stamp=stamp)
    follow_contact(row, checked.new.child_ids, today=today, stamp=stamp)
    return Logged(row.pk, is_closed, row.next_on, True)


def check(actor: Actor, new: NewContact, *, today: date) -> Checked:
    """The form with its children as they are known now and its next day filled in.

    Raises what ``log_contact`` raises for a bad form. Four statements at most while the school's
    policy has not changed.
    """
    ids = must_log(actor, new.child_ids, today=today) if new.child_ids else ()
    places = where_they_are(ids, county_id=actor.county_id, today=today)
    first = next(iter(places.values()), None)
    said = replace(new, child_ids=ids)
    if not said.is_reached and said.next_on is None and said.kind is not Kind.MEETING:
        said = replace(said, next_on=next_school_day(first, after=said.happened_on, today=today))
    faults = faults_of(said, today=today)
    if faults == (Fault.ALONE_WITH_CHILD,):
        raise TwoAdultsNeeded()
    if faults:
        raise ContactFaulty(faults)
    must_be_causes(said.causes, places.values(), today=today)
    _must_be_known(said, actor)
    role = role_in_which(actor, places.values())
    return Checked(said, places, role, _needs_proof(said.kind, places, today))


def stamp_at(actor: Actor, checked: Checked, *, now: datetime) -> Stamp:
    """By whom and when; a phone whose clock is ahead, or behind the contact, is not believed."""
    first = next(iter(checked.places.values()), None)
    believed = noted_at = checked.new.noted_at
    if noted_at is not None:
        is_before = timezone.localtime(noted_at).date() < checked.new.happened_on
        believed = now if noted_at > now or is_before else noted_at
    unit = first.class_id if first else None
    return Stamp(actor.county_id, actor.person_id, now, unit_id=unit, noted_at=believed)


def _same(known: Contact, new: NewContact, actor: Actor) -> Logged:
    is_his = known.county_id == actor.county_id and known.by_id == actor.person_id
    # The next day was filled in here, when the form left it open.
    as_sent = replace(new, next_on=known.next_on) if new.next_on is None else new
    if not is_his or as_sent.digest != known.digest:
        raise ContactIdUsed()
    return Logged(known.pk, known.closed_at is not None, known.next_on, False)


def _must_be_known(new: NewContact, actor: Actor) -> None:
    ids = {each.person_id for each in new.companions}
    if ids and Person.objects.filter(pk__in=ids, county=actor.county_id).count() < len(ids):
        raise PersonUnknown()


def _needs_proof(kind: Kind, places: Mapping[UUID, ChildAt], today: date) -> bool:
    """As the strictest of the children's schools says; a policy in conflict asks for nothing."""
    if kind is not Kind.VISIT:
        return False
    for school in {place.school for place in places.values()}:
        try:
            if needs_proof(kind, school.policy(today)):
                return True
        except PolicyConflict:
            continue
    return False
