"""Chains a county's entries, some at a time, in the order in which they were recorded."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction

from notoneless.journal.inserting import insert
from notoneless.journal.models import ChainHead, Entry, Seal
from notoneless.journal.services.turns import in_turns
from notoneless.rules import chain

BATCH = 50_000
"""Entries looked for at once, before anything is locked."""
AT_ONCE = 2_000
"""Entries per transaction where there are many writers; on SQLite fewer (``in_turns``)."""

LOOK_BACK = timedelta(hours=2)
"""How far before the last sweep an ordinary round looks, so that a county with ten million
sealed entries is not searched each minute. Longer than any transaction lives
(``queries.wholeness.LATE``)."""


def seal(county_id: UUID, *, now: datetime, limit: int = BATCH, thorough: bool = False) -> int:
    """Seal up to ``limit`` unsealed entries of a county, oldest first; answers how many.

    Fewer than ``limit`` means that nothing was left. Two sealers at once take turns on the
    chain's head. ``thorough`` searches the whole journal and not only entries recorded since
    ``LOOK_BACK`` before the last sweep: do so when a sealer starts.

    Raises ``IntegrityError`` when the head was set back behind the last seal by other hands;
    ``verify`` then says so.
    """
    unlocked = ChainHead.objects.filter(county_id=county_id).first()
    found = list(_unsealed(county_id, unlocked, thorough=thorough)[:limit])
    sealed = 0
    for part in in_turns(found, at_most=AT_ONCE):
        sealed += _seal_some(county_id, part, now=now)
    if len(found) < limit:
        _note_sweep(county_id, now=now)
    return sealed


class AlreadySealed(RuntimeError):
    """The chain has begun: what kind of county it is of is settled."""


@transaction.atomic
def mark_as_demo(county_id: UUID) -> None:
    """Say for good that a county is a sample: call it before anything of its journal is sealed.

    Raises ``AlreadySealed``.
    """
    head = _lock_head(county_id)
    if head.seq:
        raise AlreadySealed(str(county_id))
    head.is_demo, head.hash = True, chain.genesis(county_id, is_demo=True)
    head.save(update_fields=["is_demo", "hash"])


def _seal_some(county_id: UUID, keys: Sequence[UUID], *, now: datetime) -> int:
    """Seal those of these entries that no other sealer has sealed meanwhile."""
    with transaction.atomic():
        head = _lock_head(county_id)
        seals = []
        unsealed = Entry.objects.filter(pk__in=keys, seal=None)
        for entry in unsealed.order_by("recorded_at", "id"):
            head.seq += 1
            seals.append(_next_seal(head, entry, now))
            head.hash = seals[-1].hash
        insert(seals)
        head.save()
    return len(seals)


def _note_sweep(county_id: UUID, *, now: datetime) -> None:
    with transaction.atomic():
        head = _lock_head(county_id)
        head.swept_at = now
        head.save(update_fields=["swept_at"])


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


def _unsealed(
    county_id: UUID, head: ChainHead | None, *, thorough: bool
) -> models.QuerySet[Entry, UUID]:
    entries = Entry.objects.filter(county_id=county_id, seal=None)
    if head is not None and head.swept_at and not thorough:
        entries = entries.filter(recorded_at__gte=head.swept_at - LOOK_BACK)
    return entries.order_by("recorded_at", "id").values_list("pk", flat=True)


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
