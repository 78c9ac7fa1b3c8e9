"""Two rows that are one child become one, and can be parted again; no fact is touched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.access.actor import Actor, NotAllowed
from notoneless.children.models import Child, ChildPlace, Merge
from notoneless.journal.services import Stamp, record_many
from notoneless.places.services.units import StaleVersion
from notoneless.rules.refusal import Refusal
from notoneless.rules.roles import Capability


class WithItself(Refusal):
    code = "MERGE-01"


class MergedAlready(Refusal):
    """One of the two was merged into another before."""

    code = "MERGE-02"


class HoldsOthers(Refusal):
    """The row to be absorbed has itself absorbed others: keep that one, or part them first."""

    code = "MERGE-03"


class PartedAlready(Refusal):
    code = "MERGE-04"


class NumberNowShared(Refusal):
    """Parted, two children would bear one identity number: correct one of them first."""

    code = "MERGE-05"


@dataclass(frozen=True, slots=True)
class Half:
    """One of the two rows, as the page showed it."""

    child_id: UUID
    version: int


@transaction.atomic
def merge_children(
    kept: Half, absorbed: Half, *, reason: str, actor: Actor, today: date, stamp: Stamp
) -> Merge:
    """Let ``absorbed`` answer as ``kept`` from now on.

    Both rows keep their facts; the kept child is lent the absorbed one's places, so that everyone
    who had to do with either still sees the child. Raises ``Child.DoesNotExist``, ``NotAllowed``,
    ``WithItself``, ``StaleVersion``, ``MergedAlready``, ``HoldsOthers``.
    """
    if kept.child_id == absorbed.child_id:
        raise WithItself()
    locked = _lock([kept.child_id, absorbed.child_id], actor=actor, today=today)
    keep, absorb = locked[kept.child_id], locked[absorbed.child_id]
    for child in (keep, absorb):
        if child.merged_into_id is not None:
            raise MergedAlready(name=child.name)
    for child, half in ((keep, kept), (absorb, absorbed)):
        if child.version != half.version:
            raise StaleVersion(what=child.name)
    if absorb.absorbed.exists():
        raise HoldsOthers(name=absorb.name)
    merge = Merge.objects.create(
        kept=keep, absorbed=absorb, reason=reason, by_id=stamp.by, merged_at=stamp.now
    )
    absorb.merged_into = keep
    _save_version(absorb, "merged_into")
    _save_version(keep)
    _lend_places(merge, today=today)
    _journal("child.merged", merge, today=today, stamp=stamp)
    return merge


@transaction.atomic
def part_children(merge_id: UUID, *, reason: str, actor: Actor, today: date, stamp: Stamp) -> Merge:
    """End a merge: both rows stand as they stood, with whatever was written on each since.

    Raises ``Merge.DoesNotExist``, ``Child.DoesNotExist``, ``NotAllowed``, ``PartedAlready``,
    ``NumberNowShared``.
    """
    merge = Merge.objects.select_for_update().get(pk=merge_id, kept__county=actor.county_id)
    _lock([merge.kept_id], actor=actor, today=today)
    if merge.parted_at is not None:
        raise PartedAlready()
    absorb = Child.objects.select_for_update().get(pk=merge.absorbed_id)
    _refuse_shared_number(absorb)
    merge.parted_at = stamp.now
    merge.parted_reason = reason
    merge.save(update_fields=["parted_at", "parted_reason"])
    absorb.merged_into = None
    _save_version(absorb, "merged_into")
    _save_version(Child.objects.get(pk=merge.kept_id))
    ChildPlace.objects.filter(by_merge=merge, to_on=None).update(to_on=today)
    _journal("child.parted", merge, today=today, stamp=stamp)
    return merge


def end_lent_places(unit_ids: Collection[UUID], *, on: date) -> None:
    """End the places that merges lent at units that close; ``on`` is the first day without."""
    ChildPlace.objects.filter(unit__in=unit_ids, by_merge__isnull=False, to_on=None).update(
        to_on=on
    )


def _lock(ids: list[UUID], *, actor: Actor, today: date) -> dict[UUID, Child]:
    """The children, locked in the order of their keys so that two clerks never wait in a ring."""
    seen = Child.objects.seen_by(actor, on=today).filter(pk__in=ids)
    rows = Child.objects.select_for_update().filter(pk__in=seen.values("pk")).order_by("pk")
    found = {child.pk: child for child in rows}
    if len(found) != len(set(ids)):
        raise Child.DoesNotExist()
    to_merge = Child.objects.seen_by(actor, on=today, to=Capability.MERGE_CHILDREN)
    if to_merge.filter(pk__in=ids).count() != len(found):
        raise NotAllowed(capability=Capability.MERGE_CHILDREN.value)
    return found


def _save_version(child: Child, *fields: str) -> None:
    child.version += 1
    child.save(update_fields=[*fields, "version"])


def _lend_places(merge: Merge, *, today: date) -> None:
    theirs = ChildPlace.objects.filter(child=merge.absorbed_id, to_on=None)
    own = ChildPlace.objects.filter(child=merge.kept_id, to_on=None)
    there = set(own.values_list("line", "relation", "unit"))
    ChildPlace.objects.bulk_create(
        ChildPlace(
            county_id=place.county_id,
            child_id=merge.kept_id,
            unit_id=place.unit_id,
            line=place.line,
            path=place.path,
            relation=place.relation,
            from_on=max(today, place.from_on),
            by_merge=merge,
        )
        for place in theirs
        if (place.line, place.relation, place.unit_id) not in there
    )


def _refuse_shared_number(absorb: Child) -> None:
    if not absorb.national_id_index:
        return
    others = Child.objects.filter(
        county=absorb.county_id, national_id_index=absorb.national_id_index, merged_into=None
    )
    if others.exclude(pk=absorb.pk).exists():
        raise NumberNowShared(name=absorb.name)


def _journal(kind: str, merge: Merge, *, today: date, stamp: Stamp) -> None:
    record_many(
        kind,
        [merge, merge],
        subjects=[("child", merge.kept_id), ("child", merge.absorbed_id)],
        happened_on=today,
        stamp=stamp,
    )
