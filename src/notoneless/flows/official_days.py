"""Days off and make-up workdays that the packaged calendars know, year by year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version as version_of
from types import MappingProxyType

import chinese_calendar
import holidays
from django.db import transaction

from notoneless.journal.services import Stamp
from notoneless.places.queries.calendar_desk import notices_standing
from notoneless.places.services.calendar.notices import NewNotice, load_notice
from notoneless.rules.official import OfficialDay, OfficialKind

NAMES: Mapping[str, str] = MappingProxyType(
    {
        chinese_calendar.Holiday.new_years_day.value: "元旦",
        chinese_calendar.Holiday.spring_festival.value: "春节",
        chinese_calendar.Holiday.tomb_sweeping_day.value: "清明节",
        chinese_calendar.Holiday.labour_day.value: "劳动节",
        chinese_calendar.Holiday.dragon_boat_festival.value: "端午节",
        chinese_calendar.Holiday.mid_autumn_festival.value: "中秋节",
        chinese_calendar.Holiday.national_day.value: "国庆节",
    }
)


def packaged_notice(year: int) -> NewNotice:
    """What the packages know of ``year``.

    The notice as published where ``chinesecalendar`` has it; for a later year only the statutory
    days of ``holidays``, marked provisional: bridges and make-up days are not known before the
    State Council's notice.
    """
    if any(day.year == year for day in chinese_calendar.holidays):
        source = f"chinesecalendar {version_of('chinesecalendar')}"
        return NewNotice(year, _published(year), is_provisional=False, source=source)
    source = f"holidays {version_of('holidays')}"
    return NewNotice(year, _statutory(year), is_provisional=True, source=source)


@transaction.atomic
def load_official_days(years: Iterable[int], *, stamp: Stamp) -> list[NewNotice]:
    """Load what the packages know into the county; a real notice that stands is left alone.

    Running it again changes nothing. Returns the notices that were loaded.
    """
    standing = {notice.year: notice for notice in notices_standing(stamp.county_id)}
    loaded = []
    for year in years:
        new, there = packaged_notice(year), standing.get(year)
        if there and (not there.is_provisional or there.source == new.source):
            continue
        load_notice(new, version=there.version if there else 0, stamp=stamp)
        loaded.append(new)
    return loaded


def _published(year: int) -> dict[date, OfficialDay]:
    kinds = (
        (OfficialKind.OFF, chinese_calendar.holidays),
        (OfficialKind.WORK, chinese_calendar.workdays),
    )
    return {
        day: OfficialDay(kind, NAMES.get(name, name))
        for kind, table in kinds
        for day, name in table.items()
        if day.year == year
    }


def _statutory(year: int) -> dict[date, OfficialDay]:
    known = holidays.country_holidays("CN", years=year, language="zh_CN")
    return {day: OfficialDay(OfficialKind.OFF, name) for day, name in known.items()}
