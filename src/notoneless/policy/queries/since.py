"""From which day the rules of a place have held there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from notoneless.policy.models import Adoption
from notoneless.policy.queries.stack import EVERYWHERE
from notoneless.rules.policy.resolved import ResolvedPolicy

Adopted = Mapping[tuple[str, str], Sequence[date]]
"""The days from which a place adopted a pack, oldest first, by place and pack."""


def adopted_in(policy: ResolvedPolicy) -> Adopted:
    """When the places named in a policy adopted its packs; one statement.

    True for all days until somebody adopts something else.
    """
    origins = {(found.origin.place, found.origin.pack) for found in policy.rules.values()}
    places = {UUID(place) for place, _ in origins if place not in EVERYWHERE}
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    if not places:
        return days
    rows = Adoption.objects.filter(
        unit__in=places, pack__pack_id__in={pack for _, pack in origins}
    ).order_by("from_on")
    for unit, pack, day in rows.values_list("unit", "pack__pack_id", "from_on"):
        days[str(unit), pack].append(day)
    return days


def rules_since(policy: ResolvedPolicy, adopted: Adopted, *, on: date) -> dict[str, date]:
    """The first day of each rule that a place adopted, by key.

    That of its pack's newest adoption up to ``on``. Rules of the law itself are not in it.
    """
    since = {
        where: reached[-1]
        for where, days in adopted.items()
        if (reached := [day for day in days if day <= on])
    }
    return {
        key: day
        for key, found in policy.rules.items()
        if (day := since.get((found.origin.place, found.origin.pack))) is not None
    }
