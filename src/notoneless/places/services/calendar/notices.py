"""Load a year's official notice: the package's provisional days, or the real one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction

from notoneless.journal.services import Stamp, record, record_many
from notoneless.places.models import OfficialDay, OfficialNotice, Unit
from notoneless.places.queries.calendar import official_days
from notoneless.places.services.calendar.changes import announce_change
from notoneless.places.services.units import StaleVersion
from notoneless.rules import official
from notoneless.rules.calendar import ONE_DAY
from notoneless.rules.refusal import Refusal
from notoneless.rules.units import UnitKind


class NoticeEmpty(Refusal):
    """A notice that names no day off is not a notice."""

    code = "CALENDAR-11"


class RealNoticeStands(Refusal):
    """Provisional days never replace a real notice."""

    code = "CALENDAR-12"


@dataclass(frozen=True, slots=True)
class NewNotice:
    year: int
    days: Mapping[date, official.OfficialDay] = field(default_factory=dict)
    is_provisional: bool = False
    source: str = ""
    """Where it was read: number and date of the notice, or package and version."""


@transaction.atomic
def load_notice(new: NewNotice, *, version: int, stamp: Stamp) -> OfficialNotice:
    """Load a year's days off and make-up workdays for the county as its next version.

    ``version`` is the year's standing one that the page was made from, 0 for none. A notice that
    says what already stands is no new version. Announces the whole year as changed when it was
    provisional before (its lateness may count from now on), otherwise the days that differ.
    Raises ``NoticeEmpty``, ``RealNoticeStands``, ``StaleVersion``.
    """
    county = Unit.objects.select_for_update().get(pk=stamp.county_id, kind=UnitKind.COUNTY)
    if not any(day.kind is official.OfficialKind.OFF for day in new.days.values()):
        raise NoticeEmpty(year=new.year)
    rows = OfficialNotice.objects.filter(county=county, year=new.year)
    standing = rows.order_by("-version").first()
    if standing is not None and _says_the_same(standing, new):
        return standing
    if version != (standing.version if standing else 0):
        raise StaleVersion(what=f"{county.name} {new.year}")
    if standing is not None and new.is_provisional and not standing.is_provisional:
        raise RealNoticeStands(year=new.year)
    before = official_days(county.pk)
    notice = _write(new, county.pk, version + 1, stamp)
    _announce(new.year, before, official_days(county.pk), stamp)
    return notice


def _says_the_same(standing: OfficialNotice, new: NewNotice) -> bool:
    days = {
        row.on: official.OfficialDay(official.OfficialKind(row.kind), row.name)
        for row in standing.days.all()
    }
    return standing.is_provisional == new.is_provisional and days == dict(new.days)


def _write(new: NewNotice, county_id: UUID, version: int, stamp: Stamp) -> OfficialNotice:
    notice = OfficialNotice.objects.create(
        county_id=county_id,
        year=new.year,
        version=version,
        is_provisional=new.is_provisional,
        source=new.source,
        recorded_at=stamp.now,
        recorded_by=stamp.by,
    )
    days = [
        OfficialDay(notice=notice, on=on, kind=day.kind.value, name=day.name)
        for on, day in sorted(new.days.items())
    ]
    OfficialDay.objects.bulk_create(days)
    subject = ("unit", county_id)
    first = date(new.year, 1, 1)
    record("calendar.notice_loaded", notice, subject=subject, happened_on=first, stamp=stamp)
    record_many(
        "calendar.official_day",
        days,
        subjects=[subject] * len(days),
        happened_on=first,
        stamp=stamp,
    )
    return notice


def _announce(
    year: int, before: official.OfficialDays, after: official.OfficialDays, stamp: Stamp
) -> None:
    first = date(year, 1, 1)
    changed = list(official.changed_days(before, after))
    if before.is_provisional(first):
        changed += [first, date(year, 12, 31)]
    if changed:
        announce_change(
            "notice",
            stamp.county_id,
            from_on=min(changed),
            to_on=max(changed) + ONE_DAY,
            stamp=stamp,
        )
