"""Moves the doors to children when the tree of units changes."""

from __future__ import annotations

from datetime import date
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.db.models import DateField, Value
from django.db.models.functions import Greatest

from notoneless.children.models import ChildPlace
from notoneless.rules.paths import below

BATCH = 2_000


@transaction.atomic
def move_branch(county_id: UUID, *, old_path: str, new_path: str, on: date) -> int:
    """Put the children's places at or below ``old_path`` under ``new_path`` from ``on``.

    The earlier rows end that day and keep the earlier tree. Answers how many places moved.
    Call it in the transaction that moves the unit.
    """
    low, high = below(old_path)
    standing = ChildPlace.objects.filter(county=county_id, path__gte=low, path__lt=high, to_on=None)
    rows = list(standing.order_by("pk"))
    standing.update(to_on=Greatest("from_on", Value(on, DateField())))
    fresh = (
        ChildPlace(
            county_id=row.county_id,
            child_id=row.child_id,
            unit_id=row.unit_id,
            line=row.line,
            path=new_path + row.path.removeprefix(old_path),
            relation=row.relation,
            from_on=max(on, row.from_on),
            by_merge_id=row.by_merge_id,
        )
        for row in rows
    )
    while batch := list(islice(fresh, BATCH)):
        ChildPlace.objects.bulk_create(batch)
    return len(rows)


def has_children(paths: tuple[str, ...]) -> bool:
    """Whether any child now belongs at or below one of ``paths``."""
    for path in paths:
        low, high = below(path)
        if ChildPlace.objects.filter(path__gte=low, path__lt=high, to_on=None).exists():
            return True
    return False
