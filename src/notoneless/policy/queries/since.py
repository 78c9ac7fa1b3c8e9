"""From which day the rules of a place have held there."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.policy.models import Adoption
from notoneless.policy.queries.stack import EVERYWHERE
from notoneless.rules.policy.resolved import ResolvedPolicy


def rules_since(policy: ResolvedPolicy, *, on: date) -> dict[str, date]:
    """The first day of each rule that a place adopted, by key; one statement.

    That of its pack's newest adoption up to ``on``. Rules of the law itself are not in it.
    """
    origins = {(found.origin.place, found.origin.pack) for found in policy.rules.values()}
    places = {UUID(place) for place, _ in origins if place not in EVERYWHERE}
    if not places:
        return {}
    rows = Adoption.objects.filter(
        unit__in=places, pack__pack_id__in={pack for _, pack in origins}, from_on__lte=on
    ).order_by("from_on")
    since = {
        (str(unit), pack): day
        for unit, pack, day in rows.values_list("unit", "pack__pack_id", "from_on")
    }
    return {
        key: day
        for key, found in policy.rules.items()
        if (day := since.get((found.origin.place, found.origin.pack))) is not None
    }
