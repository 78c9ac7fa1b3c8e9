"""The round of the sweep: every county, one after the other."""

from __future__ import annotations

import logging
from datetime import date, datetime

from django.utils import timezone

from notoneless.duties.services import SweepRunning
from notoneless.flows.duties.sweep import look_for_missing_rolls, sweep_county
from notoneless.jobs.clock import read_clock
from notoneless.places.queries import counties
from notoneless.rules.duties.wants import Moment

log = logging.getLogger(__name__)


def sweep_every_county(now: datetime, today: date) -> None:
    """Plan all duties anew; a county that is being swept already is left to that sweep."""
    for county_id, code, _name in counties():
        try:
            for _swept in sweep_county(county_id, as_of=today, now=lambda: read_clock()[0]):
                pass
        except SweepRunning:
            log.warning("county %s is being swept already", code)


def look_for_rolls(now: datetime, today: date) -> None:
    """Tell schools which classes have not called the roll by their hour (R-068)."""
    moment = Moment(today, timezone.localtime(now).strftime("%H:%M"))
    for county_id, _code, _name in counties():
        look_for_missing_rolls(county_id, moment=moment, now=now)
