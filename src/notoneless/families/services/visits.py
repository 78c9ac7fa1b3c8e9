"""A visit is kept awake, and left."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from notoneless.families.models import Visit

AWAKE = timedelta(seconds=30)
"""Looks within so short a time are one."""


def keep_awake(visit_id: UUID, *, seen_at: datetime, now: datetime) -> None:
    """Note that the guardian still looks; at most one statement."""
    if now - seen_at >= AWAKE:
        Visit.objects.filter(pk=visit_id, left_at=None).update(seen_at=now)


def leave(visit_id: UUID, *, now: datetime) -> None:
    """The guardian has left: nothing opens this visit again."""
    Visit.objects.filter(pk=visit_id, left_at=None).update(left_at=now)
