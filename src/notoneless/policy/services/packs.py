"""Load packs: those that come with the product, and those that a county writes."""

from __future__ import annotations

import hashlib
from datetime import datetime
from importlib import resources
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record
from notoneless.policy.models import PackVersion
from notoneless.policy.refusals import PackTaken
from notoneless.rules.policy.pack import Pack
from notoneless.rules.policy.reading import read_pack


class ShippedPackChanged(ValueError):
    """A shipped pack has another text than when it was loaded: it needs a new id."""


@transaction.atomic
def load_shipped_packs(*, now: datetime, folder: resources.abc.Traversable | None = None) -> int:
    """Load every shipped pack that is not there yet; returns how many were new.

    ``folder`` is the product's own unless a test says otherwise. Running it again changes
    nothing. Raises ``ShippedPackChanged`` and changes nothing when a loaded pack differs from
    its file, ``PackError`` when a file is broken.
    """
    files = folder or resources.files("notoneless").joinpath("policies")
    standing = dict(PackVersion.objects.filter(county=None).values_list("pack_id", "digest"))
    fresh = []
    for file in sorted(files.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            text = file.read_text(encoding="utf-8")
            pack = read_pack(text, file.name)
            if pack.id not in standing:
                fresh.append(unsaved_version(pack, text, county_id=None, now=now))
            elif standing[pack.id] != digest_of(text):
                raise ShippedPackChanged(f"{file.name}: {pack.id} differs from what was loaded")
    PackVersion.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def write_pack(text: str, *, name: str, stamp: Stamp) -> PackVersion:
    """Keep a county's own pack, which it can then adopt; ``name`` is for messages only.

    Writing the same text again changes nothing. Raises ``PackError`` with every fault,
    ``PackTaken`` when the id has another text.
    """
    pack = read_pack(text, name)
    standing = PackVersion.objects.filter(pack_id=pack.id).first()
    if standing is not None:
        if standing.digest != digest_of(text) or standing.county_id != stamp.county_id:
            raise PackTaken(pack=pack.id)
        return standing
    row = unsaved_version(pack, text, county_id=stamp.county_id, now=stamp.now)
    row.save()
    journal_pack(row, stamp=stamp)
    return row


def journal_pack(row: PackVersion, *, stamp: Stamp) -> None:
    """Put a pack's text under the county's seal, so that a later edit of it is found."""
    day = row.effective_from
    record("policy.pack_taken", row, subject=("pack", row.pk), happened_on=day, stamp=stamp)


def unsaved_version(pack: Pack, text: str, *, county_id: UUID | None, now: datetime) -> PackVersion:
    """A version as its row would hold it."""
    return PackVersion(
        county_id=county_id,
        system=pack.system,
        pack_id=pack.id,
        title_zh=pack.title_zh,
        title_en=pack.title_en,
        toml=text,
        digest=digest_of(text),
        effective_from=pack.effective_from,
        effective_to=pack.effective_to,
        loaded_at=now,
    )


def digest_of(text: str) -> str:
    """SHA-256 of a text with plain line ends, in hexadecimal."""
    return hashlib.sha256("\n".join(text.splitlines()).encode()).hexdigest()
