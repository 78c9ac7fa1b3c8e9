"""How a paper was served, and what must be on record for it to count (送达)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from notoneless.rules.documents.kinds import ServiceMethod

LONGEST_BACK = timedelta(days=365)
"""A service on paper is entered within a year."""


class Proof(StrEnum):
    """What a picture of a service shows."""

    PHOTO = "photo"
    """The paper left at the home, or handed over."""
    RECEIPT = "receipt"
    """The signed 送达回证."""
    SIGNATURE = "signature"
    """Drawn on the phone by the receiver."""


class ServiceFault(StrEnum):
    """What a service still lacks; each has its sentence at the edge."""

    IN_FUTURE = "in_future"
    BEFORE_ISSUE = "before_issue"
    LONG_AGO = "long_ago"
    WHO_SERVED = "who_served"
    RECEIVER = "receiver"
    RELATION = "relation"
    """An adult relative is named with the relation to the receiver."""
    SIGNED = "signed"
    """Handed over: a signature, or the photographed receipt."""
    WITNESSED = "witnessed"
    """Left at home: a witness, or pictures."""
    PLACE = "place"
    CONSENT = "consent"
    """Electronic: the receiver's recorded consent."""
    POSTED = "posted"
    """By post: the number of the letter, or its receipt photographed."""
    ENTRUSTED = "entrusted"
    """By another unit: which, with its receipt."""
    REASON = "reason"
    """A try in vain says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """One try to serve a paper, as somebody writes it down."""

    id: UUID
    """Made by the phone."""
    method: ServiceMethod
    on: date
    hour: str = ""
    place: str = ""
    receiver_name: str = ""
    """Who took it; for a paper left at home whom it was meant for."""
    relation: str = ""
    witness: str = ""
    """Names of those who saw it, with their post: 村委会 王某."""
    consent: str = ""
    """When and how the receiver agreed to electronic service."""
    carrier: str = ""
    """Number of the registered letter, or the unit that was asked to deliver."""
    note: str = ""
    second_id: UUID | None = None
    """The second officer of the directory, if one went along."""

    @property
    def is_served(self) -> bool:
        return self.method is not ServiceMethod.NOT_SERVED


def faults_of(
    new: NewService, proofs: Collection[Proof], *, issued_on: date, today: date
) -> tuple[ServiceFault, ...]:
    """What keeps ``new`` from being written down, in the order of the form; empty: nothing.

    ``proofs``: what its pictures show. Source: 民事诉讼法 art. 88-92 by analogy.
    """
    return (*_faults_of_day(new, issued_on, today), *_faults_of_method(new, proofs))


def _faults_of_day(new: NewService, issued_on: date, today: date) -> list[ServiceFault]:
    if new.on > today:
        return [ServiceFault.IN_FUTURE]
    if new.on < issued_on:
        return [ServiceFault.BEFORE_ISSUE]
    return [ServiceFault.LONG_AGO] if new.on < today - LONGEST_BACK else []


def _faults_of_method(new: NewService, proofs: Collection[Proof]) -> list[ServiceFault]:
    signed = bool({Proof.SIGNATURE, Proof.RECEIPT} & set(proofs))
    wanted: dict[ServiceMethod, dict[ServiceFault, object]] = {
        ServiceMethod.IN_PERSON: {
            ServiceFault.RECEIVER: new.receiver_name,
            ServiceFault.SIGNED: signed,
        },
        ServiceMethod.ADULT_RELATIVE: {
            ServiceFault.RECEIVER: new.receiver_name,
            ServiceFault.RELATION: new.relation,
            ServiceFault.SIGNED: signed,
        },
        ServiceMethod.LEFT_AT_HOME: {
            ServiceFault.PLACE: new.place,
            ServiceFault.WITNESSED: new.witness or Proof.PHOTO in proofs,
        },
        ServiceMethod.POST: {ServiceFault.POSTED: new.carrier or Proof.RECEIPT in proofs},
        ServiceMethod.ELECTRONIC: {ServiceFault.CONSENT: new.consent},
        ServiceMethod.ENTRUSTED: {ServiceFault.ENTRUSTED: new.carrier},
        ServiceMethod.NOT_SERVED: {ServiceFault.REASON: new.note},
    }
    return [fault for fault, given in wanted[new.method].items() if not given]
