"""Correct or withdraw a contact, and add its proof later; nothing is changed in silence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor
from notoneless.contacts.models import Contact, ContactChild, Evidence
from notoneless.contacts.queries.timeline import contact_seen
from notoneless.contacts.services.contacts import (
    Writing,
    add_evidence,
    end_contact,
    write_contact,
)
from notoneless.flows.cases.contacts import follow_contact, unfollow_contact
from notoneless.flows.contacts.logging import Logged, check, stamp_at
from notoneless.flows.contacts.pictures import MOST_PHOTOS, Sent, take_in
from notoneless.flows.contacts.refusals import (
    ContactIdUsed,
    ContactReplaced,
    CorrectionUnexplained,
    NothingToAdd,
    NotYourContact,
    TooManyPictures,
)
from notoneless.flows.contacts.whom import answers_for, where_they_are
from notoneless.flows.duties.for_children import plan_for_children
from notoneless.journal.services import Stamp
from notoneless.rules.contacts.closing import may_close
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import Proof

MOST_PICTURES = MOST_PHOTOS * 3
"""Of one contact in all, however often somebody adds to it."""


@transaction.atomic
def correct_contact(
    actor: Actor,
    contact_id: UUID,
    new: NewContact,
    *,
    reason: str,
    today: date,
    now: datetime,
) -> Logged:
    """Put a corrected contact in the place of another; the old one stays readable.

    By who wrote it or answers for the class. Its pictures stay with it. The same correction twice
    is the same as once. Raises what ``log_contact`` raises, ``NotYourContact``,
    ``ContactReplaced``, ``CorrectionUnexplained``.
    """
    old, touched = _locked(actor, contact_id, today=today)
    if not reason.strip():
        raise CorrectionUnexplained()
    again = Contact.objects.filter(pk=new.id).first()
    if again is not None:
        if again.supersedes_id != contact_id or again.entered_by_id != actor.person_id:
            raise ContactIdUsed()
        return Logged(again.pk, again.closed_at is not None, again.next_on, False)
    _must_stand(old)
    checked = check(actor, new, today=today)
    is_closed = may_close(
        needs=checked.needs_proof, proofs=_proofs_of(old), witness=checked.new.witness
    )
    stamp = stamp_at(actor, checked, now=now)
    end_contact(old, child_id=touched[0], reason="", kind="contact.superseded", stamp=stamp)
    row = write_contact(
        Writing(
            checked.new,
            checked.role,
            checked.needs_proof,
            is_closed,
            supersedes=old,
            reason=reason.strip(),
        ),
        stamp=stamp,
    )
    plan_for_children({*touched, *checked.new.child_ids}, today=today, stamp=stamp)
    unfollow_contact(old, reason=reason.strip(), today=today, stamp=stamp)
    follow_contact(row, checked.new.child_ids, today=today, stamp=stamp)
    return Logged(row.pk, is_closed, row.next_on, True)


@transaction.atomic
def withdraw_contact(
    actor: Actor, contact_id: UUID, *, reason: str, today: date, now: datetime
) -> None:
    """Withdraw a contact that never was, or was about another child; it stays readable.

    Raises ``Contact.DoesNotExist``, ``NotYourContact``, ``ContactReplaced``,
    ``CorrectionUnexplained``.
    """
    old, touched = _locked(actor, contact_id, today=today)
    if not reason.strip():
        raise CorrectionUnexplained()
    _must_stand(old)
    stamp = Stamp(actor.county_id, actor.person_id, now)
    end_contact(
        old, child_id=touched[0], reason=reason.strip(), kind="contact.withdrawn", stamp=stamp
    )
    plan_for_children(touched, today=today, stamp=stamp)
    unfollow_contact(old, reason=reason.strip(), today=today, stamp=stamp)


def prove_contact(
    actor: Actor, contact_id: UUID, sent: Sent, *, today: date, now: datetime
) -> bool:
    """Add pictures or a signature to a contact; answers whether it is closed now (R-087).

    By who wrote it or answers for the class. Raises ``Contact.DoesNotExist``, ``NotYourContact``,
    ``ContactReplaced``, ``NothingToAdd``, ``TooManyPictures`` and those of ``vault.pictures``.
    """
    if sent.is_empty:
        raise NothingToAdd()
    proofs = take_in(sent)
    with transaction.atomic():
        row, touched = _locked(actor, contact_id, today=today)
        _must_stand(row)
        if len(_proofs_of(row)) + len(proofs) > MOST_PICTURES:
            raise TooManyPictures(most=MOST_PICTURES)
        was_open = row.closed_at is None
        stamp = Stamp(actor.county_id, actor.person_id, now)
        add_evidence(row, proofs, child_id=touched[0], closes=True, stamp=stamp)
        if was_open:
            plan_for_children(touched, today=today, stamp=stamp)
            follow_contact(row, touched, today=today, stamp=stamp)
    return True


def may_correct(actor: Actor, *, by: UUID | None, child_ids: Iterable[UUID], today: date) -> bool:
    """Whether the page offers a correction; one statement, none for one's own contact."""
    if by is not None and by == actor.person_id:
        return True
    places = where_they_are(list(child_ids), county_id=actor.county_id, today=today)
    return answers_for(actor, places.values())


def _locked(actor: Actor, contact_id: UUID, *, today: date) -> tuple[Contact, list[UUID]]:
    line = contact_seen(actor, contact_id, on=today)
    row = Contact.objects.select_for_update().get(pk=contact_id, county=actor.county_id)
    touched = list(
        ContactChild.objects.filter(contact=contact_id)
        .order_by("pk")
        .values_list("child", flat=True)
    )
    seen = [child.id for child in line.children]
    if not may_correct(actor, by=row.by_id, child_ids=seen, today=today):
        raise NotYourContact()
    return row, touched


def _must_stand(row: Contact) -> None:
    if row.superseded_at is not None:
        raise ContactReplaced()


def _proofs_of(row: Contact) -> list[Proof]:
    kinds = Evidence.objects.filter(contact__origin=row.origin).values_list("proof", flat=True)
    return [Proof(kind) for kind in kinds]
