"""Brings the sample county to life: a school with children and four weeks of rolls."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db import transaction

from notoneless.flows.duties.sweep import sweep_county
from notoneless.flows.sample.children import enrol_sample_children
from notoneless.flows.sample.days import Story, live_through_the_days
from notoneless.flows.sample.school import found_sample_school, has_sample_school
from notoneless.journal.queries.heads import anchor_of

SEED = 20261120
LEAD = timedelta(days=45)
"""The school is recorded as founded so long ago: before its first roll."""


def bring_to_life(county_id: UUID, *, now: datetime, today: date) -> bool:
    """Make 云顶小学 in the sample county; answers whether it was made just now.

    The same every time for the same day. Where the county's journal has been sealed already, all is
    recorded as of ``now``: nothing slips in between sealed entries.
    """
    with transaction.atomic():
        if has_sample_school(county_id):
            return False
        is_sealed = anchor_of(county_id, printed_on=today).seq > 0
        random = Random(SEED)  # noqa: S311  # invented people, nothing secret
        school = found_sample_school(county_id, now=now if is_sealed else now - LEAD, today=today)
        enrol_sample_children(school, random)
        story = Story(school, random, now, lambda then: now if is_sealed else then)
        live_through_the_days(story, now=now)
    for _ in sweep_county(county_id, as_of=today, now=lambda: now):
        pass
    return True
