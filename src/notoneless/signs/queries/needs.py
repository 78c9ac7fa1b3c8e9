"""What children need on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from notoneless.children.queries.branches import WHO
from notoneless.rules.signs.needs import Need
from notoneless.signs.models import NeedTag
from notoneless.signs.queries.who import about


@dataclass(frozen=True, slots=True)
class NeedRow:
    id: UUID
    child_id: UUID
    need: Need
    from_on: date
    to_on: date
    """Exclusive."""
    reason: str
    by: str


def needs_on(child_ids: Collection[UUID], *, day: date) -> dict[UUID, list[NeedRow]]:
    """The needs that stand on ``day``, by child; one statement."""
    rows = NeedTag.objects.filter(
        about(child_ids), ended_at=None, from_on__lte=day, to_on__gt=day
    ).annotate(who=WHO)
    found: dict[UUID, list[NeedRow]] = defaultdict(list)
    for row in rows.select_related("by").order_by("need", "pk"):
        found[row.who].append(
            NeedRow(
                row.pk,
                row.who,
                Need(row.need),
                row.from_on,
                row.to_on,
                row.reason,
                row.by.name if row.by else "",
            )
        )
    return dict(found)
