"""Each night: which signs fire, kept so that the county sees how often they are right."""

from __future__ import annotations

import logging
from datetime import date, datetime

from notoneless.flows.signs.nightly import keep_signs
from notoneless.jobs.statements import statements_forgotten
from notoneless.places.queries import counties

log = logging.getLogger(__name__)


def keep_signs_of_every_county(now: datetime, today: date) -> None:
    """Keep the signs of the day in every county; nothing about any child goes into the log."""
    for county_id, code, _name in counties():
        begun = ended = 0
        with statements_forgotten():
            for each in keep_signs(county_id, as_of=today):
                begun += each.kept.begun
                ended += each.kept.ended
        log.info("county %s: %s signs began, %s ended", code, begun, ended)
