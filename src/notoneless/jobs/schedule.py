"""What the scheduler does, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notoneless.journal.services import seal
from notoneless.places.queries import counties


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    name: str
    every: timedelta
    run: Callable[[datetime, date], None]
    """Takes the moment and the school-local date; doing it twice changes nothing."""


def seal_every_county(now: datetime, today: date) -> None:
    """Chain what has been written since the last minute (architecture §Facts and the journal)."""
    for county_id, _code, _name in counties():
        seal(county_id, now=now)


JOBS = (ScheduledJob("seal-journal", timedelta(minutes=1), seal_every_county),)
