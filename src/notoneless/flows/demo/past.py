"""The school years before the play, as the clerk of the county typed them in: headcounts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from notoneless.access.actor import Actor
from notoneless.children.models import Enrolment
from notoneless.flows.demo.chance import uniforms
from notoneless.flows.demo.county import FIRST_DAY
from notoneless.flows.indicators.typing import type_count
from notoneless.journal.services import Stamp
from notoneless.numbers.services.typed import NewTyped
from notoneless.places.models import Unit
from notoneless.rules.indicators.counts import Count
from notoneless.rules.units import SCHOOLS, Stage

YEAR = FIRST_DAY.year
BASE_SOURCE = "{year} 年学年初报表（教基 1101 汇总），启用系统时补录"
ENTRY_SOURCE = "{year} 年秋季新生花名册存档，启用系统时补录"
LOST = 0.06
"""At most this part of those who entered has moved away, died or left since."""
YEARS = {Stage.PRIMARY: 6, Stage.JUNIOR: 3}
Cohort = tuple[UUID, Stage, int]
"""School, stage, and the autumn of entering it."""


def enter_past_years(clerk: Actor, *, now: datetime) -> None:
    """How many each cohort of today had when it entered, and how many each school had a year ago.

    Made up from today's sizes; typed through the page's own flow, so that rates which look back
    have something to look at.
    """
    stamp = Stamp(clerk.county_id, clerk.person_id, now)
    for new in (*_entries(clerk.county_id), *_bases(clerk.county_id)):
        type_count(clerk, new, today=FIRST_DAY, stamp=stamp)


def _entries(county_id: UUID) -> Iterator[NewTyped]:
    codes = _codes(county_id)
    for (school, stage, year), size in sorted(_sizes(county_id).items(), key=str):
        part = uniforms("entered", codes[school], stage.value, year)[0]
        entered = size + round(size * LOST * part * min(YEAR - year, 3) / 3)
        source = ENTRY_SOURCE.format(year=year)
        yield NewTyped(school, Count.ENTRY, year, entered, source, stage, year)


def _bases(county_id: UUID) -> Iterator[NewTyped]:
    """A year ago: today's older cohorts, and one that has left since."""
    sizes = _sizes(county_id)
    source = BASE_SOURCE.format(year=YEAR - 1)
    for school, stage in sorted({(school, stage) for school, stage, _ in sizes}, key=str):
        older = [
            n for (s, t, year), n in sizes.items() if (s, t) == (school, stage) and year < YEAR
        ]
        if older:
            left = sizes.get((school, stage, YEAR - YEARS[stage] + 1), older[0])
            yield NewTyped(school, Count.BASE, YEAR - 1, sum(older) + left, source, stage)


def _sizes(county_id: UUID) -> Counter[Cohort]:
    rows = Enrolment.objects.filter(county=county_id, to_on=None).exclude(school_class=None)
    found: Counter[Cohort] = Counter()
    for school, stage, year in rows.values_list(
        "school", "school_class__stage", "school_class__entered_in"
    ):
        if stage and year:
            found[school, Stage(stage), year] += 1
    return found


def _codes(county_id: UUID) -> dict[UUID, str]:
    schools = Unit.objects.filter(county=county_id, kind__in=SCHOOLS)
    return dict(schools.values_list("pk", "code"))
