"""Pictures as the edge hands them over, taken in before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from notoneless.contacts.services.evidence import ProvenBy
from notoneless.flows.contacts.refusals import TooManyPictures
from notoneless.rules.contacts.kinds import Proof
from notoneless.vault.pictures import take_photo, take_signature

MOST_PHOTOS = 4


@dataclass(frozen=True, slots=True)
class Sent:
    """What came with a form."""

    photos: tuple[bytes, ...] = ()
    house_front: bytes | None = None
    paper: bytes | None = None
    signature: str = ""
    """The data address of a PNG; empty when nobody signed on the phone."""

    @property
    def is_empty(self) -> bool:
        return not (self.photos or self.house_front or self.paper or self.signature)


def take_in(sent: Sent) -> list[ProvenBy]:
    """Decode, strip and shrink everything that was sent; slow, so before any transaction.

    Raises ``TooManyPictures`` and the refusals of ``vault.pictures``.
    """
    if len(sent.photos) > MOST_PHOTOS:
        raise TooManyPictures(most=MOST_PHOTOS)
    zone = timezone.get_default_timezone()
    found = [ProvenBy(Proof.PHOTO, take_photo(each, zone=zone)) for each in sent.photos]
    if sent.house_front:
        found.append(ProvenBy(Proof.HOUSE_FRONT, take_photo(sent.house_front, zone=zone)))
    if sent.paper:
        found.append(ProvenBy(Proof.PAPER, take_photo(sent.paper, zone=zone)))
    if sent.signature:
        found.append(ProvenBy(Proof.SIGNATURE, take_signature(sent.signature)))
    return found
