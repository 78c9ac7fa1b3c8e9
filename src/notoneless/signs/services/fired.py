"""Keeps which signs fired when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.rules.signs.kinds import SignRule
from notoneless.signs.models import FiredSign


@dataclass(frozen=True, slots=True)
class KeptCount:
    """What one night changed."""

    begun: int
    ended: int


@transaction.atomic
def keep_fired(
    fired: Mapping[UUID, Collection[SignRule]],
    class_of: Mapping[UUID, UUID],
    *,
    county_id: UUID,
    as_of: date,
) -> KeptCount:
    """Keep which signs of some children fire on ``as_of``; all of ``class_of`` are spoken for.

    A sign that no longer fires ends with the last day on which it did. Doing it twice changes
    nothing; an older day than was kept already is left alone. Four statements at most.
    """
    open_rows = list(
        FiredSign.objects.filter(county=county_id, is_open=True, child__in=list(class_of))
    )
    wanted = {(child, rule.value) for child, rules in fired.items() for rule in rules}
    standing = {(row.child_id, row.rule) for row in open_rows}
    go_on = [row.pk for row in open_rows if (row.child_id, row.rule) in wanted]
    over = [row.pk for row in open_rows if (row.child_id, row.rule) not in wanted]
    FiredSign.objects.filter(pk__in=go_on, last_on__lt=as_of).update(last_on=as_of)
    # A sign that began today and is gone by tonight was a mistake in the roll, and is still told.
    ended = FiredSign.objects.filter(pk__in=over, last_on__lte=as_of).update(is_open=False)
    fresh = [
        FiredSign(
            county_id=county_id,
            child_id=child,
            school_class_id=class_of[child],
            rule=rule,
            first_on=as_of,
            last_on=as_of,
        )
        for child, rule in sorted(wanted - standing, key=str)
        if child in class_of
    ]
    FiredSign.objects.bulk_create(fresh)
    return KeptCount(len(fresh), ended)
