"""Cases of every county, each minute; the nightly sweep looks at all of them."""

from __future__ import annotations

import logging
from datetime import date, datetime

from notoneless.flows.cases.looking_after import look_after_cases
from notoneless.jobs.statements import statements_forgotten
from notoneless.places.queries import counties

log = logging.getLogger(__name__)


def look_after_every_county(now: datetime, today: date) -> None:
    """Open what is due and follow what was written since the last minute.

    Nothing about any child goes into the log.
    """
    for county_id, code, _name in counties():
        with statements_forgotten():
            done = look_after_cases(county_id, today=today, now=now)
        if done.opened or done.stepped:
            log.info("county %s: %s cases opened, %s steps", code, done.opened, done.stepped)
