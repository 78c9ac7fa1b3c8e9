"""The jobs' reading of the clock; one per run."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def read_clock() -> tuple[datetime, date]:
    """The moment (aware, UTC) and the school-local date of this run."""
    now = timezone.now()
    return now, timezone.localdate(now)
