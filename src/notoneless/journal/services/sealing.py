"""Chains a county's entries, some at a time, in the order in which they were recorded."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from notoneless.journal.models import ChainHead, Entry, Seal
from notoneless.rules import chain

BATCH = 2_000
"""Entries per transaction: on SQLite every other writer waits for it (about 0.2 s)."""

LOOK_BACK = timedelta(days=1)
"""How far before the last sweep an ordinary round looks, so that a county with ten million
sealed entries is not searched each minute. Longer than any transaction lives."""


def seal(county_id: UUID, *, now: datetime, limit: int = BATCH, thorough: bool = False) -> int:
    """Seal up to ``limit`` unsealed entries of a county, oldest first; answers how many.

    Fewer than ``limit`` means that nothing was left. Two sealers at once take turns on the
    chain's head. ``thorough`` searches the whole journal and not only entries recorded since
    a day before the last sweep: do so when a sealer starts.

    Raises ``IntegrityError`` when the head was set back behind the last seal by other hands;
    ``verify`` then says so.
    """
    with transaction.atomic():
        head = _lock_head(county_id)
        entries = list(_unsealed(head, thorough=thorough)[:limit])
        seals = []
        for entry in entries:
            head.seq += 1
            seals.append(_next_seal(head, entry, now))
            head.hash = seals[-1].hash
        Seal.objects.bulk_create(seals)
        if len(entries) < limit:
            head.swept_at = now
        head.save()
    return len(entries)


def _lock_head(county_id: UUID) -> ChainHead:
    heads = ChainHead.objects.select_for_update()
    head = heads.filter(county_id=county_id).first()
    if head is None:
        ChainHead.objects.get_or_create(county_id=county_id, defaults=_end_of_chain(county_id))
        head = heads.get(county_id=county_id)
    return head


def _end_of_chain(county_id: UUID) -> dict[str, int | str]:
    last = Seal.objects.filter(county_id=county_id).order_by("-seq").first()
    if last:
        return {"seq": last.seq, "hash": last.hash}
    return {"seq": 0, "hash": chain.genesis(county_id)}


def _unsealed(head: ChainHead, *, thorough: bool) -> models.QuerySet[Entry]:
    entries = Entry.objects.filter(county_id=head.county_id, seal=None)
    if head.swept_at and not thorough:
        entries = entries.filter(recorded_at__gte=head.swept_at - LOOK_BACK)
    return entries.order_by("recorded_at", "id")


def _next_seal(head: ChainHead, entry: Entry, now: datetime) -> Seal:
    seal = Seal(
        county_id=head.county_id,
        seq=head.seq,
        entry=entry,
        previous=head.hash,
        swept_at=head.swept_at,
        sealed_at=now,
    )
    seal.hash = chain.link(head.hash, head.seq, seal.protects(entry))
    return seal
