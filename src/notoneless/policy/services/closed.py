"""The rules of days gone by do not change (R-303)."""

from __future__ import annotations

from datetime import date, timedelta

from notoneless.journal.services import Stamp
from notoneless.policy.models import Adoption
from notoneless.policy.refusals import ClosedPeriod, ReasonNeeded

OPENING_DAYS = 30
"""How long after its first adoption a county may still set policy for days gone by."""


def refuse_closed(day: date, *, reason: str, today: date, stamp: Stamp) -> None:
    """Refuse a change that begins on ``day`` when that day is over.

    Only while a county is being set up, ``OPENING_DAYS`` from its first adoption, may policy
    begin earlier, with a ``reason`` that is kept. Raises ``ClosedPeriod``, ``ReasonNeeded``.
    """
    if day >= today:
        return
    limit = stamp.now - timedelta(days=OPENING_DAYS)
    if Adoption.objects.filter(county=stamp.county_id, adopted_at__lt=limit).exists():
        raise ClosedPeriod(day=day.isoformat(), today=today.isoformat())
    if not reason.strip():
        raise ReasonNeeded(day=day.isoformat())
