"""Writes contacts, their corrections and their end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from notoneless.contacts.models import Contact, ContactChild, ContactPerson
from notoneless.contacts.services.evidence import ProvenBy, build_evidence
from notoneless.journal.services import Journalled, Stamp, Subject, record_many
from notoneless.rules.contacts.forms import NewContact
from notoneless.rules.contacts.kinds import fold


@dataclass(frozen=True, slots=True)
class Writing:
    """A contact whose form was found good, with what the plan says about it."""

    new: NewContact
    role: str
    needs_proof: bool
    is_closed: bool
    proofs: Sequence[ProvenBy] = ()
    supersedes: Contact | None = None
    reason: str = ""


@transaction.atomic(savepoint=False)
def write_contact(writing: Writing, *, stamp: Stamp) -> Contact:
    """Write one contact with its children, people and pictures; seven statements at most, nine for
    a correction. The old row's end is written by ``end_contact``."""
    new = writing.new
    row = Contact.objects.create(**_columns(writing, stamp))
    children = [
        ContactChild(county_id=stamp.county_id, contact=row, child_id=child)
        for child in new.child_ids
    ]
    people = [
        ContactPerson(
            county_id=stamp.county_id, contact=row, person_id=each.person_id, role=each.role
        )
        for each in new.companions
    ]
    ContactChild.objects.bulk_create(children)
    if people:
        ContactPerson.objects.bulk_create(people)
    proofs = build_evidence(row, writing.proofs, stamp=stamp)
    first: Subject = ("child", new.child_ids[0])
    rows: list[Journalled] = [row, *children, *people, *proofs]
    subjects: list[Subject] = [
        first,
        *(("child", child) for child in new.child_ids),
        *(first for _ in (*people, *proofs)),
    ]
    kind = "contact.corrected" if writing.supersedes else "contact.logged"
    record_many(kind, rows, subjects=subjects, happened_on=new.happened_on, stamp=stamp)
    return row


@transaction.atomic(savepoint=False)
def end_contact(row: Contact, *, child_id: UUID, reason: str, kind: str, stamp: Stamp) -> None:
    """Write that a contact, locked by the caller, no longer stands. ``reason`` only where no
    other takes its place."""
    row.superseded_at = stamp.now
    row.ended_reason = reason
    row.save(update_fields=["superseded_at", "ended_reason"])
    record_many(
        kind, [row], subjects=[("child", child_id)], happened_on=row.happened_on, stamp=stamp
    )


@transaction.atomic(savepoint=False)
def add_evidence(
    row: Contact, proofs: Sequence[ProvenBy], *, child_id: UUID, closes: bool, stamp: Stamp
) -> None:
    """Write pictures that came later to a contact that the caller has locked."""
    rows = build_evidence(row, proofs, stamp=stamp)
    if closes and row.closed_at is None:
        row.closed_at = stamp.now
        row.save(update_fields=["closed_at"])
    record_many(
        "contact.proven",
        rows,
        subjects=[("child", child_id)] * len(rows),
        happened_on=row.happened_on,
        stamp=stamp,
    )


def _columns(writing: Writing, stamp: Stamp) -> dict[str, object]:
    new, old = writing.new, writing.supersedes
    return {
        "id": new.id,
        "origin": old.origin if old else new.id,
        "county_id": stamp.county_id,
        "kind": new.kind.value,
        "result": new.result.value,
        "is_reached": new.is_reached,
        "happened_on": new.happened_on,
        "hour": new.hour,
        "purpose": new.purpose.value,
        "place": new.place.strip(),
        "by_id": old.by_id if old else stamp.by,
        "by_role": old.by_role if old else writing.role,
        "entered_by_id": stamp.by,
        "met": sorted(each.value for each in new.met),
        "others": list(new.others),
        "child_words": new.child_words.strip(),
        "guardian_view": new.guardian_view.strip(),
        "found": new.found.strip(),
        "feedback": {key: text for key, text in new.feedback.items() if text.strip()},
        "causes": _main_first(new),
        "main_cause": fold(new.main_cause),
        "promise": new.promise.strip(),
        "next_step": new.next_step.strip(),
        "next_on": new.next_on,
        "witness": new.witness.strip(),
        "needs_proof": writing.needs_proof,
        "closed_at": stamp.now if writing.is_closed else None,
        "supersedes": old,
        "reason": writing.reason,
        "noted_at": stamp.noted_at or stamp.now,
        "recorded_at": stamp.now,
        "digest": new.digest,
    }


def _main_first(new: NewContact) -> list[str]:
    """The main cause stands first, if it is known; it is told apart by ``main_cause``."""
    return sorted(new.causes, key=lambda cause: cause != new.main_cause)
