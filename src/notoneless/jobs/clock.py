"""The jobs' reading of the clock; one per run."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from notoneless.rules.demo_clock import shown_at


def read_clock() -> tuple[datetime, date]:
    """The moment (aware, UTC) and the school-local date of this run; a demo's own in a demo."""
    now = shown_at(timezone.now(), settings.DEMO_CLOCK)
    return now, timezone.localdate(now)
