"""Seals pictures and writes that they prove a contact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from notoneless.contacts.models import Contact, Evidence, SealedPicture
from notoneless.journal.services import Stamp
from notoneless.rules.contacts.kinds import Proof
from notoneless.vault.pictures import Picture
from notoneless.vault.sealing import seal_bytes

COLUMN = "contacts.sealedpicture.sealed"


@dataclass(frozen=True, slots=True)
class ProvenBy:
    """One picture, taken in already."""

    proof: Proof
    picture: Picture


def build_evidence(contact: Contact, proofs: Iterable[ProvenBy], *, stamp: Stamp) -> list[Evidence]:
    """Write pictures of a contact; two statements, none without any. The caller journals them."""
    pairs = [(_row(contact, each, stamp), each.picture) for each in proofs]
    if not pairs:
        return []
    Evidence.objects.bulk_create([row for row, _ in pairs])
    SealedPicture.objects.bulk_create(
        [
            SealedPicture(
                evidence=row,
                kind=picture.kind,
                sealed=seal_bytes(picture.data, column=f"{COLUMN}.{row.pk}"),
            )
            for row, picture in pairs
        ]
    )
    return [row for row, _ in pairs]


def _row(contact: Contact, each: ProvenBy, stamp: Stamp) -> Evidence:
    return Evidence(
        county_id=stamp.county_id,
        contact=contact,
        proof=each.proof.value,
        sha256=each.picture.sha256,
        likeness=each.picture.likeness,
        taken_at=each.picture.taken_at,
        had_place=each.picture.had_place,
        added_by_id=stamp.by,
        added_at=stamp.now,
    )
