"""What the scheduler does, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from notoneless.jobs.attendance import reconcile_every_county
from notoneless.jobs.cases import look_after_every_county
from notoneless.jobs.roster import forget_old_rows, take_up_stalled
from notoneless.jobs.sealing import seal_all
from notoneless.jobs.signs import keep_signs_of_every_county
from notoneless.jobs.sweeping import look_for_rolls, sweep_every_county
from notoneless.jobs.tables import look_at_every_table


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    name: str
    every: timedelta
    run: Callable[[datetime, date], None]
    """Takes the moment and the school-local date; doing it twice changes nothing."""


def seal_every_county(now: datetime, today: date) -> None:
    """Chain what has been written since the last minute (architecture §Facts and the journal)."""
    seal_all(now)


def seal_what_was_left_behind(now: datetime, today: date) -> None:
    """Look through whole journals; runs when the scheduler starts and then once a day."""
    seal_all(now, thorough=True)


JOBS = (
    ScheduledJob("look-at-tables", timedelta(days=1), look_at_every_table),
    ScheduledJob("reconcile-runs-of-absence", timedelta(days=1), reconcile_every_county),
    ScheduledJob("take-up-stalled-rosters", timedelta(minutes=5), take_up_stalled),
    ScheduledJob("forget-old-rosters", timedelta(days=1), forget_old_rows),
    ScheduledJob("seal-journal", timedelta(minutes=1), seal_every_county),
    ScheduledJob("look-for-rolls", timedelta(minutes=15), look_for_rolls),
    ScheduledJob("sweep-duties", timedelta(days=1), sweep_every_county),
    ScheduledJob("look-after-cases", timedelta(minutes=1), look_after_every_county),
    ScheduledJob("keep-signs", timedelta(days=1), keep_signs_of_every_county),
    ScheduledJob("seal-journal-thorough", timedelta(days=1), seal_what_was_left_behind),
)
