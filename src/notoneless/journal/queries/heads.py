"""Which counties have a journal, and where each ends."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.journal.models import Entry, Seal
from notoneless.rules import chain
from notoneless.rules.chain import Anchor


def counties() -> list[UUID]:
    """Every county with an entry, in id order.

    One index look-up for each: DISTINCT would read the whole index of a province.
    """
    found: list[UUID] = []
    entries = Entry.objects.order_by("county_id").values_list("county_id", flat=True)
    county_id = entries.first()
    while county_id is not None:
        found.append(county_id)
        county_id = entries.filter(county_id__gt=county_id).first()
    return found


def anchor_of(county_id: UUID, *, printed_on: date) -> Anchor:
    """The end of a county's chain now, to be printed and kept outside the machine.

    Read from the seals, not from the kept head: what is printed must be what is stored.
    """
    last = Seal.objects.filter(county_id=county_id).order_by("-seq").first()
    if last is None:
        return Anchor(county_id, 0, printed_on, chain.genesis(county_id))
    return Anchor(county_id, last.seq, printed_on, last.hash)
