"""Which counties have a journal, and where each ends."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from notoneless.journal.models import ChainHead, Entry, Seal
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
        is_demo = county_id in demo_counties()
        return Anchor(county_id, 0, printed_on, chain.genesis(county_id, is_demo=is_demo))
    return Anchor(county_id, last.seq, printed_on, last.hash)


def demo_counties() -> list[UUID]:
    """Counties whose chain is marked as a sample's; nothing of them may meet real data."""
    heads = ChainHead.objects.filter(is_demo=True).order_by("county_id")
    return list(heads.values_list("county_id", flat=True))


def newest_moment(county_id: UUID, *, is_simulated: bool | None = None) -> datetime | None:
    """When the newest entry of a county was recorded, or the newest that a demo's play wrote (or
    did not); ``None`` where there is none."""
    entries = Entry.objects.filter(county_id=county_id)
    if is_simulated is not None:
        entries = entries.filter(is_simulated=is_simulated)
    return entries.order_by("-recorded_at").values_list("recorded_at", flat=True).first()


def touched_by_people(county_id: UUID) -> frozenset[UUID]:
    """Children about whom a person, and not a demo's play, has written something down."""
    entries = Entry.objects.filter(
        county_id=county_id, subject_kind="child", is_simulated=False, actor_id__isnull=False
    )
    return frozenset(entries.values_list("subject_id", flat=True))
