"""All cases of one child."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.cases.queries.doors import cases_seen
from notoneless.cases.queries.lines import SELECTED, CaseLine, lines_of


def cases_of_child(actor: Actor, child_id: UUID, *, on: date) -> list[CaseLine]:
    """The cases of a child in reach, newest first; eight statements at most."""
    rows = cases_seen(actor, on=on).filter(child=child_id).select_related(*SELECTED)
    return lines_of(rows.order_by("-opened_on", "-pk"), actor)
