"""Each night: does the table of who is away say what the rolls say?"""

from __future__ import annotations

import logging
from datetime import date, datetime

from notoneless.attendance.services.checks import keep_check
from notoneless.attendance.services.runs import reconcile_runs
from notoneless.places.queries.units import counties

log = logging.getLogger(__name__)


def reconcile_every_county(now: datetime, today: date) -> None:
    """Put right what differs and say how much did; nothing about any child goes into the log."""
    for county_id, code, _ in counties():
        report = reconcile_runs(county_id, as_of=today, now=now)
        keep_check(county_id, report, as_of=today, now=now)
        if report.differences:
            log.warning(
                "county %s: %s of %s runs of absence differed from the rolls and were put right",
                code,
                len(report.differences),
                report.checked,
            )
