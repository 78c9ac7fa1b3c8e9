"""The county that an import on the command line is for, founded where there is none yet."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from uuid_utils.compat import uuid7

from notoneless.flows.sample.county import found_sample_county
from notoneless.journal.services import Stamp
from notoneless.places.models.divisions import Division
from notoneless.places.queries import counties, county_by_code
from notoneless.places.services.units import NewUnit, found_county, found_unit
from notoneless.rules.paths import Line
from notoneless.rules.units import UnitKind, school_year_of

SAMPLE_COUNTY = "539901"


@transaction.atomic
def county_for_import(
    code: str | None, *, may_use_sample: bool, now: datetime, today: date
) -> tuple[UUID | None, bool]:
    """The county to import into, and whether it was founded just now.

    Without ``code``: the only county there is, or, where ``may_use_sample``, the sample county.
    ``None`` where neither can be: somebody must name one.
    """
    there = counties()
    if code is None and len(there) == 1:
        return there[0][0], False
    if code is None and not (may_use_sample and not there):
        return None, False
    code = code or SAMPLE_COUNTY
    standing = county_by_code(code)
    if standing is not None:
        return standing, False
    if code == SAMPLE_COUNTY and may_use_sample:
        return found_sample_county(now=now, today=today), True
    return _found(code, now=now, today=today), True


def _found(code: str, *, now: datetime, today: date) -> UUID:
    division = Division.objects.filter(code=code).first()
    name = division.name if division is not None else code
    stamp = Stamp(county_id=uuid7(), by=None, now=now)
    on = min(today, date(school_year_of(today), 9, 1))
    county = found_county(NewUnit(UnitKind.COUNTY, name, code=code), on=on, stamp=stamp)
    parents: dict[Line, UUID | None] = {Line.GOVERNMENT: county.pk, Line.EDUCATION: None}
    bureau = NewUnit(UnitKind.BUREAU, f"{name}教育局"[:80])
    found_unit(bureau, parents=parents, on=on, stamp=stamp)
    return county.pk
